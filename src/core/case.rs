//! What a decision needs to know, loaded in the same transaction that writes its result.

mod confided;
mod nudge;
mod plan;
mod record;
mod rest;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::agreement::Agreement;
use super::answer::{Answer, Comment};
use super::attention::Spent;
use super::availability::Availability;
use super::care::Step;
use super::goal::{Confidence, Goal, GoalChange};
use super::id::{DigestId, PersonId, QuestionId};
use super::pause::{Pause, Span};
use super::person::{Pair, Person, Standing};
use super::program::Program;
use super::pulse::Pulse;
use super::question::Role;
use super::rest::Rest;
use super::session::{Proposal, Session};
use super::silence::Silent;
use super::survey::{Survey, SurveyAnswer};

pub use confided::{AskingCase, FitCase, HelpCase};
pub use nudge::NudgedCase;
pub use plan::{PlanCase, Rival, Turns};
pub use record::{AgendaCase, RecordCase, ThanksCase};
pub use rest::{RestCase, RestPair, SilenceRow};

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
    /// The actor's own time.
    pub rest: Rest,
    /// The actor has App Home open since some time: it must be kept true.
    pub home_opened: bool,
}

/// About a pulse that is to be sent for the first time, or whose time is over.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosingCase {
    pub program: Program,
    pub pulse: Pulse,
    /// The mentee's and the mentor's.
    pub zones: [Tz; 2],
    /// Whether the mentee and the mentor have pressed `Not for me`.
    pub out: [bool; 2],
    /// Those of the two whose App Home is kept up to date.
    pub home_opened: Vec<PersonId>,
    /// Days on which the pair is or was paused.
    pub pauses: Vec<Span>,
    /// The mentee's and the mentor's own time.
    pub rests: [Rest; 2],
    /// What is known of the mentee's and the mentor's silence, where their part is open still.
    pub silent: [Silent; 2],
    /// Slots of their weeks that messages have taken.
    pub spent: Vec<Spent>,
    /// The messages that the mentee and the mentor allow in a week.
    pub weekly: [u8; 2],
}

impl ClosingCase {
    /// When the person on this side may be written to.
    pub fn side(&self, role: Role) -> Availability<'_> {
        let n = usize::from(role == Role::Mentor);
        Availability::new(&self.program, self.zones[n], &self.rests[n])
    }

    /// What the person on this side said of their own time.
    pub fn rest(&self, role: Role) -> &Rest {
        &self.rests[usize::from(role == Role::Mentor)]
    }
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
    /// Who stands in for them when somebody asks for help.
    pub deputy: Option<Person>,
    /// Those of the two who have App Home open since some time: it must be kept true.
    pub homes: Vec<PersonId>,
}

/// About something that a coordinator may do.
#[derive(Clone, Debug, PartialEq)]
pub struct CareCase {
    pub program: Program,
    /// What the actor is called.
    pub actor: String,
    /// The pair that it is about; `None` for a line about somebody who pressed `Not for me`, and for a whole digest.
    pub pair: Option<CarePair>,
    /// People who are not to learn of it: the partners of somebody who pressed `Not for me`.
    pub kept_from: Vec<PersonId>,
    /// What was done about the line, or, without one, about the pair on this day; with the coordinators' names.
    pub steps: Vec<(Step, String)>,
    /// The digests with the line that stand in Slack, and with whom.
    pub posted: Vec<(DigestId, PersonId)>,
}

/// A pair as its coordinators may act on it.
#[derive(Clone, Debug, PartialEq)]
pub struct CarePair {
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// The mentee's and the mentor's. Unknown where the actor, as the partner in another pair, is not to learn that
    /// somebody pressed `Not for me`.
    pub standings: [Option<Standing>; 2],
    /// Pauses of the pair and of each of the two that are not over, with the names of those who wanted them.
    pub pauses: Vec<(Pause, Option<String>)>,
    /// The mentee's and the mentor's own time.
    pub rests: [Rest; 2],
    /// The newest pulse, as long as it is open.
    pub open: Option<Pulse>,
    /// Those of the two whose App Home is kept up to date.
    pub home_opened: Vec<PersonId>,
}

