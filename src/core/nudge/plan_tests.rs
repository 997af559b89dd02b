use super::*;
use crate::core::nudge::sample::case;
use crate::core::sample::{date, utc};
use crate::core::survey::Point;

/// The kind that comes, whether it is held back, and when it is looked at next.
fn comes(case: &NudgeCase, now: &str) -> String {
    let decision = plan(case, utc(now));
    let mut said = Vec::new();
    for change in &decision.changes {
        match change {
            Change::Nudge(NudgeChange::Drawn { nudge, spent, .. }) => {
                assert_eq!(spent.is_none(), nudge.held);
                assert_eq!(decision.messages.len(), usize::from(!nudge.held));
                said.push(format!("{}{}", nudge.kind, if nudge.held { " held" } else { "" }));
            }
            Change::Nudge(NudgeChange::Looked { next, .. }) => said.push(next.format("%a %-d %b").to_string()),
            _ => {}
        }
    }
    said.join(", ")
}

/// What came before.
fn before(case: &mut NudgeCase, kind: Kind, day: &str, reaction: Option<Reaction>) {
    let (pair, at) = (case.pairs[0].pair.id.clone(), date(day));
    let due = utc(&format!("{day} 09:00"));
    let id = NudgeId::new(case.id(), &pair, kind, at, case.past.len());
    let week = Week::of(case.person.zone, due).to_string();
    let again = None;
    case.past.push(Nudged {
        id,
        pair,
        kind,
        episode: at,
        day: at,
        week,
        due,
        held: false,
        reaction,
        again,
        outcome: None,
    });
}

fn met(case: &mut NudgeCase, days: &[&str]) {
    case.pairs[0].facts.met = days.iter().map(|day| date(day)).collect();
}

#[test]
fn one_nudge_a_week_comes_after_the_weeks_pulse() {
    let mut ana = case(Role::Mentee);
    assert_eq!(comes(&ana, "2026-05-10 08:00"), "Mon 11 May", "nothing on a Sunday");
    // The pulse of Tuesday takes one of three, so that there is room.
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "first-meeting, Mon 18 May");
    ana.weekly = 1;
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "Tue 12 May", "the pulse is still to come and comes first");
    assert_eq!(comes(&ana, "2026-05-13 08:00"), "first-meeting, Mon 18 May");
    ana.weekly = 3;
    before(&mut ana, Kind::Anniversary, "2026-05-11", None);
    assert_eq!(comes(&ana, "2026-05-13 08:00"), "Mon 18 May", "one a week");
    assert_eq!(comes(&ana, "2026-05-18 08:00"), "first-meeting, Mon 25 May");
}

#[test]
fn a_full_week_waits_for_the_next() {
    let mut ana = case(Role::Mentee);
    let slot = |n| Spent::on(&ana.person.id, ana.person.zone, utc("2026-05-13 08:00"), format!("m{n}").into());
    ana.spent = (0..3).map(slot).collect();
    assert_eq!(comes(&ana, "2026-05-14 08:00"), "Fri 15 May");
    assert_eq!(comes(&ana, "2026-05-18 08:00"), "first-meeting, Mon 25 May");
    ana.spent.truncate(2);
    assert_eq!(comes(&ana, "2026-05-14 08:00"), "first-meeting, Mon 18 May");
    ana.pairs[0].program.weekly = 2;
    assert_eq!(comes(&ana, "2026-05-14 08:00"), "Fri 15 May", "the programme allows fewer");
}

#[test]
fn nobody_who_is_out_or_paused_or_said_no_is_nudged() {
    let mut ana = case(Role::Mentee);
    ana.stopped = vec![Some(Kind::FirstMeeting)];
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "Tue 12 May");
    ana.stopped = vec![None];
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "Tue 12 May");
    ana.stopped.clear();
    for standing in [Standing::Invited, Standing::Declined { at: utc("2026-05-10 08:00") }] {
        ana.pairs[0].standings[1] = standing;
        assert_eq!(comes(&ana, "2026-05-11 08:00"), "Tue 12 May");
    }
}

