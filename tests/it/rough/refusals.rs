//! Slack says no, or says nothing for a while.

use chrono::{TimeDelta, Timelike};
use rapport::core::cadence::Cadence;
use rapport::core::program::Program;
use rapport::sim::Fault;
use rapport::store::{Key, Store, StoreError, Urgency};
use sqlx::Row;

use super::{PULSE, pair};
use crate::store::raw;
use crate::world::{BERLIN, Plan, World, berlin};

fn error(code: &str) -> Fault {
    Fault::Error(code.to_owned())
}

async fn attempts(store: &Store) -> i64 {
    let read: Result<i64, StoreError> = raw!(store, Urgency::Keeping, (), |conn, ()| async move {
        sqlx::query("select max(attempts) from outbox").fetch_one(conn).await?.try_get(0)
    });
    read.expect("the database works")
}

#[tokio::test]
async fn a_storm_of_429_is_waited_out() {
    let names: Vec<(&str, &str)> = ["Ana", "Ben", "Cem", "Dag", "Eva", "Flo", "Gil", "Hua", "Ida", "Jan", "Kim", "Leo"]
        .map(|name| (name, "Europe/Berlin"))
        .into();
    let pairs: Vec<(&str, &str)> = names.chunks(2).map(|two| (two[0].0, two[1].0)).collect();
    let world = Plan::of(&names, &pairs).begin().await;
    world.before_the_first_pulse().await;
    let posts = world.called("chat.postMessage");
    world.sim.faults().times(6, "chat.postMessage", Fault::RateLimited { retry_after_s: 30 });
    world.berlin("2026-05-05 10:00").await;
    assert_eq!((world.called("chat.postMessage") - posts, attempts(&world.store).await), (6, 0));

    world.pass(TimeDelta::minutes(10)).await;
    for (name, _) in &names {
        world.only(name, PULSE);
    }
    let calls = &world.calls_of("chat.postMessage")[posts..];
    let ten = berlin("2026-05-05 10:00").timestamp_millis();
    let after: Vec<i64> = calls.iter().map(|(at, ..)| at - ten).filter(|at| *at > 0).collect();
    assert_eq!(after.len(), 6);
    assert!(after[0] >= 30_000, "Retry-After is honoured: {after:?}");
    // A second apart before, two seconds now.
    assert!(after.windows(2).all(|two| (1_900..2_200).contains(&(two[1] - two[0]))), "half as fast: {after:?}");
    world.nothing_was_hurried();
    assert_eq!(world.outbox().await.doubtful, 0);
}

#[tokio::test]
async fn a_method_that_rests_is_left_alone() {
    let names: Vec<(&str, &str)> =
        ["Ana", "Ben", "Cem", "Dag", "Eva", "Flo"].map(|name| (name, "Europe/Berlin")).into();
    let world = Plan::of(&names, &[("Ana", "Ben"), ("Cem", "Dag"), ("Eva", "Flo")]).begin().await;
    world.before_the_first_pulse().await;
    world.sim.faults().once("conversations.open", Fault::RateLimited { retry_after_s: 60 });
    world.berlin("2026-05-05 10:30").await;
    for (name, _) in &names {
        world.only(name, PULSE);
    }
    let refused = world.calls_of("conversations.open");
    let later = refused.iter().filter(|(at, ..)| *at > refused[0].0 && *at < refused[0].0 + 60_000).count();
    assert_eq!(later, 0, "{refused:?}");
}

#[tokio::test]
async fn an_hour_without_slack_makes_it_late() {
    // Of what was answered with 500 or not at all nobody knows whether it stands.
    let post = "chat.postMessage";
    for (method, fault, doubtful) in [
        ("*", Fault::Status(503), 0),
        ("*", Fault::CutBefore, 1),
        (post, Fault::Status(500), 1),
        (post, Fault::CutBefore, 1),
    ] {
        let world = World::new().await;
        world.before_the_first_pulse().await;
        world.sim.faults().always(method, fault.clone());
        world.berlin("2026-05-05 11:00").await;
        assert!(world.all("Ana", PULSE).is_empty());
        world.sim.faults().clear();
        world.berlin("2026-05-05 20:00").await;
        let posted = world.only("Ana", PULSE).posted().with_timezone(&BERLIN);
        assert!((11..17).contains(&posted.hour()), "{posted}");
        let counts = world.outbox().await;
        assert_eq!((counts.waiting, counts.unsure, counts.doubtful, counts.dead), (0, 0, doubtful, 0), "{fault:?}");
        world.nothing_was_hurried();
    }
}

