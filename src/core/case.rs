//! What a decision needs to know, loaded in the same transaction that writes its result.

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::{Answer, Comment};
use super::attention::Spent;
use super::id::{PersonId, QuestionId};
use super::person::{Pair, Person, Standing};
use super::program::Program;
use super::pulse::Pulse;
use super::rotation::AskedItem;
use super::session::{Proposal, Session};

/// About one pulse, as the person who acts may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct PulseCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    pub pulse: Pulse,
    /// The actor's own answers in this pulse; empty for a stranger.
    pub answers: Vec<Answer>,
    /// The actor's own words in this pulse, and what was taken back of them.
    pub comments: Vec<Comment>,
    /// The actor has App Home open since some time: it must be kept true.
    pub home_opened: bool,
}

/// About one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct PairCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// The programme's coordinators.
    pub coordinators: Vec<Person>,
}

/// About the sessions of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// Those that can still be logged or corrected, newest first.
    pub sessions: Vec<Session>,
    /// The newest suggestion of dates, if there is one.
    pub proposal: Option<Proposal>,
    /// What the actor answered after a session, by its day and item.
    pub rated: Vec<(NaiveDate, QuestionId)>,
    /// Those of the two who have App Home open since some time: it must be kept true.
    pub homes: Vec<PersonId>,
}

/// About one person in one programme.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramCase {
    pub program: Program,
    /// `None` for somebody who is in no pair of it.
    pub standing: Option<Standing>,
    /// When the person last said `Start` or `Not for me`.
    pub said: Option<DateTime<Utc>>,
    /// The other sides of the person's pairs in it.
    pub partners: Vec<PersonId>,
    /// The programme's coordinators.
    pub coordinators: Vec<Person>,
    /// The actor has App Home open since some time: it must be kept true.
    pub home_opened: bool,
}

impl ProgramCase {
    /// The coordinators who are told when this person declines: the partner is not, also not as a coordinator.
    pub fn told(&self, person: &PersonId) -> impl Iterator<Item = &Person> {
        self.coordinators.iter().filter(move |one| one.id != *person && !self.partners.contains(&one.id))
    }
}

/// About the next pulse of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    pub mentee_standing: Standing,
    pub mentor_standing: Standing,
    /// Pairs of this mentor, in this programme, that have not ended.
    pub mentors_pairs: u32,
    /// Occurrence of the newest pulse, folded or not.
    pub last_occurrence: Option<NaiveDate>,
    /// Pulses so far that were not folded.
    pub asked: u32,
    /// What was asked in them, oldest first.
    pub history: Vec<AskedItem>,
    /// A meeting of the two is known.
    pub met: bool,
    /// Slots of the two people's weeks that messages have taken, in whatever programme.
    pub spent: Vec<Spent>,
}
