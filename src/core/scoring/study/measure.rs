//! How well a method finds trouble, and how often it cries for nothing (docs/SCORING.md says how each is counted).

use std::collections::BTreeMap;

use super::kind::Kind;
use super::life::Life;
use super::method::Verdict;

/// Weeks of a month.
pub(super) const MONTH: f64 = 4.345;

/// Weeks after the first in trouble, within which an alarm comes in time.
const IN_TIME: u32 = 4;

/// In these weeks it is asked which pairs will end within six more.
const ASKED_IN: [u32; 4] = [8, 12, 16, 20];
const ENDS_WITHIN: u32 = 6;

/// Counts of one method over all pairs so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    weeks: u64,
    healthy_weeks: u64,
    /// Alarms that began in a healthy week.
    false_alarms: u64,
    /// Alarms that began or ended.
    changes: u64,
    /// Pairs by kind of trouble: found in time, and all that could be.
    found: BTreeMap<Kind, (u64, u64)>,
    /// Weeks from the first in trouble to the alarm, of each of these pairs; `None`: never.
    waits: Vec<Option<u32>>,
    /// Risk in one of the weeks asked in, and whether the pair then ended.
    risks: Vec<(i64, bool)>,
}

impl Tally {
    /// Adds a pair, with what the method said in each of its weeks.
    pub fn add(&mut self, life: &Life, said: &[Verdict]) {
        let mut before = false;
        for (week, verdict) in (1..).zip(said) {
            let healthy = life.course.is_healthy(week);
            self.weeks += 1;
            self.healthy_weeks += u64::from(healthy);
            self.false_alarms += u64::from(healthy && verdict.alarm && !before);
            self.changes += u64::from(verdict.alarm != before);
            before = verdict.alarm;
            if ASKED_IN.contains(&week) {
                let ends = life.ended && life.seen_weeks() < week + ENDS_WITHIN;
                self.risks.push((verdict.risk, ends));
            }
        }
        let Some(trouble) = life.trouble() else { return };
        let alarms = (1..).zip(said).filter(|(week, verdict)| *week >= trouble && verdict.alarm);
        let wait = alarms.map(|(week, _)| week - trouble).next();
        let in_time = wait.is_some_and(|wait| wait <= IN_TIME);
        if in_time || life.seen_weeks() >= trouble + IN_TIME {
            let (found, all) = self.found.entry(life.course.kind).or_default();
            *found += u64::from(in_time);
            *all += 1;
            self.waits.push(wait);
        }
    }

    /// Alarms that began in healthy weeks, for 100 healthy months of a pair.
    pub fn false_alarms(&self) -> f64 {
        100.0 * MONTH * ratio(self.false_alarms, self.healthy_weeks)
    }

    /// Percent of the troubles that were found within four weeks; of pairs that were seen so long, or found before.
    pub fn found(&self) -> f64 {
        let (found, all) = self.found.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        100.0 * ratio(found, all)
    }

    /// The same for each kind of trouble.
    pub fn found_by_kind(&self) -> BTreeMap<Kind, f64> {
        self.found.iter().map(|(kind, (found, all))| (*kind, 100.0 * ratio(*found, *all))).collect()
    }

    /// Weeks from the first in trouble until half of these pairs are found; `None` if that is never.
    pub fn median_weeks(&self) -> Option<u32> {
        let mut waits: Vec<u32> = self.waits.iter().map(|wait| wait.unwrap_or(u32::MAX)).collect();
        waits.sort_unstable();
        waits.get(waits.len() / 2).copied().filter(|wait| *wait < u32::MAX)
    }

    /// Beginnings and ends of alarms, for one pair in a year.
    pub fn changes(&self) -> f64 {
        12.0 * MONTH * ratio(self.changes, self.weeks)
    }

    /// How often, of a pair that ends within six weeks and one that does not, the first has the higher risk; in
    /// weeks 8, 12, 16 and 20 taken together. Equal risks count half. `None` without pairs of both sorts.
    pub fn auc(&self) -> Option<f64> {
        let mut risks = self.risks.clone();
        risks.sort_unstable();
        let (mut below, mut won) = (0, 0);
        for level in risks.chunk_by(|a, b| a.0 == b.0) {
            let ends = level.iter().filter(|(_, ends)| *ends).count() as u64;
            let stays = level.len() as u64 - ends;
            // Halves: twice the pairs that stay and lie below, once those that lie level.
            won += ends * (2 * below + stays);
            below += stays;
        }
        let ends = risks.len() as u64 - below;
        (ends > 0 && below > 0).then(|| won as f64 / (2 * ends * below) as f64)
    }
}

pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

pub(super) fn hundredths(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}
