//! About a person's own time.

use chrono::NaiveDate;

use crate::core::attention::Spent;
use crate::core::id::{PairId, ProgramId};
use crate::core::pause::Pause;
use crate::core::person::{Pair, Person};
use crate::core::program::Program;
use crate::core::rest::{Choice, Rest};

/// About a person's own time.
#[derive(Clone, Debug, PartialEq)]
pub struct RestCase {
    pub person: Person,
    pub rest: Rest,
    /// The person has App Home open since some time: it must be kept true.
    pub home_opened: bool,
    /// The person's pairs that have not ended.
    pub pairs: Vec<RestPair>,
    /// The newest question what suits them after three times without an answer.
    pub silence: Option<SilenceRow>,
}

/// A pair of a person who says something of their own time.
#[derive(Clone, Debug, PartialEq)]
pub struct RestPair {
    pub pair: Pair,
    pub program: Program,
    pub partner: Person,
    pub partner_rest: Rest,
    pub partner_home: bool,
    /// Pauses of the pair that are not over.
    pub pauses: Vec<Pause>,
    /// Slots of the partner's weeks.
    pub spent: Vec<Spent>,
    /// The messages that the partner allows in a week.
    pub weekly: u8,
}

/// That somebody was asked what suits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilenceRow {
    pub day: NaiveDate,
    pub choice: Option<Choice>,
}

impl RestCase {
    /// A pair of the person.
    pub fn pair(&self, pair: &PairId) -> Option<&RestPair> {
        self.pairs.iter().find(|one| one.pair.id == *pair)
    }

    /// The person's programmes, each once.
    pub fn programs(&self) -> impl Iterator<Item = &Program> {
        let is_first = |n: usize, id: &ProgramId| !self.pairs[..n].iter().any(|before| before.program.id == *id);
        let each = self.pairs.iter().enumerate();
        each.filter(move |(n, one)| is_first(*n, &one.program.id)).map(|(_, one)| &one.program)
    }
}
