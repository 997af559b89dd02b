//! The rows that a digest is computed from: closed asks only, so that nothing in it can change any more.

use chrono::{DateTime, Utc};

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
}

impl Window {
    /// Whether this person is in a pair of the programme.
    pub fn has_in_a_pair(&self, person: &PersonId) -> bool {
        self.pairs.iter().any(|row| row.pair.role_of(person).is_some())
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
    pub closed: DateTime<Utc>,
}
