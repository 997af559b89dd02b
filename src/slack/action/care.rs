//! What the buttons carry by which coordinators act on a line of the digest or on a pair.

use crate::core::care::{About, Care};
use crate::core::id::{DigestId, PairId};
use crate::core::scoring::digest::LineId;

use super::{one, two};

/// The part of an `action_id` behind `care.`.
pub fn kind(care: &Care) -> &'static str {
    match care {
        Care::OpenMessage(_) => "message",
        Care::AskEach(_) => "ask",
        Care::Pause(_) => "pause",
        Care::Resume(_) => "resume",
        Care::Handle(_) => "handled",
        Care::Label { needed_help: true, .. } => "needed",
        Care::Label { needed_help: false, .. } => "well",
        Care::OpenPair(_) => "pair",
        Care::OpenAnswers { .. } => "answers",
        Care::OpenMore { .. } => "more",
        Care::Export(_) => "export",
    }
}

/// The ids.
pub fn value(care: &Care) -> String {
    match care {
        Care::OpenMessage(about) | Care::AskEach(about) | Care::Pause(about) => about_text(about),
        Care::Resume(pair) | Care::OpenPair(pair) => pair.to_string(),
        Care::Handle(line) | Care::Label { line, .. } => line.to_string(),
        Care::OpenAnswers { pair, skip } => format!("{pair} {skip}"),
        Care::OpenMore { digest, skip } => format!("{digest} {skip}"),
        Care::Export(digest) => digest.to_string(),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<Care> {
    Some(match kind {
        "message" => Care::OpenMessage(about(value)?),
        "ask" => Care::AskEach(about(value)?),
        "pause" => Care::Pause(about(value)?),
        "resume" => Care::Resume(one(value)?),
        "handled" => Care::Handle(line(value)?),
        "needed" => Care::Label { line: line(value)?, needed_help: true },
        "well" => Care::Label { line: line(value)?, needed_help: false },
        "pair" => Care::OpenPair(one(value)?),
        "answers" => {
            let (pair, skip): (PairId, &str) = paged(value)?;
            Care::OpenAnswers { pair, skip: skip.parse().ok()? }
        }
        "more" => {
            let (digest, skip): (DigestId, &str) = paged(value)?;
            Care::OpenMore { digest, skip: skip.parse().ok()? }
        }
        "export" => Care::Export(one(value)?),
        _ => return None,
    })
}

/// A pair, and the line if there is one: for a button's value and a form's `private_metadata`.
pub fn about_text(about: &About) -> String {
    match &about.line {
        Some(line) => format!("{} {line}", about.pair),
        None => about.pair.to_string(),
    }
}

/// Reads [`about_text`] back.
pub fn about(value: &str) -> Option<About> {
    match value.contains(' ') {
        true => two(value).and_then(|(pair, line): (PairId, LineId)| {
            line.read().is_some().then_some(About { pair, line: Some(line) })
        }),
        false => Some(About { pair: one(value)?, line: None }),
    }
}

fn line(value: &str) -> Option<LineId> {
    one(value).filter(|line: &LineId| line.read().is_some())
}

/// An id and the place from which a page begins.
fn paged<'a, T: From<&'a str>>(value: &'a str) -> Option<(T, &'a str)> {
    let (id, skip) = value.split_once(' ')?;
    let digits = !skip.is_empty() && skip.len() <= 6 && skip.bytes().all(|byte| byte.is_ascii_digit());
    if digits { Some((one(id)?, skip)) } else { None }
}
