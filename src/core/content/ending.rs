//! What is read when a pair ends.

use chrono::{DateTime, Utc};

use crate::core::ending::EndReason;
use crate::core::id::PairId;
use crate::core::question::Role;

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct EndForm {
    pub pair: PairId,
    pub pair_name: String,
    /// The other one, where one of the two ends it; `None` for a coordinator.
    pub partner: Option<String>,
    /// Those who see who ended it, and the reason.
    pub coordinators: Vec<String>,
}

/// What is said in the act.
#[derive(Clone, Debug, PartialEq)]
pub enum EndSaid {
    Ended { pair_name: String },
}

/// The kind words to both, the same whoever ended it.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    pub program_name: String,
    pub mentee: String,
    pub mentor: String,
    /// Coordinators who are not one of the two.
    pub coordinators: Vec<String>,
}

/// To a coordinator: one of the two ended it. The other one is not told who, nor why.
#[derive(Clone, Debug, PartialEq)]
pub struct EndedNote {
    pub program_name: String,
    pub name: String,
    pub user: String,
    pub partner: String,
    pub reason: EndReason,
}

/// A former pair on its member's Home.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeFormer {
    pub program_name: String,
    pub role: Role,
    pub partner: String,
    pub ended: DateTime<Utc>,
}
