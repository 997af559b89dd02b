//! What a nudge may be derived from: what both of a pair know, the reader's own answers, the calendar.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Kind, Reaction};
use crate::core::agreement::Opening;
use crate::core::attention::Spent;
use crate::core::availability::Availability;
use crate::core::id::{NudgeId, PairId, PersonId, QuestionId};
use crate::core::pause::{Span, active_days};
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;
use crate::core::question::Role;
use crate::core::rest::Rest;
use crate::core::survey::Point;

/// What both of a pair know, as civil days of the programme's zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The pair's first day.
    pub begins: NaiveDate,
    /// The last day, where it is known.
    pub ends: Option<NaiveDate>,
    /// Days within which they agreed to meet: 7, 14 or 28.
    pub rhythm: u32,
    /// Of the pair, and days on which one of the two is away.
    pub pauses: Vec<Span>,
    /// Days on which they are known to have met.
    pub met: BTreeSet<NaiveDate>,
    /// The newest session that somebody logged, and whose log it is.
    pub logged: Option<(NaiveDate, Role)>,
    /// A date of the next session is set, or suggested and not chosen yet.
    pub date_ahead: bool,
    /// When they agreed on that rhythm; `None`: it is the programme's.
    pub agreed: Option<NaiveDate>,
    /// Occasions on which they were asked to agree.
    pub openings: Vec<Opening>,
    /// Surveys that were asked already.
    pub surveys: Vec<Point>,
    /// `None`: nothing is known of goals.
    pub goals: Option<Goals>,
    /// When the programme's released totals last said that mentors rate feedback higher than mentees do.
    pub feedback_gap: Option<NaiveDate>,
}

/// What is known of a pair's goals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goals {
    /// One is open now.
    pub open: bool,
    /// When one was last set, moved or reached; `None`: there was never one.
    pub moved: Option<NaiveDate>,
}

impl Facts {
    /// Full days since then, without paused ones.
    pub fn days(&self, since: NaiveDate, today: NaiveDate) -> u32 {
        active_days(since, today, &self.pauses)
    }

    /// When they last met.
    pub fn last_met(&self) -> Option<NaiveDate> {
        self.met.last().copied()
    }

    /// Whether today is a paused day.
    pub fn is_paused(&self, today: NaiveDate) -> bool {
        self.pauses.iter().any(|span| span.touches(today, today))
    }

    /// Days by which the next meeting is later than the rhythm; before the first one there is none to be late.
    pub fn overdue(&self, today: NaiveDate) -> u32 {
        self.last_met().map_or(0, |met| self.days(met, today).saturating_sub(self.rhythm))
    }
}

/// An answer of the reader's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAnswer {
    pub question: QuestionId,
    pub value: u8,
    pub day: NaiveDate,
}

/// A nudge that was sent to the reader, or held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudged {
    pub id: NudgeId,
    pub pair: PairId,
    pub kind: Kind,
    /// The day of what occasioned it.
    pub episode: NaiveDate,
    /// When it was decided, by the programme's calendar.
    pub day: NaiveDate,
    /// The week whose one nudge it is, in the form of [`Week`](crate::core::attention::Week).
    pub week: String,
    /// When it was due.
    pub due: DateTime<Utc>,
    /// It was held back.
    pub held: bool,
    pub reaction: Option<Reaction>,
    /// The day on which it comes, or came, once more.
    pub again: Option<NaiveDate>,
    /// Whether it came to what it is for. `None`: that is not known yet.
    pub outcome: Option<bool>,
}

/// One pair of the reader's.
#[derive(Clone, Debug, PartialEq)]
pub struct PairFacts {
    pub program: Program,
    pub pair: Pair,
    /// The reader's own side.
    pub role: Role,
    /// The reader's and the partner's: nothing is said while one of them is out.
    pub standings: [Standing; 2],
    pub facts: Facts,
    /// The reader's own, in this pair, of the last weeks.
    pub answers: Vec<OwnAnswer>,
    /// The reader asked for help about this pair in the last weeks.
    pub helped: Option<NaiveDate>,
}

/// Everything by which the next nudge to one person is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct NudgeCase {
    pub person: Person,
    /// The person's own time.
    pub rest: Rest,
    /// The person's pairs that have not ended.
    pub pairs: Vec<PairFacts>,
    /// What came to the person before, oldest first.
    pub past: Vec<Nudged>,
    /// Kinds that the person does not want; `None` among them: none at all.
    pub stopped: Vec<Option<Kind>>,
    /// Slots of the person's newest weeks that messages have taken.
    pub spent: Vec<Spent>,
    /// The messages that the person allows in a week.
    pub weekly: u8,
    /// The workspace has so many active pairs that effects can be measured.
    pub measures: bool,
    /// What is known of the kinds' effects in the workspace; one that is not here is new.
    pub verdicts: Vec<(Kind, super::effect::Verdict)>,
}

impl NudgeCase {
    /// The person.
    pub fn id(&self) -> &PersonId {
        &self.person.id
    }

    /// When the person may be written to about a pair of this programme.
    pub fn reader(&self, program: &Program) -> Availability<'_> {
        Availability::new(program, self.person.zone, &self.rest)
    }
}
