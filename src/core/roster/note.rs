//! What is worth a second look in a line that was taken all the same.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::cell::{self, Key};

/// A line, and what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub line: usize,
    pub odd: Odd,
}

/// What is odd. People stand as the line has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Odd {
    /// The pair is there the other way round as well.
    Swapped { mentor: Key, mentee: Key, other: OtherSide },
    /// The two are a pair in another programme already; being moved makes a second pair.
    Elsewhere { mentor: Key, mentee: Key, program: String },
    /// The line has another start, and the pair has been asked since the one that rapport knows.
    Begun { start: NaiveDate, wanted: NaiveDate },
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
    /// A word for scripts. It stays the same when sentences change.
    pub fn code(&self) -> &'static str {
        match self.odd {
            Odd::Swapped { .. } => "swapped",
            Odd::Elsewhere { .. } => "in_another_program",
            Odd::Begun { .. } => "start_stays",
        }
    }

    fn sentence(&self) -> String {
        match &self.odd {
            Odd::Swapped { mentor, mentee, other } => {
                let (mentor, mentee) = (cell::shown(mentor.as_str()), cell::shown(mentee.as_str()));
                let other = match other {
                    OtherSide::Line(line) => format!("line {line} says that"),
                    OtherSide::Pair => "in a pair that is there already,".to_owned(),
                };
                format!(
                    "{mentor} mentors {mentee}; {other} {mentee} mentors {mentor}. Both stay; end one if it is a slip."
                )
            }
            Odd::Elsewhere { mentor, mentee, program } => {
                let (mentor, mentee) = (cell::shown(mentor.as_str()), cell::shown(mentee.as_str()));
                format!("{mentor} mentors {mentee} in {program} already; this is a second pair. Both stay.")
            }
            Odd::Begun { start, wanted } => format!(
                "The start stays {start}, not {wanted}: this pair has been asked already, and its weeks count from there."
            ),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.sentence())
    }
}

/// A [`Note`] as scripts read it.
#[derive(Debug, Serialize)]
pub struct Pointed {
    line: usize,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_line: Option<usize>,
    sentence: String,
}

impl From<&Note> for Pointed {
    fn from(note: &Note) -> Self {
        let other_line = match note.odd {
            Odd::Swapped { other: OtherSide::Line(line), .. } => Some(line),
            _ => None,
        };
        Self { line: note.line, code: note.code(), other_line, sentence: note.sentence() }
    }
}
