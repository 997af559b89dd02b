//! What stands in the form of a goal when it is sent.

use serde_json::Value;

use super::fields::text;
use super::interaction::words;
use crate::core::goal::Entry;
use crate::slack::action::is_id;
use crate::slack::form::{BY, GOAL, IDEA, KEEP, SKILL, STEPS, SURE};

/// Reads the form, whose inputs `input` finds. `None`: it is not the form that we drew.
pub fn entry<'a>(input: impl Fn(&str) -> Option<&'a Value>) -> Option<Entry> {
    let chosen = |field: &str| input(field).and_then(|input| text(input, "/selected_option/value"));
    let by = input(BY).and_then(|input| text(input, "/selected_date"));
    Some(Entry {
        idea: chosen(IDEA).filter(|id| is_id(id)).map(str::to_owned),
        title: words(input(GOAL)?)?,
        skill: words(input(SKILL)?)?,
        steps: words(input(STEPS)?)?,
        by: by.map(str::parse).transpose().ok()?,
        confidence: chosen(SURE).and_then(|value| value.parse().ok()).filter(|value| (1..=5).contains(value)),
        dropped: chosen(KEEP) == Some("drop"),
    })
}
