//! The weekly digest as a value. It holds ids and numbers, never names or words, and is stored whole.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::core::id::{PairId, PersonId, ProgramId, PulseId, QuestionId};
use crate::core::question::{Indicator, Role};

/// What a coordinator reads on Monday, as it was computed at the cut-off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The version of the rules that made these numbers.
    pub rules: u16,
    pub program: ProgramId,
    pub cutoff: DateTime<Utc>,
    /// The seven civil days before the cut-off, in the programme's zone, both included.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Week of the programme, from 1, and how many there are if the end is known.
    pub week: u32,
    pub weeks: Option<u32>,
    /// Pairs that have begun, have not ended, and in which nobody pressed `Not for me`.
    pub pairs: u32,
    /// Asks that closed this week, and last week if there was one.
    pub answered: Rate,
    pub answered_before: Option<Rate>,
    /// The five indicators over the last four weeks, in their order.
    pub indicators: Vec<IndicatorLine>,
    /// Pairs of which one side or both have not answered the last three pulses.
    pub silent: Vec<Silent>,
    /// Pairs that are not known to have met, with days since they began, longest first.
    pub never_met: Vec<NeverMet>,
    /// Pairs that said this week that they had met.
    pub met: u32,
    /// Comments that were shared with coordinators in pulses that closed this week.
    pub comments: Vec<CommentRef>,
    /// People who pressed `Not for me` this week.
    pub declined: Vec<PersonId>,
}

/// Answered of asked. Skipped and folded asks are in neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub answered: u32,
    pub asked: u32,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorLine {
    pub indicator: Indicator,
    pub shown: Shown,
}

/// What may be said of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// No closed pulse of the last four weeks asked for it.
    NotAsked,
    /// Fewer people than the programme's threshold answered.
    Withheld,
    /// The mean of 1 to 5 in hundredths, over `n` answers of `people` people.
    Mean { hundredths: u32, n: u32, people: u32, change: MeanChange },
}

/// The mean against the four weeks before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeanChange {
    /// Fewer than eight people in one of the two windows.
    TooFew,
    /// In hundredths; `proven` when the interval of two standard errors leaves out zero.
    By { hundredths: i32, proven: bool },
}

/// A pair that fell silent. A fact about asking; silence has many reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Silent {
    pub pair: PairId,
    pub roles: Vec<Role>,
}

/// A pair without a known meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeverMet {
    pub pair: PairId,
    pub days: u32,
}

/// Where a comment is found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommentRef {
    pub pulse: PulseId,
    pub person: PersonId,
    pub question: QuestionId,
}

/// A digest with what a renderer needs beside it: names and words as they are now.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestPage {
    pub digest: Digest,
    pub program_name: String,
    /// Mentor's and mentee's names of each pair that is named in the digest. A pair that was erased is not here.
    pub pairs: BTreeMap<PairId, (String, String)>,
    /// Names of the people in `declined`.
    pub people: BTreeMap<PersonId, String>,
    /// The reader is in a pair, which is left out of this copy.
    pub is_own_copy: bool,
    /// The comments of `digest.comments` that still exist, in their order.
    pub comments: Vec<SharedComment>,
}

/// A comment that its writer shared with the coordinators.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedComment {
    pub name: String,
    pub pair: PairId,
    /// The question as the writer read it, and the label of the answer.
    pub question: String,
    pub label: String,
    pub words: String,
}
