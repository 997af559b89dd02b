//! The scoring service: what the rows of a programme amount to, and how much of it may be shown.

pub mod compose;
pub mod digest;
mod mean;
pub mod schedule;
pub mod window;
