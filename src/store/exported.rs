//! What leaves with `rapport export`: people by their Slack ids, and only what their authors let a coordinator see.

use serde::Serialize;

use crate::core::answer::Audience;
use crate::core::id::{PairId, PulseId, QuestionId};
use crate::core::question::Role;

/// A pair that leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairLine {
    pub pair: PairId,
    /// Slack user ids.
    pub mentor: String,
    pub mentee: String,
    /// Civil date.
    pub starts: String,
    pub connection: Option<String>,
    pub group: Option<String>,
    /// UTC, as all times here.
    pub ended: Option<String>,
}

/// A pulse that leaves; folded ones were never asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PulseLine {
    pub pulse: PulseId,
    pub pair: PairId,
    pub number: u32,
    pub strike: String,
    pub closed: Option<String>,
}

/// An answer that leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerLine {
    pub pulse: PulseId,
    pub pair: PairId,
    /// Slack user id.
    pub person: String,
    pub role: Role,
    pub question: QuestionId,
    /// 1 (left) to 5 (right), as tapped.
    pub value: u8,
    pub audience: Audience,
    pub at: String,
}
