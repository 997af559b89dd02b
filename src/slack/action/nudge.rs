//! What the buttons of a nudge carry, and those by which somebody chooses what comes.

use crate::core::nudge::{Kind, NudgeAct, Reaction, Wanted};

use super::{one, scale};

/// What stands for all kinds.
const ALL: &str = "*";

/// The part of an `action_id` behind `nudge.`.
pub fn kind(act: &NudgeAct) -> &'static str {
    match act {
        NudgeAct::Reacted { reaction, .. } => reaction.as_str(),
        NudgeAct::Chose(Wanted::Stop(Some(_))) => "stop",
        NudgeAct::Chose(Wanted::Stop(None)) => "none",
        NudgeAct::Chose(Wanted::Again(Some(_))) => "again",
        NudgeAct::Chose(Wanted::Again(None)) => "all",
        NudgeAct::Chose(Wanted::Weekly(_)) => "weekly",
        NudgeAct::Revived(_) => "revive",
    }
}

/// The ids.
pub fn value(act: &NudgeAct) -> String {
    match act {
        NudgeAct::Reacted { nudge, .. } => nudge.to_string(),
        NudgeAct::Chose(Wanted::Stop(Some(kind)) | Wanted::Again(Some(kind))) => kind.to_string(),
        NudgeAct::Chose(Wanted::Stop(None) | Wanted::Again(None)) => ALL.to_owned(),
        NudgeAct::Chose(Wanted::Weekly(weekly)) => weekly.to_string(),
        NudgeAct::Revived(kind) => kind.to_string(),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<NudgeAct> {
    let chose = match (kind, value) {
        ("stop", value) => Wanted::Stop(Some(value.parse::<Kind>().ok()?)),
        ("none", ALL) => Wanted::Stop(None),
        ("again", value) => Wanted::Again(Some(value.parse::<Kind>().ok()?)),
        ("all", ALL) => Wanted::Again(None),
        ("weekly", value) => Wanted::Weekly(scale(value)?),
        ("revive", value) => return Some(NudgeAct::Revived(value.parse().ok()?)),
        _ => return Some(NudgeAct::Reacted { nudge: one(value)?, reaction: kind.parse::<Reaction>().ok()? }),
    };
    Some(NudgeAct::Chose(chose))
}
