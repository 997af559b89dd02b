//! What kind of pair it is: how good it is, how much it answers, whether it meets, week by week.

use serde::Serialize;

use super::company::Side;

/// The story that a pair lives through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Temper {
    Healthy,
    Drifting,
    OneSided,
    NeverMet,
    Silent,
}

impl Temper {
    /// How good it is for this side in a week counted from 0, on the scale of 1 to 5.
    pub(super) fn quality(self, side: Side, week: f64) -> f64 {
        match (self, side) {
            (Self::Healthy, _) => 4.2 + (week * 0.02).min(0.3),
            (Self::Drifting, _) => (4.4 - 0.2 * week).max(1.8),
            (Self::OneSided, Side::Mentor) => 4.3,
            (Self::OneSided, Side::Mentee) => (3.2 - 0.1 * week).max(2.2),
            (Self::NeverMet, _) => 3.0,
            (Self::Silent, _) => 3.4,
        }
    }

    /// How likely this side answers what it is asked in that week.
    pub(super) fn answers(self, side: Side, week: f64) -> f64 {
        match (self, side) {
            (Self::Healthy, _) => 0.92,
            (Self::Drifting, _) => (0.95 - 0.045 * week).max(0.4),
            (Self::OneSided, Side::Mentor) => 0.93,
            (Self::OneSided, Side::Mentee) => 0.8,
            (Self::NeverMet, _) => 0.75,
            (Self::Silent, _) if week < 2.0 => 0.9,
            (Self::Silent, Side::Mentor) => 0.45,
            (Self::Silent, Side::Mentee) => 0.03,
        }
    }

    /// How likely the two have met in that week.
    pub(super) fn meets(self, week: f64) -> f64 {
        match self {
            Self::Healthy => 0.7,
            Self::Drifting => (0.75 - 0.06 * week).max(0.05),
            Self::OneSided => 0.5,
            Self::NeverMet => 0.0,
            Self::Silent => 0.25,
        }
    }
}
