//! All that a small programme can say, tried out: whatever is seen, every answer must still be able to be another one.
//!
//! This is the strongest reader there is. It knows who is in which group, who gave how many answers and when, the rules
//! themselves (so that what is missing tells something too), and for hidden answers everything that one of the people said.

use std::collections::HashMap;

use chrono::TimeDelta;

use crate::core::id::PersonId;
use crate::core::question::{Indicator, Role};
use crate::core::sample::utc;
use crate::core::scoring::blocks::{self, Said, tests::said};
use crate::core::scoring::pool::{self, Batch, Hidden, Left};
use crate::core::scoring::suppression::Thresholds;

/// What somebody knows without a doubt.
#[derive(Debug)]
#[allow(dead_code, reason = "a failing test prints it")]
struct Recovered {
    seen: String,
    insider: Option<usize>,
    answer: usize,
    /// The values that are still possible, by bits: one.
    left: u8,
}

/// Tries every world: `people[n]` gave the n-th answer, `shown` is what a reader sees when these are the answers.
fn recovered(people: &[usize], has_insiders: bool, shown: impl Fn(&[u8]) -> String) -> Vec<Recovered> {
    let insiders: Vec<Option<usize>> = {
        let mut all: Vec<_> = people.iter().copied().map(Some).collect();
        all.dedup();
        std::iter::once(None).chain(all.into_iter().filter(|_| has_insiders)).collect()
    };
    // For each view of each insider: which values each answer had in the worlds that look like that.
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut views: HashMap<(usize, Option<usize>, usize), Vec<u8>> = HashMap::new();
    for world in 0..5_usize.pow(u32::try_from(people.len()).expect("a small programme")) {
        let value = |n: usize| (world / 5_usize.pow(n as u32) % 5) as u8 + 1;
        let values: Vec<u8> = (0..people.len()).map(value).collect();
        let count = names.len();
        let seen = *names.entry(shown(&values)).or_insert(count);
        for insider in &insiders {
            let own = (0..people.len()).filter(|n| Some(people[*n]) == *insider);
            let own = own.fold(0, |own, n| 6 * own + usize::from(values[n]));
            let possible = views.entry((seen, *insider, own)).or_insert_with(|| vec![0; people.len()]);
            possible.iter_mut().zip(&values).for_each(|(bits, value)| *bits |= 1 << value);
        }
    }
    let name_of = |seen: usize| names.iter().find(|(_, id)| **id == seen).map(|(name, _)| name.clone());
    let mut found = Vec::new();
    for ((seen, insider, _), possible) in views {
        let others = (0..people.len()).filter(|n| Some(people[*n]) != insider);
        found.extend(others.filter(|n| possible[*n].count_ones() < 2).map(|answer| Recovered {
            seen: name_of(seen).unwrap_or_default(),
            insider,
            answer,
            left: possible[answer],
        }));
    }
    found
}

/// The layout of `text` (see [`said`]), whatever is answered: the values in it do not matter.
fn layout(text: &str) -> (Vec<Said>, Vec<usize>) {
    let said = said(text);
    let mut names: Vec<&PersonId> = said.iter().map(|one| &one.person).collect();
    names.dedup();
    let people = said.iter().map(|one| names.iter().position(|name| **name == one.person).unwrap_or(0)).collect();
    (said, people)
}

fn with(layout: &[Said], values: &[u8]) -> Vec<Said> {
    layout.iter().zip(values).map(|(one, points)| Said { points: *points, ..one.clone() }).collect()
}

fn block(said: &[Said]) -> String {
    let block = blocks::block(Indicator::Growth, said, &Thresholds::new(3, Vec::new()), utc("2026-06-01 07:00"));
    let rows = block.iter().flat_map(|block| &block.rows);
    rows.map(|row| format!("{:?} {}/{} ", row.of, row.points, row.answers)).collect()
}

#[test]
fn a_block_leaves_every_answer_open() {
    for text in [
        "1, 1, 1",
        "1, 1, 1 / 1",
        "1 1, 1, 1, 1",
        "1, 1, 1 / 1, 1, 1",
        "A: 1, 1, 1; B: 1, 1, 1",
        "A: 1, 1 / 1; B: 1 / 1, 1",
        "A: 1, 1, 1; B: 1, 1 / 1",
        "A: 1 1, 1, 1; B: 1, 1, 1",
        "A: 1, 1, 1; B: 1, 1; C: 1",
        "A: 1, 1, 1; B: 1, 1",
    ] {
        let (layout, people) = layout(text);
        // Readers are not among the people: coordinators' pairs are in no block.
        let found = recovered(&people, false, |values| block(&with(&layout, values)));
        assert!(found.is_empty(), "{text}: {:?}", &found[..found.len().min(3)]);
    }
}

