//! A digest beside that of the week before, made by the same rules and by others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::lines::NAMED;
use super::{compose, named};
use crate::core::id::PairId;
use crate::core::question::{Indicator, Role};
use crate::core::sample::{date, pair, person, program, utc};
use crate::core::scoring::digest::Digest;
use crate::core::scoring::record::{Given, Record, Topic};
use crate::core::scoring::window::{PairRow, Window};

#[test]
fn a_long_list_is_named_in_part_and_counted_whole() {
    assert_eq!(named(vec![7; 3]), (vec![7; 3], 0));
    assert_eq!(named(vec![7; NAMED + 2]), (vec![7; NAMED], 2));
}

const CUTOFF: &str = "2026-06-01 07:00";

/// Five pairs that said `value` to a question a week, both sides, for four weeks.
fn window(value: u8) -> Window {
    let cutoff = utc(CUTOFF);
    let question = Topic::all(&program())["comm-openness"];
    let given = |(week, role): (i64, Role)| {
        let closed = cutoff - TimeDelta::weeks(week) - TimeDelta::days(3);
        let at = closed - TimeDelta::days(2);
        Given { role, question, value, at, day: at.date_naive(), closed }
    };
    let both = || (0..4).rev().flat_map(|week| Role::ALL.map(|role| (week, role)));
    let row = |n: usize| {
        let (mentee, mentor) = (person(&format!("Mentee{n}")).id, person(&format!("Mentor{n}")).id);
        let id = PairId::new(&program().id, &mentor, &mentee);
        let record = Record {
            given: both().map(given).collect(),
            last_met: Some(cutoff - TimeDelta::days(4)),
            given_after: cutoff - TimeDelta::weeks(13),
            ..Record::default()
        };
        PairRow { pair: crate::core::person::Pair { id, mentee, mentor, ..pair() }, declined: false, record }
    };
    Window {
        program: program(),
        pairs: (0..5).map(row).collect(),
        asked_about: Indicator::ALL.into(),
        comments: Vec::new(),
        declined: Vec::new(),
        help: Vec::new(),
        last_week: BTreeMap::new(),
        handled: BTreeSet::new(),
        released: Default::default(),
        surveys: Default::default(),
        nudges: Default::default(),
        past_thresholds: Vec::new(),
        counted_until: None,
        taking_part: BTreeMap::new(),
    }
}

/// The digest of unhappy pairs a week after `before`.
fn after(before: Digest) -> Digest {
    let cutoff: DateTime<Utc> = utc(CUTOFF) + TimeDelta::weeks(1);
    let window = Window { last_week: BTreeMap::from([(None, before)]), ..window(2) };
    compose(&window, cutoff, None)
}

#[test]
fn programme_health_and_its_chart_are_compared_within_one_version_of_the_rules_only() {
    let before = compose(&window(5), utc(CUTOFF), None);
    let shown = before.health.and_then(|health| health.value);
    assert!(shown.is_some() && before.is_of_current_rules());
    assert_eq!((before.week, before.until), (4, date("2026-05-31")));

    let same = after(before.clone());
    let health = same.health.expect("there is a score");
    assert_eq!((health.pairs, health.before), (5, shown));
    assert!(health.value < shown, "{health:?}");
    let weeks = |digest: &Digest| digest.series.iter().map(|week| (week.week, week.health)).collect::<Vec<_>>();
    assert_eq!(weeks(&same), [(4, shown), (5, health.value)]);

    let mut other = before;
    other.rules = 1;
    other.actions.clear();
    let other = after(other);
    assert_eq!(other.health.map(|health| (health.value, health.before)), Some((health.value, None)));
    // The weeks stay, for the indicators: those are means of answers, whatever the rules.
    assert_eq!(weeks(&other), [(4, None), (5, health.value)]);
}
