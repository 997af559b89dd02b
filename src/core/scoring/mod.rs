//! The scoring service: what the rows of a programme amount to, and how much of it may be shown.
//!
//! The published rules (docs/SCORING.md) are [`rules`] and what follows from them: [`history`] is what they look at,
//! [`health`] and its [`part`]s, [`state`], [`trend`], [`gap`]; [`evaluation`] is all of it for one pair and week.

#[cfg(test)]
mod attack;
mod audit;
pub mod blocks;
pub mod compose;
pub mod digest;
pub mod evaluation;
mod evidence;
pub mod explain;
pub mod gap;
pub mod health;
pub mod history;
pub mod look;
pub mod part;
pub mod pool;
pub mod record;
pub mod release;
pub mod rules;
pub mod schedule;
pub mod state;
pub mod statistics;
pub mod study;
pub mod suppression;
pub mod surveys;
pub mod trend;
pub mod window;
