//! The scoring service: what the rows of a programme amount to, and how much of it may be shown.
//!
//! The published rules (docs/SCORING.md) are [`rules`] and what follows from them: [`history`] is what they look at,
//! [`health`] and its [`part`]s, [`state`], [`trend`], [`gap`]; [`evaluation`] is all of it for one pair and week.

pub mod compose;
pub mod digest;
pub mod evaluation;
mod evidence;
pub mod gap;
pub mod health;
pub mod history;
pub mod look;
mod mean;
pub mod part;
pub mod record;
pub mod rules;
pub mod schedule;
pub mod state;
pub mod study;
pub mod trend;
pub mod window;
