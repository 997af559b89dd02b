//! One call that hangs keeps nothing else from going out.

use std::time::Duration;

use rapport::sim::Fault;
use tokio::task::JoinHandle;

use crate::store::{Base, on_both_engines};
use crate::world::{Plan, World, berlin};

const BERLIN: &str = "Europe/Berlin";

/// For longer than anybody here waits.
const HANGS: Fault = Fault::Slow(Duration::from_secs(60));

/// Ana and Ravi are asked at ten, Bea and Sam at three in the afternoon, when it is nine in New York. At ten Slack
/// takes the first post and does not say so.
async fn one_hangs(base: Base) -> (World, JoinHandle<()>) {
    let people = [("Ana", BERLIN), ("Ravi", BERLIN), ("Bea", BERLIN), ("Sam", "America/New_York")];
    let world = Plan::of(&people, &[("Ana", "Ravi"), ("Bea", "Sam")]).begin_on(base).await;
    world.all_start().await;
    world.berlin("2026-05-11 20:00").await;
    world.sim.faults().once("chat.postMessage", HANGS);
    world.clock.set(berlin("2026-05-12 10:00"));
    let app = world.app.clone();
    let posting = tokio::spawn(async move {
        app.rest().await.expect("the database works");
    });
    soon(&world, "the first is posted", || !world.all("Ana", "Pulse 2 of").is_empty()).await;
    (world, posting)
}

/// Waits until something is true in Slack.
async fn soon(world: &World, what: &str, is_so: impl Fn() -> bool) {
    let mut changes = world.sim.changes();
    let wait = async {
        while !is_so() {
            changes.changed().await.expect("the simulator lives");
        }
    };
    tokio::time::timeout(Duration::from_secs(5), wait).await.unwrap_or_else(|_| panic!("not soon: {what}"));
}

async fn what_is_raised_meanwhile_goes_out(base: Base) {
    let (world, posting) = one_hangs(base).await;
    let bea = world.person("Bea").someone;
    assert!(bea.home().is_none());
    bea.open_home().await;
    soon(&world, "App Home is drawn", || bea.home().is_some()).await;
    posting.abort();
}

async fn what_becomes_due_meanwhile_goes_out(base: Base) {
    let (world, posting) = one_hangs(base).await;
    world.clock.set(berlin("2026-05-12 15:01"));
    soon(&world, "the second is posted", || !world.all("Bea", "Pulse 2 of").is_empty()).await;
    posting.abort();
}

on_both_engines!(what_is_raised_meanwhile_goes_out, what_becomes_due_meanwhile_goes_out);
