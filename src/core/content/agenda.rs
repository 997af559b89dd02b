//! What the two of a pair may talk about next time, and what each may prepare: the same questions for both.

use chrono::{DateTime, Utc};

use crate::core::goal::Goal;

/// The page that opens on "What to prepare".
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    pub partner: String,
    /// The session that it is for, where a date is set.
    pub next: Option<DateTime<Utc>>,
    pub title: String,
    /// Two or three questions for the two.
    pub ask: Vec<String>,
    /// What the reader's own side may prepare.
    pub prepare: String,
    /// Open goals of the pair, which both see.
    pub goals: Vec<Goal>,
    /// The reader wrote them.
    pub own: bool,
    /// The idea behind the questions.
    pub source: String,
}
