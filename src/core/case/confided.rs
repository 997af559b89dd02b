//! What decisions need to know about help and fit.

use std::collections::HashMap;

use super::PairCase;
use crate::core::content::HelpNote;
use crate::core::fit::FitState;
use crate::core::help::{Receiver, Request};
use crate::core::id::PersonId;
use crate::core::person::{Pair, Person};
use crate::core::program::Program;
use crate::core::rest::Rest;

/// About one pair, of which somebody asks for help.
#[derive(Clone, Debug, PartialEq)]
pub struct AskingCase {
    pub about: PairCase,
    /// What the actor asked lately, newest first.
    pub requests: Vec<Request>,
    /// The own time of coordinators and of the deputy.
    pub rests: HashMap<PersonId, Rest>,
}

/// About the fit of one pair, as the actor may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct FitCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    pub coordinators: Vec<Person>,
    pub deputy: Option<Person>,
    /// What the actor was asked and said; nothing of the partner's is here.
    pub state: FitState,
    /// Those of the two who have App Home open since some time.
    pub homes: Vec<PersonId>,
}

/// About a request for help, for one who got it.
#[derive(Clone, Debug, PartialEq)]
pub struct HelpCase {
    pub program: Program,
    pub pair: Pair,
    /// With its words: they are handed out by the decision that notes who opened it.
    pub note: HelpNote,
    pub asker: PersonId,
    pub receivers: Vec<Receiver>,
    /// The person who asks has App Home open since some time.
    pub home_opened: bool,
}
