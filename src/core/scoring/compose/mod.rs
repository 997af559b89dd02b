//! From a window of rows to a digest. The same rows give the same digest.

mod answering;
mod indicators;
mod meetings;
mod words;

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::digest::Digest;
use super::window::{AnswerRow, AskRow, PairRow, Window};
use crate::core::id::{PairId, PersonId};
use crate::core::question::Indicator;

/// The version of the rules on this page. A digest keeps the version that made it.
const RULES: u16 = 0;

/// The digest of the week before `cutoff`, for one reader.
///
/// For a coordinator who is in a pair, that pair is in none of the lines and counts; `None` reads everything. Totals are the
/// same for all readers, and that pair is in none of them either.
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
        groups: view.groups(),
        comparisons: view.comparisons(),
        batches: view.batches(),
        withheld: view.withheld(),
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
}
