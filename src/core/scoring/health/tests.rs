use proptest::prelude::*;

use super::super::evidence::base;
use super::super::state::{self, Seen, State};
use super::super::trend;
use super::*;
use crate::core::question::{Indicator, Role};

const ALL_USUAL: [u8; 8] = [4; 8];

/// Eight weeks of two items a week to both sides, newest first; a pair that meets, answers and moves its goals.
fn eight_weeks(mentee: [u8; 8], mentor: [u8; 8]) -> History {
    let answers = (0..8).flat_map(|week| {
        let items = match week % 2 {
            0 => [Indicator::Guidance, Indicator::Feedback],
            _ => [Indicator::Communication, Indicator::Growth],
        };
        items.into_iter().flat_map(move |indicator| {
            [(Role::Mentee, mentee[week]), (Role::Mentor, mentor[week])]
                .map(|(role, value)| (role, indicator, week, value))
        })
    });
    counted(answers.map(|(role, indicator, week, value)| Counted {
        role,
        indicator,
        age: 7 * week as u32,
        day: -(week as i32),
        points: points(value, false),
    }))
}

/// These answers, which are all that there ever were, of a pair that meets, answers and moves its goals.
fn counted(answers: impl Iterator<Item = Counted>) -> History {
    let answers: Vec<Counted> = answers.collect();
    let usual = usual_of(&answers);
    History { answers, usual, days_since_meeting: 5, rhythm: 14, missed: [0, 0], days_since_goal: Some(3) }
}

fn usual_of(answers: &[Counted]) -> [Usual; 2] {
    Role::ALL.map(|role| {
        let own = answers.iter().filter(|answer| answer.role == role);
        own.fold(Usual::default(), |usual, answer| usual.and(answer.points))
    })
}

/// As `history`, but the mentee's newest answer about Guidance is another.
fn with_newest_guidance(mut history: History, value: u8) -> History {
    let is_it = |one: &&mut Counted| (one.role, one.indicator, one.age) == (Role::Mentee, Indicator::Guidance, 0);
    history.answers.iter_mut().find(is_it).expect("it was asked").points = points(value, false);
    history.usual = usual_of(&history.answers);
    history
}

/// The cases A to J of docs/SCORING.md.
fn case(name: char) -> History {
    let low = [2, 2, 2, 4, 4, 4, 4, 4];
    let slow = |history| History { days_since_meeting: 34, missed: [2, 0], days_since_goal: Some(35), ..history };
    match name {
        'A' => counted(std::iter::empty()),
        'B' => eight_weeks(ALL_USUAL, ALL_USUAL),
        'C' => eight_weeks([5; 8], [5; 8]),
        'D' => eight_weeks([3; 8], [3; 8]),
        'E' => with_newest_guidance(case('B'), 1),
        'F' => eight_weeks(low, ALL_USUAL),
        'G' => slow(case('B')),
        'H' => slow(case('F')),
        'I' => {
            let all = eight_weeks([1; 8], [1; 8]);
            History { days_since_meeting: 60, missed: [4, 4], days_since_goal: Some(70), ..all }
        }
        'J' => eight_weeks([3, 3, 5, 5, 5, 5, 5, 5], [5; 8]),
        _ => unreachable!("there is no case {name}"),
    }
}

#[track_caller]
fn check(name: char, expected: &str, without: u8) {
    let health = of(&case(name));
    let parts: Vec<String> =
        health.parts.iter().filter(|(_, by)| *by != 0).map(|(part, by)| format!("{} {by}", part.title())).collect();
    assert_eq!(format!("{}: {}", health.value, parts.join(", ")), expected, "{name}");
    assert_eq!(without_worst_day(&case(name)), without, "{name} without the worst day");
}

#[test]
fn the_worked_examples_of_the_published_rules() {
    check('A', "80: ", 80);
    check('B', "80: ", 80);
    check('C', "94: Growth 3, Communication 3, Guidance 4, Feedback 4", 94);
    check('D', "66: Growth -3, Communication -3, Guidance -4, Feedback -4", 66);
    check('E', "68: Growth 1, Communication 1, Guidance -15, Feedback 1", 80);
    check('F', "50: Growth -4, Communication -4, Guidance -11, Feedback -11", 62);
    check('G', "59: Meetings -12, Answering -6, Goals -3", 59);
    check('H', "29: Growth -4, Communication -4, Guidance -11, Feedback -11, Meetings -12, Answering -6, Goals -3", 41);
    check(
        'I',
        "0: Growth -8, Communication -8, Guidance -12, Feedback -12, Meetings -24, Answering -12, Goals -5, Limit 1",
        0,
    );
    check('J', "64: Growth -3, Communication -3, Guidance -5, Feedback -5", 78);
}

