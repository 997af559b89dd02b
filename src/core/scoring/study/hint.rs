//! How often the two hints, trend and gap, speak up where all is well, and how often the gap is seen where there is one.

use serde::Serialize;

use super::super::evaluation::Evaluation;
use super::super::gap::{self, Paired};
use super::super::trend::{self, Trend};
use super::kind::Kind;
use super::life::{Asked, Life};
use super::measure::{MONTH, hundredths, ratio};

/// Weeks over which a trend is told.
const TREND_WEEKS: usize = 4;

/// Weeks after the first in trouble, within which a gap is of use.
const IN_TIME: u32 = 6;

/// Counts over all pairs so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    trends: u64,
    falling: u64,
    rising: u64,
    healthy_weeks: u64,
    false_flags: u64,
    one_sided: u64,
    flagged: u64,
}

/// What came out, rounded to hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Hints {
    /// Percent of healthy weeks with a trend in which it falls, and in which it rises.
    pub healthy_falling: f64,
    pub healthy_rising: f64,
    /// Gap flags in healthy weeks, for 100 healthy months of a pair.
    pub false_gaps_per_100_pair_months: f64,
    /// Percent of troubles of one side alone that were flagged within six weeks; of those seen so long, or flagged.
    pub one_sided_gaps_within_6_weeks: f64,
}

impl Tally {
    /// Adds a pair with its evaluations, week by week.
    pub fn add(&mut self, life: &Life, seen: &[Evaluation]) {
        for (week, now) in (1_u32..).zip(seen) {
            let before = (week as usize).checked_sub(1 + TREND_WEEKS).map(|at| &seen[at]);
            let Some(before) = before.filter(|before| before.ready && life.course.is_healthy(week)) else { continue };
            let trend = trend::of(now.health.value, before.health.value);
            self.trends += 1;
            self.falling += u64::from(trend == Trend::Falling);
            self.rising += u64::from(trend == Trend::Rising);
        }
        let flags = flags(life);
        let healthy = |week: &u32| life.course.is_healthy(*week);
        self.healthy_weeks += (1..=life.seen_weeks()).filter(healthy).count() as u64;
        self.false_flags += flags.iter().filter(|week| healthy(week)).count() as u64;
        if let (Kind::OneMentee | Kind::OneMentor, Some(trouble)) = (life.course.kind, life.trouble()) {
            let in_time = flags.iter().any(|week| (trouble..=trouble + IN_TIME).contains(week));
            self.flagged += u64::from(in_time);
            self.one_sided += u64::from(in_time || life.seen_weeks() >= trouble + IN_TIME);
        }
    }

    pub fn hints(&self) -> Hints {
        Hints {
            healthy_falling: hundredths(100.0 * ratio(self.falling, self.trends)),
            healthy_rising: hundredths(100.0 * ratio(self.rising, self.trends)),
            false_gaps_per_100_pair_months: hundredths(100.0 * MONTH * ratio(self.false_flags, self.healthy_weeks)),
            one_sided_gaps_within_6_weeks: hundredths(100.0 * ratio(self.flagged, self.one_sided)),
        }
    }
}

/// The weeks in which a pair is told to see it differently: at most once in eight.
fn flags(life: &Life) -> Vec<u32> {
    let mut paired: Vec<Paired> = Vec::new();
    let mut flags: Vec<u32> = Vec::new();
    for (week, seen) in (1..).zip(&life.weeks) {
        paired.iter_mut().for_each(|item| item.age += 7);
        if let [Asked::Answered(mentee), Asked::Answered(mentor)] = seen.asked {
            // Both are asked the same two items.
            let items = mentee.iter().zip(&mentor);
            paired.extend(items.map(|((_, mentee), (_, mentor))| Paired { age: 0, mentee: *mentee, mentor: *mentor }));
        }
        let quiet = flags.last().is_none_or(|last| week - last >= gap::QUIET_WEEKS);
        if quiet && gap::sees_differently(&paired) {
            flags.push(week);
        }
    }
    flags
}
