//! Facts about a person's own time that became true. Of two about the same the later counts.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Choice, Pace, TimeForm};
use crate::core::attention::Spent;
use crate::core::id::{PairId, PersonId};
use crate::core::pause::Pause;

/// A fact about a person's own time.
#[derive(Clone, Debug, PartialEq)]
pub enum RestChange {
    /// A pause of the person or of a pair by somebody's own word; one of the same first day takes its place.
    Paused { pause: Pause, at: DateTime<Utc> },
    /// The person's pauses end before `day`; those that were still to come do not begin.
    Back { person: PersonId, day: NaiveDate, at: DateTime<Utc> },
    /// The same for pauses of the pair that one of the two began.
    PairBack { pair: PairId, day: NaiveDate, by: PersonId, at: DateTime<Utc> },
    /// Days, hours, holidays and pace as the person said.
    TimeSet { person: PersonId, time: TimeForm, at: DateTime<Utc> },
    /// How often the person is asked.
    PaceSet { person: PersonId, pace: Pace, at: DateTime<Utc> },
    /// The person is asked what suits them, with the slot that it takes.
    SilenceAsked { person: PersonId, day: NaiveDate, spends: Spent, at: DateTime<Utc> },
    /// What they chose.
    SilenceChosen { person: PersonId, day: NaiveDate, choice: Choice, at: DateTime<Utc> },
    /// The slot for the word to the partner of somebody who paused the pair.
    Told(Spent),
}
