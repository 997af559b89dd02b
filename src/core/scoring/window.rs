//! The rows that a digest is computed from: closed asks only, so that nothing in it can change any more.

use chrono::{DateTime, Utc};

use super::blocks::Block;
use super::pool::Batch;
use super::statistics::Comparison;
use super::suppression::{PastThreshold, Thresholds};
use crate::core::answer::Audience;
use crate::core::id::{PairId, PersonId, PulseId, QuestionId};
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::pulse::AskState;
use crate::core::question::Role;

/// Everything that the digest of one programme and week looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub program: Program,
    /// Pairs that have begun and had not ended by the beginning of the window.
    pub pairs: Vec<PairRow>,
    /// Asks of pulses that closed in the eight weeks before the cut-off, oldest first.
    pub asks: Vec<AskRow>,
    /// Answers to them.
    pub answers: Vec<AnswerRow>,
    /// People who pressed `Not for me` in the week before the cut-off.
    pub declined: Vec<PersonId>,
    /// What was released up to the cut-off, of these weeks.
    pub released: Released,
    /// Thresholds that the programme had before.
    pub past_thresholds: Vec<PastThreshold>,
    /// The cut-off of the digest before this one: what closed before it has been counted.
    pub counted_until: Option<DateTime<Utc>>,
}

/// Totals that were released: nothing computes them again, and whatever is shown of totals comes from here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Released {
    pub blocks: Vec<Block>,
    pub batches: Vec<Batch>,
    pub comparisons: Vec<Comparison>,
}

impl Released {
    /// Adds what is newer.
    pub fn add(&mut self, newer: Self) {
        self.blocks.extend(newer.blocks);
        self.batches.extend(newer.batches);
        self.comparisons.extend(newer.comparisons);
    }
}

impl Window {
    /// Whether this person is in a pair of the programme.
    pub fn has_in_a_pair(&self, person: &PersonId) -> bool {
        self.pairs.iter().any(|row| row.pair.role_of(person).is_some())
    }

    /// How many people a total must be about.
    pub fn thresholds(&self) -> Thresholds {
        Thresholds::new(self.program.threshold, self.past_thresholds.clone())
    }
}

/// A pair and what is known of its meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow {
    pub pair: Pair,
    /// One of the two pressed `Not for me`: nothing is asked of the pair.
    pub declined: bool,
    /// When one of the two last said that they had met.
    pub last_met: Option<DateTime<Utc>>,
}

/// One person's part of a closed pulse.
#[derive(Clone, Debug, PartialEq)]
pub struct AskRow {
    pub pulse: PulseId,
    pub pair: PairId,
    pub person: PersonId,
    pub role: Role,
    pub questions: Vec<QuestionId>,
    pub closed: DateTime<Utc>,
    pub state: AskState,
}

/// One answer of a closed pulse. `OnlyTotals` answers are here to be counted as answered, never to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRow {
    pub pulse: PulseId,
    pub pair: PairId,
    pub person: PersonId,
    pub role: Role,
    pub question: QuestionId,
    pub value: u8,
    pub audience: Audience,
    /// There are words to it.
    pub commented: bool,
    pub given: DateTime<Utc>,
    pub closed: DateTime<Utc>,
}
