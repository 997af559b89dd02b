//! Whether a kind of nudge helps: counted at fixed looks, with the interval of Agresti and Caffo (docs/SCORING.md).

use serde::{Deserialize, Serialize};

/// Episodes at which it is looked, and never between: a count that moves by one tells on one person.
pub const LOOKS: [u32; 4] = [150, 300, 600, 1_200];

/// What an effect must exceed to count as proven, in standard errors: four looks share one error rate.
const PROVEN: f64 = 2.36;

/// The half-width of the interval that is printed, in standard errors.
const SHOWN: f64 = 1.96;

/// An effect that is below this, with half a standard error added, is not worth anybody's attention.
const WORTH: f64 = 0.05;

/// How many came to what the kind is for, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    pub good: u32,
    pub of: u32,
}

/// Both arms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub sent: Arm,
    pub held: Arm,
}

/// What is held of a kind in a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It helps; the hold-out is small from now on.
    Works,
    /// It does not, as far as anybody can tell: it is not sent any more, until a coordinator revives it.
    Retired,
}

/// What one look shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Which of [`LOOKS`].
    pub at: u32,
    pub counts: Counts,
    /// The effect and its interval, in tenths of a point of a hundred.
    pub effect: i32,
    pub from: i32,
    pub until: i32,
    pub verdict: Option<Verdict>,
}

impl Counts {
    /// Episodes of both arms whose outcome is known.
    pub fn all(&self) -> u32 {
        self.sent.of + self.held.of
    }

    /// The effect and its standard error, each arm with one more success and one more failure.
    fn effect(&self) -> (f64, f64) {
        let rate = |arm: Arm| (f64::from(arm.good) + 1.0) / (f64::from(arm.of) + 2.0);
        let variance = |arm: Arm| rate(arm) * (1.0 - rate(arm)) / (f64::from(arm.of) + 2.0);
        (rate(self.sent) - rate(self.held), (variance(self.sent) + variance(self.held)).sqrt())
    }
}

/// The look at the mark that these counts have passed.
pub fn look(at: u32, counts: Counts) -> Look {
    let (effect, error) = counts.effect();
    let verdict = if effect - PROVEN * error > 0.0 {
        Some(Verdict::Works)
    } else if effect + 0.5 * error < WORTH || at >= LOOKS[LOOKS.len() - 1] {
        Some(Verdict::Retired)
    } else {
        None
    };
    // From -1000 to 1000 by what they are.
    let tenths = |share: f64| (share * 1_000.0).round() as i32;
    let (from, until) = (tenths(effect - SHOWN * error), tenths(effect + SHOWN * error));
    Look { at, counts, effect: tenths(effect), from, until, verdict }
}

/// The mark at which it is to be looked now, where the last look was at `last` (0: none): the newest that was passed.
pub fn due(last: u32, counts: Counts) -> Option<u32> {
    LOOKS.into_iter().rev().find(|mark| counts.all() >= *mark).filter(|mark| *mark > last)
}

/// The next mark after the look at `last`; `None` after the last one.
pub fn next_mark(last: u32) -> Option<u32> {
    LOOKS.into_iter().find(|mark| *mark > last)
}

#[cfg(test)]
#[path = "effect_tests.rs"]
mod tests;
