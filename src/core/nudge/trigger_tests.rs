use super::*;
use crate::core::nudge::facts::Goals;
use crate::core::nudge::sample::side;
use crate::core::pause::Span;
use crate::core::sample::date;

/// The kinds that are due on each of these days of 2026, by month and day.
fn due(role: Role, behind: u32, change: fn(&mut PairFacts), days: &[&str]) -> Vec<String> {
    let mut pair = side(role);
    change(&mut pair);
    let on = |day: &&str| {
        let today = date(&format!("2026-{day}"));
        let kinds = Kind::ALL.into_iter().filter(|kind| occasion(*kind, &pair, behind, today).is_some());
        let kinds: Vec<&str> = kinds.map(Kind::as_str).collect();
        format!("{day} {}", kinds.join(" "))
    };
    days.iter().map(on).collect()
}

fn met(days: &[&str]) -> BTreeSet<NaiveDate> {
    days.iter().map(|day| date(&format!("2026-{day}"))).collect()
}

#[test]
fn a_pair_that_has_not_met_hears_of_it_after_a_week_of_its_own() {
    assert_eq!(due(Role::Mentee, 0, |_| {}, &["05-10", "05-11"]), ["05-10 ", "05-11 first-meeting"]);
    let dated = |pair: &mut PairFacts| pair.facts.date_ahead = true;
    assert_eq!(due(Role::Mentor, 0, dated, &["05-20"]), ["05-20 "]);
    let paused = |pair: &mut PairFacts| {
        pair.facts.pauses = vec![Span { from: date("2026-05-05"), until: date("2026-05-12") }];
    };
    let found = due(Role::Mentor, 0, paused, &["05-11", "05-12", "05-17", "05-18"]);
    assert_eq!(found, ["05-11 ", "05-12 welcome-back", "05-17 ", "05-18 first-meeting"]);
}

#[test]
fn the_mentor_hears_first_that_a_meeting_is_overdue() {
    let once = |pair: &mut PairFacts| pair.facts.met = met(&["05-06"]);
    let days = ["05-26", "05-27", "05-30", "05-31"];
    assert_eq!(
        due(Role::Mentor, 0, once, &days),
        ["05-26 ", "05-27 overdue-mentor", "05-30 overdue-mentor", "05-31 overdue-mentor"]
    );
    assert_eq!(due(Role::Mentee, 0, once, &days), ["05-26 ", "05-27 ", "05-30 ", "05-31 overdue-mentee"]);
    let dated = |pair: &mut PairFacts| {
        pair.facts.met = met(&["05-06"]);
        pair.facts.date_ahead = true;
    };
    assert_eq!(due(Role::Mentee, 0, dated, &["05-31"]), ["05-31 "]);
}

#[test]
fn a_logged_session_asks_for_the_next_date_and_gives_the_mentor_a_tip() {
    let logged = |pair: &mut PairFacts| {
        pair.facts.met = met(&["05-06"]);
        pair.facts.logged = Some((date("2026-05-06"), Role::Mentor));
    };
    assert_eq!(due(Role::Mentee, 0, logged, &["05-08", "05-09"]), ["05-08 ", "05-09 book-next"]);
    assert_eq!(due(Role::Mentor, 0, logged, &["05-06", "05-10"]), ["05-06 after-session", "05-10 "]);
}

#[test]
fn goals_are_spoken_of_only_where_they_are_known() {
    let unknown = |pair: &mut PairFacts| pair.facts.met = met(&["05-06", "05-19"]);
    assert_eq!(due(Role::Mentee, 0, unknown, &["05-21"]), ["05-21 "]);
    let none = |pair: &mut PairFacts| {
        pair.facts.met = met(&["05-06", "05-19"]);
        pair.facts.goals = Some(Goals::default());
    };
    assert_eq!(due(Role::Mentee, 0, none, &["05-19", "05-20"]), ["05-19 ", "05-20 no-goal"]);
    let rests = |pair: &mut PairFacts| {
        pair.facts.met = met(&["05-06", "05-19", "06-01"]);
        pair.facts.goals = Some(Goals { open: true, moved: Some(date("2026-05-06")) });
    };
    assert_eq!(due(Role::Mentee, 0, rests, &["06-02", "06-03"]), ["06-02 ", "06-03 goal-stalled"]);
}

