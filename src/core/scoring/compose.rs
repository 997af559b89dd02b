//! From a window of rows to a digest. The same rows give the same digest.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

use super::digest::{CommentRef, Digest, IndicatorLine, NeverMet, Rate, Shown, Silent};
use super::mean;
use super::window::{AnswerRow, AskRow, PairRow, Window};
use crate::core::answer::Audience;
use crate::core::id::{PairId, PersonId};
use crate::core::pulse::AskState;
use crate::core::question::{Bank, Indicator, Role};

/// The version of the rules on this page. A digest keeps the version that made it.
const RULES: u16 = 0;

/// Pulses in a row without an answer, after which a side is called silent.
const SILENT_AFTER: usize = 3;

/// Days after which a pair without a known meeting is named.
const NEVER_MET_DAYS: i64 = 7;

/// The digest of the week before `cutoff`, for one reader.
///
/// For a coordinator who is in a pair, that pair is in none of the lines, counts and means; `None` reads everything.
pub fn compose(window: &Window, cutoff: DateTime<Utc>, reader: Option<&PersonId>) -> Digest {
    let view = View::new(window, cutoff, reader);
    let program = &window.program;
    let until = cutoff.with_timezone(&program.zone).date_naive() - Duration::days(1);
    let week_of = |day: chrono::NaiveDate| u32::try_from((day - program.starts).num_weeks()).unwrap_or(0) + 1;
    let this_week = view.rate(0);
    let last_week = view.rate(1);
    Digest {
        rules: RULES,
        program: program.id.clone(),
        cutoff,
        from: until - Duration::days(6),
        until,
        week: week_of(until),
        weeks: program.ends.map(week_of),
        pairs: u32::try_from(view.pairs.len()).unwrap_or(u32::MAX),
        answered: this_week,
        answered_before: (last_week.asked > 0).then_some(last_week),
        indicators: Indicator::ALL.into_iter().map(|indicator| view.indicator(indicator)).collect(),
        silent: view.silent(),
        never_met: view.never_met(until),
        met: view.met(),
        comments: view.comments(),
        declined: view.declined(),
    }
}

/// The digest for everybody, and the own copy of each coordinator who is in a pair.
pub fn copies(window: &Window, cutoff: DateTime<Utc>) -> Vec<(Option<PersonId>, Digest)> {
    let own = window.program.coordinators.iter().filter(|one| window.has_in_a_pair(one)).cloned().map(Some);
    let readers = std::iter::once(None).chain(own);
    readers.map(|reader| (reader.clone(), compose(window, cutoff, reader.as_ref()))).collect()
}

/// A window as one reader may see it.
struct View<'a> {
    window: &'a Window,
    cutoff: DateTime<Utc>,
    /// Pairs that run now, without the reader's own.
    pairs: Vec<&'a PairRow>,
    asks: Vec<&'a AskRow>,
    answers: Vec<&'a AnswerRow>,
    own: BTreeSet<&'a PairId>,
}

impl<'a> View<'a> {
    fn new(window: &'a Window, cutoff: DateTime<Utc>, reader: Option<&PersonId>) -> Self {
        let is_own = |row: &&PairRow| reader.is_some_and(|reader| row.pair.role_of(reader).is_some());
        let own: BTreeSet<&PairId> = window.pairs.iter().filter(is_own).map(|row| &row.pair.id).collect();
        let today = cutoff.with_timezone(&window.program.zone).date_naive();
        let runs = |row: &&PairRow| {
            !row.declined
                && row.pair.starts < today
                && row.pair.ended.is_none_or(|at| at > cutoff)
                && !own.contains(&row.pair.id)
        };
        Self {
            window,
            cutoff,
            pairs: window.pairs.iter().filter(runs).collect(),
            asks: window.asks.iter().filter(|ask| ask.closed < cutoff && !own.contains(&ask.pair)).collect(),
            answers: window.answers.iter().filter(|row| row.closed < cutoff && !own.contains(&row.pair)).collect(),
            own,
        }
    }

    /// Whether `at` lies in the `weeks` weeks that ended `ago` weeks before the cut-off.
    fn within(&self, at: DateTime<Utc>, ago: i64, weeks: i64) -> bool {
        let end = self.cutoff - Duration::weeks(ago);
        at < end && at >= end - Duration::weeks(weeks)
    }

