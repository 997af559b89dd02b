//! A bank while it is being read: each section by itself, so that one slip does not hide the next.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::bank::{Agreement, Bank, Fit, Met, Scales, Session, Silence, Skip, Survey};
use super::fields::{self, Written};
use super::{Nudge, Problem, QuestionId};
use crate::core::slip::nearest;

/// The sections of a bank, beside its version.
const SECTIONS: [&str; 13] = [
    "before_first_meeting",
    "scales",
    "skip",
    "question",
    "agreement",
    "met",
    "fit",
    "session",
    "start",
    "mid",
    "end",
    "silence",
    "nudge",
];

/// What could be read of a bank. A section that is `None` has its problem noted already.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub version: Option<u32>,
    pub before_first_meeting: Option<Vec<QuestionId>>,
    pub scales: Option<Scales>,
    pub skip: Option<Skip>,
    pub questions: Vec<Written>,
    pub agreement: Option<Agreement>,
    pub met: Option<Met>,
    pub fit: Option<Fit>,
    pub session: Option<Session>,
    pub start: Option<Survey>,
    pub mid: Option<Survey>,
    pub end: Option<Survey>,
    pub silence: Option<Silence>,
    pub nudges: Vec<Option<Nudge>>,
}

/// Whether a file is of questions alone: a programme's own, to stand beside a bank. One section of a bank makes it a bank.
pub(super) fn is_own(text: &str) -> bool {
    let Ok(table) = DeTable::parse(text) else { return false };
    !SECTIONS.iter().any(|section| *section != "question" && table.get_ref().contains_key(*section))
}

/// Reads a file of questions alone (`own`) or a whole bank.
pub(super) fn read(text: &str, own: bool) -> (Draft, Vec<Problem>) {
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let sentence = format!("This is not TOML: {}.", plain(error.message()));
            return (Draft::default(), vec![Problem { line: line(text, error.span()), sentence }]);
        }
    };
    let mut reader = Reader { text, table, problems: Vec::new() };
    let mut draft = Draft { questions: reader.questions(), ..Draft::default() };
    if own {
        draft.version = if reader.table.contains_key("version") { reader.section("version") } else { Some(1) };
    } else {
        draft = Draft {
            version: reader.section("version"),
            before_first_meeting: reader.section("before_first_meeting"),
            scales: reader.section("scales"),
            skip: reader.section("skip"),
            agreement: reader.section("agreement"),
            met: reader.section("met"),
            fit: reader.section("fit"),
            session: reader.section("session"),
            start: reader.section("start"),
            mid: reader.section("mid"),
            end: reader.section("end"),
            silence: reader.section("silence"),
            nudges: reader.nudges(),
            ..draft
        };
    }
    reader.rest(own);
    (draft, reader.problems)
}

impl Draft {
    /// The bank, if all of it could be read.
    pub fn bank(self) -> Option<Bank> {
        Some(Bank {
            version: self.version?,
            before_first_meeting: self.before_first_meeting?,
            scales: self.scales?,
            skip: self.skip?,
            questions: self.questions.into_iter().map(|written| written.question).collect::<Option<_>>()?,
            agreement: self.agreement?,
            met: self.met?,
            fit: self.fit?,
            session: self.session?,
            start: self.start?,
            mid: self.mid?,
            end: self.end?,
            silence: self.silence?,
            nudges: self.nudges.into_iter().collect::<Option<_>>()?,
        })
    }
}

struct Reader<'a> {
    text: &'a str,
    table: DeTable<'a>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn section<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        match self.table.remove(name) {
            Some(value) => self.value(value),
            None => {
                self.absent(name);
                None
            }
        }
    }

    fn absent(&mut self, name: &str) {
        let sentence = format!("The file has no `{name}`. Copy it from the built-in bank and change it.");
        self.problems.push(Problem { line: None, sentence });
    }

    fn value<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'a>>) -> Option<T> {
        let span = value.span();
        let read = T::deserialize(ValueDeserializer::from(value));
        let note = |error: toml::de::Error| {
            let line = line(self.text, error.span().or(Some(span)));
            self.problems.push(Problem { line, sentence: format!("{}.", plain(error.message())) });
        };
        read.map_err(note).ok()
    }

    /// The entries of `[[name]]`, each by itself.
    fn entries(&mut self, name: &str) -> Vec<Spanned<DeValue<'a>>> {
        let Some(value) = self.table.remove(name) else { return Vec::new() };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(list) => list.into_iter().collect(),
            _ => {
                let sentence = format!("Each entry begins with [[{name}]], in two brackets.");
                self.problems.push(Problem { line: line(self.text, Some(span)), sentence });
                Vec::new()
            }
        }
    }

    fn questions(&mut self) -> Vec<Written> {
        let entries = self.entries("question");
        let (text, problems) = (self.text, &mut self.problems);
        entries.into_iter().map(|entry| fields::read(text, entry, problems)).collect()
    }

    fn nudges(&mut self) -> Vec<Option<Nudge>> {
        if !self.table.contains_key("nudge") {
            self.absent("nudge");
        }
        let entries = self.entries("nudge");
        entries.into_iter().map(|entry| self.value(entry)).collect()
    }

    /// Whatever is left is known to nobody.
    fn rest(&mut self, own: bool) {
        for key in self.table.keys() {
            let known = if own { &["question"] } else { &SECTIONS[..] };
            let near = nearest(key.get_ref(), known.iter().copied().chain(["version"]));
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if own => "own questions stand under [[question]], and nothing else is in the file.".to_owned(),
                None => format!("there are version, {}.", SECTIONS.join(", ")),
            };
            let sentence = format!("There is no section `{}`; {hint}", key.get_ref());
            self.problems.push(Problem { line: line(self.text, Some(key.span())), sentence });
        }
    }
}

fn plain(message: &str) -> String {
    message.trim().trim_end_matches('.').replace('\n', "; ")
}

pub(super) fn line(text: &str, span: Option<std::ops::Range<usize>>) -> Option<usize> {
    span.map(|span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count())
}
