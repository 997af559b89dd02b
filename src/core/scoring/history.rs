//! What the rules look at: a pair's counted answers and its behaviour, as ages in active days.

use crate::core::question::{Indicator, Role};

/// The most counted answers that a history may hold. Up to it no sum leaves the range of an `i64`.
///
/// Two people who answer ten items a day for the thirteen weeks that weigh anything give 1,820.
pub const ANSWERS_MAX: usize = 10_000;

/// Everything by which a pair's Health is computed.
///
/// *Active days* are calendar days without those on which the pair is paused or either side is on an absence that was
/// announced, or on a holiday. Whole weeks are active days / 7, rounded down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The counted answers of the last thirteen active weeks, in any order, at most [`ANSWERS_MAX`]. Older ones weigh
    /// nothing and may be left out. `OnlyTotals` answers are never here.
    pub answers: Vec<Counted>,
    /// Over all counted answers of this pair so far, the older ones too: mentee, mentor.
    pub usual: [Usual; 2],
    /// Active days since the last known meeting; before the first one, since the start of the pair.
    pub days_since_meeting: u32,
    /// Agreed days between meetings: 7, 14 or 28.
    pub rhythm: u32,
    /// Of the last four pulses that this side was asked, those that closed unanswered: mentee, mentor. Skipped pulses are
    /// not among the four; with fewer asked the rest count as answered.
    pub missed: [u32; 2],
    /// The pulses that this side was asked before those four: mentee, mentor.
    pub before: [AskedBefore; 2],
    /// Days since a goal was set, moved or reached. `None`: nothing is known of goals, and the part is 0.
    pub days_since_goal: Option<u32>,
}

/// How many pulses a side was asked before the last four, and how many of them closed unanswered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AskedBefore {
    pub asked: u32,
    pub missed: u32,
}

/// One answer that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub role: Role,
    pub indicator: Indicator,
    /// Active days since it was given.
    pub age: u32,
    /// The same number for all answers that a person gave on one civil date, whatever it is for others: for example
    /// `NaiveDate::num_days_from_ce`.
    pub day: i32,
    /// 0 to 100, of a reversed item already turned round: see [`points`].
    pub points: i32,
}

/// How many counted answers a person gave in this pair so far, and the sum of their points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    pub n: u32,
    pub sum: u32,
}

impl Usual {
    /// With one more answer of 0 to 100 points.
    pub fn and(self, points: i32) -> Self {
        let points = u32::try_from(points.clamp(0, 100)).expect("0 to 100");
        Self { n: self.n.saturating_add(1), sum: self.sum.saturating_add(points) }
    }

    /// With one answer of 0 to 100 points less.
    pub(super) fn without(self, points: i32) -> Self {
        let points = u32::try_from(points.clamp(0, 100)).expect("0 to 100");
        Self { n: self.n.saturating_sub(1), sum: self.sum.saturating_sub(points) }
    }
}

/// 0 to 100 points for a tapped 1 to 5: 25 a step, and a reversed item is turned round first.
pub fn points(value: u8, reverse: bool) -> i32 {
    let value = i32::from(value.clamp(1, 5));
    25 * (if reverse { 6 - value } else { value } - 1)
}

impl History {
    /// How many counted answers there are, of both sides together.
    pub fn counted(&self) -> u32 {
        self.usual.iter().fold(0, |sum, usual| sum.saturating_add(usual.n))
    }
}

/// Where a side stands in pairs of values: mentee 0, mentor 1.
pub fn side(role: Role) -> usize {
    match role {
        Role::Mentee => 0,
        Role::Mentor => 1,
    }
}