#[test]
fn a_block_without_its_rules_gives_answers_away() {
    let sums = |parts: &[&[Said]]| -> String {
        parts.iter().map(|part| format!("{} ", part.iter().map(|one| u32::from(one.points)).sum::<u32>())).collect()
    };
    // Every sum of enough people, whatever it is.
    let (three, people) = layout("1, 1, 1");
    assert!(!recovered(&people, false, |values| sums(&[&with(&three, values)])).is_empty(), "everybody said 5");
    // The sums of both groups, hidden where they are extreme, beside the whole.
    let (two, people) = layout("A: 1, 1, 1; B: 1, 1, 1");
    let hides = |values: &[u8]| {
        let all = with(&two, values);
        let is_open = |part: &[Said]| (4..15).contains(&part.iter().map(|one| one.points).sum::<u8>());
        let open = |part: &[Said]| if is_open(part) { sums(&[part]) } else { "-".to_owned() };
        format!("{} {} {}", sums(&[&all]), open(&all[..3]), open(&all[3..]))
    };
    assert!(!recovered(&people, false, hides).is_empty(), "the whole less the other group");
    // Groups and sides of one table: no field is a combination of the edges, and yet some are bounded from both ends.
    let (table, people) = layout("A: 1, 1 / 1; B: 1 / 1, 1");
    let edges = |values: &[u8]| {
        let all = with(&table, values);
        let side = |role| all.iter().filter(|one| one.role == role).cloned().collect::<Vec<_>>();
        let (mentees, mentors) = (side(Role::Mentee), side(Role::Mentor));
        let parts = [&all[..3], &all[3..], &mentees[..], &mentors[..]];
        let open = |part: &[Said]| {
            let points: u8 = part.iter().map(|one| one.points).sum();
            let ends = part.iter().map(|one| points - one.points);
            ends.into_iter().all(|others| others > 2 && others < 10)
        };
        if parts.iter().all(|part| open(part)) { sums(&parts) } else { sums(&[&all]) }
    };
    assert!(!recovered(&people, false, edges).is_empty(), "a mentor who said 5 beside mentees who said 1");
}

/// When people come into the pool: `1 1, 2, 2` is one who answers twice in week 1, and two who answer in week 2.
fn arrivals(text: &str) -> (Vec<Hidden>, Vec<usize>) {
    let start = utc("2026-05-25 07:00");
    let mut pool = Vec::new();
    let mut people = Vec::new();
    for (n, own) in text.split(',').enumerate() {
        for week in own.split_whitespace().map(|week| week.parse::<i64>().expect("a week")) {
            people.push(n);
            pool.push(Hidden {
                pulse: format!("pulse:p{n}:{week}:{}", pool.len()).as_str().into(),
                person: PersonId::from(format!("T1:U{n}")),
                partner: PersonId::from(format!("T1:P{n}")),
                question: "feedback-regular".into(),
                indicator: Indicator::Feedback,
                role: Role::Mentee,
                points: 3,
                given: start + TimeDelta::weeks(week) - TimeDelta::days(4),
                closed: start + TimeDelta::weeks(week) - TimeDelta::days(3),
            });
        }
    }
    (pool, people)
}

/// What a digest does with what is ready: the batches, and the answers that stay.
type Empty = fn(&[Hidden], usize) -> (Vec<Batch>, Vec<Hidden>);

/// What weekly digests show of the pool, if it is emptied by `empty`.
fn weeks(pool: &[Hidden], values: &[u8], empty: Empty) -> String {
    let mut waiting: Vec<Hidden> =
        pool.iter().zip(values).map(|(one, points)| Hidden { points: *points, ..one.clone() }).collect();
    let mut shown = String::new();
    let mut later = 0;
    for week in 1..=14 {
        let cutoff = utc("2026-05-25 07:00") + TimeDelta::weeks(week);
        if !waiting.iter().any(|one| one.closed < cutoff) {
            continue;
        }
        let (ready, not_yet): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| one.closed < cutoff);
        let (batches, mut left) = empty(&ready, week as usize);
        for batch in batches.iter().filter_map(|batch| batch.points.map(|points| (batch.people, points))) {
            shown.push_str(&format!("{week}: {batch:?} "));
            later += 1;
        }
        left.extend(not_yet);
        waiting = left;
    }
    format!("{shown}{later}")
}

/// As it is.
fn once(ready: &[Hidden], week: usize) -> (Vec<Batch>, Vec<Hidden>) {
    let cutoff = utc("2026-05-25 07:00") + TimeDelta::weeks(week as i64);
    let leaving = pool::leaving(ready, &[], &Thresholds::new(3, Vec::new()), cutoff);
    let is_left = |one: &&Hidden| !leaving.left.iter().any(|(gone, _)| gone.pulse == one.pulse);
    let waiting = ready.iter().filter(is_left).cloned().collect();
    (leaving.batches, waiting)
}

/// As it might be: what cannot be shown goes back and waits for more company, or until it expires.
fn again(ready: &[Hidden], week: usize) -> (Vec<Batch>, Vec<Hidden>) {
    let cutoff = utc("2026-05-25 07:00") + TimeDelta::weeks(week as i64);
    let leaving = pool::leaving(ready, &[], &Thresholds::new(3, Vec::new()), cutoff);
    if leaving.batches.iter().any(|batch| batch.points.is_some()) {
        return (leaving.batches, Vec::new());
    }
    let is_over = |one: &&Hidden| {
        cutoff - one.closed >= TimeDelta::weeks(12)
            || leaving.left.iter().any(|(gone, left)| gone.pulse == one.pulse && *left == Left::Expired)
    };
    (Vec::new(), ready.iter().filter(|one| !is_over(one)).cloned().collect())
}

#[test]
fn batches_leave_every_hidden_answer_open() {
    for text in [
        "1, 1, 1",
        "1, 1, 1, 2",
        "1, 1, 1, 2, 2, 2",
        "1 2, 2, 2, 3",
        "1 1, 1 1, 1, 2",
        "1, 2, 2, 3",
        "1, 2, 13, 13, 13",
    ] {
        let (pool, people) = arrivals(text);
        let found = recovered(&people, true, |values| weeks(&pool, values, once));
        assert!(found.is_empty(), "{text}: {:?}", &found[..found.len().min(3)]);
    }
}

#[test]
fn batches_that_wait_for_better_numbers_give_answers_away() {
    let (pool, people) = arrivals("1, 1, 1, 2");
    assert!(!recovered(&people, true, |values| weeks(&pool, values, again)).is_empty());
}
