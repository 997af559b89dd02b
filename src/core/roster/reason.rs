//! Why a line is left out: a kind sentence for each reason, and a code for scripts.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::cell::{BadAddress, Key};
use super::day::BadDay;
use super::row::Written;
use super::{Role, cell};

/// Why a line is left out while the others are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The cell names nobody.
    Address {
        role: Role,
        wrong: BadAddress,
    },
    /// Slack knows nobody by this key.
    Unknown {
        role: Role,
        key: Key,
    },
    Deactivated {
        role: Role,
        key: Key,
    },
    Bot {
        role: Role,
        key: Key,
    },
    Guest {
        role: Role,
        key: Key,
    },
    /// Somebody of another organisation.
    Stranger {
        role: Role,
        key: Key,
    },
    /// Mentor and mentee are one person, who may be written in two ways.
    SelfPair {
        mentor: Key,
        mentee: Key,
    },
    /// The same pair in the same programme stands in an earlier line.
    Duplicate {
        line: usize,
    },
    /// rapport had this pair, and it has ended.
    Ended,
    /// The file itself says that the pair has ended.
    EndedInFile {
        what: EndedBy,
    },
    /// The start is no date, or could be two.
    Start {
        text: String,
        wrong: BadDay,
    },
    UnknownProgram {
        name: String,
        known: Vec<String>,
    },
    NoProgram {
        known: Vec<String>,
    },
}

/// The column that says that a pair has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// The end date, as written.
    Date(String),
    Status(String),
}

impl Reason {
    /// What is wrong with a start that is no date.
    pub(super) fn start(written: &Written, wrong: &BadDay) -> Self {
        Self::Start { text: written.text.clone(), wrong: wrong.clone() }
    }

    /// A word for scripts. It stays the same when sentences change.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address { wrong: BadAddress::Missing, .. } => "no_address",
            Self::Address { wrong: BadAddress::Several(_), .. } => "several_addresses",
            Self::Address { wrong: BadAddress::Unclear(_), .. } => "bad_address",
            Self::Unknown { .. } => "unknown",
            Self::Deactivated { .. } => "deactivated",
            Self::Bot { .. } => "bot",
            Self::Guest { .. } => "guest",
            Self::Stranger { .. } => "stranger",
            Self::SelfPair { .. } => "self_pair",
            Self::Duplicate { .. } => "duplicate",
            Self::Ended | Self::EndedInFile { .. } => "ended",
            Self::Start { wrong: BadDay::Ambiguous { .. }, .. } => "ambiguous_date",
            Self::Start { wrong: BadDay::Unclear, .. } => "bad_date",
            Self::UnknownProgram { .. } => "unknown_program",
            Self::NoProgram { .. } => "no_program",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { role, wrong: BadAddress::Missing } => {
                write!(f, "There is no {}: write an e-mail or a Slack id there.", role.word())
            }
            Self::Address { role, wrong: BadAddress::Unclear(text) } => {
                write!(f, "'{text}' ({}) is neither an e-mail nor a Slack id.", role.word())
            }
            Self::Address { role, wrong: BadAddress::Several(text) } => {
                write!(f, "'{text}' ({}) is more than one person: write a line for each pair.", role.word())
            }
            Self::Unknown { role, key: Key::Email(email) } => write!(
                f,
                "Nobody active in Slack has the e-mail {} ({}): check the spelling, or use the person's Slack id.",
                cell::shown(email),
                role.word()
            ),
            Self::Unknown { role, key: Key::Id(id) } => {
                write!(f, "Nobody in Slack has the id {id} ({}): copy it again from the person's profile.", role.word())
            }
            Self::Deactivated { role, key } => {
                write!(f, "The Slack account of {} ({}) is deactivated.", cell::shown(key.as_str()), role.word())
            }
            Self::Bot { role, key } => write!(f, "{} ({}) is a bot.", cell::shown(key.as_str()), role.word()),
            Self::Guest { role, key } => write!(
                f,
                "{} ({}) is a guest in Slack, and pairs are for full members.",
                cell::shown(key.as_str()),
                role.word()
            ),
            Self::Stranger { role, key } => write!(
                f,
                "{} ({}) belongs to another organisation, and pairs are for members of this one.",
                cell::shown(key.as_str()),
                role.word()
            ),
            Self::SelfPair { mentor, mentee } if mentor == mentee => {
                write!(f, "{} is both mentor and mentee here.", cell::shown(mentor.as_str()))
            }
            Self::SelfPair { mentor, mentee } => write!(
                f,
                "{} and {} are the same person, who is both mentor and mentee here.",
                cell::shown(mentor.as_str()),
                cell::shown(mentee.as_str())
            ),
            Self::Duplicate { line } => write!(f, "It is the same pair as line {line}."),
            Self::Ended => f.write_str("This pair has ended, and an import does not start it again."),
            Self::EndedInFile { what: EndedBy::Date(text) } => write!(f, "Its end date, {text}, is past."),
            Self::EndedInFile { what: EndedBy::Status(text) } => write!(f, "Its status is '{text}'."),
            Self::Start { text, wrong: BadDay::Ambiguous { day_first, month_first } } => write!(
                f,
                "The start '{text}' can be {} or {}: write {day_first} or {month_first}.",
                spoken(*day_first),
                spoken(*month_first)
            ),
            Self::Start { text, wrong: BadDay::Unclear } => {
                write!(f, "The start '{text}' is not a date: write it like 2026-03-14.")
            }
            Self::UnknownProgram { name, known } => {
                write!(f, "There is no programme '{}'. Known: {}.", cell::shown(name), known.join(", "))
            }
            Self::NoProgram { known } => write!(
                f,
                "It names no programme, and there are {}: {}. Add a column 'program'.",
                known.len(),
                known.join(", ")
            ),
        }
    }
}

/// `3 April`: without the year, which is not what is in doubt.
fn spoken(date: NaiveDate) -> String {
    date.format("%-d %B").to_string()
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reason = serializer.serialize_struct("Reason", 2)?;
        reason.serialize_field("code", self.code())?;
        reason.serialize_field("sentence", &self.to_string())?;
        reason.end()
    }
}
