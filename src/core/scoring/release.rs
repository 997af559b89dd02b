//! What a digest's cut-off releases: blocks, sealed batches and comparisons, each answer once. Pure; the store writes it in
//! the transaction of the digest.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::blocks::{self, Group, Said};
use super::look::last_day;
use super::pool::{self, Hidden, Left};
use super::record::Given;
use super::statistics::{self, COMPARED_WEEKS, Comparison, Paired};
use super::suppression::is_counted;
use super::window::{Released, Window};
use crate::core::id::PersonId;
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::question::{Indicator, Role};

/// What is new, and which hidden answers are in the pool no longer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Release<'a> {
    pub new: Released,
    pub left: Vec<(&'a Hidden, Left)>,
}

/// What the cut-off releases of a window and the pool.
pub fn release<'a>(window: &Window, pool: &'a [Hidden], cutoff: DateTime<Utc>) -> Release<'a> {
    let thresholds = window.thresholds();
    let leaving = pool::leaving(pool, &window.program.coordinators, &thresholds, cutoff);
    let compares = week_of(&window.program, cutoff).is_multiple_of(COMPARED_WEEKS);
    let named = Named::of(window, cutoff, compares);
    let block = |indicator| blocks::block(indicator, &named.said(indicator), &thresholds, cutoff);
    let compare = |indicator| statistics::compared(indicator, &named.paired(indicator), &thresholds, cutoff);
    Release {
        new: Released {
            blocks: Indicator::ALL.into_iter().filter_map(block).collect(),
            batches: leaving.batches,
            comparisons: Indicator::ALL.into_iter().filter(|_| compares).filter_map(compare).collect(),
        },
        left: leaving.left,
    }
}

/// The week of the programme that ends with this cut-off, from 1.
pub fn week_of(program: &Program, cutoff: DateTime<Utc>) -> u32 {
    u32::try_from((last_day(program, cutoff) - program.starts).num_weeks()).unwrap_or(0) + 1
}

/// Whether the answer was in no digest yet.
fn is_new(window: &Window, given: &Given) -> bool {
    window.counted_until.is_none_or(|until| given.closed >= until)
}

/// The comparison before, but not longer ago than the weeks that are compared.
fn compared_from(window: &Window, cutoff: DateTime<Utc>) -> DateTime<Utc> {
    let from = cutoff - Duration::weeks(COMPARED_WEEKS.into());
    let before = window.released.comparisons.iter().map(|one: &Comparison| one.cutoff).max();
    before.map_or(from, |before| from.max(before))
}

/// Named answers that count: of pairs in which no coordinator takes part.
struct Named<'a> {
    window: &'a Window,
    /// The one group of each person; `None` for somebody in several.
    groups: BTreeMap<&'a PersonId, Group>,
    /// Those that are new, and of the weeks that are compared.
    answers: Vec<(&'a Pair, &'a Given)>,
    /// From when on what both sides said is compared; `None` in a week without a comparison.
    compared_from: Option<DateTime<Utc>>,
}

impl<'a> Named<'a> {
    fn of(window: &'a Window, cutoff: DateTime<Utc>, compares: bool) -> Self {
        let is_counted = |pair: &Pair| is_counted([&pair.mentee, &pair.mentor], &window.program.coordinators);
        let counted = || window.pairs.iter().filter(|row| is_counted(&row.pair));
        let mut groups: BTreeMap<&PersonId, Group> = BTreeMap::new();
        for pair in counted().map(|row| &row.pair) {
            for person in [&pair.mentee, &pair.mentor] {
                let several = groups.get(person).is_some_and(|known| *known != pair.group);
                groups.insert(person, pair.group.clone().filter(|_| !several));
            }
        }
        let answers = counted().flat_map(|row| row.record.given.iter().map(|given| (&row.pair, given)));
        let compared_from = compares.then(|| compared_from(window, cutoff));
        let is_compared = |given: &Given| compared_from.is_some_and(|from| given.closed >= from);
        let is_of_use = |given: &Given| given.closed < cutoff && (is_new(window, given) || is_compared(given));
        let answers = answers.filter(|(_, given)| is_of_use(given)).collect();
        Self { window, groups, answers, compared_from }
    }

    fn about(&self, indicator: Indicator) -> impl Iterator<Item = (&'a Pair, &'a Given)> {
        self.answers.iter().copied().filter(move |(_, given)| given.question.indicator == indicator)
    }

    /// What was said of an indicator since the digest before.
    fn said(&self, indicator: Indicator) -> Vec<Said> {
        let new = self.about(indicator).filter(|(_, given)| is_new(self.window, given));
        new.map(|(pair, given)| {
            let person = pair.side(given.role);
            Said {
                person: person.clone(),
                role: given.role,
                group: self.groups.get(person).cloned().flatten(),
                points: given.upright(),
                given: given.at,
            }
        })
        .collect()
    }

    /// What both sides of a pair said to the same question in the same pulse, in the weeks that are compared.
    fn paired(&self, indicator: Indicator) -> Vec<Paired> {
        let Some(from) = self.compared_from else { return Vec::new() };
        // A pair has one pulse at a time, so that the end names it.
        let mut both: BTreeMap<_, Vec<(&Pair, &Given)>> = BTreeMap::new();
        for (pair, given) in self.about(indicator).filter(|(_, given)| given.closed >= from) {
            both.entry((&pair.id, given.closed, given.question.place)).or_default().push((pair, given));
        }
        let paired = |answers: &Vec<(&Pair, &Given)>| {
            let side = |role| answers.iter().find(|(_, given)| given.role == role);
            let ((pair, mentees), (_, mentors)) = (side(Role::Mentee)?, side(Role::Mentor)?);
            Some(Paired {
                pair: pair.id.clone(),
                mentee: pair.mentee.clone(),
                mentor: pair.mentor.clone(),
                mentee_points: mentees.upright(),
                mentor_points: mentors.upright(),
                given: mentees.at.min(mentors.at),
            })
        };
        both.values().filter_map(paired).collect()
    }
}
