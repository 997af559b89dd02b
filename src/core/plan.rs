//! Time passed: what is to be asked now, and what is over.

use chrono::{DateTime, Utc};

use super::case::PlanCase;
use super::decision::Decision;
use super::pulse::Pulse;

/// What to do about a pair now: plan a pulse, fold one, or look again later.
pub fn plan(_case: &PlanCase, _now: DateTime<Utc>) -> Decision {
    Decision::default()
}

/// Closes a pulse whose time is over.
pub fn close(_pulse: &Pulse, _home_opened: &[super::id::PersonId], _now: DateTime<Utc>) -> Decision {
    Decision::default()
}
