//! What there is to do this week: at most five lines, each with a name that its buttons and next week's digest keep.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::PairHealth;
use crate::core::help::Topic;
use crate::core::id::{HelpId, PairId, PersonId, ProgramId};

/// Lines of "do this week" in one digest: more than a coordinator does in a week.
pub const LINES: usize = 5;

/// The name of a line: what it is about, and the cut-off of the digest in which it stands.
///
/// It is the same in the digests of all coordinators, so that what one has handled is handled for the others too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineId(String);

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A pair that needs somebody.
    Pair(PairId),
    /// Two who see some things differently.
    Gap(PairId),
    /// A request for help.
    Help(HelpId),
    /// Somebody who pressed `Not for me`.
    Declined(ProgramId, PersonId),
}

/// One line of "do this week".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionLine {
    pub line: LineId,
    pub what: What,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Somebody asked for help in the week before the cut-off. The partner is not told.
    Help {
        help: HelpId,
        person: PersonId,
        pair: PairId,
        at: DateTime<Utc>,
        /// `None` in digests of before it was asked.
        #[serde(default)]
        topic: Option<Topic>,
    },
    /// Somebody pressed `Not for me` in the week before the cut-off. The partner is not told.
    Declined { person: PersonId, at: DateTime<Utc> },
    /// A pair that needs somebody, and by what it came to that.
    Pair(PairHealth),
    /// The two see some things differently: a hint to talk, at most once in eight weeks.
    Gap { pair: PairId },
}

impl LineId {
    /// The line about this in the digest of this cut-off.
    pub fn new(cutoff: DateTime<Utc>, subject: &Subject) -> Self {
        Self(format!("line:{}:{subject}", cutoff.timestamp_millis()))
    }

    /// The name as it stands in a row or in a button.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The cut-off and the subject, if this is a well-formed name.
    pub fn read(&self) -> Option<(DateTime<Utc>, Subject)> {
        let parts: Vec<&str> = self.0.split(':').collect();
        let ["line", cutoff, kind, ref about @ ..] = parts[..] else { return None };
        let cutoff = DateTime::from_timestamp_millis(cutoff.parse().ok()?)?;
        let subject = match (kind, about) {
            ("pair", [pair]) => Subject::Pair((*pair).into()),
            ("gap", [pair]) => Subject::Gap((*pair).into()),
            ("help", [help]) => Subject::Help((*help).into()),
            ("declined", [workspace, program, of, person]) => {
                Subject::Declined(format!("{workspace}:{program}").into(), format!("{of}:{person}").into())
            }
            _ => return None,
        };
        Some((cutoff, subject))
    }
}

impl From<String> for LineId {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl From<&str> for LineId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pair(pair) => write!(f, "pair:{pair}"),
            Self::Gap(pair) => write!(f, "gap:{pair}"),
            Self::Help(help) => write!(f, "help:{help}"),
            Self::Declined(program, person) => write!(f, "declined:{program}:{person}"),
        }
    }
}

impl ActionLine {
    /// The line that says this in the digest of this programme and cut-off.
    pub fn new(program: &ProgramId, cutoff: DateTime<Utc>, what: What) -> Self {
        let subject = match &what {
            What::Help { help, .. } => Subject::Help(help.clone()),
            What::Declined { person, .. } => Subject::Declined(program.clone(), person.clone()),
            What::Pair(pair) => Subject::Pair(pair.pair.clone()),
            What::Gap { pair } => Subject::Gap(pair.clone()),
        };
        Self { line: LineId::new(cutoff, &subject), what }
    }

    /// The pair that it is about, where it is about one.
    pub fn pair(&self) -> Option<&PairId> {
        match &self.what {
            What::Help { pair, .. } | What::Gap { pair } => Some(pair),
            What::Pair(pair) => Some(&pair.pair),
            What::Declined { .. } => None,
        }
    }

    /// The person that it is about, where it is about one of the two alone.
    pub fn person(&self) -> Option<&PersonId> {
        match &self.what {
            What::Help { person, .. } | What::Declined { person, .. } => Some(person),
            What::Pair(_) | What::Gap { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{pair, person, program, utc};

    #[test]
    fn a_line_has_one_name_and_can_be_found_by_it() {
        let cutoff = utc("2026-05-11 07:00");
        for subject in [
            Subject::Pair(pair().id),
            Subject::Gap(pair().id),
            Subject::Help("0123abcd".into()),
            Subject::Declined(program().id, person("Ana").id),
        ] {
            let line = LineId::new(cutoff, &subject);
            assert_eq!(line, LineId::new(cutoff, &subject));
            assert_ne!(line, LineId::new(utc("2026-05-18 07:00"), &subject));
            assert_eq!(line.read(), Some((cutoff, subject)), "{line}");
        }
        for wrong in ["", "line", "line:x:pair:p", "line:1:pair", "line:1:pair:a:b", "line:1:moon:p", "other:1:pair:p"]
        {
            assert_eq!(LineId::from(wrong).read(), None, "{wrong}");
        }
    }
}
