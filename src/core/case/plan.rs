//! About the next pulse of a pair.

use chrono::{DateTime, NaiveDate, Utc};

use crate::core::agreement::Agreement;
use crate::core::attention::{Spent, WEEKLY};
use crate::core::availability::Availability;
use crate::core::cadence::Cadence;
use crate::core::id::PersonId;
use crate::core::pause::Span;
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;
use crate::core::question::Role;
use crate::core::rest::Rest;
use crate::core::rotation::AskedItem;
use crate::core::survey::Point;

/// How often a pair asked one person in the last weeks, and when last. The smaller, the longer it waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turns {
    pub count: u32,
    pub last: Option<DateTime<Utc>>,
}

/// Another pair of somebody's, whose pulse wants a slot of the same week.
#[derive(Clone, Debug, PartialEq)]
pub struct Rival {
    pub person: PersonId,
    pub cadence: Cadence,
    /// Occurrence of its newest pulse, folded or not.
    pub planned: Option<NaiveDate>,
    /// How often it asked the person in the last weeks, and when last.
    pub asked: Turns,
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
    /// Pairs of the mentee, and of the mentor, in all programmes, that have not ended.
    pub pairs: [u32; 2],
    /// Occurrence of the newest pulse, folded or not, or of the survey in its place.
    pub last_occurrence: Option<NaiveDate>,
    /// Pulses so far that were not folded.
    pub asked: u32,
    /// What was asked in them, oldest first.
    pub history: Vec<AskedItem>,
    /// A meeting of the two is known.
    pub met: bool,
    /// They have an open goal.
    pub goal: bool,
    /// Slots of the two people's weeks that messages have taken, in whatever programme.
    pub spent: Vec<Spent>,
    /// The messages that the mentee and the mentor allow in a week.
    pub weekly: [u8; 2],
    /// How often this pair asked the mentee and the mentor.
    pub turns: [Turns; 2],
    /// Other pairs of the two, which ask them too.
    pub rivals: Vec<Rival>,
    /// Pauses of the pair.
    pub pauses: Vec<Span>,
    /// The mentee's and the mentor's own time.
    pub rests: [Rest; 2],
    /// Occurrences at which the mentee and the mentor were asked last, if they were.
    pub asked_on: [Option<NaiveDate>; 2],
    /// Where the agreement stands already, and whether both have agreed; nothing of what the two want.
    pub agreement: Agreement,
    /// Surveys that were asked already.
    pub surveys: Vec<Point>,
}

impl PlanCase {
    /// How many messages of a week this one of the two allows, and the programme.
    pub fn most(&self, person: &PersonId) -> u8 {
        self.weekly[usize::from(*person != self.pair.mentee)].min(self.program.weekly).min(WEEKLY)
    }

    /// How often this pair asked whom the slot is of.
    pub fn turns_of(&self, spent: &Spent) -> Turns {
        self.turns[usize::from(spent.person != self.pair.mentee)]
    }

    /// When the person on this side may be written to.
    pub fn side(&self, role: Role) -> Availability<'_> {
        match role {
            Role::Mentee => Availability::new(&self.program, self.mentee.zone, &self.rests[0]),
            Role::Mentor => Availability::new(&self.program, self.mentor.zone, &self.rests[1]),
        }
    }
}
