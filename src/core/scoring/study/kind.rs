//! What happens to an invented pair, and when it is in trouble in truth.

use crate::core::words::words;

words! {
    /// The ways in which an invented pair fares.
    pub enum Kind: "a kind" {
        /// Never gets going.
        Never = "never",
        /// Begins badly and recovers by itself.
        Slow = "slow",
        /// Nothing particular.
        Ordinary = "ordinary",
        /// Gets worse over six weeks.
        Gradual = "gradual",
        /// Gets worse at once.
        Sudden = "sudden",
        /// Is bad for six weeks.
        Dip = "dip",
        /// Is bad for the mentee alone.
        OneMentee = "one_mentee",
        /// Is bad for the mentor alone.
        OneMentor = "one_mentor",
        /// The mentor has no strength left; meetings fall out.
        Burnout = "burnout",
    }
}

/// Weeks for which a dip lasts, and after which its pair counts as healthy again.
const DIP: u32 = 6;
const DIP_IS_OVER: u32 = 10;

/// What a trouble takes from how the pair feels.
const DEEP: f64 = -2.2;

/// How far below its usual a side must be to be in trouble.
const TROUBLE: f64 = -1.1;

impl Kind {
    /// The trouble that begins, for an even draw.
    pub fn planted(draw: f64) -> Self {
        match draw {
            _ if draw < 0.30 => Self::Gradual,
            _ if draw < 0.45 => Self::Sudden,
            _ if draw < 0.52 => Self::Dip,
            _ if draw < 0.68 => Self::OneMentee,
            _ if draw < 0.75 => Self::OneMentor,
            _ => Self::Burnout,
        }
    }
}

/// A kind, and for those that begin some time the week in which they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    pub kind: Kind,
    pub begins: u32,
}

impl Course {
    /// How far mentee and mentor are from their usual in this week.
    pub fn deviation(self, week: u32) -> [f64; 2] {
        let since = f64::from(week.saturating_sub(self.begins));
        let begun = week >= self.begins;
        match self.kind {
            Kind::Never => [-1.0; 2],
            Kind::Slow if week <= 3 => [-1.8; 2],
            Kind::Slow if week < 10 => [-1.8 * f64::from(10 - week) / 7.0; 2],
            Kind::Gradual if begun => [DEEP * ((since + 1.0) / 6.0).min(1.0); 2],
            Kind::Sudden if begun => [DEEP; 2],
            Kind::Dip if begun && week < self.begins + DIP => [DEEP; 2],
            Kind::OneMentee if begun => [DEEP, 0.0],
            Kind::OneMentor if begun => [0.0, DEEP],
            Kind::Burnout if begun => [-0.9; 2],
            _ => [0.0; 2],
        }
    }

    pub fn is_burnt_out(self, week: u32) -> bool {
        self.kind == Kind::Burnout && week >= self.begins
    }

    pub fn is_in_trouble(self, week: u32) -> bool {
        let [mentee, mentor] = self.deviation(week);
        match self.kind {
            Kind::Never => week >= 3,
            _ => mentee.min(mentor) <= TROUBLE || self.is_burnt_out(week),
        }
    }

    pub fn is_healthy(self, week: u32) -> bool {
        let is_well = match self.kind {
            Kind::Ordinary => true,
            Kind::Never => false,
            Kind::Slow => week >= 14,
            Kind::Dip => week < self.begins || week >= self.begins + DIP_IS_OVER,
            _ => week < self.begins,
        };
        is_well && !self.is_in_trouble(week)
    }
}
