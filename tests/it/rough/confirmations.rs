//! "Saved" goes through the tap's own address, and that can fail too.

use chrono::TimeDelta;
use rapport::sim::{Fault, Message};

use super::PULSE;
use crate::world::World;

/// The first pulse stands.
async fn asked() -> (World, Message) {
    let world = World::new().await;
    world.before_the_first_pulse().await;
    world.berlin("2026-05-05 10:01").await;
    let pulse = world.only("Ana", PULSE);
    (world, pulse)
}

/// How often something was said through a tap's address, beside the two answers to `Start`.
fn confirmed(world: &World) -> usize {
    world.called("response_url") - 2
}

#[tokio::test]
async fn a_refusal_is_waited_out_for_as_long_as_the_address_lives() {
    for (faults, minutes, arrives) in [(1, 10, true), (2, 20, true), (3, 30, false)] {
        let (world, pulse) = asked().await;
        world.sim.faults().times(faults, "response_url", Fault::RateLimited { retry_after_s: 600 });
        assert!(world.person("Ana").someone.tap(&pulse, "Mostly").await.acknowledged);
        world.settle().await;
        assert!(world.all("Ana", "Saved").is_empty());
        world.pass(TimeDelta::minutes(minutes)).await;
        assert_eq!(world.all("Ana", "Saved").len(), usize::from(arrives), "{faults}");
        world.pass(TimeDelta::hours(2)).await;
        assert_eq!(world.all("Ana", "Saved").len(), usize::from(arrives), "{faults}");
        // The answer is there, whatever became of the words.
        assert!(world.person("Ana").someone.tap(&pulse, "Yes").await.acknowledged);
        world.settle().await;
        world.only("Ana", "Saved: *Yes*");
    }
}

#[tokio::test]
async fn a_lost_reply_is_doubtful_and_never_repeated() {
    for fault in [Fault::ReplyLost, Fault::DoneButStatus(500), Fault::Garbled, Fault::CutBefore] {
        let (world, pulse) = asked().await;
        world.sim.faults().once("response_url", fault.clone());
        assert!(world.person("Ana").someone.tap(&pulse, "Mostly").await.acknowledged);
        world.pass(TimeDelta::hours(1)).await;
        assert_eq!((confirmed(&world), world.outbox().await.doubtful), (1, 1), "{fault:?}");
        assert_eq!(world.all("Ana", "Saved").len(), usize::from(fault != Fault::CutBefore));
    }
}

#[tokio::test]
async fn what_a_lost_process_had_to_say_is_doubtful() {
    let (world, pulse) = asked().await;
    assert!(world.person("Ana").someone.tap(&pulse, "Mostly").await.acknowledged);
    // Nothing has run since: the words were in memory only.
    let world = world.restart().await;
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!((confirmed(&world), world.outbox().await.doubtful), (0, 1));
    assert!(world.all("Ana", "Saved").is_empty());
    assert!(world.person("Ana").someone.tap(&pulse, "Mostly").await.acknowledged);
    world.settle().await;
    world.only("Ana", "Saved: *Mostly*");
}

#[tokio::test]
async fn an_address_that_is_dead_does_no_harm() {
    for code in ["used_url", "expired_url"] {
        let (world, pulse) = asked().await;
        world.sim.faults().once("response_url", Fault::Error(code.to_owned()));
        assert!(world.person("Ana").someone.tap(&pulse, "Mostly").await.acknowledged);
        world.pass(TimeDelta::hours(1)).await;
        assert_eq!(confirmed(&world), 1);
        let counts = world.outbox().await;
        assert_eq!((counts.waiting, counts.doubtful), (0, 0));
        assert!(world.person("Ravi").someone.tap(&pulse, "Mostly").await.acknowledged);
        world.settle().await;
        world.only("Ravi", "Saved: *Mostly*");
    }
}
