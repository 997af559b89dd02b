//! Why a pair's Health is what it is: each part with the name of its formula and its evidence. Counts and dates, no answers,
//! and nobody's side: who knows a formula and one's own answers could solve for the other's.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::digest::PairHealth;
use super::health::{Part, READY_AFTER_WEEKS, READY_FROM_ANSWERS};
use super::look::{Look, look};
use super::rules::RulesVersion;
use super::state::State;
use super::window::{PairRow, Window};
use crate::core::id::PairId;
use crate::core::question::Indicator;

/// One pair at one cut-off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    pub pair: PairId,
    pub cutoff: DateTime<Utc>,
    pub rules: RulesVersion,
    /// `None` for a pair that does not run: it has not begun, has ended, or somebody pressed `Not for me`.
    pub state: Option<State>,
    pub paused: bool,
    /// What every Health begins with.
    pub start: i64,
    /// Their sum and `start` are the Health. Empty while the pair is paused or does not run.
    pub parts: Vec<Explained>,
    pub health: Option<u8>,
    pub without_worst_day: Option<u8>,
    /// Enough is known for a Health to be shown, and what it takes.
    pub ready: bool,
    pub active_days: u32,
    pub counted_answers: u32,
    pub needs_weeks: u32,
    pub needs_answers: u32,
    /// What the digest says of it.
    pub shown: Option<PairHealth>,
}

/// One part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    pub part: Part,
    pub points: i32,
    pub evidence: Evidence,
}

/// What stands behind a part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Counted answers of so many last active weeks, of both sides together, and the newest one's date.
    Answers { count: u32, weeks: u32, newest: Option<NaiveDate> },
    /// Active days since the last known meeting, or since the pair began, and the agreed rhythm.
    Meetings { last: Option<NaiveDate>, active_days: u32, rhythm: u32 },
    /// Of the last four pulses of each side, how many closed unanswered; and of those that were asked before.
    Answering { missed: u32, asked_before: u32, missed_before: u32 },
    /// Active days since a goal was set, moved or reached.
    Goals { last: NaiveDate, active_days: u32 },
    /// Nothing is known of goals.
    Unknown,
    /// What keeps the sum within 0 to 100.
    Limit,
}

/// Explains one pair of a window; `None` for a pair that is not in it.
pub fn explain(window: &Window, pair: &PairId, cutoff: DateTime<Utc>) -> Option<Explanation> {
    let row = window.pairs.iter().find(|row| row.pair.id == *pair)?;
    let (program, record) = (&window.program, &row.record);
    let today = crate::core::cadence::civil(program.zone, cutoff).date();
    let seen = row.runs(today, cutoff).then(|| look(program, &row.pair, record, cutoff));
    let moment = record.moment(program, &row.pair, cutoff);
    let weekly = seen.as_ref().and_then(|look| look.weekly.as_ref());
    let evaluation = weekly.map(|weekly| weekly.evaluation);
    let rules = evaluation.map_or(RulesVersion::CURRENT, |evaluation| evaluation.rules);
    let parts = evaluation.map(|evaluation| {
        let explained =
            |(part, points)| Explained { part, points, evidence: evidence(rules, window, row, part, cutoff) };
        evaluation.health.parts.iter().map(explained).collect()
    });
    Some(Explanation {
        pair: pair.clone(),
        cutoff,
        rules,
        state: seen.as_ref().map(|look| look.state),
        paused: seen.as_ref().is_some_and(|look| look.weekly.is_none()),
        start: rules.rules().start,
        parts: parts.unwrap_or_default(),
        health: evaluation.map(|evaluation| evaluation.health.value),
        without_worst_day: evaluation.map(|evaluation| evaluation.without_worst_day),
        ready: evaluation.is_some_and(|evaluation| evaluation.ready),
        active_days: moment.active_days,
        counted_answers: record.usual().iter().map(|usual| usual.n).sum(),
        needs_weeks: READY_AFTER_WEEKS,
        needs_answers: READY_FROM_ANSWERS,
        shown: seen.as_ref().map(|look: &Look| look.pair_health(&row.pair, record)),
    })
}

fn evidence(rules: RulesVersion, window: &Window, row: &PairRow, part: Part, cutoff: DateTime<Utc>) -> Evidence {
    let history = row.record.history(&window.program, &row.pair, cutoff);
    match part {
        Part::Meetings => {
            let day = |at| crate::core::cadence::civil(window.program.zone, at).date();
            let (last, active_days) = (row.record.last_met.map(day), history.days_since_meeting);
            Evidence::Meetings { last, active_days, rhythm: history.rhythm }
        }
        Part::Answering => Evidence::Answering {
            missed: history.missed.iter().sum(),
            asked_before: history.before.iter().map(|before| before.asked).sum(),
            missed_before: history.before.iter().map(|before| before.missed).sum(),
        },
        Part::Goals => {
            let last = row.record.goals.last.map(|at| crate::core::cadence::civil(window.program.zone, at).date());
            last.zip(history.days_since_goal)
                .map_or(Evidence::Unknown, |(last, active_days)| Evidence::Goals { last, active_days })
        }
        Part::Limit => Evidence::Limit,
        Part::Growth | Part::Communication | Part::Guidance | Part::Feedback | Part::Organisation => {
            let about = |indicator: Indicator| Part::from(indicator) == part;
            let weeks = u32::try_from(rules.rules().weights.len()).unwrap_or(u32::MAX);
            let weighs = |age: u32| age / 7 < weeks;
            let answers = history.answers.iter().filter(|answer| about(answer.indicator) && weighs(answer.age));
            let count = answers.count();
            let days = row.record.given.iter().filter(|given| about(given.question.indicator)).map(|given| given.day);
            Evidence::Answers { count: u32::try_from(count).unwrap_or(u32::MAX), weeks, newest: days.max() }
        }
    }
}
