//! What an import changes and what it leaves out: for the store, for people, and for scripts.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::cell::{self, Key};
use super::reason::Reason;

/// The outcome of [`check`](super::check()), in the order of the file. Each row is in one of the first three lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub file: String,
    pub added: Vec<NewPair>,
    pub already_there: Vec<Unchanged>,
    pub left_out: Vec<LeftOut>,
    /// What is worth a second look and was done all the same.
    pub notes: Vec<Note>,
}

/// A pair to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewPair {
    pub line: usize,
    /// Slack ids.
    pub mentor: String,
    pub mentee: String,
    /// `None`: the day of the import.
    pub start: Option<NaiveDate>,
    pub program: Option<String>,
    /// What people call this pair.
    pub connection: Option<String>,
    /// What the pair is counted with.
    pub group: Option<String>,
}

/// A line whose pair rapport has already. It stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unchanged {
    pub line: usize,
}

/// A line that is not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub line: usize,
    /// Never empty.
    pub reasons: Vec<Reason>,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}:", self.line)?;
        self.reasons.iter().try_for_each(|reason| write!(f, " {reason}"))
    }
}

/// A pair that is there the other way round as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub line: usize,
    /// As the line has them.
    pub mentor: Key,
    pub mentee: Key,
    pub other: OtherSide,
}

/// Where the swapped pair comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherSide {
    /// An earlier line of the file.
    Line(usize),
    /// A pair that rapport has.
    Pair,
}

impl Note {
    fn sentence(&self) -> String {
        let (mentor, mentee) = (cell::shown(self.mentor.as_str()), cell::shown(self.mentee.as_str()));
        let other = match self.other {
            OtherSide::Line(line) => format!("line {line} says that"),
            OtherSide::Pair => "in a pair that is there already,".to_owned(),
        };
        format!("{mentor} mentors {mentee}; {other} {mentee} mentors {mentor}. Both stay; end one if it is a slip.")
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.sentence())
    }
}

/// Whether the import was applied or only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Applied,
    DryRun,
}

impl Import {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            added: Vec::new(),
            already_there: Vec::new(),
            left_out: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        self.added.len() + self.already_there.len() + self.left_out.len()
    }

    /// The closing line: `3 pairs added, 2 already there, 1 line left out`.
    pub fn closing(&self, stage: Stage) -> String {
        let added = match stage {
            Stage::Applied => "added",
            Stage::DryRun => "would be added",
        };
        let there = match self.already_there.len() {
            0 => String::new(),
            there => format!(", {there} already there"),
        };
        format!(
            "{} {added}{there}, {} left out",
            counted(self.added.len(), "pair"),
            counted(self.left_out.len(), "line")
        )
    }

    /// The whole outcome for `--json`.
    pub fn report(&self, stage: Stage) -> Report<'_> {
        let notes = self.notes.iter().map(|note| Pointed {
            line: note.line,
            code: "swapped",
            other_line: match note.other {
                OtherSide::Line(line) => Some(line),
                OtherSide::Pair => None,
            },
            sentence: note.sentence(),
        });
        Report {
            file: &self.file,
            dry_run: stage == Stage::DryRun,
            counts: Counts {
                rows: self.rows(),
                added: self.added.len(),
                already_there: self.already_there.len(),
                left_out: self.left_out.len(),
            },
            added: &self.added,
            already_there: &self.already_there,
            left_out: &self.left_out,
            notes: notes.collect(),
            closing: self.closing(stage),
        }
    }
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// An [`Import`] as scripts read it.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    file: &'a str,
    dry_run: bool,
    counts: Counts,
    added: &'a [NewPair],
    already_there: &'a [Unchanged],
    left_out: &'a [LeftOut],
    notes: Vec<Pointed>,
    closing: String,
}

#[derive(Debug, Serialize)]
struct Counts {
    rows: usize,
    added: usize,
    already_there: usize,
    left_out: usize,
}

#[derive(Debug, Serialize)]
struct Pointed {
    line: usize,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_line: Option<usize>,
    sentence: String,
}
