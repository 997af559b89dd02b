//! The weekly evaluation of one pair: what is stored, with the version of the rules that made it.

use serde::{Deserialize, Serialize};

use super::health::{Health, History, is_ready};
use super::rules::RulesVersion;
use super::state::{Seen, State};

/// What else is known of a pair at the cut-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Since the pair began.
    pub active_days: u32,
    /// No meeting is known.
    pub never_met: bool,
    /// Paused now.
    pub paused: bool,
}

impl Moment {
    /// Whether the pair should have met by now and has not.
    pub fn should_have_met(&self, rhythm: u32) -> bool {
        let Self { active_days, never_met, paused } = *self;
        let (health, without_worst_day, ready) = (0, 0, false);
        !paused && Seen { health, without_worst_day, ready, never_met, active_days, rhythm, paused }.should_have_met()
    }
}

/// One week of one pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    pub rules: RulesVersion,
    pub health: Health,
    pub without_worst_day: u8,
    /// The Health may be shown.
    pub ready: bool,
    /// One side or both gave few counted answers lately.
    pub thin: bool,
    pub state: State,
}

/// Looks at a pair once a week, with the state that it had.
pub fn of(rules: RulesVersion, before: State, history: &History, moment: &Moment) -> Evaluation {
    let by = rules.rules();
    let (health, without_worst_day, thin) = (by.health(history), by.without_worst_day(history), by.is_thin(history));
    let ready = is_ready(moment.active_days, history);
    let Moment { active_days, never_met, paused } = *moment;
    let rhythm = history.rhythm;
    let seen = Seen { health: health.value, without_worst_day, ready, never_met, active_days, rhythm, paused };
    Evaluation { rules, health, without_worst_day, ready, thin, state: by.next(before, &seen) }
}
