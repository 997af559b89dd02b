//! What an import changes and what it leaves out: for the store, for people, and for scripts.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::cell;
use super::note::{Note, Pointed};
use super::reason::Reason;

/// The outcome of [`check`](super::check()), in the order of the file. Each row is in one of the first four lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub file: String,
    pub added: Vec<NewPair>,
    pub changed: Vec<ChangedPair>,
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

/// A pair that rapport has already, of which the line says something else. An empty cell says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedPair {
    pub line: usize,
    /// Slack ids.
    pub mentor: String,
    pub mentee: String,
    pub program: Option<String>,
    pub start: Option<Change<NaiveDate>>,
    pub connection: Option<Change<Option<String>>>,
    pub group: Option<Change<Option<String>>>,
}

/// What something was, and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change<T> {
    pub from: T,
    pub to: T,
}

impl fmt::Display for ChangedPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}:", self.line)?;
        if let Some(Change { from, to }) = &self.start {
            write!(f, " The start moves from {from} to {to}.")?;
        }
        match &self.connection {
            Some(Change { from: Some(from), to: Some(to) }) => {
                write!(f, " The name changes from '{}' to '{}'.", cell::shown(from), cell::shown(to))?;
            }
            Some(Change { to: Some(to), .. }) => write!(f, " The name is '{}' now.", cell::shown(to))?,
            _ => {}
        }
        match &self.group {
            Some(Change { from: Some(from), to: Some(to) }) => {
                write!(f, " The group changes from '{}' to '{}'.", cell::shown(from), cell::shown(to))
            }
            Some(Change { to: Some(to), .. }) => write!(f, " The group is '{}' now.", cell::shown(to)),
            _ => Ok(()),
        }
    }
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
            changed: Vec::new(),
            already_there: Vec::new(),
            left_out: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        self.added.len() + self.changed.len() + self.already_there.len() + self.left_out.len()
    }

    /// The closing line: `3 pairs added, 1 pair changed, 2 already there, 1 line left out`.
    pub fn closing(&self, stage: Stage) -> String {
        let (added, changed) = match stage {
            Stage::Applied => ("added", "changed"),
            Stage::DryRun => ("would be added", "would be changed"),
        };
        let mut said = vec![format!("{} {added}", counted(self.added.len(), "pair"))];
        if !self.changed.is_empty() {
            said.push(format!("{} {changed}", counted(self.changed.len(), "pair")));
        }
        if !self.already_there.is_empty() {
            said.push(format!("{} already there", self.already_there.len()));
        }
        said.push(format!("{} left out", counted(self.left_out.len(), "line")));
        said.join(", ")
    }

    /// The whole outcome for `--json`.
    pub fn report(&self, stage: Stage) -> Report<'_> {
        Report {
            file: &self.file,
            dry_run: stage == Stage::DryRun,
            counts: Counts {
                rows: self.rows(),
                added: self.added.len(),
                changed: self.changed.len(),
                already_there: self.already_there.len(),
                left_out: self.left_out.len(),
            },
            added: &self.added,
            changed: &self.changed,
            already_there: &self.already_there,
            left_out: &self.left_out,
            notes: self.notes.iter().map(Pointed::from).collect(),
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
    changed: &'a [ChangedPair],
    already_there: &'a [Unchanged],
    left_out: &'a [LeftOut],
    notes: Vec<Pointed>,
    closing: String,
}

#[derive(Debug, Serialize)]
struct Counts {
    rows: usize,
    added: usize,
    changed: usize,
    already_there: usize,
    left_out: usize,
}
