//! The scoring service: what the rows of a programme amount to, and how much of it may be shown.

#[cfg(test)]
mod attack;
mod audit;
pub mod blocks;
pub mod compose;
pub mod digest;
pub mod pool;
pub mod release;
pub mod schedule;
pub mod statistics;
pub mod suppression;
pub mod window;
