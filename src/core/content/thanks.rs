//! What is shown of thanks: to whoever says it while it waits, to whoever gets it after that, to nobody else.

use chrono::{DateTime, Utc};

use crate::core::id::{PairId, ThanksId};

/// The form in which thanks is said; `words` are what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThanksForm {
    pub pair: PairId,
    pub partner: String,
    pub thanks: ThanksId,
    pub words: String,
}

/// What is told after the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThanksSaid {
    /// It goes to the other then.
    Waits { partner: String, due: DateTime<Utc> },
    /// Nothing of it is left.
    TakenBack { partner: String },
}

/// Thanks as the one who gets it reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThanksPost {
    pub pair: PairId,
    pub from: String,
    /// Given when one of the two is in more than one programme.
    pub program_name: Option<String>,
    pub words: String,
    /// The pair goes on, so that thanks can be said back.
    pub running: bool,
}

/// Thanks that waits, for whoever said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingThanks {
    pub pair: PairId,
    pub thanks: ThanksId,
    pub partner: String,
    pub words: String,
    pub due: DateTime<Utc>,
}
