//! What a line says, and that its numbers add up as they are read.

use proptest::prelude::*;

use super::*;
use crate::core::question::{Indicator, Role};
use crate::core::scoring::digest::Before;
use crate::core::scoring::health::{self, Counted, History, Usual};
use crate::core::scoring::trend as course;
use crate::slack::render::tests::{digest_page, pair_health};

/// A pair as the rules see it at two times.
fn told(now: &History, before: &History) -> PairHealth {
    let (now, before) = (health::of(now), health::of(before));
    PairHealth {
        health: Some(now.value),
        before: Some(Before { health: before.value, weeks_ago: 4 }),
        changes: course::change(&now, &before),
        ..pair_health(1, None)
    }
}

fn history() -> impl Strategy<Value = History> {
    let answer = (0_usize..2, 0_usize..5, 0_u32..100, 0_i32..5).prop_map(|(role, indicator, age, step)| Counted {
        role: Role::ALL[role],
        indicator: Indicator::ALL[indicator],
        age,
        day: -(age as i32),
        points: step * 25,
    });
    let usual = (0_u32..200, 0_u32..=100).prop_map(|(n, mean)| Usual { n, sum: n * mean });
    let behaviour = (0_u32..120, 0_u32..=4, 0_u32..=4, proptest::option::of(0_u32..100));
    (prop::collection::vec(answer, 0..60), [usual.clone(), usual], behaviour).prop_map(|(answers, usual, behaviour)| {
        let (days_since_meeting, mentee, mentor, days_since_goal) = behaviour;
        History {
            answers,
            usual,
            days_since_meeting,
            rhythm: 14,
            missed: [mentee, mentor],
            before: Default::default(),
            days_since_goal,
        }
    })
}

/// The number in front of the band, the number before "ago", and every signed number after it.
fn numbers(says: &str) -> Option<(i32, i32, i32)> {
    let now = says.split(' ').next()?.parse().ok()?;
    let (_, rest) = says.split_once("; ")?;
    let rest = rest.rsplit_once("; ").map_or(rest, |(_, last)| last);
    let before = rest.split(' ').next()?.parse().ok()?;
    let parts = rest.split_once(": ").map_or("", |(_, parts)| parts.split('.').next().unwrap_or_default());
    let change = parts.split(", ").filter_map(|part| part.rsplit(' ').next()?.parse::<i32>().ok()).sum();
    Some((now, before, change))
}

proptest! {
    #[test]
    fn the_numbers_on_a_line_add_up_as_they_are_read(now in history(), before in history()) {
        let says = reason(&digest_page(0).digest, &told(&now, &before));
        let (now, before, change) = numbers(&says).expect("a line of a pair");
        prop_assert_eq!(now - before, change, "{}", says);
    }
}

#[test]
fn a_line_says_why() {
    let check = |pair: PairHealth, expected: &str| assert_eq!(reason(&digest_page(0).digest, &pair), expected);
    let pair = pair_health(1, Some(38));
    check(
        pair.clone(),
        "38 (29-47), needs you; 66 four weeks ago: Meetings -12, Feedback -7, Answering -6, Goals -3. Falling.",
    );
    let before = pair.before.map(|before| Before { weeks_ago: 1, ..before });
    check(PairHealth { changes: vec![], before, trend: None, ..pair.clone() }, "38 (29-47), needs you; 66 a week ago.");
    check(
        PairHealth { before: None, thin: true, gap: true, trend: Some(Trend::Steady), ..pair },
        "38 (29-47), needs you. Thin: few counted answers. They see some things differently: fifteen minutes with each, \
         separately.",
    );
    check(pair_health(1, None), "needs you; no first meeting known, day 42. Too early to tell more.");
}

#[test]
fn a_digest_keeps_the_band_of_the_rules_that_made_it() {
    let by = |rules| {
        let mut page = digest_page(0);
        page.digest.rules = rules;
        shown(&page.digest, 54)
    };
    assert_eq!([by(1), by(2)], ["54 (45-63)", "54 (42-66)"]);
}
