//! What the buttons carry by which somebody says thanks, or takes it back.

use crate::core::thanks::ThanksAct;

use super::{one, two};

/// The part of an `action_id` behind `thanks.`.
pub fn kind(act: &ThanksAct) -> &'static str {
    match act {
        ThanksAct::Open { .. } | ThanksAct::Filled { .. } => "open",
        ThanksAct::TakeBack { .. } => "back",
    }
}

/// The ids.
pub fn value(act: &ThanksAct) -> String {
    match act {
        ThanksAct::Open { pair } | ThanksAct::Filled { pair, .. } => pair.to_string(),
        ThanksAct::TakeBack { pair, thanks } => format!("{pair} {thanks}"),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<ThanksAct> {
    match kind {
        "open" => Some(ThanksAct::Open { pair: one(value)? }),
        "back" => two(value).map(|(pair, thanks)| ThanksAct::TakeBack { pair, thanks }),
        _ => None,
    }
}
