//! The same bot behind signed HTTP, and what comes twice, late or out of order.

use std::sync::{Arc, OnceLock};

use insta::assert_snapshot;
use rapport::clock::Clock;
use rapport::sim::RequestUrls;
use rapport::slack::http;
use tokio::net::TcpListener;

use crate::world::World;

/// From now on Slack speaks to the bot by HTTP. The bot's address.
async fn open_http(world: &World) -> String {
    let us = Arc::new(OnceLock::from(world.us.clone()));
    let secret = world.sim.signing_secret().into();
    let router = http::router(&secret, us, Clock::Manual(world.clock.clone()), world.app.clone());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback has ports");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/slack")
}

/// A pulse, an answer, a form, App Home and the digest.
async fn a_week(world: &World) -> String {
    world.all_start().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    world.berlin("2026-05-05 10:00").await;
    let mut read = vec![ana.reads()];
    ravi.skims(1);
    ana.taps("Mostly").await;
    read.push(ana.reads());
    ana.taps("Add a comment").await;
    read.push(ana.submits(&[("Your words", "It goes well.")]).await);
    read.push(ana.opens_home().await);
    world.berlin("2026-05-11 09:00").await;
    read.push(mia.reads());
    world.all_is_read();
    read.join("\n\n")
}

#[tokio::test]
async fn all_doors_lead_to_the_same_bot() {
    let by_socket = a_week(&World::new().await).await;

    let world = World::new().await;
    let base = open_http(&world).await;
    world.sim.use_http(RequestUrls::one(format!("{base}/events")));
    assert_eq!(world.sim.verify_request_url().await, Ok(true));
    assert_eq!(a_week(&world).await, by_socket);

    let world = World::new().await;
    let base = open_http(&world).await;
    world.sim.use_http(RequestUrls {
        events: format!("{base}/events"),
        interactivity: format!("{base}/interactivity"),
        commands: format!("{base}/commands"),
    });
    assert_eq!(a_week(&world).await, by_socket);
}

#[tokio::test]
async fn a_command_says_what_there_is() {
    let world = World::new().await;
    world.all_start().await;
    let ana = world.person("Ana");
    let commanded = ana.someone.command("/rapport", "").await;
    assert_snapshot!(commanded.reply.expect("a reply").as_text(), @"
    */rapport log 45m yesterday*: you met, for how long and when; with several pairs add *with Ana*.
    */rapport dates*: suggest dates for the next session.
    */rapport goal*: write a goal, as a mentee.
    */rapport thanks*: say thanks to the other of your pair.
    */rapport record*: what became of your goals, sessions and thanks, for you alone.
    */rapport pause 2 weeks*, */rapport away 3 June to 14 June*, */rapport back*: nothing is asked of you meanwhile.
    Your open pulses, your answers and your sessions are in the Home tab of this app. Each pulse has a menu with “Not this week”, “Ask me tomorrow”, “I need help” and “How this works”.
    ");
}

#[tokio::test]
async fn events_that_come_twice_late_or_out_of_order_change_nothing() {
    let world = World::started().await;
    world.sim.faults().duplicate_events(3).reorder_events(2).lose_acks(2);
    let (ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.someone.open_home().await;
    ravi.someone.open_home().await;
    ana.someone.open_home().await;
    world.berlin("2026-05-05 10:00").await;
    world.sim.faults().clear();
    assert!(ana.home().contains("Ravi"));
    assert!(ravi.home().contains("Ana"));
    world.person("Ana").skims(1);
    world.person("Ravi").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_tap_that_was_not_acknowledged_is_simply_done_again() {
    let world = World::started().await;
    world.berlin("2026-05-05 10:00").await;
    let mut ana = world.person("Ana");
    ana.skims(1);
    world.sim.faults().lose_acks(1);
    let first = ana.someone.tap(&ana.front(), "Mostly").await;
    assert!(!first.acknowledged);
    world.settle().await;
    ana.skims(1);
    ana.turns_to(&ana.someone.messages(&ana.front().at.channel)[1].clone());
    ana.taps("Mostly").await;
    assert!(ana.reads().contains("Saved: *Mostly*."));
    world.person("Ravi").skims(1);
    world.berlin("2026-05-11 09:00").await;
    assert!(world.person("Mia").reads().contains("50 % answered (1 of 2 asked)"));
    world.all_is_read();
}
