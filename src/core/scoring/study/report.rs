//! The study as a whole, and what it found: the table of docs/SCORING.md.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::evaluation::{self, Evaluation};
use super::super::rules::RulesVersion;
use super::super::state::State;
use super::hint::{self, Hints};
use super::kind::Kind;
use super::life::{Asked, Life};
use super::measure::{Tally, hundredths};
use super::method::{Look, Method, Verdict};
use super::record::Record;

/// What is to be studied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Study {
    pub rules: RulesVersion,
    pub seed: u64,
    pub pairs: u32,
    pub weeks: u32,
}

/// What was found. Percent and rates are rounded to hundredths, AUC to ten-thousandths.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    pub rules: RulesVersion,
    pub seed: u64,
    pub pairs: u32,
    pub weeks: u32,
    /// The state `NeedsYou` of the rules.
    #[serde(flatten)]
    pub needs_you: Row,
    /// Percent found within four weeks, by kind of trouble.
    pub found_by_kind: BTreeMap<Kind, f64>,
    /// The same measures of `Watch` or worse, and of the simple rules.
    pub compared: BTreeMap<&'static str, Row>,
    /// Trend and perception gap.
    pub hints: Hints,
    pub sums: Sums,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Alarms begun in healthy weeks, for 100 healthy months of a pair.
    pub false_alarms_per_100_pair_months: f64,
    /// Percent of troubles.
    pub found_within_4_weeks: f64,
    /// `None`: half of the troubles are never found.
    pub median_weeks: Option<u32>,
    pub entries_and_exits_per_pair_year: f64,
    /// Of telling which pairs end within six weeks.
    pub auc_ends_within_6_weeks: Option<f64>,
}

/// Sums by which two programs can tell that they mean the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    pub pairs_ended: u64,
    pub answers: u64,
    pub answer_sum: u64,
    pub meetings: u64,
    pub meetings_known: u64,
    pub goal_weeks: u64,
    pub help_requests: u64,
    pub pause_weeks: u64,
    pub pairs_in_trouble: u64,
    pub health: u64,
    pub too_early: u64,
    pub on_track: u64,
    pub watch: u64,
    pub needs_you: u64,
}

impl Study {
    /// Invents the pairs and runs the rules over them. The same study gives the same report.
    pub fn run(&self) -> Report {
        let mut sums = Sums::default();
        let mut tallies = Method::ALL.map(|_| Tally::default());
        let mut hints = hint::Tally::default();
        for pair in 0..self.pairs {
            let life = Life::draw(self.seed, u64::from(pair), self.weeks);
            sums.count(&life);
            let (seen, said) = self.watch(&life);
            seen.iter().for_each(|seen| sums.evaluated(seen));
            hints.add(&life, &seen);
            for (tally, said) in tallies.iter_mut().zip(&said) {
                tally.add(&life, said);
            }
        }
        let rows = Method::ALL.into_iter().zip(&tallies);
        Report {
            rules: self.rules,
            seed: self.seed,
            pairs: self.pairs,
            weeks: self.weeks,
            needs_you: Row::of(&tallies[0]),
            found_by_kind: tallies[0]
                .found_by_kind()
                .into_iter()
                .map(|(kind, found)| (kind, hundredths(found)))
                .collect(),
            compared: rows.skip(1).map(|(method, tally)| (method.key(), Row::of(tally))).collect(),
            hints: hints.hints(),
            sums,
        }
    }

    /// What the rules see in each week of a pair, and what each method says.
    fn watch(&self, life: &Life) -> (Vec<Evaluation>, [Vec<Verdict>; Method::ALL.len()]) {
        let mut record = Record::new(life);
        let mut state = State::TooEarly;
        let mut evaluations = Vec::with_capacity(life.weeks.len());
        let mut said = Method::ALL.map(|_| Vec::with_capacity(life.weeks.len()));
        for week in &life.weeks {
            let (history, moment) = record.after(week);
            let seen = evaluation::of(self.rules, state, &history, &moment);
            state = seen.state;
            let look = Look { record: &record, history: &history, seen: &seen };
            for (method, said) in Method::ALL.into_iter().zip(&mut said) {
                said.push(method.judge(&look));
            }
            evaluations.push(seen);
        }
        (evaluations, said)
    }
}

impl Report {
    /// The line of this method.
    pub fn row(&self, method: Method) -> &Row {
        self.compared.get(method.key()).unwrap_or(&self.needs_you)
    }
}

impl Row {
    fn of(tally: &Tally) -> Self {
        Self {
            false_alarms_per_100_pair_months: hundredths(tally.false_alarms()),
            found_within_4_weeks: hundredths(tally.found()),
            median_weeks: tally.median_weeks(),
            entries_and_exits_per_pair_year: hundredths(tally.changes()),
            auc_ends_within_6_weeks: tally.auc().map(|auc| (auc * 1e4).round() / 1e4),
        }
    }
}

impl Sums {
    fn evaluated(&mut self, seen: &Evaluation) {
        self.health += u64::from(seen.health.value);
        match seen.state {
            State::TooEarly => self.too_early += 1,
            State::OnTrack => self.on_track += 1,
            State::Watch => self.watch += 1,
            State::NeedsYou => self.needs_you += 1,
        }
    }

    fn count(&mut self, life: &Life) {
        self.pairs_ended += u64::from(life.ended);
        self.pairs_in_trouble += u64::from(life.trouble().is_some());
        for week in &life.weeks {
            self.meetings += u64::from(week.met_in_truth);
            self.meetings_known += u64::from(week.met);
            self.goal_weeks += u64::from(week.goal_moved);
            self.help_requests += u64::from(week.asks_for_help);
            self.pause_weeks += u64::from(week.paused);
            for asked in week.asked {
                if let Asked::Answered(items) = asked {
                    self.answers += items.len() as u64;
                    self.answer_sum += items.iter().map(|(_, value)| u64::from(*value)).sum::<u64>();
                }
            }
        }
    }
}
