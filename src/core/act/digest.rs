//! A coordinator wants more of a whole digest: what found no place in it, or its numbers as a file.

use chrono::{DateTime, Utc};

use super::care::barred;
use super::{open, refuse, say};
use crate::core::cadence::civil;
use crate::core::care::{Step, StepKind, Whereof};
use crate::core::case::DigestCase;
use crate::core::content::{Cared, Form, MorePage, Said};
use crate::core::decision::{Change, Decision, Reply};
use crate::core::event::Act;
use crate::core::id::{PersonId, StepId};
use crate::core::message::Message;
use crate::core::refusal::Refusal;
use crate::core::scoring::digest::DigestPage;

/// Why this person may not read this digest; `None`: they may. Who is in a pair reads the copy without it, and nobody
/// reads another's copy.
pub fn kept_from(case: &DigestCase, person: &PersonId) -> Option<Refusal> {
    if let Some(refusal) = barred(&case.care, person) {
        return Some(refusal);
    }
    match &case.copy_of {
        Some(reader) => (reader != person).then_some(Refusal::YourOwnPair),
        None => case.takes_part.then_some(Refusal::YourOwnPair),
    }
}

/// What found no place in a digest, for those who may read it.
pub fn on_more(case: &DigestCase, page: DigestPage, skip: u32, act: &Act) -> Decision {
    if let Some(refusal) = kept_from(case, &act.by) {
        return refuse(refusal);
    }
    let form = Form::More(Box::new(MorePage { page, skip }));
    if skip == 0 { open(form) } else { Decision { reply: Reply::Redraw(form), ..Decision::default() } }
}

/// The numbers of a digest's pairs as a file, to this coordinator alone, once a day.
pub fn on_export(case: &DigestCase, act: &Act, now: DateTime<Utc>) -> Decision {
    if let Some(refusal) = kept_from(case, &act.by) {
        return refuse(refusal);
    }
    let kind = StepKind::Exported;
    if let Some(at) = case.exported {
        return say(Said::Cared(Cared::Before { kind, by: None, at }));
    }
    let (digest, by, day) = (case.digest.clone(), act.by.clone(), civil(case.care.program.zone, now).date());
    let id = StepId::new(kind, &Whereof::Digest(digest.clone(), by.clone()), day);
    let step = Step { id, kind, line: None, pair: None, by: by.clone(), at: act.at };
    let changes = vec![Change::Stepped { step, program: case.care.program.id.clone(), words: None }];
    let messages = vec![Message::Sheet { digest, coordinator: by, day }.at(now)];
    Decision { changes, messages, ..say(Said::Cared(Cared::Exported)) }
}
