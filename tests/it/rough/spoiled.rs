//! Something in the database that cannot be read holds back nobody else.

use rapport::store::{Key, Store, Urgency};

use super::PULSE;
use crate::store::{Base, on_both_engines, raw};
use crate::world::{Plan, World, berlin};

const BERLIN: &str = "Europe/Berlin";

/// Two programmes, each with a pair that was asked once. Then the settings of the first are no settings any more.
async fn one_is_spoiled(base: Base) -> World {
    let people = [("Ana", BERLIN), ("Ravi", BERLIN), ("Cleo", BERLIN), ("Dan", BERLIN)];
    let plan = Plan::of(&people, &[("Ana", "Ravi")]).program("Art", &[("Cleo", "Dan")]);
    let world = plan.begin_on(base).await;
    world.before_the_first_pulse().await;
    world.berlin("2026-05-05 10:02").await;
    for name in ["Ana", "Cleo"] {
        world.only(name, PULSE);
    }
    let art = world.program("Art").as_str().to_owned();
    raw!(&world.store, Urgency::Bulk, art, |conn, art| async move {
        sqlx::query("update program set settings = '{}' where program_id = $1").bind(art).execute(conn).await.map(drop)
    })
    .expect("written");
    world
}

async fn the_others_are_asked_and_closed_and_read_their_digest(base: Base) {
    let world = one_is_spoiled(base).await;
    // Straight there: what fails is tried again every ten seconds.
    for (civil, name, words) in [
        ("2026-05-08 17:01", "Ana", "This pulse is closed."),
        ("2026-05-11 09:01", "Mia", "Engineering"),
        ("2026-05-12 10:01", "Ana", "Pulse 2 of"),
    ] {
        world.clock.set(berlin(civil));
        let next = world.settle().await.expect("it is tried again");
        assert!(next > world.now(), "not at once");
        assert_eq!(world.all(name, words).len(), 1, "{name} reads {words:?} at {civil}");
    }
    assert!(world.all("Cleo", "Pulse 2 of").is_empty());
}

async fn the_others_are_asked_their_last_questions(base: Base) {
    let world = one_is_spoiled(base).await;
    // In another week, which has room for it.
    world.clock.set(berlin("2026-05-11 08:30"));
    world.settle().await;
    let now = world.now().timestamp_millis();
    raw!(&world.store, Urgency::Bulk, now, |conn, now| async move {
        sqlx::query("update participation set started = $1").bind(*now).execute(&mut *conn).await?;
        sqlx::query("update pair set ended = $1").bind(*now).execute(conn).await.map(drop)
    })
    .expect("written");
    world.clock.set(berlin("2026-05-11 09:01"));
    let next = world.settle().await.expect("it is tried again");
    assert!(next > world.now(), "not at once");
    for name in ["Ana", "Ravi"] {
        assert_eq!(world.all(name, "Your pair has ended").len(), 1, "{name} is asked");
    }
}

on_both_engines!(the_others_are_asked_and_closed_and_read_their_digest, the_others_are_asked_their_last_questions,);
