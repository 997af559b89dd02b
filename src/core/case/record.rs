//! What decisions need to know about what the two of a pair have for each other and for themselves.

use crate::core::goal::Goal;
use crate::core::id::{PersonId, ThanksId};
use crate::core::person::{Pair, Person};
use crate::core::program::Program;
use crate::core::session::Proposal;
use crate::core::thanks::Thanks;

/// About what the two of a pair may talk about next time: facts that both know.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// How many are logged.
    pub sessions: u32,
    /// The newest suggestion of dates, if there is one.
    pub proposal: Option<Proposal>,
    /// Open ones, oldest first.
    pub goals: Vec<Goal>,
}

/// About thanks in one pair, as the person who acts may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct ThanksCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// What the actor said that is not sent yet.
    pub waiting: Option<Thanks>,
    /// What the actor said of late that is sent.
    pub sent: Vec<ThanksId>,
    /// How much that is together.
    pub lately: u32,
    /// The actor has App Home open since some time: it must be kept true.
    pub home_opened: bool,
}

/// About the record of one pair's mentee, without a word of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordCase {
    pub pair: Pair,
    /// The mentor may see it.
    pub shared: bool,
    /// Those of the two who have App Home open since some time: it must be kept true.
    pub homes: Vec<PersonId>,
}
