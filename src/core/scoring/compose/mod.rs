//! From a window of rows to a digest. The same rows give the same digest.

mod answering;
mod goals;
mod indicators;
mod last_week;
mod lines;
mod meetings;
mod nudges;
mod standing;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::digest::Digest;
use super::look::{self, Look};
use super::record::Weekly;
use super::rules::RulesVersion;
use super::window::{PairRow, Released, TakingPart, Window};
use crate::core::cadence::civil;
use crate::core::id::{PairId, PersonId};
use crate::core::question::Indicator;

/// All that comes of a window, to be stored together.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// This week's evaluation of each pair that runs and is not paused.
    pub evaluations: Vec<(PairId, Weekly)>,
    /// The digest for everybody, and the own copy of each coordinator who is in a pair.
    pub digests: Vec<(Option<PersonId>, Digest)>,
}

/// The digests of the week before `cutoff`, and the evaluations that they are made of.
pub fn all(window: &Window, cutoff: DateTime<Utc>) -> Composed {
    let own = window.taking_part.keys().cloned().map(Some);
    let readers = std::iter::once(None).chain(own);
    let looks = looks(window, cutoff);
    let digests = readers.map(|reader| (reader.clone(), one(window, &looks, cutoff, reader.as_ref()))).collect();
    let pairs = window.pairs.iter().zip(looks);
    let evaluations = pairs.filter_map(|(row, look)| Some((row.pair.id.clone(), look?.weekly?))).collect();
    Composed { evaluations, digests }
}

/// The digest of the week before `cutoff`, for one reader.
///
/// For a coordinator who is in a pair, that pair is in none of the lines and counts; `None` reads everything. Totals are those
/// that were released since they coordinate: that pair is in none of them either.
pub fn compose(window: &Window, cutoff: DateTime<Utc>, reader: Option<&PersonId>) -> Digest {
    one(window, &looks(window, cutoff), cutoff, reader)
}

/// A look at each pair of the window that runs.
fn looks(window: &Window, cutoff: DateTime<Utc>) -> Vec<Option<Look>> {
    let today = civil(window.program.zone, cutoff).date();
    let look =
        |row: &PairRow| row.runs(today, cutoff).then(|| look::look(&window.program, &row.pair, &row.record, cutoff));
    window.pairs.iter().map(look).collect()
}

fn one(window: &Window, looks: &[Option<Look>], cutoff: DateTime<Utc>, reader: Option<&PersonId>) -> Digest {
    let view = View::new(window, looks, cutoff, reader);
    let before = window.last_week.get(&reader.cloned());
    let program = &window.program;
    let until = look::last_day(program, cutoff);
    let week_of = |day: NaiveDate| u32::try_from((day - program.starts).num_weeks()).unwrap_or(0) + 1;
    let last_week = view.rate(1);
    let (actions, more) = view.lines();
    let (silent, silent_beyond) = view.silent(&actions);
    let (never_met, never_met_beyond) = view.never_met(until);
    let mut digest = Digest {
        rules: RulesVersion::CURRENT.number(),
        program: program.id.clone(),
        cutoff,
        from: until - Duration::days(6),
        until,
        week: week_of(until),
        weeks: program.ends.map(week_of),
        pairs: u32::try_from(view.pairs.len()).unwrap_or(u32::MAX),
        answered: view.rate(0),
        answered_before: (last_week.asked > 0).then_some(last_week),
        resting: view.resting(),
        states: Some(view.states()),
        health: Some(view.health(before)),
        actions,
        more,
        watch: view.watch(),
        last_week: view.outcomes(before),
        ended: view.ended(),
        series: Vec::new(),
        meetings: Some(view.meetings()),
        goals: view.goals(),
        nudges: view.nudges(),
        indicators: Indicator::ALL.into_iter().map(|indicator| view.indicator(indicator)).collect(),
        groups: view.groups(),
        comparisons: view.comparisons(),
        batches: view.batches(),
        surveys: view.surveys(),
        withheld: view.withheld(),
        silent,
        never_met,
        silent_beyond,
        never_met_beyond,
        met: view.meetings().met,
        comments: view.comments(),
        declined: view.declined(),
    };
    digest.series = standing::series(&digest, before);
    digest
}

/// The first so many as a digest names, and how many there are besides.
fn named<T>(mut all: Vec<T>) -> (Vec<T>, u32) {
    let beyond = u32::try_from(all.len().saturating_sub(lines::NAMED)).unwrap_or(u32::MAX);
    all.truncate(lines::NAMED);
    (all, beyond)
}

/// A pair that runs, and what was seen of it.
struct Seen<'a> {
    row: &'a PairRow,
    look: &'a Look,
}

impl Seen<'_> {
    fn is_paused(&self) -> bool {
        self.look.weekly.is_none()
    }

    fn has(&self, person: &PersonId) -> bool {
        self.row.pair.role_of(person).is_some()
    }
}

/// A window as one reader may see it.
struct View<'a> {
    window: &'a Window,
    cutoff: DateTime<Utc>,
    /// Pairs that run now, the paused ones too, without the reader's own.
    pairs: Vec<Seen<'a>>,
    own: BTreeSet<&'a PairId>,
    /// The reader, if they are a coordinator who takes part.
    reader: Option<(&'a PersonId, &'a TakingPart)>,
    /// Totals that hold no answer of the reader's own pair.
    released: Cow<'a, Released>,
}

impl<'a> View<'a> {
    fn new(window: &'a Window, looks: &'a [Option<Look>], cutoff: DateTime<Utc>, reader: Option<&PersonId>) -> Self {
        let is_own = |row: &&PairRow| reader.is_some_and(|reader| row.pair.role_of(reader).is_some());
        let own: BTreeSet<&PairId> = window.pairs.iter().filter(is_own).map(|row| &row.pair.id).collect();
        let seen = |(row, look): (&'a PairRow, &'a Option<Look>)| {
            let look = look.as_ref().filter(|_| !own.contains(&row.pair.id))?;
            Some(Seen { row, look })
        };
        let pairs = window.pairs.iter().zip(looks).filter_map(seen).collect();
        let reader = reader.and_then(|reader| window.taking_part.get_key_value(reader));
        let released = match reader {
            Some((_, own)) => Cow::Owned(window.released.after(own.since)),
            None => Cow::Borrowed(&window.released),
        };
        Self { window, cutoff, pairs, own, reader, released }
    }

    /// Pairs that run and are not paused.
    fn running(&self) -> impl Iterator<Item = &Seen<'a>> {
        self.pairs.iter().filter(|seen| !seen.is_paused())
    }

    /// Whether `at` lies in the `weeks` weeks that ended `ago` weeks before the cut-off.
    fn within(&self, at: DateTime<Utc>, ago: i64, weeks: i64) -> bool {
        let end = self.cutoff - Duration::weeks(ago);
        at < end && at >= end - Duration::weeks(weeks)
    }
}
