//! What the buttons carry about records.

use crate::core::record::RecordAct;

use super::one;

/// The part of an `action_id` behind `record.`.
pub fn kind(act: &RecordAct) -> &'static str {
    match act {
        RecordAct::Open => "open",
        RecordAct::Send => "send",
        RecordAct::Share { shared: true, .. } => "share",
        RecordAct::Share { shared: false, .. } => "unshare",
        RecordAct::OpenShared { .. } => "shared",
    }
}

/// The pair, where it is about one; a button has to carry something.
pub fn value(act: &RecordAct) -> String {
    act.pair().map_or_else(|| "own".to_owned(), ToString::to_string)
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<RecordAct> {
    Some(match kind {
        "open" => RecordAct::Open,
        "send" => RecordAct::Send,
        "share" | "unshare" => RecordAct::Share { pair: one(value)?, shared: kind == "share" },
        "shared" => RecordAct::OpenShared { pair: one(value)? },
        _ => return None,
    })
}
