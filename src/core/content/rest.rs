//! What people read of their own time.

use chrono::{DateTime, NaiveDate, Utc, WeekdaySet};

use crate::core::id::{PairId, ProgramId};
use crate::core::pause::Span;
use crate::core::rest::{Choice, Rest};

/// Words after an act about a person's own time.
#[derive(Clone, Debug, PartialEq)]
pub enum RestSaid {
    /// Nothing is asked on these days: of the person, or of the pair with this partner, who is told or reads it in App Home.
    Paused { span: Span, partner: Option<String> },
    /// The person is back, or the pair with this partner goes on.
    Back { partner: Option<String> },
    /// Days, hours, holidays and pace are noted.
    TimeSet,
    /// What was chosen after three times without an answer; a pause ends on `until`.
    Chosen { choice: Choice, until: Option<NaiveDate> },
}

/// Forms about a person's own time.
#[derive(Clone, Debug, PartialEq)]
pub enum RestForm {
    /// A pause of the person, or of one of these pairs (with the partner's name).
    Pause { pairs: Vec<(PairId, String)>, first: NaiveDate, last: NaiveDate },
    /// Days, hours, holidays and pace. `days` are those on which the person's programmes ask.
    Time { rest: Box<Rest>, days: WeekdaySet },
}

/// The question after three times without an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct SilenceAsked {
    pub program: ProgramId,
    pub day: NaiveDate,
    pub choice: Option<Choice>,
}

/// To the partner of somebody who paused the pair.
#[derive(Clone, Debug, PartialEq)]
pub struct PairPaused {
    pub pair: PairId,
    pub by: String,
    pub program_name: String,
    pub until: NaiveDate,
}

/// A person's own time on App Home.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeRest {
    pub rest: Rest,
    /// Days away or paused that are not over, soonest first, and whether the first has begun.
    pub away: Vec<Span>,
    pub is_away: bool,
    /// The status in Slack says that the person is out of office, until then.
    pub out: Option<DateTime<Utc>>,
    /// Pairs that the person may let go on, with the partners' names.
    pub paused: Vec<(PairId, String)>,
}
