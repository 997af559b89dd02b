//! What goes wrong on request.

use std::time::Duration;

use chrono::TimeDelta;
use rapport::sim::Fault;
use serde_json::{Value, json};

use crate::World;

#[tokio::test]
async fn a_call_fails_as_often_as_it_was_told_to() {
    let world = World::with(|options| options.post_burst = 10).await;
    let channel = world.pair().await;
    let post = json!({"channel": channel, "text": "x"});
    let method = "chat.postMessage";
    let faults = world.sim.faults();
    faults.once(method, Fault::RateLimited { retry_after_s: 7 });
    faults.once(method, Fault::Status(503));
    faults.once(method, Fault::Error("internal_error".into()));
    faults.once(method, Fault::CutBefore);
    faults.once(method, Fault::Garbled);
    faults.once(method, Fault::ReplyLost);
    faults.once(method, Fault::Slow(Duration::from_millis(20)));
    let send = || world.app.send(method, &world.app.bot_token, &post);
    let messages = || world.ana.messages(&channel).len();

    let limited = send().await.expect("an answer");
    assert_eq!((limited.status().as_u16(), &limited.headers()["retry-after"]), (429, &"7".parse().expect("a header")));
    assert_eq!(send().await.expect("an answer").status(), 503);
    assert_eq!(world.app.error(method, post.clone()).await, "internal_error");
    assert!(send().await.is_err());
    assert_eq!(messages(), 0, "nothing of that was done");
    assert!(send().await.expect("an answer").json::<Value>().await.is_err());
    assert!(send().await.is_err(), "the reply is lost");
    assert_eq!(messages(), 2, "and yet both were stored");
    let sent = std::time::Instant::now();
    world.app.ok(method, post.clone()).await;
    assert!(sent.elapsed() >= Duration::from_millis(20));
    world.app.ok(method, post.clone()).await;
    assert_eq!(messages(), 4);
    assert_eq!(world.sim.calls().len(), 9);
}

#[tokio::test]
async fn events_come_twice_out_of_order_and_without_their_acknowledgement() {
    let world = World::new().await;
    let mut socket = world.app.connect().await;
    world.sim.faults().duplicate_events(1);
    let both = async { (socket.take(None).await, socket.take(None).await) };
    let ((), (first, second)) = tokio::join!(world.sim.send_event(json!({"type": "a"})), both);
    assert_eq!(first["event_id"], second["event_id"]);

    world.sim.at_rest().await;
    world.sim.faults().reorder_events(1);
    world.sim.send_event(json!({"type": "b"})).await;
    assert!(!world.sim.is_at_rest(), "it is held back, not lost");
    let both = async { (socket.take(None).await, socket.take(None).await) };
    let ((), (first, second)) = tokio::join!(world.sim.send_event(json!({"type": "c"})), both);
    assert_eq!((&first["event"]["type"], &second["event"]["type"]), (&json!("c"), &json!("b")));

    world.sim.at_rest().await;
    world.sim.faults().lose_acks(2);
    let twice = async { (socket.take(None).await, socket.take(None).await) };
    let ((), _) = tokio::join!(world.sim.send_event(json!({"type": "d"})), twice);
    world.advance(TimeDelta::minutes(1));
    let (again, ()) = tokio::join!(socket.take(None), world.sim.at_rest());
    assert_eq!(again["event"]["type"], "d");
    assert_eq!(world.sim.next_due(), None);
}

#[tokio::test]
async fn a_cut_connection_takes_its_acknowledgement_with_it() {
    let world = World::with(|options| options.ack_deadline = Duration::from_secs(60)).await;
    let mut socket = world.app.connect().await;
    let (tapped, ()) = tokio::join!(world.ana.shortcut("x"), async {
        socket.envelope().await;
        world.sim.faults().cut_sockets();
        assert!(socket.frame().await.is_none());
    });
    assert!(!tapped.acknowledged, "and nobody waited a minute for it");
    let mut socket = world.app.connect().await;
    world.sim.faults().disconnect_sockets("warning");
    assert_eq!(socket.envelope().await["reason"], "warning");
    let (tapped, ()) = tokio::join!(world.ana.shortcut("x"), async {
        let envelope = socket.envelope().await;
        world.sim.faults().disconnect_sockets("refresh_requested");
        socket.ack(&envelope, None).await;
    });
    assert!(tapped.acknowledged, "what was on its way may still be acknowledged");
    assert_eq!(socket.envelope().await["reason"], "refresh_requested");
    assert!(socket.frame().await.is_none());
}

#[tokio::test]
async fn an_uninstalled_app_is_told_and_its_token_ends() {
    let world = World::new().await;
    let mut socket = world.app.connect().await;
    let both = async { (socket.take(None).await, socket.take(None).await) };
    let ((), (first, second)) = tokio::join!(world.sim.uninstall(), both);
    assert_eq!(
        (&first["event"]["type"], &second["event"]["type"]),
        (&json!("tokens_revoked"), &json!("app_uninstalled"))
    );
    assert_eq!(world.app.error("auth.test", json!({})).await, "token_revoked");
}
