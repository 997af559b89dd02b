//! What the buttons carry by which somebody asks for help, and by which it is read.

use crate::core::help::HelpAct;

use super::one;

/// The `action_id`.
pub fn kind(what: &HelpAct) -> &'static str {
    match what {
        // The form itself is sent, and is no button.
        HelpAct::Open { .. } | HelpAct::Ask { .. } => "help",
        HelpAct::Read { .. } => "help.read",
        HelpAct::Handle { .. } => "help.handled",
    }
}

/// The id.
pub fn value(what: &HelpAct) -> String {
    match what {
        HelpAct::Open { pair } | HelpAct::Ask { pair, .. } => pair.to_string(),
        HelpAct::Read { help } | HelpAct::Handle { help } => help.to_string(),
    }
}

/// Reads [`kind`], behind its dot, and [`value`] back.
pub fn parse(choice: Option<&str>, value: &str) -> Option<HelpAct> {
    Some(match choice {
        None => HelpAct::Open { pair: one(value)? },
        Some("read") => HelpAct::Read { help: one(value)? },
        Some("handled") => HelpAct::Handle { help: one(value)? },
        Some(_) => return None,
    })
}