#[test]
fn what_was_ignored_twice_in_a_row_rests_for_eight_weeks() {
    let mut ravi = case(Role::Mentor);
    met(&mut ravi, &["2026-05-06"]);
    assert_eq!(comes(&ravi, "2026-05-28 08:00"), "overdue-mentor, Mon 1 Jun");
    before(&mut ravi, Kind::OverdueMentor, "2026-05-28", None);
    assert_eq!(comes(&ravi, "2026-06-17 08:00"), "Thu 18 Jun", "it cools down for three weeks");
    assert_eq!(comes(&ravi, "2026-06-18 08:00"), "overdue-mentor, Mon 22 Jun");
    before(&mut ravi, Kind::OverdueMentor, "2026-06-18", None);
    assert_eq!(comes(&ravi, "2026-07-20 08:00"), "Tue 21 Jul");
    assert_eq!(comes(&ravi, "2026-08-12 08:00"), "Thu 13 Aug");
    assert_eq!(comes(&ravi, "2026-08-13 08:00"), "overdue-mentor, Mon 17 Aug");
    ravi.past[1].reaction = Some(Reaction::Done);
    assert_eq!(comes(&ravi, "2026-07-20 08:00"), "overdue-mentor, Mon 27 Jul", "one of the two was heard");
    ravi.past[1].reaction = Some(Reaction::NotHelpful);
    assert_eq!(comes(&ravi, "2026-07-20 08:00"), "Tue 21 Jul");
}

#[test]
fn the_most_important_comes_first() {
    let mut ana = case(Role::Mentee);
    met(&mut ana, &["2026-05-06"]);
    ana.pairs[0].facts.logged = Some((date("2026-05-06"), Role::Mentee));
    ana.pairs[0].facts.pauses.clear();
    assert_eq!(comes(&ana, "2026-05-25 08:00"), "book-next, Mon 1 Jun");
    ana.pairs[0].facts.rhythm = 7;
    assert_eq!(comes(&ana, "2026-05-25 08:00"), "overdue-mentee, Mon 1 Jun");
}

#[test]
fn an_episode_is_drawn_once() {
    let mut held = 0;
    for n in 0..300 {
        let mut ravi = case(Role::Mentor);
        ravi.measures = true;
        ravi.pairs[0].pair.id = format!("p{n}").into();
        met(&mut ravi, &["2026-05-06"]);
        let first = comes(&ravi, "2026-05-28 08:00");
        let is_held = first.contains("held");
        held += u32::from(is_held);
        before(&mut ravi, Kind::OverdueMentor, "2026-05-28", Some(Reaction::Done));
        ravi.past[0].held = is_held;
        ravi.past[0].episode = date("2026-05-06");
        // The hold-out has become a tenth meanwhile; the episode stays what it was.
        ravi.verdicts = vec![(Kind::OverdueMentor, Verdict::Works)];
        assert_eq!(comes(&ravi, "2026-06-18 08:00").contains("held"), is_held);
        ravi.verdicts = vec![(Kind::OverdueMentor, Verdict::Retired)];
        assert_eq!(comes(&ravi, "2026-06-18 08:00"), "Fri 19 Jun", "what is retired is neither sent nor held back");
    }
    assert!((70..130).contains(&held), "{held}");
}

#[test]
fn a_survey_takes_the_place_of_the_weeks_nudge() {
    let mut ana = case(Role::Mentee);
    ana.pairs[0].facts.agreed = Some(date("2026-05-08"));
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "Tue 12 May", "the first survey comes on Tuesday");
    ana.pairs[0].facts.surveys = vec![Point::Start];
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "first-meeting, Mon 18 May");
    ana.spent = vec![Spent::on(&ana.person.id, ana.person.zone, utc("2026-05-12 08:00"), "surveys:p:Ana:d".into())];
    assert_eq!(comes(&ana, "2026-05-13 08:00"), "Thu 14 May", "it has come");
}

#[test]
fn an_agreement_that_is_to_be_opened_comes_first() {
    let mut ana = case(Role::Mentee);
    ana.weekly = 2;
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "first-meeting, Mon 18 May");
    ana.pairs[0].facts.openings.clear();
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "Tue 12 May", "one for the pulse, one for the agreement");
    ana.weekly = 3;
    assert_eq!(comes(&ana, "2026-05-11 08:00"), "first-meeting, Mon 18 May");
}