    fn rate(&self, weeks_ago: i64) -> Rate {
        let mut rate = Rate::default();
        for ask in self.asks.iter().filter(|ask| self.within(ask.closed, weeks_ago, 1)) {
            match ask.state {
                AskState::Answered { .. } => {
                    rate.answered += 1;
                    rate.asked += 1;
                }
                AskState::Closed { .. } | AskState::Open => rate.asked += 1,
                AskState::Skipped { .. } | AskState::Folded { .. } => {}
            }
        }
        rate
    }

    fn indicator(&self, indicator: Indicator) -> IndicatorLine {
        let bank = Bank::built_in();
        let is_about = |question: &str| bank.question(question).is_some_and(|known| known.indicator == indicator);
        let asked = self.asks.iter().filter(|ask| self.within(ask.closed, 0, 4)).any(|ask| {
            !matches!(ask.state, AskState::Folded { .. }) && ask.questions.iter().any(|one| is_about(one.as_str()))
        });
        if !asked {
            return IndicatorLine { indicator, shown: Shown::NotAsked };
        }
        // Totals-only answers are in no number of this page, so that none can be solved for.
        let points = |ago| {
            let mut of_person: BTreeMap<&PersonId, Vec<u8>> = BTreeMap::new();
            for row in self.answers.iter().filter(|row| self.within(row.closed, ago, 4)) {
                let Some(question) = bank.question(row.question.as_str()) else { continue };
                if question.indicator == indicator && row.audience != Audience::OnlyTotals {
                    let value = if question.reverse { 6 - row.value } else { row.value };
                    of_person.entry(&row.person).or_default().push(value);
                }
            }
            of_person
        };
        let threshold = usize::from(self.window.program.threshold);
        let shown = mean::shown(&points(0), &points(4), &self.window.program.coordinators, threshold);
        IndicatorLine { indicator, shown }
    }

    fn silent(&self) -> Vec<Silent> {
        // The newest asks of each side first; skipped and folded ones are neither answered nor missed.
        let mut newest: BTreeMap<(&PairId, Role), Vec<AskState>> = BTreeMap::new();
        for ask in self.asks.iter().rev() {
            if matches!(ask.state, AskState::Answered { .. } | AskState::Closed { .. }) {
                newest.entry((&ask.pair, ask.role)).or_default().push(ask.state);
            }
        }
        let is_silent = |pair: &PairId, role: Role| {
            let states = newest.get(&(pair, role)).map(Vec::as_slice).unwrap_or_default();
            let last = states.get(..SILENT_AFTER);
            last.is_some_and(|last| last.iter().all(|state| matches!(state, AskState::Closed { .. })))
        };
        let silent = |row: &&PairRow| {
            let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| is_silent(&row.pair.id, *role)).collect();
            (!roles.is_empty()).then(|| Silent { pair: row.pair.id.clone(), roles })
        };
        self.pairs.iter().filter_map(silent).collect()
    }

    fn never_met(&self, until: chrono::NaiveDate) -> Vec<NeverMet> {
        let unmet = self.pairs.iter().filter(|row| row.last_met.is_none());
        let mut lines: Vec<NeverMet> = unmet
            .map(|row| (&row.pair.id, (until - row.pair.starts.max(self.window.program.starts)).num_days() + 1))
            .filter(|(_, days)| *days >= NEVER_MET_DAYS)
            .map(|(pair, days)| NeverMet { pair: pair.clone(), days: u32::try_from(days).unwrap_or(u32::MAX) })
            .collect();
        lines.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.pair.cmp(&b.pair)));
        lines
    }

    fn met(&self) -> u32 {
        let met = self.pairs.iter().filter(|row| row.last_met.is_some_and(|at| self.within(at, 0, 1)));
        u32::try_from(met.count()).unwrap_or(u32::MAX)
    }

    fn comments(&self) -> Vec<CommentRef> {
        let shared = self
            .answers
            .iter()
            .filter(|row| row.commented && row.audience != Audience::OnlyTotals && self.within(row.closed, 0, 1));
        shared
            .map(|row| CommentRef {
                pulse: row.pulse.clone(),
                person: row.person.clone(),
                question: row.question.clone(),
            })
            .collect()
    }

    fn declined(&self) -> Vec<PersonId> {
        let of_own = |person: &PersonId| {
            let mut own = self.window.pairs.iter().filter(|row| self.own.contains(&row.pair.id));
            own.any(|row| row.pair.role_of(person).is_some())
        };
        self.window.declined.iter().filter(|person| !of_own(person)).cloned().collect()
    }
}
