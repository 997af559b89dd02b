//! Health of a pair, 0 to 100: the sum of named whole parts, so that each change of it is a sum too (docs/SCORING.md).

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, indicator_parts};
pub use super::history::{ANSWERS_MAX, Counted, History, Usual, points};
pub use super::part::{Part, Parts};
use super::rules::{Rules, RulesVersion};

/// Points up and down from a Health between which it would fall 8 of 10 times, had the same weeks been asked again.
const BAND: u8 = 9;

/// Whole active weeks that must be over before a Health says anything.
pub const READY_AFTER_WEEKS: u32 = 2;

/// Counted answers of both sides together, before which a Health says nothing.
pub const READY_FROM_ANSWERS: u32 = 4;

/// Sum of weights of a side, in thousandths, below which a Health is called thin.
const THIN_BELOW: i64 = 1500;

/// A pair's Health and what it is made of: `value` is 80 and the sum of `parts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    pub value: u8,
    pub parts: Parts,
}

/// Health by the current rules.
pub fn of(history: &History) -> Health {
    RulesVersion::CURRENT.rules().health(history)
}

/// Health by the current rules, without the one day of one person that lowers it most.
pub fn without_worst_day(history: &History) -> u8 {
    RulesVersion::CURRENT.rules().without_worst_day(history)
}

/// Whether a Health may be shown: more than two whole active weeks, and four counted answers. Before: too early to tell.
pub fn is_ready(active_days: u32, history: &History) -> bool {
    active_days / 7 > READY_AFTER_WEEKS && history.counted() >= READY_FROM_ANSWERS
}

/// Whether one side or both gave few counted answers lately, for whatever reason: silence, skips or `OnlyTotals`.
pub fn is_thin(history: &History) -> bool {
    RulesVersion::CURRENT.rules().is_thin(history)
}

/// From where to where a Health is to be read: `54 (45-63)`.
pub fn band(value: u8) -> (u8, u8) {
    (value.saturating_sub(BAND), value.saturating_add(BAND).min(100))
}

impl Rules {
    /// Health by these rules. What stands beyond [`ANSWERS_MAX`] answers is not looked at.
    pub fn health(&self, history: &History) -> Health {
        self.compose(history, &Evidence::of(self, history))
    }

    /// The highest Health of those in which one day of one person, or nothing, is left out of the answers. A person's own
    /// usual stays as it is.
    pub fn without_worst_day(&self, history: &History) -> u8 {
        let evidence = Evidence::of(self, history);
        let without = evidence.each_without_a_day().map(|less| self.compose(history, &less).value);
        without.fold(self.compose(history, &evidence).value, u8::max)
    }

    /// See [`is_thin`].
    pub fn is_thin(&self, history: &History) -> bool {
        Evidence::of(self, history).least_weight() < THIN_BELOW
    }

    fn compose(&self, history: &History, evidence: &Evidence) -> Health {
        let mut parts = Parts::default();
        for (indicator, points) in indicator_parts(self, evidence) {
            parts.set(indicator.into(), points);
        }
        parts.set(Part::Meetings, self.meetings(history));
        parts.set(Part::Answering, self.answering(history));
        parts.set(Part::Goals, self.goals(history));
        let sum = self.start + parts.sum();
        let value = sum.clamp(0, 100);
        parts.set(Part::Limit, value - sum);
        Health { value: u8::try_from(value).expect("0 to 100"), parts }
    }

    fn meetings(&self, history: &History) -> i64 {
        let late_weeks = i64::from(history.days_since_meeting.saturating_sub(history.rhythm) / 7);
        -(self.late_week * late_weeks).min(self.late_at_most)
    }

    fn answering(&self, history: &History) -> i64 {
        let [mentee, mentor] = history.missed;
        -self.missed * i64::from(mentee.max(mentor).min(4))
    }

    fn goals(&self, history: &History) -> i64 {
        let Some(days) = history.days_since_goal else { return 0 };
        -(i64::from(days / 7) - self.goal_rests).clamp(0, self.goal_at_most)
    }
}

#[cfg(test)]
mod tests;
