//! The published rules as values: every number that docs/SCORING.md prints, under the version that it belongs to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::state::Lines;

/// Which published rules made a number. A stored number keeps the version that made it; an unknown one is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum RulesVersion {
    V1,
}

impl RulesVersion {
    /// All that were ever published, oldest first.
    pub const ALL: [Self; 1] = [Self::V1];

    /// The one by which new numbers are made.
    pub const CURRENT: Self = Self::V1;

    /// Its constants.
    pub fn rules(self) -> &'static Rules {
        match self {
            Self::V1 => &V1,
        }
    }

    /// Its number, as it is printed and stored.
    pub fn number(self) -> u16 {
        match self {
            Self::V1 => 1,
        }
    }
}

impl From<RulesVersion> for u16 {
    fn from(version: RulesVersion) -> Self {
        version.number()
    }
}

impl fmt::Display for RulesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

impl FromStr for RulesVersion {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let number =
            word.parse::<u16>().map_err(|_| format!("`{word}` is not the number of a version of the rules."))?;
        Self::try_from(number)
    }
}

impl TryFrom<u16> for RulesVersion {
    type Error = String;

    fn try_from(number: u16) -> Result<Self, String> {
        Self::ALL.into_iter().find(|version| version.number() == number).ok_or_else(|| {
            let known: Vec<String> = Self::ALL.iter().map(|version| version.number().to_string()).collect();
            format!("There are no rules with the number {number}; there are {}.", known.join(", "))
        })
    }
}

/// The constants of one version. A change of any of them is a new version (docs/SCORING.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    pub version: RulesVersion,
    /// Health of a pair of which nothing is known.
    pub start: i64,
    /// Points, 0 to 100, that people give whose relationship is well: what own usual and base lean on.
    pub norm: i64,
    /// How many answers of `norm` stand in a person's own usual from the beginning.
    pub usual_begins_with: i64,
    /// Hundredths of the base that are the person's own usual; the rest is `norm`.
    pub own_share: i64,
    /// The most that one answer counts above its base, so that praise cannot hide trouble.
    pub praise_at_most: i64,
    /// Thousandths that an answer weighs after 0, 1, 2 .. whole active weeks; after the last, nothing.
    pub weights: &'static [i64],
    /// Weight of the imaginary usual answers of each side.
    pub imaginary: i64,
    /// Fifths of the less content side's mean, and of the other's, that make an indicator's part.
    pub less_content: i64,
    pub other: i64,
    /// Points for each whole week over the rhythm without a known meeting, and the most of them.
    pub late_week: i64,
    pub late_at_most: i64,
    /// Points for each missed pulse among the last four asked.
    pub missed: i64,
    /// Whole weeks without a goal set, moved or reached that cost nothing, and the most points after that.
    pub goal_rests: i64,
    pub goal_at_most: i64,
    /// Where the states begin and end.
    pub lines: Lines,
}

const V1: Rules = Rules {
    version: RulesVersion::V1,
    start: 80,
    norm: 75,
    usual_begins_with: 2,
    own_share: 75,
    praise_at_most: 10,
    weights: &[1000, 707, 500, 354, 250, 177, 125, 88, 62, 44, 31, 22, 16],
    imaginary: 3000,
    less_content: 10,
    other: 2,
    late_week: 6,
    late_at_most: 24,
    missed: 3,
    goal_rests: 2,
    goal_at_most: 5,
    lines: Lines { needs_you: 40, watch: 50, needs_you_ends: 50, watch_ends: 60, unmet_days: 35, unmet_rhythms: 3 },
};

/// a / b for b > 0, to the nearest whole; halves away from zero.
pub(super) fn rdiv(a: i64, b: i64) -> i64 {
    let (whole, rest) = (a / b, (a % b).abs());
    // Not `2 * rest >= b`: that could leave the range where this cannot.
    if rest >= b - rest { whole + a.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (a, b, expected) in [
            (0, 1, 0),
            (1, 2, 1),
            (-1, 2, -1),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (7, 2, 4),
            (-7, 2, -4),
            (-149, 100, -1),
            (-150, 100, -2),
            (i64::MAX, i64::MAX, 1),
            (i64::MAX / 2, i64::MAX, 0),
            (i64::MAX / 2 + 1, i64::MAX, 1),
        ] {
            assert_eq!(rdiv(a, b), expected, "{a}/{b}");
        }
    }

    #[test]
    fn a_version_is_a_number_and_an_unknown_one_is_refused() {
        for version in RulesVersion::ALL {
            assert_eq!(serde_json::from_str::<RulesVersion>(&version.number().to_string()).ok(), Some(version));
            assert_eq!(version.rules().version, version);
        }
        let refused = serde_json::from_str::<RulesVersion>("7").expect_err("there is no version 7").to_string();
        assert!(refused.starts_with("There are no rules with the number 7; there are 1."), "{refused}");
    }
}