#[test]
fn own_usual_and_base_of_the_worked_examples() {
    let rules = RulesVersion::V1.rules();
    for (name, expected) in [('B', 75), ('C', 92), ('D', 59), ('E', 72), ('F', 62), ('I', 25), ('J', 83)] {
        let history = case(name);
        assert_eq!(base(rules, history.usual[0]), expected, "{name}");
        let evidence = Evidence::of(rules, &history);
        assert_eq!(Role::ALL.map(|role| evidence.divisor(role)), [9402, 9402], "{name}");
    }
    // Own usual before the norm is mixed in.
    let own = Rules { own_share: 100, ..*rules };
    for (name, expected) in [('B', 75), ('C', 97), ('D', 53), ('E', 71), ('F', 58), ('I', 8), ('J', 86)] {
        assert_eq!(base(&own, case(name).usual[0]), expected, "{name}");
    }
}

#[test]
fn a_change_is_told_by_its_parts() {
    let said = trend::change(&of(&case('E')), &of(&case('B')));
    let expected = [(Part::Guidance, -15), (Part::Growth, 1), (Part::Communication, 1), (Part::Feedback, 1)];
    assert_eq!(said, expected);
}

#[test]
fn an_answer_weighs_for_twelve_whole_weeks_and_then_no_more() {
    let weight = |age: u32| {
        let answer = |role| Counted { role, indicator: Indicator::Growth, age, day: 0, points: 0 };
        let evidence = Evidence::of(RulesVersion::V1.rules(), &counted(Role::ALL.map(answer).into_iter()));
        evidence.least_weight()
    };
    assert_eq!(
        (0..14).map(|week| weight(7 * week)).collect::<Vec<_>>(),
        [1000, 707, 500, 354, 250, 177, 125, 88, 62, 44, 31, 22, 16, 0]
    );
    assert_eq!((weight(6), weight(90), weight(91), weight(u32::MAX)), (1000, 16, 0, 0));
}

#[test]
fn meetings_answering_and_goals_cost_whole_weeks() {
    let part = |part: Part, change: &dyn Fn(&mut History)| {
        let mut history = case('A');
        change(&mut history);
        of(&history).parts.of(part)
    };
    for (days, rhythm, expected) in
        [(0, 14, 0), (20, 14, 0), (21, 14, -6), (27, 14, -6), (28, 14, -12), (34, 28, 0), (35, 28, -6), (600, 7, -24)]
    {
        let late = part(Part::Meetings, &|history| (history.days_since_meeting, history.rhythm) = (days, rhythm));
        assert_eq!(late, expected, "{days} days at {rhythm}");
    }
    for (missed, expected) in [([0, 0], 0), ([1, 0], -3), ([1, 3], -9), ([4, 4], -12), ([9, 0], -12)] {
        assert_eq!(part(Part::Answering, &|history| history.missed = missed), expected, "{missed:?}");
    }
    for (days, expected) in [(None, 0), (Some(0), 0), (Some(20), 0), (Some(21), -1), (Some(49), -5), (Some(900), -5)] {
        assert_eq!(part(Part::Goals, &|history| history.days_since_goal = days), expected, "{days:?}");
    }
}

#[test]
fn a_pair_is_ready_after_three_weeks_and_four_answers() {
    let history = |n| History { usual: [Usual { n, sum: 0 }, Usual { n: 1, sum: 0 }], ..case('A') };
    for (days, n, expected) in [(20, 9, false), (21, 9, true), (21, 3, true), (21, 2, false)] {
        assert_eq!(is_ready(days, &history(n)), expected, "{days} days, {n} + 1 answers");
    }
    assert!(is_thin(&case('A')) && !is_thin(&case('B')));
}

#[test]
fn a_band_stays_within_the_scale() {
    assert_eq!([0, 9, 54, 91, 100].map(band), [(0, 9), (0, 18), (45, 63), (82, 100), (91, 100)]);
}

fn any_answer(lowest: u8) -> impl Strategy<Value = Counted> {
    let (role, indicator) = (prop::sample::select(&Role::ALL[..]), prop::sample::select(&Indicator::ALL[..]));
    (role, indicator, 0..100_u32, lowest..=5_u8).prop_map(|(role, indicator, age, value)| Counted {
        role,
        indicator,
        age,
        day: -(age as i32),
        points: points(value, false),
    })
}

/// Any pair, with an own usual that need not come from these answers alone.
fn any_history() -> impl Strategy<Value = History> {
    // Half of them content, so that enough of them stand above the lines.
    prop_oneof![history(1), history(3)]
}

