//! Nudges: one small thing to do, to one person, when it may help. Few, in time, and each says why it came.
//!
//! What there is to say stands in the bank ([`Kind::words`]). A nudge to somebody comes from what both of the pair know,
//! from that person's own answers, or from the calendar: [`facts`] holds nothing else, so that no text, time or message
//! tells of a partner's answer.

mod ahead;
pub mod effect;
pub mod facts;
pub mod hold_out;
mod kind;
pub mod late;
mod outcome;
pub mod plan;
mod reaction;
#[cfg(test)]
mod sample;
mod tips;
mod trigger;
#[cfg(test)]
mod year;

pub use kind::Kind;
pub use reaction::{NudgeAct, NudgeChange, Reaction, Wanted};
pub use tips::tip;
