//! What the buttons carry by which people say something of their own time.

use chrono::NaiveDate;

use crate::core::id::PairId;
use crate::core::rest::{Choice, RestAct, Whose};

use super::one;

/// What stands in the value of a button about oneself.
pub const MINE: &str = "me";

/// A button about a person's own time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestAction {
    OpenPause,
    OpenTime,
    /// "I am back."
    Back,
    /// "Go on", of a pair.
    Resume(PairId),
    /// One of the four choices of somebody who has not answered.
    Choose {
        day: NaiveDate,
        choice: Choice,
    },
}

/// The part of an `action_id` behind `rest.`.
pub fn kind(action: &RestAction) -> String {
    match action {
        RestAction::OpenPause => "pause".to_owned(),
        RestAction::OpenTime => "time".to_owned(),
        RestAction::Back => "back".to_owned(),
        RestAction::Resume(_) => "resume".to_owned(),
        RestAction::Choose { choice, .. } => format!("choose.{choice}"),
    }
}

/// The ids.
pub fn value(action: &RestAction) -> String {
    match action {
        RestAction::OpenPause | RestAction::OpenTime | RestAction::Back => MINE.to_owned(),
        RestAction::Resume(pair) => pair.to_string(),
        RestAction::Choose { day, .. } => day.to_string(),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<RestAction> {
    Some(match kind.split_once('.') {
        Some(("choose", choice)) => RestAction::Choose { day: value.parse().ok()?, choice: choice.parse().ok()? },
        None if kind == "pause" => RestAction::OpenPause,
        None if kind == "time" => RestAction::OpenTime,
        None if kind == "back" => RestAction::Back,
        None if kind == "resume" => RestAction::Resume(one(value)?),
        _ => return None,
    })
}

/// What a tap on it means.
pub fn said(action: RestAction) -> RestAct {
    match action {
        RestAction::OpenPause => RestAct::OpenedPause,
        RestAction::OpenTime => RestAct::OpenedTime,
        RestAction::Back => RestAct::Back { whose: Whose::Mine },
        RestAction::Resume(pair) => RestAct::Back { whose: Whose::Pair(pair) },
        RestAction::Choose { day, choice } => RestAct::Chose { day, choice },
    }
}
