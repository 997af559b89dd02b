//! Evaluations of eight weeks, and the same digests again from the rows.

use chrono::{Days, TimeDelta};
use rapport::core::answer::Audience;
use rapport::core::care::Care;
use rapport::core::content::Form;
use rapport::core::decision::Change;
use rapport::core::id::DigestId;
use rapport::core::pause::{Of, Pause, Span, Why};
use rapport::core::question::Role;
use rapport::core::scoring::compose::{self, Composed};
use rapport::core::scoring::digest::{Became, What};
use rapport::core::scoring::state::State;
use rapport::slack::render::form;

use super::super::operations::contents::page;
use super::super::operations::{cases, digests, evaluations, window};
use super::{World, day, tell, tuesday};

/// A week in which Ann says `value` to both questions and Bo, who mentors, 4; and the digest of the Monday after it.
async fn a_week(world: &mut World, week: i64, value: u8) -> Composed {
    let pulse = world.planned(day() + Days::new(7 * week as u64), 1 + week as u32).await;
    let at = pulse.strike + TimeDelta::minutes(1);
    for (person, role, value) in [(world.ann.clone(), Role::Mentee, value), (world.bo.clone(), Role::Mentor, 4)] {
        for question in ["comm-openness", "growth-skill-used"] {
            let mut answer = world.answer(&pulse, value, at);
            (answer.person, answer.question) = (person.clone(), question.into());
            world.write(vec![Change::Answered(answer)]).await;
        }
        world.write(vec![Change::AskAnswered { pulse: pulse.id.clone(), role, at }]).await;
    }
    // A hidden answer is nowhere in it.
    let mut hidden = world.answer(&pulse, 1, at);
    (hidden.question, hidden.audience) = ("guide-knowledge".into(), Audience::OnlyTotals);
    world.write(vec![Change::Answered(hidden)]).await;
    if week < 4 {
        let (pulse, person) = (pulse.id.clone(), world.ann.clone());
        world.write(vec![Change::Met { pulse, person, met: true, at }]).await;
    }
    world.write(vec![Change::Closed { pulse: pulse.id, at: pulse.mentee.closes }]).await;
    let composed = composed(world, week).await;
    evaluations::store(&mut world.conn, &composed.evaluations).await.expect("stored");
    let occurrence = cutoff(week).date_naive();
    for (reader, digest) in &composed.digests {
        let id = DigestId::new(&world.program.id, occurrence, reader.as_ref());
        digests::store(&mut world.conn, &id, digest, reader.as_ref()).await.expect("stored");
    }
    composed
}

/// The Monday after the week's Tuesday.
fn cutoff(week: i64) -> chrono::DateTime<chrono::Utc> {
    tuesday() + TimeDelta::days(6) + TimeDelta::weeks(week)
}

async fn composed(world: &mut World, week: i64) -> Composed {
    let program = world.program.id.clone();
    let window = window::window(&mut world.conn, &program, cutoff(week)).await.expect("read").expect("a programme");
    compose::all(&window, cutoff(week))
}

#[tokio::test]
async fn the_rows_of_a_week_give_its_digest_again_whatever_came_later() {
    tell!(world, {
        let values = [5, 5, 4, 4, 2, 1, 1, 1];
        let mut first = Vec::new();
        for (week, value) in (0..).zip(values) {
            first.push(a_week(&mut world, week, value).await);
        }
        let states: Vec<State> = first.iter().map(|one| one.evaluations[0].1.evaluation.state).collect();
        assert_eq!(states[..2], [State::TooEarly; 2]);
        assert_eq!(states.last(), Some(&State::NeedsYou), "{states:?}");
        let last = &first[7].evaluations[0].1;
        assert_eq!((last.number, last.usual[0].n, last.usual[1].n), (8, 16, 16), "hidden answers are not counted");
        let stored = evaluations::of_pair(&mut world.conn, &world.pair.id, cutoff(7), 20).await.expect("read");
        assert_eq!(stored.len(), 8);
        assert_eq!(&stored[0], last);

        // A pause on the very Monday, a meeting logged late, and somebody who leaves, are not of those weeks.
        let span = Span { from: cutoff(7).date_naive(), until: cutoff(8).date_naive() + Days::new(7) };
        let pause = Pause { of: Of::Pair(world.pair.id.clone()), span, by: None, why: Why::Coordinator };
        let later = cutoff(7) + TimeDelta::minutes(30);
        world.write(vec![Change::Paused { pause, at: later }]).await;
        let (program, person) = (world.program.id.clone(), world.bo.clone());
        world.write(vec![Change::Declined { program, person, at: later }]).await;
        for (week, composed_then) in (0..).zip(&first) {
            assert_eq!(&composed(&mut world, week).await, composed_then, "week {week}");
        }
    });
}

#[tokio::test]
async fn a_paused_pair_keeps_its_state_and_is_told_as_paused() {
    tell!(world, {
        for (week, value) in (0..).zip([5, 5, 4, 4, 2, 1, 1, 1]) {
            a_week(&mut world, week, value).await;
        }
        let from = cutoff(7).date_naive() + Days::new(1);
        let span = Span { from, until: from + Days::new(14) };
        let pause = Pause { of: Of::Pair(world.pair.id.clone()), span, by: None, why: Why::Coordinator };
        world.write(vec![Change::Paused { pause, at: cutoff(7) + TimeDelta::hours(20) }]).await;
        let paused = composed(&mut world, 8).await;
        assert_eq!(paused.evaluations, [], "nothing is counted");
        let digest = &paused.digests[0].1;
        assert_eq!(digest.states.map(|states| (states.paused, states.needs_you)), Some((1, 0)));
        assert_eq!(digest.last_week.iter().map(|one| one.became).collect::<Vec<_>>(), [Became::Paused]);
        // It goes on where it was: the two weeks are no days, and the state is the old one.
        let after = composed(&mut world, 10).await;
        let weekly = &after.evaluations[0].1;
        assert_eq!((weekly.number, weekly.evaluation.state), (9, State::NeedsYou));
    });
}

#[tokio::test]
async fn numbers_of_other_rules_are_not_compared() {
    tell!(world, {
        for (week, value) in (0..).zip([5, 5, 4, 4, 2, 1, 1]) {
            a_week(&mut world, week, value).await;
        }
        let mia = world.carla.clone();
        let compared = |composed: &Composed| {
            let lines = composed.digests[0].1.actions.iter();
            let before = lines.filter_map(|line| match &line.what {
                What::Pair(pair) => pair.before,
                _ => None,
            });
            before.count()
        };
        assert_eq!(compared(&composed(&mut world, 7).await), 1);
        for statement in [
            "update evaluation set rules = 1",
            "update digest set value = replace(value, '\"rules\":2', '\"rules\":1')",
        ] {
            sqlx::query(statement).execute(&mut world.conn).await.expect("written");
        }
        let other = composed(&mut world, 7).await;
        assert_eq!(compared(&other), 0);
        let what = rapport::core::event::What::Cared(Care::OpenPair(world.pair.id.clone()));
        let case = cases::care_case(&mut world.conn, &what, &mia, cutoff(7)).await.expect("read").expect("a pair");
        evaluations::store(&mut world.conn, &other.evaluations).await.expect("stored");
        let facts = case.pair.expect("a pair");
        let page = page::page(&mut world.conn, &case.program, &facts, cutoff(7)).await.expect("read");
        let shown = form(&Form::Pair(Box::new(page))).to_string();
        assert!(shown.contains("needs you") && !shown.contains(" -> "), "{shown}");
    });
}
