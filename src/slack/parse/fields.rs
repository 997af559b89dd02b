//! Single fields of a payload, each of which may be missing, null, empty, or of another type.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use secrecy::SecretString;
use serde_json::Value;

use crate::slack::action::is_id;
use crate::slack::form::WORDS_MAX;

/// The longest URL that we keep, in bytes.
const URL_MAX: usize = 3_000;

/// How far Slack's clock may be ahead of ours before its time counts as garbage.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// A text that is not empty.
pub fn text<'a>(payload: &'a Value, pointer: &str) -> Option<&'a str> {
    payload.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// An id that we accept.
pub fn id<'a>(payload: &'a Value, pointer: &str) -> Option<&'a str> {
    text(payload, pointer).filter(|text| is_id(text))
}

/// A secret address.
pub fn secret(payload: &Value, pointer: &str) -> Option<SecretString> {
    text(payload, pointer).filter(|url| url.len() <= URL_MAX).map(SecretString::from)
}

/// The name of a kind, fit for a log line: somebody else's may be anything.
pub fn name(kind: &str) -> String {
    if is_id(kind) { kind.to_owned() } else { "unreadable".to_owned() }
}

/// What a person wrote: without space around it, cut, and without NUL, which a database may refuse.
pub fn words_of(text: &str) -> String {
    text.trim().chars().filter(|c| *c != '\0').take(WORDS_MAX).collect()
}

/// Reads Slack's `seconds.micros`, cut to milliseconds; `received` where there is nothing usable.
pub fn instant(stamp: Option<&str>, received: DateTime<Utc>) -> DateTime<Utc> {
    let received = received.trunc_subsecs(3);
    stamp.and_then(stamped).filter(|at| *at <= received + AHEAD).unwrap_or(received)
}

fn stamped(stamp: &str) -> Option<DateTime<Utc>> {
    let (seconds, fraction) = stamp.split_once('.').unwrap_or((stamp, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(seconds) || !digits(fraction) {
        return None;
    }
    let millis: u32 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    DateTime::from_timestamp(seconds.parse().ok()?, millis * 1_000_000)
}