#[tokio::test]
async fn what_would_come_after_hours_is_folded() {
    for fault in [Fault::Status(503), Fault::Status(500)] {
        let at_three = |program: &mut Program| program.cadence = Cadence::parse("0 15 * * TUE").expect("a cadence");
        let world = pair().but(at_three).begin().await;
        world.all_start().await;
        world.berlin("2026-05-05 14:59").await;
        world.sim.faults().always("chat.postMessage", fault.clone());
        world.berlin("2026-05-05 18:00").await;
        world.sim.faults().clear();
        world.berlin("2026-05-12 12:00").await;
        assert!(world.all("Ana", PULSE).is_empty(), "never out of hours, never a backlog ({fault:?})");
        let counts = world.outbox().await;
        assert_eq!((counts.waiting, counts.unsure, counts.dead), (0, 0, 0));
        // Its questions come back, and it was not asked: the next one is the first.
        world.berlin("2026-05-12 16:00").await;
        world.only("Ana", PULSE);
    }
}

#[tokio::test]
async fn trying_has_an_end_that_the_coordinator_hears_of() {
    for (fault, counted) in [(Fault::Status(503), (1, 0)), (Fault::Status(500), (0, 1))] {
        // Long working days, so that it is not too late before it is given up.
        let long_days = |program: &mut Program| {
            program.hours = "Mon-Fri 00:00-23:59".parse().expect("hours");
            program.cadence = Cadence::parse("0 1 * * TUE").expect("a cadence");
        };
        let world = pair().but(long_days).begin().await;
        world.all_start().await;
        world.berlin("2026-05-05 00:59").await;
        let posts = world.called("chat.postMessage");
        world.sim.faults().times(33, "chat.postMessage", fault);
        world.berlin("2026-05-05 12:00").await;
        assert_eq!(world.called("chat.postMessage") - posts, 34, "33 for the pulse, one for the note");
        assert!(world.all("Ana", PULSE).is_empty());
        world.only("Mia", "cannot be reached");
        let counts = world.outbox().await;
        assert_eq!((counts.dead, counts.doubtful), counted);
        assert_eq!((counts.waiting, counts.unsure), (0, 0));
    }
}

#[tokio::test]
async fn what_slack_cannot_take_is_dead_at_once() {
    let world = World::new().await;
    world.before_the_first_pulse().await;
    let posts = world.called("chat.postMessage");
    world.sim.faults().once("chat.postMessage", error("msg_blocks_too_long"));
    world.berlin("2026-05-06 20:00").await;
    assert_eq!((world.called("chat.postMessage") - posts, world.outbox().await.dead), (1, 1));
    world.sim.people().iter().for_each(|one| assert!(one.next_unread().is_none()));
}

#[tokio::test]
async fn a_conversation_that_is_gone_is_opened_again_once() {
    let world = World::new().await;
    world.before_the_first_pulse().await;
    world.berlin("2026-05-11 20:00").await;
    assert_eq!(world.called("conversations.open"), 1);
    world.sim.faults().once("chat.postMessage", error("channel_not_found"));
    world.berlin("2026-05-12 10:10").await;
    world.only("Ana", "Pulse 2 of");
    assert_eq!(world.called("conversations.open"), 2);

    world.berlin("2026-05-18 20:00").await;
    world.sim.faults().times(2, "chat.postMessage", error("is_archived"));
    world.berlin("2026-05-19 20:00").await;
    assert!(world.all("Ana", "Pulse 3 of").is_empty());
    assert_eq!(world.called("conversations.open"), 3);
    world.only("Mia", "cannot be reached");
}

#[tokio::test]
async fn nobody_is_written_to_who_is_gone_and_the_coordinator_hears_it_once() {
    let world = World::new().await;
    world.before_the_first_pulse().await;
    world.berlin("2026-05-11 20:00").await;
    world.person("Ravi").someone.change(|profile| profile.deleted = true);
    world.berlin("2026-05-20 20:00").await;
    world.only("Mia", "cannot be reached");
    assert!(world.all("Ana", "Pulse 2 of").is_empty(), "the pair is paused");
    assert_eq!(world.outbox().await.waiting, 0);
}

#[tokio::test]
async fn a_person_whom_slack_refuses_pauses_the_pair() {
    let world = World::new().await;
    // Their conversation is opened for the agreement, before the first pulse.
    world.sim.faults().once("conversations.open", error("user_disabled"));
    world.before_the_first_pulse().await;
    world.berlin("2026-05-06 20:00").await;
    world.only("Mia", "cannot be reached");
    assert!(world.all("Ana", PULSE).is_empty());
    assert_eq!(world.called("conversations.open"), 1);
}

#[tokio::test]
async fn a_revoked_token_stops_everything_until_it_is_mended() {
    let world = World::new().await;
    world.before_the_first_pulse().await;
    world.sim.faults().always("*", error("token_revoked"));
    world.berlin("2026-05-05 10:00").await;
    assert!(world.store.workspaces().await.expect("read")[0].stopped.is_some());
    let calls = world.sim.calls().len();
    world.berlin("2026-05-05 12:00").await;
    assert_eq!(world.sim.calls().len(), calls, "not a word to Slack");

    // A new token, and a new start.
    world.sim.faults().clear();
    let world = world.restart().await;
    world.store.install(world.us.workspace.clone(), world.sim.bot_user_id()).await.expect("installed");
    world.berlin("2026-05-05 12:10").await;
    world.only("Ana", PULSE);
    assert_eq!(world.outbox().await.doubtful, 0);
}
