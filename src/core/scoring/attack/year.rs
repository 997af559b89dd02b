//! A year of digests in the hands of two who read everything that came of it.
//!
//! A coordinator knows each named answer besides, and wants the hidden ones. A reader of totals knows who answered what
//! kind of question when, and wants any. Both know which answers were in which total.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::programme::{AnswerRow, Published, Year, points};
use super::solver::Puzzle;
use crate::core::answer::Audience;
use crate::core::id::PersonId;
use crate::core::question::Indicator;
use crate::core::scoring::blocks::Cell;
use crate::core::scoring::digest::{Digest, Shown};

impl Published {
    /// What somebody solves who knows the answers that `knows` says, by their places.
    fn attacked(&self, year: &Year, knows: fn(&AnswerRow) -> bool) -> Vec<usize> {
        let mut solved = Vec::new();
        for indicator in Indicator::ALL {
            let mut attack = Attack::new(year, indicator, knows);
            for block in self.released.blocks.iter().filter(|block| block.indicator == indicator) {
                for row in &block.rows {
                    let (from, until) = (block.cutoff - TimeDelta::weeks(1), block.cutoff);
                    attack.learns(&row.of, from, until, row.answers, row.points);
                }
            }
            for digest in &self.digests {
                attack.reads(digest, self);
            }
            for batch in self.released.batches.iter().filter(|batch| batch.indicator == indicator) {
                let Some(points) = batch.points else { continue };
                let is_in = |(n, at): &&(usize, DateTime<Utc>)| {
                    *at == batch.cutoff && year.answers[*n].role == batch.role && attack.places.contains_key(n)
                };
                let places: Vec<usize> = self.batched.iter().filter(is_in).map(|(n, _)| *n).collect();
                attack.learns_batch(&places, points);
            }
            solved.extend(attack.solved());
        }
        solved
    }
}

/// One indicator, in the eyes of somebody who knows some of the answers.
struct Attack<'a> {
    year: &'a Year,
    indicator: Indicator,
    puzzle: Puzzle,
    /// The answers of the indicator, and the unknown number that each of those is in that are not known.
    places: BTreeMap<usize, Option<usize>>,
}

impl<'a> Attack<'a> {
    fn new(year: &'a Year, indicator: Indicator, knows: fn(&AnswerRow) -> bool) -> Self {
        let mut places = BTreeMap::new();
        let mut puzzle = Puzzle::default();
        for (n, row) in year.answers.iter().enumerate() {
            if points(&row.question, row.value).0 == indicator {
                places.insert(n, (!knows(row)).then(|| puzzle.unknown(1)));
            }
        }
        Self { year, indicator, puzzle, places }
    }

    fn points(&self, n: usize) -> i128 {
        let row = &self.year.answers[n];
        i128::from(points(&row.question, row.value).1)
    }

