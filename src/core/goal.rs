//! Goals of a pair: what the mentee wants to be different, its steps, how it moves, and how sure the mentee feels in it.

pub mod facts;
pub mod ideas;
pub mod words;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::id::{GoalId, PairId};
use super::person::Pair;
use super::program::Program;
use super::words::words;

pub use facts::{GoalFacts, Quiet};
pub use ideas::Ideas;
pub use words::{Entry, GoalField, Trouble, Words};

/// The most goals of a pair that are open at once: few are kept in sight.
pub const OPEN: usize = 3;

/// The most steps of one goal.
pub const STEPS: usize = 6;

/// For how many days a question about confidence stands in App Home.
pub const ASK_WITHIN: i64 = 28;

/// The middle is asked about goals that are this many days old by then, so that it is not the beginning once more.
const MIDDLE_AFTER: i64 = 14;

/// Where a programme has no end, its middle is this many weeks after the pair began.
const MIDDLE_WEEKS: u64 = 13;

words! {
    /// What became of a goal.
    pub enum GoalState: "a state of a goal" {
        /// The mentee works on it.
        Open = "open",
        /// Done.
        Reached = "reached",
        /// Given up, which is as good an end as any.
        Dropped = "dropped",
    }
}

words! {
    /// When the mentee is asked how sure they feel in what a goal needs.
    pub enum When: "a time at which confidence is asked" {
        /// When the goal is written.
        Start = "start",
        /// In the middle of the programme, or in the pair's thirteenth week.
        Middle = "middle",
        /// When it is reached or dropped, or the pair ends.
        End = "end",
    }
}

words! {
    /// What counts as a movement of a goal.
    pub enum Movement: "a movement of a goal" {
        /// It was written.
        Set = "set",
        /// The mentee says that it moved.
        Moved = "moved",
        /// A step was done.
        Step = "step",
        /// It was reached.
        Reached = "reached",
    }
}

/// A goal of a pair, written by its mentee. Both of the two see it; nobody else reads its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    pub id: GoalId,
    pub pair: PairId,
    pub words: Words,
    /// In their order.
    pub steps: Vec<GoalStep>,
    /// By when, if the mentee named a day.
    pub by: Option<NaiveDate>,
    pub state: GoalState,
    pub set: DateTime<Utc>,
    /// When it was set, moved or reached last.
    pub moved: DateTime<Utc>,
    /// When it was reached, dropped or opened again last.
    pub state_at: DateTime<Utc>,
    /// When its words were written last, by Slack's clock: of two writings the later one counts.
    pub written: DateTime<Utc>,
}

/// One step of a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalStep {
    /// Its own for the goal's whole life, from 1: never given to another step.
    pub n: u16,
    pub words: String,
    pub done: Option<DateTime<Utc>>,
}

/// How sure the mentee felt in what a goal needs, at one of three times. The mentee alone sees it; three of them make
/// the goal's curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidence {
    pub goal: GoalId,
    pub when: When,
    /// 1 (not yet) to 5 (very).
    pub value: u8,
    pub at: DateTime<Utc>,
}

/// What a person does about goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalAct {
    /// Opens the form for a new goal of this pair.
    OpenNew { pair: PairId },
    /// The same by a command, which may name the mentor and begin the goal's words.
    OpenAny { with: Option<String>, title: String },
    /// Opens the form of a goal that is there.
    OpenChange { pair: PairId, goal: GoalId },
    /// Opens the page with all goals of a pair.
    OpenPage { pair: PairId },
    /// Opens the list of all one's mentees with their goals, after so many.
    OpenAll { skip: u32 },
    /// Sent the form, new or not.
    Filled { pair: PairId, goal: GoalId, entry: Box<Entry> },
    /// One step is done, or is not after all.
    Step { pair: PairId, goal: GoalId, n: u16, done: bool },
    /// "It moved."
    Moved { pair: PairId, goal: GoalId },
    /// "Reached."
    Reached { pair: PairId, goal: GoalId },
    /// "Open again."
    OpenedAgain { pair: PairId, goal: GoalId },
    /// How sure the mentee feels, 1 to 5.
    Rated { pair: PairId, goal: GoalId, when: When, value: u8 },
}

/// One fact about a goal that became true. Writing it twice changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum GoalChange {
    /// A goal was written, or written anew: these are its words and steps now. Words are sealed when they are stored.
    Written { goal: Box<Goal> },
    /// It moved.
    Moved { pair: PairId, goal: GoalId, at: DateTime<Utc> },
    /// A step is done, or is not after all: then it was no movement either.
    Stepped { pair: PairId, goal: GoalId, n: u16, done: bool, at: DateTime<Utc> },
    /// It is reached, dropped or open again.
    Stands { pair: PairId, goal: GoalId, state: GoalState, at: DateTime<Utc> },
    /// How sure the mentee feels. The later word counts.
    Rated { confidence: Confidence },
}

/// Why something about goals was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalRefusal {
    /// The mentee alone writes goals.
    OnlyTheMentee,
    /// The person is a mentee in no pair.
    NotAMentee,
    /// There are as many as may be.
    Enough,
    /// It is reached or dropped.
    Over,
}

