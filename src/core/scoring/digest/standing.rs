//! How pairs stand, and what became of those that last week's list named.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{LineId, Rate};
use crate::core::id::PairId;
use crate::core::nudge::Kind;
use crate::core::nudge::effect::{Look, Verdict};
use crate::core::question::Indicator;
use crate::core::scoring::part::Part;
use crate::core::scoring::trend::Trend;

/// How many pairs stand how. Every pair that runs is in one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct States {
    pub on_track: u32,
    pub watch: u32,
    pub needs_you: u32,
    pub paused: u32,
    pub too_early: u32,
}

impl States {
    /// All pairs together.
    pub fn pairs(&self) -> u32 {
        self.on_track + self.watch + self.needs_you + self.paused + self.too_early
    }
}

/// Health of the programme: the mean over the pairs of which enough is known and that are not paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramHealth {
    /// How many pairs stand behind it.
    pub pairs: u32,
    /// `None`: withheld, because they are fewer than the programme's threshold.
    pub value: Option<u8>,
    /// What last week's digest showed.
    pub before: Option<u8>,
}

/// A pair's Health, and by what it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairHealth {
    pub pair: PairId,
    /// `None`: too early to tell.
    pub health: Option<u8>,
    /// Few counted answers stand behind it, for whatever reason.
    pub thin: bool,
    /// Over four weeks; `None` until enough was known for so long.
    pub trend: Option<Trend>,
    /// What it is compared with.
    pub before: Option<Before>,
    /// The parts that changed since then, largest loss first. They add up to the change of Health exactly.
    pub changes: Vec<(Part, i32)>,
    /// Days since the pair began, when it should have met by now and is not known to have.
    pub never_met: Option<u32>,
    /// The two see some things differently: told with this line, not with one of its own.
    pub gap: bool,
}

/// An earlier Health: of four evaluations ago, or of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub health: u8,
    pub weeks_ago: u32,
}

/// What became of a line of last week's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub line: LineId,
    /// Names the pair, where the line is about one.
    pub pair: Option<PairId>,
    /// A coordinator did something about it from the digest.
    pub handled: bool,
    pub became: Became,
}

/// Where a line of last week's list stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// The pair does not need anybody any more. Healths as they were shown then and are now; not shown if it was too
    /// early to tell.
    Recovered {
        from: Option<u8>,
        to: Option<u8>,
    },
    Paused,
    /// The pair ended.
    Ended,
    /// One of the two pressed `Not for me`. Which of them is told elsewhere, to whom it may be told.
    Left,
    /// It stands as it did.
    Open,
    /// A request, a refusal or a hint that somebody has dealt with.
    Closed,
}

/// Meetings as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meetings {
    /// Pairs that met in the week before the cut-off, of those that run.
    pub met: u32,
    pub pairs: u32,
    /// The median, over pairs that have met more than once, of the days between their last two meetings.
    pub median_gap_days: Option<u32>,
}

/// Goals as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goals {
    /// In the week before the cut-off. Digests that were stored without it knew of none.
    #[serde(default)]
    pub set: u32,
    pub reached: u32,
}

/// Nudges as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nudges {
    /// In the week before the cut-off; 0 where that is withheld.
    pub sent: u32,
    pub people: u32,
    /// Both are withheld, because it came to fewer people than this.
    #[serde(default)]
    pub fewer_than: Option<u8>,
    /// The kinds whose effect is measured in the workspace, in the order of their importance.
    #[serde(default)]
    pub kinds: Vec<KindLine>,
}

/// What may be said of the effect of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLine {
    pub kind: Kind,
    pub shows: Shows,
}

/// Numbers are given at a look and never between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// So many episodes are known, of those at which it is looked next.
    Collecting { known: u32, of: Option<u32> },
    /// It was looked this week.
    Look(Look),
    /// What a look before said.
    Stands(Verdict),
}

/// One week of the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// The week of the programme, from 1, and its last day.
    pub week: u32,
    pub until: NaiveDate,
    pub answered: Rate,
    /// Programme health, if it was shown.
    pub health: Option<u8>,
    /// The indicators that were shown, in hundredths.
    pub indicators: Vec<(Indicator, u32)>,
}
