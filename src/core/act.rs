//! What a person's act leads to.

use chrono::{DateTime, Utc};

use super::case::{PairCase, ProgramCase, PulseCase};
use super::decision::Decision;
use super::event::Act;

/// An act about a pulse.
pub fn on_pulse(_case: &PulseCase, _act: &Act, _now: DateTime<Utc>) -> Decision {
    Decision::default()
}

/// An act about a pair.
pub fn on_pair(_case: &PairCase, _act: &Act, _now: DateTime<Utc>) -> Decision {
    Decision::default()
}

/// An act about a programme: the welcome's buttons, and "how this works".
pub fn on_program(_case: &ProgramCase, _act: &Act, _now: DateTime<Utc>) -> Decision {
    Decision::default()
}

/// An act that needs no rows: App Home, commands, unknown buttons, and acts about something that is not here.
pub fn on_nothing(_act: &Act, _now: DateTime<Utc>) -> Decision {
    Decision::default()
}
