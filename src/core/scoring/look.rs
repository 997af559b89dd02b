//! The weekly look at one pair: its evaluation, and what there is to say of it.

use chrono::{DateTime, TimeDelta, Utc};

use super::digest::{Before, PairHealth};
use super::evaluation;
use super::gap;
use super::record::{Record, Weekly};
use super::rules::RulesVersion;
use super::state::State;
use super::trend;
use crate::core::cadence::civil;
use crate::core::person::Pair;
use crate::core::program::Program;

/// How many evaluations lie between the two that a trend is told of.
const TREND_OVER: u32 = 4;

/// What was seen of a pair that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// `None` while the pair is paused: then nothing is counted.
    pub weekly: Option<Weekly>,
    pub state: State,
    /// The two see some things differently, and have not been told of for eight weeks.
    pub gap: bool,
    /// Active days since the pair began, when it should have met by now and is not known to have.
    pub never_met: Option<u32>,
}

/// Looks at a pair as it stood at the cut-off.
pub fn look(program: &Program, pair: &Pair, record: &Record, cutoff: DateTime<Utc>) -> Look {
    let last = record.last.as_ref();
    let before = last.map_or(State::TooEarly, |last| last.evaluation.state);
    let moment = record.moment(program, pair, cutoff);
    if moment.paused {
        return Look { weekly: None, state: before, gap: false, never_met: None };
    }
    let history = record.history(program, pair, cutoff);
    let evaluation = evaluation::of(RulesVersion::CURRENT, before, &history, &moment);
    let told = last.and_then(|last| last.gap);
    let gap = told.is_none_or(|told| weeks_between(told, cutoff) >= gap::QUIET_WEEKS)
        && gap::sees_differently(&record.paired(cutoff));
    let never_met = moment.should_have_met(history.rhythm).then_some(moment.active_days);
    let weekly = Weekly {
        cutoff,
        number: last.map_or(1, |last| last.number.saturating_add(1)),
        evaluation,
        usual: history.usual,
        asked: record.asked_so_far(),
        gap: if gap { Some(cutoff) } else { told },
    };
    Look { state: evaluation.state, weekly: Some(weekly), gap, never_met }
}

impl Look {
    /// Health, if it may be shown.
    pub fn health(&self) -> Option<u8> {
        self.weekly.as_ref().filter(|weekly| weekly.evaluation.ready).map(|weekly| weekly.evaluation.health.value)
    }

    /// By what pairs are put into an order: Health, shown or not.
    pub fn order(&self) -> u8 {
        self.weekly.as_ref().map_or(u8::MAX, |weekly| weekly.evaluation.health.value)
    }

    /// What a coordinator reads of the pair.
    pub fn pair_health(&self, pair: &Pair, record: &Record) -> PairHealth {
        let mut shown = PairHealth {
            pair: pair.id.clone(),
            health: self.health(),
            thin: false,
            trend: None,
            before: None,
            changes: Vec::new(),
            never_met: self.never_met,
            gap: self.gap,
        };
        let (Some(weekly), Some(health)) = (&self.weekly, shown.health) else { return shown };
        shown.thin = weekly.evaluation.thin;
        // Numbers of other rules are not compared.
        let before = record.before.as_ref().filter(|before| before.evaluation.rules == weekly.evaluation.rules);
        if let Some(before) = before {
            let than = &before.evaluation.health;
            shown.before = Some(Before { health: than.value, weeks_ago: weeks_between(before.cutoff, weekly.cutoff) });
            shown.changes = trend::change(&weekly.evaluation.health, than);
            let four_weeks = weekly.number - before.number >= TREND_OVER && before.evaluation.ready;
            shown.trend = four_weeks.then(|| trend::of(weekly.evaluation.rules, health, than.value));
        }
        shown
    }
}

/// Whole weeks between two cut-offs; a change of the clocks moves one of them by an hour.
fn weeks_between(before: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((now - before + TimeDelta::hours(12)).num_weeks()).unwrap_or(0)
}

/// The civil date of a cut-off is the day after the last that the digest is about.
pub fn last_day(program: &Program, cutoff: DateTime<Utc>) -> chrono::NaiveDate {
    civil(program.zone, cutoff).date() - TimeDelta::days(1)
}
