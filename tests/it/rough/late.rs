//! What came too late to be asked is never posted for the first time, not even as a pulse that is closed.

use rapport::core::program::Program;
use rapport::sim::Fault;

use super::{PULSE, pair};
use crate::world::World;

const CLOSED: &str = "This pulse is closed.";

/// Ten hours: what is held up so long is due again in the evening.
const UNTIL_EVENING: Fault = Fault::RateLimited { retry_after_s: 36_000 };

#[tokio::test]
async fn a_reminder_that_was_left_out_does_not_come_closed() {
    let world = World::started().await;
    world.berlin("2026-05-05 10:01").await;
    let mut ana = world.person("Ana");
    ana.turns_to(&world.only("Ana", PULSE));
    ana.chooses("Ask me tomorrow").await;
    world.sim.faults().once("chat.postMessage", UNTIL_EVENING);
    world.berlin("2026-05-06 23:00").await;
    assert_eq!(world.all("Ana", PULSE).len(), 1, "the reminder was left out");
    world.berlin("2026-05-09 08:00").await;
    assert!(world.only("Ana", PULSE).as_text().contains(CLOSED));
}

#[tokio::test]
async fn a_shared_pulse_that_one_answered_elsewhere_does_not_come_closed() {
    let world = World::started().await;
    world.sim.faults().once("chat.postMessage", UNTIL_EVENING);
    world.berlin("2026-05-05 10:01").await;
    let ana = world.person("Ana");
    ana.opens_home().await;
    ana.taps_home("Mostly").await;
    world.berlin("2026-05-09 08:00").await;
    assert!(world.all("Ana", PULSE).is_empty());
    assert!(world.all("Ravi", PULSE).is_empty());
    assert_eq!(world.outbox().await.waiting, 0);
}

#[tokio::test]
async fn beside_a_copy_that_may_stand_no_closed_one_is_posted() {
    let short = |program: &mut Program| program.hours = "Mon-Fri 09:00-10:01".to_owned().try_into().expect("hours");
    let world = pair().slack(|slack| slack.metadata_echo = false).but(short).begin().await;
    world.before_the_first_pulse().await;
    world.sim.faults().once("chat.postMessage", Fault::ReplyLost);
    world.berlin("2026-05-05 10:00").await;
    let ana = world.person("Ana");
    ana.opens_home().await;
    ana.taps_home("Mostly").await;
    world.berlin("2026-05-05 18:00").await;
    assert_eq!(world.outbox().await.doubtful, 1);
    world.berlin("2026-05-09 08:00").await;
    world.only("Ana", PULSE);
    assert_eq!((world.outbox().await.doubtful, world.outbox().await.waiting), (1, 0));
}