    /// Answers of counted pairs in a cell and time.
    fn of(&self, cell: &Cell, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<usize> {
        let noa = &self.year.program.coordinators[1];
        let holds = |n: &&usize| {
            let row = &self.year.answers[**n];
            let pair = &self.year.pairs.iter().find(|one| one.pair.id == row.pair).expect("a pair").pair;
            let in_cell = match cell {
                Cell::Programme => true,
                Cell::Side(role) => row.role == *role,
                Cell::Group(group) => pair.group == *group,
            };
            in_cell && row.closed >= from && row.closed < until && pair.mentor != *noa
        };
        self.places.keys().filter(holds).copied().collect()
    }

    /// A sum of so many answers. Their number tells whether hidden ones are among them.
    fn learns(&mut self, cell: &Cell, from: DateTime<Utc>, until: DateTime<Utc>, answers: u32, points: u32) {
        let all = self.of(cell, from, until);
        let named: Vec<usize> =
            all.iter().copied().filter(|n| self.year.answers[*n].audience != Audience::OnlyTotals).collect();
        let summed = if named.len() == answers as usize { named } else { all };
        assert_eq!(summed.len(), answers as usize, "the attacker knows what was counted");
        let known: i128 = summed.iter().filter(|n| self.places[n].is_none()).map(|n| self.points(*n)).sum();
        let unknown: Vec<usize> = summed.iter().filter_map(|n| self.places[n]).collect();
        if !unknown.is_empty() {
            self.puzzle.knows(&unknown, i128::from(points) - known);
        }
    }

    /// A mean of four weeks, as far as its rounding lets see the sum.
    fn reads(&mut self, digest: &Digest, published: &Published) {
        let line = digest.indicators.iter().find(|line| line.indicator == self.indicator);
        let Some(Shown::Mean { hundredths, n, .. }) = line.map(|line| &line.shown) else { return };
        if *n >= 100 {
            return;
        }
        let from = digest.cutoff - TimeDelta::weeks(4);
        let weeks = published.released.blocks.iter().filter(|block| {
            let has_whole = block.rows.iter().any(|row| row.of == Cell::Programme);
            block.indicator == self.indicator && block.cutoff > from && block.cutoff <= digest.cutoff && has_whole
        });
        let weeks: Vec<DateTime<Utc>> = weeks.map(|block| block.cutoff).collect();
        let of_week = |at: &DateTime<Utc>| self.of(&Cell::Programme, *at - TimeDelta::weeks(1), *at);
        let summed: Vec<usize> = weeks.iter().flat_map(of_week).collect();
        let hides = |n: &usize| self.year.answers[*n].audience == Audience::OnlyTotals;
        let named: Vec<usize> = summed.iter().copied().filter(|n| !hides(n)).collect();
        let summed = if named.len() == *n as usize { named } else { summed };
        let sum = (i128::from(*hundredths) * i128::from(*n) + 50) / 100;
        let known: i128 = summed.iter().filter(|n| self.places[n].is_none()).map(|n| self.points(*n)).sum();
        let unknown: Vec<usize> = summed.iter().filter_map(|n| self.places[n]).collect();
        if !unknown.is_empty() && summed.len() == *n as usize {
            self.puzzle.knows(&unknown, sum - known);
        }
    }

    /// A sealed batch: one number for each person, of which the answers are not told apart.
    fn learns_batch(&mut self, answers: &[usize], points: u32) {
        let mut people: BTreeMap<&PersonId, Vec<usize>> = BTreeMap::new();
        for n in answers {
            people.entry(&self.year.answers[*n].person).or_default().push(*n);
        }
        let unknown: Vec<usize> = people
            .values()
            .map(|own| match (own.as_slice(), self.places[&own[0]]) {
                ([_], Some(place)) => place,
                _ => self.puzzle.unknown(1),
            })
            .collect();
        self.puzzle.knows(&unknown, i128::from(points));
    }

    /// The places of answers that were found out.
    fn solved(&self) -> Vec<usize> {
        let solved: BTreeSet<usize> = self.puzzle.solved().into_iter().collect();
        let is_solved = |(n, place): (&usize, &Option<usize>)| place.filter(|at| solved.contains(at)).map(|_| *n);
        self.places.iter().filter_map(is_solved).collect()
    }
}

fn is_named(row: &AnswerRow) -> bool {
    row.audience.is_named()
}

fn anything(_: &AnswerRow) -> bool {
    true
}

fn nothing(_: &AnswerRow) -> bool {
    false
}

#[test]
fn a_year_of_digests_gives_no_answer_away() {
    for seed in [20_260_101, 7, 4711] {
        let year = Year::draw(seed);
        let published = year.published(is_named);
        let batches = &published.released.batches;
        let shown = batches.iter().filter(|batch| batch.points.is_some()).count();
        assert!(shown > 20 && shown < batches.len(), "{shown} of {} batches", batches.len());
        let rows = published.released.blocks.iter().map(|block| block.rows.len());
        assert!(
            rows.clone().any(|rows| rows == 0) && rows.clone().any(|rows| rows > 2),
            "{:?}",
            rows.collect::<Vec<_>>()
        );
        assert_eq!(published.attacked(&year, is_named), [0; 0], "a coordinator, seed {seed}");
        assert_eq!(published.attacked(&year, nothing), [0; 0], "a reader, seed {seed}");
    }
}

#[test]
fn totals_that_mix_named_and_hidden_answers_give_them_away() {
    let year = Year::draw(20_260_101);
    let found = year.published(anything).attacked(&year, is_named);
    assert!(found.len() > 10, "{}", found.len());
    assert!(found.iter().all(|n| year.answers[*n].audience == Audience::OnlyTotals));
}

#[test]
fn totals_of_anybody_give_answers_away() {
    let mut year = Year::draw(20_260_101);
    year.program.threshold = 1;
    let found = year.published(is_named).attacked(&year, nothing);
    assert!(!found.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Whatever a hidden answer is, nothing changes but the sum of its own batch, if that is shown.
    #[test]
    fn one_hidden_answer_is_seen_in_its_batch_only(seed in any::<u64>(), which in any::<prop::sample::Index>(), value in 1_u8..=5) {
        let year = Year::draw(seed);
        let hidden: Vec<usize> = (0..year.answers.len()).filter(|n| !is_named(&year.answers[*n])).collect();
        let n = hidden[which.index(hidden.len())];
        let mut other = year.clone();
        other.answers[n].value = value;
        let (one, two) = (year.published(is_named), other.published(is_named));
        prop_assert_eq!(&one.batched, &two.batched);
        prop_assert_eq!(&one.released.blocks, &two.released.blocks);
        prop_assert_eq!(&one.released.comparisons, &two.released.comparisons);
        let own = one.batched.iter().find(|(place, _)| *place == n).map(|(_, at)| *at);
        let indicator = Some(points(&year.answers[n].question, 3).0);
        for (a, b) in one.released.batches.iter().zip(&two.released.batches) {
            let is_own = Some(a.cutoff) == own && a.role == year.answers[n].role && Some(a.indicator) == indicator;
            let mut a = a.clone();
            if is_own {
                a.points = b.points;
            }
            prop_assert_eq!(&a, b);
        }
        for (a, b) in one.digests.iter().zip(&two.digests) {
            let sealed = |digest: &Digest| Digest { batches: Vec::new(), ..digest.clone() };
            prop_assert_eq!(sealed(a), sealed(b));
            prop_assert!(a.batches == b.batches || Some(a.cutoff) == own);
        }
    }
}