fn history(lowest: u8) -> impl Strategy<Value = History> {
    let usual = || (0..60_u32, 0..=100_u32).prop_map(|(n, mean)| Usual { n, sum: n * mean });
    let answers = prop::collection::vec(any_answer(lowest), 0..60);
    let behaviour = (0..120_u32, prop::sample::select(vec![7_u32, 14, 28]), prop::option::of(0..90_u32));
    (answers, usual(), usual(), behaviour, 0..=4_u32, 0..=4_u32).prop_map(
        |(answers, mentee, mentor, (days_since_meeting, rhythm, days_since_goal), a, b)| History {
            answers,
            usual: [mentee, mentor],
            days_since_meeting,
            rhythm,
            missed: [a, b],
            days_since_goal,
        },
    )
}

fn is_named_sum(health: &Health) -> bool {
    health.value <= 100 && i64::from(health.value) == 80 + health.parts.sum()
}

/// What the rules say to a pair that was on track and of which enough is known.
fn state_of(history: &History) -> State {
    let (health, without_worst_day) = (of(history).value, without_worst_day(history));
    let rhythm = history.rhythm;
    let known =
        Seen { health, without_worst_day, ready: true, never_met: false, active_days: 60, rhythm, paused: false };
    state::next(State::OnTrack, &known)
}

proptest! {
    #[test]
    fn health_is_the_sum_of_its_parts(history in any_history()) {
        prop_assert!(is_named_sum(&of(&history)));
        prop_assert!(without_worst_day(&history) >= of(&history).value);
    }

    #[test]
    fn a_shown_change_is_the_sum_of_its_shown_parts(before in any_history(), now in any_history()) {
        let (before, now) = (of(&before), of(&now));
        let by: i32 = trend::change(&now, &before).iter().map(|(_, by)| by).sum();
        prop_assert_eq!(i32::from(now.value) - i32::from(before.value), by);
    }

    #[test]
    fn the_order_of_answers_says_nothing(
        (history, shuffled) in any_history().prop_flat_map(|history| {
            let answers = Just(history.answers.clone()).prop_shuffle();
            (Just(history), answers)
        })
    ) {
        let other = History { answers: shuffled, ..history.clone() };
        prop_assert_eq!(of(&history), of(&other));
        prop_assert_eq!(without_worst_day(&history), without_worst_day(&other));
    }

    /// Any day of one person: with its answers the pair may fall under the line of Watch, but not to `NeedsYou`.
    #[test]
    fn one_day_of_one_person_never_makes_a_pair_need_somebody(
        history in any_history(),
        role in prop::sample::select(&Role::ALL[..]),
        day in prop::collection::vec((prop::sample::select(&Indicator::ALL[..]), 1..=5_u8), 1..12),
    ) {
        let mut after = history.clone();
        after.answers.extend(day.into_iter().map(|(indicator, value)| {
            Counted { role, indicator, age: 0, day: 1, points: points(value, false) }
        }));
        // Own usual of the day after: what is left when the day is dropped again is the pair without that day.
        let before = of(&history).value;
        prop_assert!(without_worst_day(&after) >= before);
        prop_assert!(before <= 50 || state_of(&after) != State::NeedsYou);
    }

    /// The same when the day also moves the person's own usual, as it does in life.
    #[test]
    fn nor_does_a_day_by_what_it_changes_of_the_own_usual(
        history in any_history(),
        role in prop::sample::select(&Role::ALL[..]),
        day in prop::collection::vec((prop::sample::select(&Indicator::ALL[..]), 1..=5_u8), 1..4),
    ) {
        let before = History { usual: usual_of(&history.answers), ..history };
        let mut after = before.clone();
        after.answers.extend(day.into_iter().map(|(indicator, value)| {
            Counted { role, indicator, age: 0, day: 1, points: points(value, false) }
        }));
        after.usual = usual_of(&after.answers);
        let is_known = before.answers.len() >= 4;
        prop_assert!(!is_known || of(&before).value <= 50 || state_of(&after) != State::NeedsYou);
    }
}

#[test]
fn the_largest_history_stays_within_the_range() {
    for points in [i32::MIN, 0, 100, i32::MAX] {
        let answer = |n: usize| Counted {
            role: Role::ALL[n % 2],
            indicator: Indicator::Growth,
            age: 0,
            day: (n % 30) as i32,
            points,
        };
        let most = Usual { n: u32::MAX, sum: u32::MAX };
        let history = History {
            answers: (0..ANSWERS_MAX + 2).map(answer).collect(),
            usual: [most, most],
            days_since_meeting: u32::MAX,
            rhythm: 0,
            missed: [u32::MAX; 2],
            days_since_goal: Some(u32::MAX),
        };
        assert!(is_named_sum(&of(&history)), "{points}");
        without_worst_day(&history);
    }
}
