//! Thanks that one of a pair says to the other, on purpose. For some minutes it can be taken back, and then nothing of it is
//! left; after that it goes to the other alone.

use chrono::{DateTime, TimeDelta, Utc};

use super::id::{PairId, PersonId, ThanksId};

/// How long it can be taken back, before it is sent.
pub const BACK_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// The longest, in characters: thanks is a line or two.
pub const LONGEST: usize = 500;

/// How many one may say to the same person within [`LATELY`].
pub const MOST_LATELY: u32 = 3;

/// See [`MOST_LATELY`].
pub const LATELY: TimeDelta = TimeDelta::days(1);

/// What one says to the other. The two of them read it, and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thanks {
    pub id: ThanksId,
    pub pair: PairId,
    pub from: PersonId,
    pub to: PersonId,
    pub words: String,
    /// By Slack's clock: of two writings the later one counts.
    pub at: DateTime<Utc>,
    /// When it goes to the other: after the time for taking it back, in their working hours. It stands in their record from
    /// then on.
    pub due: DateTime<Utc>,
}

/// What a person does about thanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThanksAct {
    /// Opens the form.
    Open { pair: PairId },
    /// Sent the form. Empty words take back what waits.
    Filled { pair: PairId, thanks: ThanksId, words: String },
    /// "Take it back."
    TakeBack { pair: PairId, thanks: ThanksId },
}

/// One fact about thanks that became true. Writing it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThanksChange {
    /// These are the words now; they are sealed when they are stored.
    Said(Thanks),
    /// It was taken back before it was sent: nothing of it stays.
    TakenBack { thanks: ThanksId, at: DateTime<Utc> },
}

/// Why something about thanks was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThanksRefusal {
    /// It is sent, or it was taken back before.
    OnItsWay,
    /// Enough for one day.
    Enough,
}

impl ThanksAct {
    /// The pair that it is about.
    pub fn pair(&self) -> &PairId {
        match self {
            Self::Open { pair } | Self::Filled { pair, .. } | Self::TakeBack { pair, .. } => pair,
        }
    }
}