#[test]
fn own_low_answers_help_their_author() {
    let answers = |pair: &mut PairFacts, all: &[(&str, u8, &str)]| {
        let one = |(question, value, day): &(&str, u8, &str)| OwnAnswer {
            question: (*question).into(),
            value: *value,
            day: date(&format!("2026-{day}")),
        };
        pair.facts.met = met(&["05-30"]);
        pair.answers = all.iter().map(one).collect();
    };
    let once = move |pair: &mut PairFacts| answers(pair, &[("comm-openness", 1, "05-19")]);
    let twice = move |pair: &mut PairFacts| {
        answers(pair, &[("comm-openness", 1, "05-19"), ("comm-trust", 2, "06-02")]);
    };
    let run = |change: &dyn Fn(&mut PairFacts), role, day: &str| {
        let mut pair = side(role);
        change(&mut pair);
        let today = date(&format!("2026-{day}"));
        Kind::ALL.into_iter().filter(|kind| occasion(*kind, &pair, 0, today).is_some()).collect::<Vec<_>>()
    };
    assert_eq!(run(&once, Role::Mentee, "06-03"), []);
    assert_eq!(run(&twice, Role::Mentee, "06-02"), [], "the day after, not at once");
    assert_eq!(run(&twice, Role::Mentee, "06-03"), [Kind::OwnCommunication]);
    let helped = move |pair: &mut PairFacts| {
        twice(pair);
        pair.helped = Some(date("2026-06-02"));
    };
    assert_eq!(run(&helped, Role::Mentee, "06-03"), []);
    let feedback = move |pair: &mut PairFacts| answers(pair, &[("fb-regular", 2, "06-02")]);
    assert_eq!(run(&feedback, Role::Mentee, "06-03"), [Kind::AskFeedback]);
    let better = move |pair: &mut PairFacts| answers(pair, &[("fb-regular", 2, "05-19"), ("fb-regular", 4, "06-02")]);
    assert_eq!(run(&better, Role::Mentee, "06-03"), []);
}

#[test]
fn a_mentor_with_three_pairs_behind_carries_a_lot() {
    let late = |pair: &mut PairFacts| pair.facts.met = met(&["05-06"]);
    assert_eq!(due(Role::Mentor, 2, late, &["05-22"]), ["05-22 "]);
    assert_eq!(due(Role::Mentor, 3, late, &["05-22"]), ["05-22 mentor-load"]);
    assert_eq!(due(Role::Mentee, 3, late, &["05-22"]), ["05-22 "]);
}

#[test]
fn two_lapses_in_two_months_question_the_rhythm() {
    let twice = |pair: &mut PairFacts| pair.facts.met = met(&["05-06", "05-25", "06-11"]);
    assert_eq!(due(Role::Mentor, 0, twice, &["06-12"]), ["06-12 rhythm-check"]);
    let once = |pair: &mut PairFacts| pair.facts.met = met(&["05-06", "05-20", "06-11"]);
    assert_eq!(due(Role::Mentor, 0, once, &["06-12"]), ["06-12 "]);
    let monthly = |pair: &mut PairFacts| {
        pair.facts.met = met(&["05-06", "06-06"]);
        pair.facts.rhythm = 28;
    };
    assert_eq!(due(Role::Mentor, 0, monthly, &["06-12"]), ["06-12 "]);
}

#[test]
fn the_calendar_speaks_once() {
    let often = |pair: &mut PairFacts| pair.facts.met = met(&["05-06", "07-29", "08-12", "10-01"]);
    let days = ["08-03", "08-04", "08-10", "08-11", "10-03", "10-04", "10-31"];
    let found = due(Role::Mentee, 0, often, &days);
    assert_eq!(found[..4], ["08-03 ", "08-04 anniversary", "08-10 anniversary", "08-11 "].map(str::to_owned));
    assert!(!found[4].contains("end-near") && found[5].contains("end-near") && found[6].contains("end-near"));
}
