//! What is read about whether a pairing is right: by one of the two, and by those whom that one lets know.

use crate::core::fit::{Fit, FitState};
use crate::core::id::PairId;

/// The question, to one of the two alone, with what that one said.
#[derive(Clone, Debug, PartialEq)]
pub struct FitQuestion {
    pub pair: PairId,
    pub program_name: String,
    pub partner: String,
    pub state: FitState,
    /// Those who would know; empty where nobody else than the two could.
    pub coordinators: Vec<String>,
    /// What the programme says for when it is urgent.
    pub safety: Option<String>,
}

/// What is said in the act.
#[derive(Clone, Debug, PartialEq)]
pub enum FitSaid {
    /// Noted.
    Saved { fit: Fit, partner: String },
    /// It is not right: who may know?
    WhoMayKnow { pair: PairId, coordinators: Vec<String> },
    /// These know now, or nobody does.
    Known { coordinators: Vec<String>, partner: String },
}

/// To a coordinator: one of the two says that it is not right, and lets them know.
#[derive(Clone, Debug, PartialEq)]
pub struct FitNote {
    pub program_name: String,
    pub name: String,
    pub user: String,
    pub team: String,
    pub partner: String,
    /// They have said otherwise since.
    pub otherwise: bool,
}
