//! What a nudge says, and what is answered to a tap on one.

use chrono::{DateTime, NaiveDate, Utc};

use crate::core::id::{NudgeId, PairId, PersonId};
use crate::core::nudge::{Kind, Reaction};

/// A nudge with all that its words need.
#[derive(Clone, Debug, PartialEq)]
pub struct NudgePage {
    pub nudge: NudgeId,
    pub kind: Kind,
    pub pair: PairId,
    /// Given when the person is in more than one programme.
    pub program_name: Option<String>,
    pub partner: PersonId,
    pub partner_name: String,
    /// The day of what occasioned it, and days since then when it was decided.
    pub episode: NaiveDate,
    pub days: u32,
    /// The pair's rhythm, in days.
    pub rhythm: u32,
    /// Week of the pair, from 1, and how many there are if the end is known: for what follows its stage.
    pub week: u32,
    pub weeks: Option<u32>,
    /// What the person said to it: then its buttons go.
    pub reaction: Option<Reaction>,
    /// This is "tomorrow" come true.
    pub again: bool,
}

/// Words after a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NudgeSaid {
    Done,
    /// It comes once more then.
    Tomorrow {
        until: DateTime<Utc>,
    },
    NotHelpful,
    /// This kind comes no more; `None`: no nudge does.
    Stopped {
        kind: Option<Kind>,
    },
    /// What was stopped may come again.
    Again,
    /// A retired kind is sent again.
    Revived {
        kind: Kind,
    },
    /// It was not retired.
    NotRetired {
        kind: Kind,
    },
    /// So many messages a week, at most.
    Weekly {
        weekly: u8,
    },
}
