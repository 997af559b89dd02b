//! What people do about their own time.

use chrono::{NaiveDate, NaiveTime, WeekdaySet};

use super::{Holidays, Pace};
use crate::core::id::PairId;
use crate::core::words::words;

/// Something that a person does about their own time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestAct {
    /// Opens the form for a pause or days away.
    OpenedPause,
    /// Wants to be asked nothing from `first` to `last`, both included. `form`: it was said in the form.
    Paused { whose: Whose, first: NaiveDate, last: NaiveDate, form: bool },
    /// Is back, or wants the pair to go on.
    Back { whose: Whose },
    /// Opens the form for working days, quiet hours, holidays and how often.
    OpenedTime,
    /// Sent that form.
    SetTime(TimeForm),
    /// Answered what suits them after three times without an answer, as it was asked on `day`.
    Chose { day: NaiveDate, choice: Choice },
}

/// Whose pause it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person's own, in all their pairs.
    Mine,
    /// Of one pair.
    Pair(PairId),
}

/// What stands in the form for a person's own time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeForm {
    /// Days on which the person works.
    pub week: WeekdaySet,
    /// Quiet from, and until.
    pub quiet: [Option<NaiveTime>; 2],
    pub holidays: Holidays,
    pub pace: Pace,
}

words! {
    /// What suits somebody who did not answer three times in a row.
    pub enum Choice: "a choice" {
        /// Every second time.
        Less = "less",
        /// Not for four weeks.
        Pause = "pause",
        /// Not any more.
        Stop = "stop",
        /// As it is.
        Keep = "keep",
    }
}
