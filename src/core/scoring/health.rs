//! Health of a pair, 0 to 100: the sum of named whole parts, so that each change of it is a sum too (docs/SCORING.md).

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, indicator_parts};
pub use super::history::{ANSWERS_MAX, AskedBefore, Counted, History, Usual, points};
pub use super::part::{Part, Parts};
use super::rules::{Answering, Rules, RulesVersion, rdiv};

/// Whole active weeks that must be over before a Health says anything.
pub const READY_AFTER_WEEKS: u32 = 2;

/// Counted answers of both sides together, before which a Health says nothing.
pub const READY_FROM_ANSWERS: u32 = 4;

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

impl Rules {
    /// Health by these rules. What stands beyond [`ANSWERS_MAX`] answers is not looked at.
    pub fn health(&self, history: &History) -> Health {
        self.compose(history, &Evidence::of(self, history))
    }

    /// The highest Health of those in which one day of one person, or nothing, is left out of the answers.
    ///
    /// In version 1 the person's own usual stays as it is. Later the day is left out of that as well, so that what
    /// remains is the pair as it would stand without that day, to the last digit.
    pub fn without_worst_day(&self, history: &History) -> u8 {
        let days = Evidence::days(self, history).into_iter();
        let without = days.map(|day| self.compose(history, &Evidence::without(self, history, day)).value);
        without.fold(self.health(history).value, u8::max)
    }

    /// From where to where a Health by these rules is to be read: `54 (42-66)`.
    pub fn band(&self, value: u8) -> (u8, u8) {
        (value.saturating_sub(self.band), value.saturating_add(self.band).min(100))
    }

    /// See [`is_thin`].
    pub fn is_thin(&self, history: &History) -> bool {
        Evidence::of(self, history).least_weight() < self.thin_below
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
        let missed = history.missed.map(|missed| i64::from(missed.min(4)));
        match self.answering {
            Answering::WorseSide { points } => -points * missed[0].max(missed[1]),
            Answering::BeyondUsual { points } => {
                -(0..2).map(|side| beyond_usual(points, missed[side], history.before[side])).sum::<i64>()
            }
        }
    }

    fn goals(&self, history: &History) -> i64 {
        let Some(days) = history.days_since_goal else { return 0 };
        -(i64::from(days / 7) - self.goal_rests).clamp(0, self.goal_at_most)
    }
}

/// Points for what a side missed of four beyond its usual, which begins with one of four asked.
fn beyond_usual(points: i64, missed: i64, before: AskedBefore) -> i64 {
    let asked = 4 + i64::from(before.asked);
    let usual = 1 + i64::from(before.missed.min(before.asked));
    rdiv(points * (missed * asked - 4 * usual).max(0), asked)
}

#[cfg(test)]
mod tests;
