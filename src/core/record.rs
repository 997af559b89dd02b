//! A person's own record: what became of goals, how sure they felt, sessions, and what they were thanked for. It is for them
//! alone; a mentee may share the part about one pair with its mentor.

use chrono::{DateTime, Utc};

use super::id::PairId;

/// What a person does about an own record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordAct {
    /// Opens it.
    Open,
    /// Wants it as a message, with the picture that a form cannot show.
    Send,
    /// Shares the part about a pair with its mentor, or does so no more.
    Share { pair: PairId, shared: bool },
    /// The mentor opens what is shared.
    OpenShared { pair: PairId },
}

/// One fact about a record that became true. Writing it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordChange {
    /// The mentee's word on whether the mentor sees it; the later counts.
    Shared { pair: PairId, shared: bool, at: DateTime<Utc> },
}

/// Why something about a record was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordRefusal {
    /// It is not, or no longer, shared.
    NotShared,
    /// The mentee alone shares it.
    OnlyTheMentee,
    /// There is nothing to record yet.
    Empty,
}

impl RecordAct {
    /// The pair, where it is about one.
    pub fn pair(&self) -> Option<&PairId> {
        match self {
            Self::Open | Self::Send => None,
            Self::Share { pair, .. } | Self::OpenShared { pair } => Some(pair),
        }
    }
}