impl GoalAct {
    /// The pair, where one is named.
    pub fn pair(&self) -> Option<&PairId> {
        match self {
            Self::OpenNew { pair }
            | Self::OpenChange { pair, .. }
            | Self::OpenPage { pair }
            | Self::Filled { pair, .. }
            | Self::Step { pair, .. }
            | Self::Moved { pair, .. }
            | Self::Reached { pair, .. }
            | Self::OpenedAgain { pair, .. }
            | Self::Rated { pair, .. } => Some(pair),
            Self::OpenAny { .. } | Self::OpenAll { .. } => None,
        }
    }
}

impl Goal {
    /// Whether the mentee works on it.
    pub fn is_open(&self) -> bool {
        self.state == GoalState::Open
    }

    /// The first step that is not done.
    pub fn next_step(&self) -> Option<&GoalStep> {
        self.steps.iter().find(|step| step.done.is_none())
    }

    /// Steps that are done, of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.steps.iter().filter(|step| step.done.is_some()).count(), self.steps.len())
    }

    /// The skill of which confidence is asked: what the mentee named, or the goal itself.
    pub fn skill(&self) -> &str {
        self.words.skill.as_deref().unwrap_or(&self.words.title)
    }

    /// What the mentee may be asked about this goal now, where `known` has been answered: at its end for some weeks
    /// after it, and in the middle for some weeks if it is open then and not new.
    pub fn asks(
        &self,
        known: &[When],
        middle: NaiveDate,
        ended: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<When> {
        let over = match (self.is_open(), ended) {
            (false, _) => Some(self.state_at),
            (true, ended) => ended,
        };
        let within = |since: DateTime<Utc>| now >= since && now < since + TimeDelta::days(ASK_WITHIN);
        if let Some(over) = over {
            return (within(over) && !known.contains(&When::End)).then_some(When::End);
        }
        let middle = middle.and_time(chrono::NaiveTime::MIN).and_utc();
        let old = self.set <= middle - TimeDelta::days(MIDDLE_AFTER);
        (old && within(middle) && !known.contains(&When::Middle)).then_some(When::Middle)
    }
}

/// The day from which the middle is asked about: half of what the programme has left when the pair begins, or the
/// thirteenth week after that.
pub fn middle(program: &Program, pair: &Pair) -> NaiveDate {
    let begins = pair.starts.max(program.starts);
    match program.ends.map(|ends| (ends - begins).num_days()) {
        Some(days) if days > 0 => begins + TimeDelta::days(days / 2),
        _ => begins + Days::new(7 * MIDDLE_WEEKS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{self, date, utc};

    fn goal() -> Goal {
        let set = utc("2026-05-12 09:00");
        let words = Words { title: "Give a talk".to_owned(), skill: None };
        let (pair, state) = (sample::pair().id, GoalState::Open);
        Goal {
            id: "g".into(),
            pair,
            words,
            steps: vec![],
            by: None,
            state,
            set,
            moved: set,
            state_at: set,
            written: set,
        }
    }

    #[test]
    fn the_middle_is_half_of_the_programme_or_week_thirteen() {
        let (program, pair) = (sample::program(), sample::pair());
        assert_eq!(middle(&program, &pair), date("2026-08-02"));
        assert_eq!(middle(&Program { ends: None, ..program.clone() }, &pair), date("2026-08-03"));
        let late = Pair { starts: date("2026-10-02"), ..pair };
        assert_eq!(middle(&program, &late), date("2026-10-17"));
    }

    #[test]
    fn confidence_is_asked_in_the_middle_and_at_the_end_and_once() {
        let reached = Goal { state: GoalState::Reached, state_at: utc("2026-07-01 09:00"), ..goal() };
        let young = Goal { set: utc("2026-07-25 09:00"), ..goal() };
        for (goal, known, ended, now, expected) in [
            (&goal(), &[When::Start][..], None, "2026-08-01 23:59", None),
            (&goal(), &[When::Start], None, "2026-08-02 00:00", Some(When::Middle)),
            (&goal(), &[], None, "2026-08-29 23:59", Some(When::Middle)),
            (&goal(), &[], None, "2026-08-30 00:00", None),
            (&goal(), &[When::Middle], None, "2026-08-05 00:00", None),
            (&young, &[], None, "2026-08-05 00:00", None),
            (&reached, &[When::Start], None, "2026-07-01 09:00", Some(When::End)),
            (&reached, &[When::Start], None, "2026-07-29 09:00", None),
            (&reached, &[When::End], None, "2026-07-02 09:00", None),
            (&goal(), &[], Some("2026-08-10 09:00"), "2026-08-10 09:00", Some(When::End)),
            (&goal(), &[When::End], Some("2026-08-10 09:00"), "2026-08-10 09:00", None),
        ] {
            let asked = goal.asks(known, date("2026-08-02"), ended.map(utc), utc(now));
            assert_eq!(asked, expected, "{now} {known:?} {ended:?}");
        }
    }
}
