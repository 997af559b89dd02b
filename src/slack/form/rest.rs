//! The fields of the forms about a person's own time, and what stands in them.

use chrono::NaiveTime;
use serde_json::Value;

use crate::core::rest::{RestAct, RestField, TimeForm, Whose};
use crate::slack::action::{one, rest::MINE};

/// `block_id` and `action_id` of the fields.
pub const WHOSE: &str = "rest_whose";
pub const FIRST: &str = "rest_first";
pub const LAST: &str = "rest_last";
pub const WEEK: &str = "rest_week";
pub const QUIET_FROM: &str = "rest_quiet_from";
pub const QUIET_UNTIL: &str = "rest_quiet_until";
pub const HOLIDAYS: &str = "rest_holidays";
pub const PACE: &str = "rest_pace";

/// The field that has to be mended.
pub fn block_of(field: RestField) -> &'static str {
    match field {
        RestField::Whose => WHOSE,
        RestField::First => FIRST,
        RestField::Last => LAST,
        RestField::Week => WEEK,
        RestField::QuietFrom => QUIET_FROM,
        RestField::QuietUntil => QUIET_UNTIL,
    }
}

/// What the form for a pause says; `input` gives what stands in a field.
pub fn pause<'v>(input: impl Fn(&str) -> Option<&'v Value>) -> Option<RestAct> {
    let whose = match selected(input(WHOSE)?)? {
        MINE => Whose::Mine,
        pair => Whose::Pair(one(pair)?),
    };
    let day = |field| input(field)?.get("selected_date")?.as_str()?.parse().ok();
    Some(RestAct::Paused { whose, first: day(FIRST)?, last: day(LAST)?, form: true })
}

/// What the form for days and hours says.
pub fn time<'v>(input: impl Fn(&str) -> Option<&'v Value>) -> Option<RestAct> {
    let days = input(WEEK)?.get("selected_options")?.as_array()?;
    let week = days.iter().map(|day| day.get("value")?.as_str()?.parse().ok()).collect::<Option<_>>()?;
    let time = |field| match input(field).and_then(|input| input.get("selected_time")).and_then(Value::as_str) {
        Some(time) => NaiveTime::parse_from_str(time, "%H:%M").ok().map(Some),
        None => Some(None),
    };
    Some(RestAct::SetTime(TimeForm {
        week,
        quiet: [time(QUIET_FROM)?, time(QUIET_UNTIL)?],
        holidays: selected(input(HOLIDAYS)?)?.parse().ok()?,
        pace: selected(input(PACE)?)?.parse().ok()?,
    }))
}

fn selected(input: &Value) -> Option<&str> {
    input.pointer("/selected_option/value")?.as_str()
}
