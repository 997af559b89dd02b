use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::core::nudge::facts::OwnAnswer;
use crate::core::nudge::sample::{case, side};
use crate::core::sample::{date, utc};

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
    ana.pairs[0].mentor_nudged = Some((date("2026-05-06"), date("2026-05-20")));
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

fn answers() -> impl Strategy<Value = Vec<OwnAnswer>> {
    let questions = prop::sample::select(vec!["comm-openness", "comm-trust", "fb-regular", "guide-load", "guide-time"]);
    let one = (questions, 1..=5_u8, 0..60_u64).prop_map(|(question, value, day)| OwnAnswer {
        question: question.into(),
        value,
        day: date("2026-05-04") + Days::new(day),
    });
    prop::collection::vec(one, 0..12)
}

proptest! {
    /// The rows of both sides' answers stand beside each other; a nudge to one is decided from that side's alone. Each
    /// answer of the partner's is taken away in turn, then all of them: text, time and existence stay the same.
    #[test]
    fn no_nudge_depends_on_a_partners_answer(
        mine in answers(), theirs in answers(), met in prop::collection::btree_set(0..60_u64, 0..6), day in 7..90_u64, is_mentor: bool,
    ) {
        let role = if is_mentor { Role::Mentor } else { Role::Mentee };
        let now = utc("2026-05-04 09:30") + Duration::days(i64::try_from(day).expect("few days"));
        let met: BTreeSet<NaiveDate> = met.into_iter().map(|day| date("2026-05-04") + Days::new(day)).collect();
        let of = |role: Role, own: &[OwnAnswer]| {
            let mut one = case(role);
            one.pairs[0].facts.met = met.iter().copied().filter(|day| *day <= now.date_naive()).collect();
            one.pairs[0].answers = own.to_vec();
            one
        };
        // What the partner is told, on the ground of the partner's own answers, reaches this person only as what both know.
        let told = |theirs: &[OwnAnswer]| {
            let partner = plan(&of(role.partner(), theirs), now);
            let mut me = of(role, &mine);
            let nudged = partner.changes.iter().find_map(|change| match change {
                Change::Nudge(NudgeChange::Drawn { nudge, .. }) if nudge.kind == Kind::OverdueMentor => {
                    Some((nudge.episode, nudge.day))
                }
                _ => None,
            });
            // `mentor_nudged` waits for four more days, so that it cannot matter on the same day.
            me.pairs[0].mentor_nudged = nudged;
            plan(&me, now)
        };
        let whole = told(&theirs);
        for n in 0..theirs.len() {
            let mut fewer = theirs.clone();
            fewer.remove(n);
            prop_assert_eq!(&told(&fewer), &whole);
        }
        prop_assert_eq!(&told(&[]), &whole);
        let _ = side(role);
    }
}
