use super::super::super::evidence::{Evidence, base, usual};
use super::super::super::trend;
use super::*;

/// Checks `E 68: Guidance -15, Growth 1 | 80` of each case: Health, parts that are not 0, without the worst day.
fn check(version: RulesVersion, expected: &[&str]) {
    let rules = version.rules();
    for expected in expected {
        let name = expected.chars().next().expect("a name");
        let health = rules.health(&case(name));
        let parts = health.parts.iter().filter(|(_, by)| *by != 0);
        let parts: Vec<String> = parts.map(|(part, by)| format!("{} {by}", part.title())).collect();
        let without = rules.without_worst_day(&case(name));
        assert_eq!(format!("{name} {}: {} | {without}", health.value, parts.join(", ")), *expected);
    }
}

#[test]
fn the_worked_examples_of_version_1() {
    check(
        V1,
        &[
            "A 80:  | 80",
            "B 80:  | 80",
            "C 94: Growth 3, Communication 3, Guidance 4, Feedback 4 | 94",
            "D 66: Growth -3, Communication -3, Guidance -4, Feedback -4 | 66",
            "E 68: Growth 1, Communication 1, Guidance -15, Feedback 1 | 80",
            "F 50: Growth -4, Communication -4, Guidance -11, Feedback -11 | 62",
            "G 59: Meetings -12, Answering -6, Goals -3 | 59",
            "H 29: Growth -4, Communication -4, Guidance -11, Feedback -11, Meetings -12, Answering -6, Goals -3 | 41",
            "I 0: Growth -8, Communication -8, Guidance -12, Feedback -12, Meetings -24, Answering -12, Goals -5, Limit 1 | 0",
            "J 64: Growth -3, Communication -3, Guidance -5, Feedback -5 | 78",
        ],
    );
}

#[test]
fn the_worked_examples_of_version_2() {
    check(
        V2,
        &[
            "A 80:  | 80",
            "B 80:  | 80",
            "C 94: Growth 3, Communication 3, Guidance 4, Feedback 4 | 94",
            "D 66: Growth -3, Communication -3, Guidance -4, Feedback -4 | 66",
            "E 69: Guidance -11 | 80",
            "F 34: Growth -8, Communication -8, Guidance -15, Feedback -15 | 44",
            "G 63: Meetings -8, Answering -6, Goals -3 | 63",
            "H 17: Growth -8, Communication -8, Guidance -15, Feedback -15, Meetings -8, Answering -6, Goals -3 | 27",
            "I 0: Growth -8, Communication -8, Guidance -12, Feedback -12, Meetings -24, Answering -28, Goals -5, Limit 17 | 0",
            "J 62: Growth -5, Communication -5, Guidance -4, Feedback -4 | 74",
            "K 79: Answering -1 | 79",
            "L 31: Meetings -16, Answering -30, Goals -3 | 31",
            "M 37: Guidance -11, Feedback -11, Meetings -12, Answering -6, Goals -3 | 59",
            "N 29: Growth -4, Communication -4, Guidance -11, Feedback -11, Meetings -12, Answering -6, Goals -3 | 49",
        ],
    );
}

#[test]
fn the_states_of_the_worked_examples() {
    let states = |version, names: &str| names.chars().map(|name| state_of(version, &case(name))).collect::<Vec<_>>();
    use State::{NeedsYou, OnTrack, Watch};
    assert_eq!(states(V1, "EFGH"), [OnTrack, Watch, OnTrack, NeedsYou]);
    assert_eq!(states(V2, "EFGHKLMN"), [OnTrack, NeedsYou, OnTrack, NeedsYou, OnTrack, NeedsYou, Watch, NeedsYou]);
}

#[test]
fn own_usual_and_base_of_the_worked_examples() {
    let check = |version: RulesVersion, divisor: i64, expected: &[(char, i64, i64)]| {
        let rules = version.rules();
        // Own usual before the norm is mixed in.
        let own = Rules { own_share: 100, ..*rules };
        for (name, usual_is, base_is) in expected {
            let history = case(*name);
            let made_of = usual(rules, history.usual, history.answers.iter())[0];
            assert_eq!((base(&own, made_of), base(rules, made_of)), (*usual_is, *base_is), "{version}, {name}");
            let evidence = Evidence::of(rules, &history);
            assert_eq!(Role::ALL.map(|role| evidence.divisor(role)), [divisor; 2], "{version}, {name}");
        }
    };
    let of_1 = [('B', 75, 75), ('C', 97, 92), ('D', 53, 59), ('E', 71, 72), ('F', 58, 62), ('I', 8, 25), ('J', 86, 83)];
    check(V1, 9402, &of_1);
    let of_2 =
        [('B', 75, 75), ('C', 94, 89), ('D', 56, 61), ('E', 75, 75), ('F', 75, 75), ('I', 19, 33), ('J', 94, 89)];
    check(V2, 30, &of_2);
}

