//! What the app is sent: over sockets and over HTTP, acknowledged or not.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::post;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, StatusCode};
use rapport::clock::Clock;
use rapport::sim::RequestUrls;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::World;
use crate::app::buttons;

#[tokio::test]
async fn a_tap_reaches_the_app_and_its_answer_comes_back() {
    let world = World::new().await;
    let channel = world.pair().await;
    let mut socket = world.app.connect().await;
    let post = json!({"channel": channel, "text": "How is it?", "blocks": buttons(&["No", "Yes"]),
                      "metadata": {"event_type": "rapport_message", "event_payload": {"key": "pulse-1"}}});
    let posted = world.app.ok("chat.postMessage", post).await;
    let echo = socket.take(None).await;
    assert_eq!(echo["event"]["type"], "message_metadata_posted");
    assert_eq!(echo["event"]["message_ts"], posted["ts"]);

    let message = world.ana.next_unread().expect("a message");
    let (tapped, tap) = tokio::join!(world.ana.tap(&message, "Yes"), socket.take(None));
    assert!(tapped.acknowledged && tapped.warning.is_none());
    assert_eq!(tap["type"], "block_actions");
    assert_eq!(tap["user"]["id"], world.ana.id());
    assert_eq!(tap["container"]["message_ts"], posted["ts"]);
    assert_eq!(tap["message"]["metadata"]["event_payload"]["key"], "pulse-1");
    assert_eq!(tap["actions"][0]["action_id"], "answer:Yes");
    assert_eq!(tap["actions"][0]["value"], "pulse-1");
    assert_eq!(tap["actions"][0]["block_id"], "row");

    let url = tap["response_url"].as_str().expect("an address");
    for use_ in 1..=5 {
        let (status, _) = world.app.respond(url, json!({"text": format!("Saved {use_}")})).await;
        assert_eq!(status, 200);
    }
    assert_eq!(world.app.respond(url, json!({"text": "Saved 6"})).await.1["error"], "used_url");
    assert_eq!(world.ana.unread().len(), 5);
    assert_eq!(world.ravi.unread().len(), 1, "only Ana sees the answers");
    assert_eq!(world.sim.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn an_ephemeral_is_replaced_and_removed_only_by_its_own_button() {
    let world = World::new().await;
    let channel = world.pair().await;
    let mut socket = world.app.connect().await;
    let only_ana = json!({"channel": channel, "user": world.ana.id(), "text": "Saved", "blocks": buttons(&["Change"])});
    let ts = world.app.ok("chat.postEphemeral", only_ana).await["message_ts"].clone();
    let at = json!({"channel": channel, "ts": ts, "text": "x"});
    assert_eq!(world.app.error("chat.update", at).await, "message_not_found");

    let message = world.ana.next_unread().expect("a message");
    let (tapped, tap) = tokio::join!(world.ana.tap(&message, "Change"), socket.take(None));
    assert!(tapped.acknowledged);
    assert_eq!(tap["container"]["is_ephemeral"], true);
    assert!(tap.get("message").is_none(), "ephemeral messages do not come along");
    let url = tap["response_url"].as_str().expect("an address");
    world.app.respond(url, json!({"text": "Changed", "blocks": [], "replace_original": true})).await;
    let changed = world.ana.next_unread().expect("what replaces an ephemeral is news");
    assert_eq!((changed.as_text().as_str(), &changed.at), ("Changed", &message.at));
    world.app.respond(url, json!({"delete_original": true})).await;
    assert!(world.ana.messages(&channel).is_empty());
}

#[tokio::test]
async fn an_ephemeral_does_not_survive_a_reload() {
    let world = World::new().await;
    let channel = world.pair().await;
    let saved = |person: &str| json!({"channel": channel, "user": person, "text": "Saved"});
    world.app.ok("chat.postEphemeral", saved(world.ana.id())).await;
    world.app.ok("chat.postEphemeral", saved(world.ravi.id())).await;
    world.app.ok("chat.postMessage", json!({"channel": channel, "text": "How is it?"})).await;
    world.ana.reload();
    assert_eq!(world.ana.messages(&channel).len(), 1);
    assert_eq!(world.ana.unread().len(), 1);
    assert_eq!(world.ravi.messages(&channel).len(), 2);
}

#[tokio::test]
async fn a_tap_without_acknowledgement_is_not_sent_again_and_shows_a_warning() {
    let world = World::new().await;
    let channel = world.pair().await;
    world.app.ok("chat.postMessage", json!({"channel": channel, "text": "x", "blocks": buttons(&["Yes"])})).await;
    let message = world.ana.next_unread().expect("a message");
    let tapped = world.ana.tap(&message, "Yes").await;
    assert!(!tapped.acknowledged, "nobody is connected");
    let mut socket = world.app.connect().await;
    let tapped = world.ana.tap(&message, "Yes").await;
    assert!(tapped.warning.is_some_and(|words| words.contains("Timeout")));
    assert!(world.ana.message(&message.at).is_some_and(|message| message.warning));
    socket.envelope().await;
    let (tapped, _) = tokio::join!(world.ana.tap(&message, "Yes"), socket.take(None));
    assert!(tapped.acknowledged);
    assert!(world.ana.message(&message.at).is_some_and(|message| !message.warning));
    assert_eq!(world.sim.next_due(), None);
}

#[tokio::test]
async fn an_event_without_acknowledgement_is_sent_again_at_once_after_one_and_after_five_minutes() {
    let world = World::new().await;
    let mut socket = world.app.connect().await;
    world.ana.open_home().await;
    let (first, second) = (socket.envelope().await, socket.envelope().await);
    assert_eq!((&first["retry_attempt"], &second["retry_attempt"]), (&json!(0), &json!(1)));
    assert_eq!(second["retry_reason"], "timeout");
    assert_eq!(first["payload"]["event_id"], second["payload"]["event_id"]);
    let mut last = second;
    for minutes in [1, 5] {
        assert_eq!(world.sim.next_due(), Some(Clock::Manual(world.clock.clone()).now() + TimeDelta::minutes(minutes)));
        world.advance(TimeDelta::minutes(minutes));
        world.sim.at_rest().await;
        last = socket.envelope().await;
    }
    assert_eq!(last["retry_attempt"], 3);
    assert_eq!(world.sim.next_due(), None);
    assert_eq!(world.sim.lost_events(), 1);
}

#[tokio::test]
async fn each_payload_goes_to_one_connection_and_the_eleventh_is_refused() {
    let world = World::new().await;
    let mut sockets = Vec::new();
    for _ in 0..10 {
        sockets.push(world.app.connect().await);
    }
    let mut eleventh = world.app.dial().await;
    assert_eq!(eleventh.envelope().await["reason"], "too_many_websockets");
    assert!(eleventh.frame().await.is_none());
    assert_eq!(world.sim.connections(), 10);
    let (first, rest) = sockets.split_at_mut(1);
    let (tapped, heard) = tokio::join!(world.ana.shortcut("log_session"), async {
        let others = rest.iter_mut().map(|socket| Box::pin(socket.take(None)));
        tokio::select! {
            heard = first[0].take(None) => heard,
            (heard, ..) = futures_util::future::select_all(others) => heard,
        }
    });
    assert!(tapped.acknowledged);
    assert_eq!(heard["callback_id"], "log_session");
}

#[tokio::test]
async fn over_http_everything_is_signed_and_one_address_serves_all() {
    let world = World::new().await;
    let channel = world.pair().await;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let url = format!("http://{}/slack", listener.local_addr().expect("an address"));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let secret = world.sim.signing_secret().to_owned();
    let app = Router::new().route("/slack", post(receive)).with_state((secret, Arc::clone(&heard)));
    let serving = tokio::spawn(async move { axum::serve(listener, app).await });
    world.sim.use_http(RequestUrls::one(url));

    assert_eq!(world.sim.verify_request_url().await, Ok(true));
    world.ana.open_home().await;
    world.app.ok("chat.postMessage", json!({"channel": channel, "text": "x", "blocks": buttons(&["Yes"])})).await;
    let message = world.ana.next_unread().expect("a message");
    assert!(world.ana.tap(&message, "Yes").await.acknowledged);
    let answered = world.ana.command("/rapport", "help").await;
    assert_eq!(answered.reply.map(|message| (message.text, message.ephemeral)), Some(("At your service".into(), true)));
    let kinds: Vec<String> = heard.lock().await.clone();
    assert_eq!(kinds, ["url_verification", "event_callback", "block_actions", "/rapport help"]);
    serving.abort();
}

#[tokio::test]
async fn over_http_a_refused_event_is_repeated_unless_the_app_says_no() {
    let world = World::new().await;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let app = Router::new().route("/", post(refuse)).with_state(Arc::clone(&heard));
    let serving = tokio::spawn(async move { axum::serve(listener, app).await });
    world.sim.use_http(RequestUrls::one(url));
    world.sim.send_event(json!({"type": "again"})).await;
    world.sim.send_event(json!({"type": "never"})).await;
    assert_eq!(*heard.lock().await, ["again -", "again 1 http_error", "never -"]);
    serving.abort();
    // The port is free again: nobody is there.
    let _ = serving.await;
    world.advance(TimeDelta::minutes(1));
    world.sim.at_rest().await;
    assert_eq!(world.sim.next_due(), Some(Clock::Manual(world.clock.clone()).now() + TimeDelta::minutes(5)));
}

async fn refuse(State(heard): State<Arc<Mutex<Vec<String>>>>, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    let event: Value = serde_json::from_slice(&body).expect("JSON");
    let kind = event["event"]["type"].as_str().expect("a type");
    let text = |name: &str| headers.get(name).map(|value| value.to_str().expect("text").to_owned());
    let retry = text("x-slack-retry-num").zip(text("x-slack-retry-reason"));
    let retry = retry.map_or_else(|| "-".to_owned(), |(number, reason)| format!("{number} {reason}"));
    heard.lock().await.push(format!("{kind} {retry}"));
    let no_retry = if kind == "never" { "1" } else { "0" };
    (StatusCode::INTERNAL_SERVER_ERROR, [("x-slack-no-retry", no_retry)])
}

/// Checks the signature, then answers by what came.
async fn receive(
    State((secret, heard)): State<(String, Arc<Mutex<Vec<String>>>)>,
    headers: HeaderMap,
    body: Bytes,
) -> String {
    let text = |name: &str| headers[name].to_str().expect("text").to_owned();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("v0:{}:", text("x-slack-request-timestamp")).as_bytes());
    mac.update(&body);
    let wanted: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(text("x-slack-signature"), format!("v0={wanted}"));
    let (kind, answer) = if text("content-type") == "application/json" {
        let event: Value = serde_json::from_slice(&body).expect("JSON");
        (event["type"].as_str().expect("a type").to_owned(), event["challenge"].as_str().unwrap_or_default().to_owned())
    } else {
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).expect("a form");
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        match field("payload") {
            Some(payload) => {
                let payload: Value = serde_json::from_str(&payload).expect("JSON");
                (payload["type"].as_str().expect("a type").to_owned(), String::new())
            }
            None => {
                let words = format!("{} {}", field("command").expect("a command"), field("text").expect("a text"));
                (words, "At your service".into())
            }
        }
    };
    heard.lock().await.push(kind);
    answer
}
