//! What the button carries by which a pair is ended.

use crate::core::ending::EndAct;
use crate::core::id::PairId;

use super::one;

/// The `action_id`: the form itself is sent, and is no button.
pub const END: &str = "end";

/// The id.
pub fn value(what: &EndAct) -> String {
    let (EndAct::Open { pair } | EndAct::End { pair, .. }) = what;
    pair.to_string()
}

/// Reads [`value`] back.
pub fn parse(value: &str) -> Option<EndAct> {
    one(value).map(|pair: PairId| EndAct::Open { pair })
}
