//! What is shown of goals: to the mentee with buttons, to the mentor as words, to nobody else.

use chrono::{DateTime, Utc};

use crate::core::goal::{Goal, When};
use crate::core::id::{GoalId, PairId};

/// Goals of one pair, for one of the two.
#[derive(Clone, Debug, PartialEq)]
pub struct PairGoals {
    pub pair: PairId,
    /// The other of the two.
    pub partner: String,
    /// The reader is the mentee, and so may change them.
    pub own: bool,
    /// When the pair ended, if it did: then nothing can be changed any more.
    pub ended: Option<DateTime<Utc>>,
    /// Open ones, oldest first; on a page of goals the others after them, newest first.
    pub goals: Vec<Goal>,
    /// Some were reached or dropped of late.
    pub over: bool,
    /// What the mentee may say now of how sure they feel: the goal, its skill, and which of the times it is.
    pub asks: Vec<(GoalId, String, When)>,
}

/// A form or a page about goals.
#[derive(Clone, Debug, PartialEq)]
pub enum GoalForm {
    /// Writes a goal, or writes it anew.
    Write(WriteGoal),
    /// All goals of a pair.
    Page(PairGoals),
    /// A mentor's mentees with their open goals, after `skip` of them; there may be more.
    All { pairs: Vec<PairGoals>, skip: u32, more: bool },
}

/// The form of one goal.
#[derive(Clone, Debug, PartialEq)]
pub struct WriteGoal {
    pub pair: PairId,
    pub partner: String,
    pub goal: GoalId,
    /// What stands there now; `None` for a new one.
    pub stands: Option<Goal>,
    /// Words that a new one begins with.
    pub title: String,
}

/// What is told after the form of a goal.
#[derive(Clone, Debug, PartialEq)]
pub enum GoalSaid {
    /// It is written.
    Saved { partner: String, new: bool, steps: usize },
    /// It is dropped.
    Dropped,
}
