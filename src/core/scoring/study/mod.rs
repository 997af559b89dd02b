//! The study by which rules are judged: invented pairs of which the truth is known, seen through the production rules.
//!
//! [`life`] invents, [`record`] is what a coordinator's side would know of it, [`method`] says who needs somebody,
//! [`measure`] counts, and [`report`] is all of it. docs/SCORING.md holds the definition and the table.

pub mod chance;
pub mod hint;
pub mod kind;
pub mod life;
mod measure;
pub mod method;
pub mod record;
pub mod report;
#[cfg(test)]
mod tests;