#[test]
fn a_newcomers_own_usual_is_of_all_answers_until_four_are_old_enough() {
    let history = |old: usize| {
        let answer = |n: usize| Counted {
            role: Role::Mentee,
            indicator: Indicator::Growth,
            age: if n < old { 35 } else { 34 },
            day: n as i32,
            points: if n < old { 25 } else { 100 },
        };
        counted((0..8).map(answer))
    };
    for (old, expected) in [(3, Usual { n: 8, sum: 575 }), (4, Usual { n: 4, sum: 100 }), (8, Usual { n: 8, sum: 200 })]
    {
        let history = history(old);
        let made_of = usual(V2.rules(), history.usual, history.answers.iter());
        assert_eq!(made_of[0], expected, "{old} old answers");
    }
}

#[test]
fn a_change_is_told_by_its_parts() {
    let said =
        |version: RulesVersion| trend::change(&version.rules().health(&case('E')), &version.rules().health(&case('B')));
    let expected = [(Part::Guidance, -15), (Part::Growth, 1), (Part::Communication, 1), (Part::Feedback, 1)];
    assert_eq!(said(V1), expected);
    assert_eq!(said(V2), [(Part::Guidance, -11)]);
}

#[test]
fn an_answer_weighs_for_some_whole_weeks_and_then_no_more() {
    let weight = |version: RulesVersion, age: u32| {
        let answer = |role| Counted { role, indicator: Indicator::Growth, age, day: 0, points: 0 };
        Evidence::of(version.rules(), &counted(Role::ALL.map(answer).into_iter())).least_weight()
    };
    let weights = |version| (0..14).map(|week| weight(version, 7 * week)).collect::<Vec<_>>();
    assert_eq!(weights(V1), [1000, 707, 500, 354, 250, 177, 125, 88, 62, 44, 31, 22, 16, 0]);
    assert_eq!(weights(V2), [3, 3, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!([6, 90, 91, u32::MAX].map(|age| weight(V1, age)), [1000, 16, 0, 0]);
    assert_eq!([6, 34, 35].map(|age| weight(V2, age)), [3, 1, 0]);
}

#[test]
fn meetings_answering_and_goals_cost_whole_weeks() {
    let part = |version: RulesVersion, part: Part, change: &dyn Fn(&mut History)| {
        let mut history = History { before: Default::default(), ..case('A') };
        change(&mut history);
        version.rules().health(&history).parts.of(part)
    };
    for (days, rhythm, of_1, of_2) in [
        (0, 14, 0, 0),
        (20, 14, 0, 0),
        (21, 14, -6, -4),
        (27, 14, -6, -4),
        (28, 14, -12, -8),
        (34, 28, 0, 0),
        (35, 28, -6, -4),
        (49, 7, -24, -24),
        (600, 7, -24, -24),
    ] {
        let late = |version| {
            part(version, Part::Meetings, &|history| (history.days_since_meeting, history.rhythm) = (days, rhythm))
        };
        assert_eq!((late(V1), late(V2)), (of_1, of_2), "{days} days at {rhythm}");
    }
    for (missed, of_1, of_2) in
        [([0, 0], 0, 0), ([1, 0], -3, 0), ([2, 1], -6, -4), ([1, 3], -9, -8), ([4, 4], -12, -24), ([9, 0], -12, -12)]
    {
        let answering = |version| part(version, Part::Answering, &|history| history.missed = missed);
        assert_eq!((answering(V1), answering(V2)), (of_1, of_2), "{missed:?}");
    }
    for (asked, missed, expected) in [(0, 0, -12), (4, 0, -14), (4, 4, -6), (400, 0, -16), (400, 400, 0), (3, 9, -7)] {
        let before = [AskedBefore { asked, missed }, AskedBefore::default()];
        let answering = part(V2, Part::Answering, &|history| (history.missed, history.before) = ([4, 0], before));
        assert_eq!(answering, expected, "four missed, and {missed} of {asked} before");
    }
    for (days, expected) in [(None, 0), (Some(0), 0), (Some(20), 0), (Some(21), -1), (Some(49), -5), (Some(900), -5)] {
        let goals = |version| part(version, Part::Goals, &|history| history.days_since_goal = days);
        assert_eq!((goals(V1), goals(V2)), (expected, expected), "{days:?}");
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
    let band = |version: RulesVersion| [0, 9, 54, 91, 100].map(|value| version.rules().band(value));
    assert_eq!(band(V1), [(0, 9), (0, 18), (45, 63), (82, 100), (91, 100)]);
    assert_eq!(band(V2), [(0, 12), (0, 21), (42, 66), (79, 100), (88, 100)]);
}
