//! A pulse: one asking of one pair, with one `Ask` for each of the two.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::id::{PairId, PersonId, PulseId, QuestionId};
use super::question::Role;

/// One asking of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pulse {
    /// Pair and civil date of the occurrence.
    pub id: PulseId,
    /// The pair.
    pub pair: PairId,
    /// The n-th pulse of this pair, from 1. Folded pulses are not counted.
    pub number: u32,
    /// How many there will be, if the end is known.
    pub of: Option<u32>,
    /// The instant at which the cadence struck.
    pub strike: DateTime<Utc>,
    /// Where it is asked.
    pub form: Form,
    /// The mentee's part.
    pub mentee: Ask,
    /// The mentor's part.
    pub mentor: Ask,
    /// When it closed: nothing in it changes any more.
    pub closed: Option<DateTime<Utc>>,
}

/// Where a pulse is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One post in the pair's group DM.
    Shared,
    /// To each alone, at their own time: no common working hour, or a mentor of more than two pairs.
    Private,
    /// To each alone, where the mentor's is one message with a row for each mentee.
    PrivateRows,
}

/// What one person is asked in a pulse.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Who.
    pub person: PersonId,
    /// On which side.
    pub role: Role,
    /// In the order in which they are shown. One answered is the pulse answered; the rest are optional.
    pub questions: Vec<QuestionId>,
    /// When the message is due.
    pub due: DateTime<Utc>,
    /// Until when it can be answered.
    pub closes: DateTime<Utc>,
    /// When the person asked to be reminded, alone.
    pub reminder: Option<DateTime<Utc>>,
    /// What became of it.
    pub state: AskState,
}

/// What became of an [`Ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskState {
    /// Waiting.
    Open,
    /// At least one question is answered.
    Answered { at: DateTime<Utc> },
    /// "Not this week": neither answered nor missed.
    Skipped { at: DateTime<Utc> },
    /// Closed without an answer: missed.
    Closed { at: DateTime<Utc> },
    /// Never asked, because it came too late: not missed, its questions are back in rotation.
    Folded { at: DateTime<Utc> },
}

/// Days on which a pulse is asked or reminded of, at most.
const DAYS: usize = 60;

/// All days, by whatever clock, on which something between these two instants can lie: people travel, and the name of a
/// message holds the day that it was where they were.
pub fn days(from: DateTime<Utc>, until: DateTime<Utc>) -> impl Iterator<Item = NaiveDate> {
    let farthest = TimeDelta::hours(14);
    let last = (until + farthest).date_naive();
    (from - farthest).date_naive().iter_days().take_while(move |day| *day <= last).take(DAYS)
}

impl Pulse {
    /// The part of the person on this side.
    pub fn ask(&self, role: Role) -> &Ask {
        match role {
            Role::Mentee => &self.mentee,
            Role::Mentor => &self.mentor,
        }
    }

    /// Never asked of anybody, because it came too late.
    pub fn is_folded(&self) -> bool {
        [&self.mentee, &self.mentor].iter().all(|ask| matches!(ask.state, AskState::Folded { .. }))
    }

    /// The instant after which nothing can be answered any more.
    pub fn closes(&self) -> DateTime<Utc> {
        self.mentee.closes.max(self.mentor.closes)
    }
}
