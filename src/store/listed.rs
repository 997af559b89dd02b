//! What commands show of programmes and pairs.

use crate::core::person::{Pair, Standing};

/// What became of settings that were applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// There was no such programme.
    New,
    /// It said something else.
    Changed,
    /// It said the same; nothing was written.
    Same,
}

/// A pair as `pairs list` shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub pair: Pair,
    pub mentee_name: String,
    pub mentor_name: String,
    pub mentee: Standing,
    pub mentor: Standing,
    /// Pulses so far that were not folded.
    pub pulses: u32,
    /// Why the pair cannot be reached.
    pub unreachable: Option<String>,
}
