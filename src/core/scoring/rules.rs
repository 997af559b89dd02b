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
    V2,
}

impl RulesVersion {
    /// All that were ever published, oldest first.
    pub const ALL: [Self; 2] = [Self::V1, Self::V2];

    /// The one by which new numbers are made.
    pub const CURRENT: Self = Self::V2;

    /// Its constants.
    pub fn rules(self) -> &'static Rules {
        match self {
            Self::V1 => &V1,
            Self::V2 => &V2,
        }
    }

    /// Its number, as it is printed and stored.
    pub fn number(self) -> u16 {
        match self {
            Self::V1 => 1,
            Self::V2 => 2,
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
    /// Which answers make the own usual.
    pub usual_of: UsualOf,
    /// Hundredths of the base that are the person's own usual; the rest is `norm`.
    pub own_share: i64,
    /// The most that one answer counts above its base, so that praise cannot hide trouble.
    pub praise_at_most: i64,
    /// What an answer weighs after 0, 1, 2 .. whole active weeks; after the last, nothing.
    pub weights: &'static [i64],
    /// Weight of the imaginary usual answers of each side.
    pub imaginary: i64,
    /// Weight of a side's answers, below which a Health is called thin.
    pub thin_below: i64,
    /// The less content side's mean, and the other's, times these and over `shares_of`, make an indicator's part.
    pub less_content: i64,
    pub other: i64,
    pub shares_of: i64,
    /// Points for each whole week over the rhythm without a known meeting, and the most of them.
    pub late_week: i64,
    pub late_at_most: i64,
    /// What missed pulses cost.
    pub answering: Answering,
    /// Whole weeks without a goal set, moved or reached that cost nothing, and the most points after that.
    pub goal_rests: i64,
    pub goal_at_most: i64,
    /// Where the states begin and end.
    pub lines: Lines,
    /// Points up and down from a Health between which the mean of many askings of the same weeks lies 8 of 10 times.
    pub band: u8,
    /// Points within four weeks, from which a Health is called falling or rising.
    pub trend: u8,
}

/// Which of a person's counted answers in this pair make the own usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsualOf {
    /// All of them. They stay when the worst day is left out.
    All,
    /// Those that weigh nothing any more, so that a bad time does not become usual while it lasts; all of them as long as
    /// these are fewer than `at_least`. When the worst day is left out, it is left out here too.
    Before { at_least: i64 },
}

/// What missed pulses cost, of the last four that a side was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// So many points for each, of the side that missed more.
    WorseSide { points: i64 },
    /// So many points for each that a side missed beyond what it usually misses of four, of both sides. The usual is that
    /// of the pulses before; it begins with one of four.
    BeyondUsual { points: i64 },
}

const V1: Rules = Rules {
    version: RulesVersion::V1,
    start: 80,
    norm: 75,
    usual_begins_with: 2,
    usual_of: UsualOf::All,
    own_share: 75,
    praise_at_most: 10,
    weights: &[1000, 707, 500, 354, 250, 177, 125, 88, 62, 44, 31, 22, 16],
    imaginary: 3000,
    thin_below: 1500,
    less_content: 10,
    other: 2,
    shares_of: 5,
    late_week: 6,
    late_at_most: 24,
    answering: Answering::WorseSide { points: 3 },
    goal_rests: 2,
    goal_at_most: 5,
    lines: Lines { needs_you: 40, watch: 50, needs_you_ends: 50, watch_ends: 60, unmet_days: 35, unmet_rhythms: 3 },
    band: 9,
    trend: 18,
};

const V2: Rules = Rules {
    version: RulesVersion::V2,
    usual_of: UsualOf::Before { at_least: 4 },
    praise_at_most: 25,
    weights: &[3, 3, 3, 2, 1],
    imaginary: 6,
    thin_below: 6,
    less_content: 3,
    other: 0,
    shares_of: 2,
    late_week: 4,
    answering: Answering::BeyondUsual { points: 4 },
    lines: Lines { watch: 57, needs_you_ends: 57, ..V1.lines },
    band: 12,
    trend: 24,
    ..V1
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
        assert!(refused.starts_with("There are no rules with the number 7; there are 1, 2."), "{refused}");
    }
}