/// About a whole digest, for one of its readers.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestCase {
    pub digest: DigestId,
    pub care: CareCase,
    /// Whose own copy it is; `None`: it is everybody's.
    pub copy_of: Option<PersonId>,
    /// The actor is in a pair of the programme, and so reads a copy of their own.
    pub takes_part: bool,
    /// When the actor had it sent as a file today.
    pub exported: Option<DateTime<Utc>>,
}

/// About a question of a coordinator to one person alone.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyCase {
    pub program: Program,
    pub pair: Pair,
    pub step: Step,
    /// Who asked.
    pub coordinator: Person,
    /// The other of the two.
    pub partner: String,
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

/// About the goals of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// Oldest first.
    pub goals: Vec<Goal>,
    /// What the mentee has said of how sure they feel.
    pub rated: Vec<Confidence>,
    /// Those of the two who have App Home open since some time: it must be kept true.
    pub homes: Vec<PersonId>,
}

impl GoalCase {
    /// What is true after this change.
    pub fn take(&mut self, change: &GoalChange) {
        match change {
            GoalChange::Stepped { goal, n, done, at, .. } => {
                let steps = self.goals.iter_mut().filter(|one| one.id == *goal).flat_map(|goal| &mut goal.steps);
                for step in steps.filter(|step| step.n == *n) {
                    step.done = done.then(|| step.done.unwrap_or(*at));
                }
            }
            GoalChange::Stands { goal, state, at, .. } => {
                for goal in self.goals.iter_mut().filter(|one| one.id == *goal && one.state != *state) {
                    (goal.state, goal.state_at) = (*state, *at);
                }
            }
            GoalChange::Moved { goal, at, .. } => {
                for goal in self.goals.iter_mut().filter(|one| one.id == *goal) {
                    goal.moved = goal.moved.max(*at);
                }
            }
            GoalChange::Rated { confidence } => self.rated.push(confidence.clone()),
            GoalChange::Written { .. } => {}
        }
    }
}

/// About the agreement of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    pub agreement: Agreement,
    /// When each of the two last said what they want: mentee, mentor.
    pub wished: [Option<DateTime<Utc>>; 2],
    /// Those of the two who have App Home open since some time: it must be kept true.
    pub homes: Vec<PersonId>,
}

/// About one survey, as the person who acts may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyCase {
    pub program: Program,
    pub mentee: Person,
    pub mentor: Person,
    pub survey: Survey,
    /// The actor's own answers in it.
    pub answers: Vec<SurveyAnswer>,
    /// The actor has App Home open since some time: it must be kept true.
    pub home_opened: bool,
}

/// About a pair that has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct LastSurveyCase {
    pub program: Program,
    pub pair: Pair,
    pub mentee: Person,
    pub mentor: Person,
    /// The mentee's and the mentor's.
    pub standings: [Standing; 2],
    /// Slots of the two people's weeks that messages have taken, in whatever programme.
    pub spent: Vec<Spent>,
    /// The messages that the mentee and the mentor allow in a week.
    pub weekly: [u8; 2],
    /// The mentee's and the mentor's own time.
    pub rests: [Rest; 2],
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

impl CarePair {
    /// What coordinators call the pair: the name that it was given, or its people's, the mentee first.
    pub fn name(&self) -> String {
        let names = || format!("{} & {}", self.mentee.name, self.mentor.name);
        self.pair.connection.clone().unwrap_or_else(names)
    }
}

impl ProgramCase {
    /// Names of the coordinators but this person.
    pub fn other_coordinators(&self, person: &PersonId) -> Vec<String> {
        self.coordinators.iter().filter(|one| one.id != *person).map(|one| one.name.clone()).collect()
    }

    /// Whether this person is one of the coordinators.
    pub fn is_coordinator(&self, person: &PersonId) -> bool {
        self.coordinators.iter().any(|one| one.id == *person)
    }

    /// The coordinators who are told when this person declines: the partner is not, also not as a coordinator.
    pub fn told(&self, person: &PersonId) -> impl Iterator<Item = &Person> {
        self.coordinators.iter().filter(move |one| one.id != *person && !self.partners.contains(&one.id))
    }
}
