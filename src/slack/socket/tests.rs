//! A Slack on loopback whose WebSockets are driven by hand.

mod halting;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::routing::post;
use axum::{Json, Router};
use futures_util::{SinkExt, StreamExt};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::*;
use crate::core::event::{Event, What};
use crate::core::id::WorkspaceId;
use crate::slack::{Ack, Incoming};

/// Long enough for any machine; nothing here waits for it unless it fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Slack's side, and the bot's side running against it.
struct Stage {
    /// Each connection that the bot opens.
    accepted: mpsc::Receiver<Line>,
    /// The text of each command that the handler was given, with the way to let it answer.
    taken: mpsc::UnboundedReceiver<(String, oneshot::Sender<Ack>)>,
    running: JoinHandle<Result<(), Halted>>,
    stop: CancellationToken,
    open: watch::Receiver<usize>,
    /// How many tickets were asked for.
    tickets: watch::Receiver<usize>,
    /// The most envelopes that were in hand at once.
    peak: Arc<AtomicUsize>,
}

struct Line(WebSocketStream<TcpStream>);

/// The address of a Slack whose `apps.connections.open` says what `reply` makes of the WebSocket's address.
async fn slack(reply: fn(String) -> Value) -> (String, mpsc::Receiver<Line>, watch::Receiver<usize>) {
    let sockets = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let socket_address = sockets.local_addr().expect("an address");
    let (accept, accepted) = mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((stream, _)) = sockets.accept().await {
            if let Ok(stream) = accept_async(stream).await {
                let _ = accept.send(Line(stream)).await;
            }
        }
    });
    let (issued, tickets) = watch::channel(0);
    let issued = Arc::new(issued);
    let open = move || {
        issued.send_modify(|tickets| *tickets += 1);
        let reply = reply(format!("ws://{socket_address}/?ticket={}", *issued.borrow()));
        async move { Json(reply) }
    };
    let api = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/api", api.local_addr().expect("an address"));
    let router = Router::new().route("/api/apps.connections.open", post(open));
    tokio::spawn(async move { axum::serve(api, router).await });
    (url, accepted, tickets)
}

async fn stage_with(settings: Settings, reply: fn(String) -> Value) -> Stage {
    rustls::crypto::ring::default_provider().install_default().ok();
    let (url, accepted, tickets) = slack(reply).await;
    let client = Client::new(&url, SecretString::from("xoxb-1"), Some(SecretString::from("xapp-1"))).expect("a client");
    let (tell, taken) = mpsc::unbounded_channel();
    let (in_hand, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let highest = peak.clone();
    let handler = move |incoming: Incoming| {
        let (answer, answered) = oneshot::channel();
        let text = match incoming.event {
            Event::Acted(act) => match act.what {
                What::Commanded { text } => text,
                other => format!("{other:?}"),
            },
            other => format!("{other:?}"),
        };
        tell.send((text, answer)).expect("the test listens");
        highest.fetch_max(in_hand.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let in_hand = in_hand.clone();
        async move {
            let ack = answered.await.unwrap_or(Ack::Late);
            in_hand.fetch_sub(1, Ordering::SeqCst);
            ack
        }
    };
    let socket = Socket {
        client,
        us: Installation { workspace: WorkspaceId::from("T1"), app: None },
        clock: Clock::System,
        handler,
        settings,
        open: watch::Sender::new(0),
    };
    let (stop, open) = (CancellationToken::new(), socket.open.subscribe());
    let running = tokio::spawn(socket.run(stop.clone()));
    Stage { accepted, taken, running, stop, open, tickets, peak }
}

async fn stage(settings: Settings) -> Stage {
    stage_with(settings, |url| json!({"ok": true, "url": url})).await
}

fn one() -> Settings {
    Settings { connections: 1, linger: Duration::ZERO, first_pause: Duration::from_millis(1), ..Settings::default() }
}

async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.expect("it happens soon")
}

impl Stage {
    async fn connection(&mut self) -> Line {
        soon(self.accepted.recv()).await.expect("a connection")
    }

    async fn greeted(&mut self) -> Line {
        let mut line = self.connection().await;
        line.hello().await;
        line
    }

    /// The next command that the handler is given must be this one.
    async fn takes(&mut self, text: &str) -> oneshot::Sender<Ack> {
        let (taken, answer) = soon(self.taken.recv()).await.expect("something is taken");
        assert_eq!(taken, text);
        answer
    }

    async fn ends(&mut self) -> Result<(), Halted> {
        soon(&mut self.running).await.expect("no panic")
    }
}

impl Line {
    async fn send(&mut self, frame: &Value) {
        self.0.send(Message::text(frame.to_string())).await.expect("sent");
    }

    async fn hello(&mut self) {
        self.send(&json!({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})).await;
    }

    async fn command(&mut self, name: &str) {
        self.send(&json!({
            "type": "slash_commands", "envelope_id": name, "accepts_response_payload": name.contains("payload"),
            "payload": {"command": "/rapport", "text": name, "user_id": "U1", "trigger_id": name},
        }))
        .await;
    }

    /// The next text from the bot; `None` once it has closed.
    async fn next(&mut self) -> Option<Value> {
        soon(async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).expect("JSON")),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    Some(Ok(_)) => {}
                }
            }
        })
        .await
    }
}

fn ack(name: &str) -> Option<Value> {
    Some(json!({"envelope_id": name}))
}

#[tokio::test]
async fn acknowledgements_go_out_as_the_handlers_end() {
    let mut stage = stage(one()).await;
    let mut line = stage.greeted().await;
    for name in ["first", "second", "with payload", "third"] {
        line.command(name).await;
    }
    let first = stage.takes("first").await;
    let second = stage.takes("second").await;
    let payload = stage.takes("with payload").await;
    let third = stage.takes("third").await;
    third.send(Ack::Empty).expect("awaited");
    assert_eq!(line.next().await, ack("third"));
    payload.send(Ack::Payload(json!({"text": "Hello"}))).expect("awaited");
    assert_eq!(line.next().await, Some(json!({"envelope_id": "with payload", "payload": {"text": "Hello"}})));
    // The second is late and says nothing; the first has an answer for which there is no place.
    second.send(Ack::Late).expect("awaited");
    first.send(Ack::Payload(json!({"text": "Hello"}))).expect("awaited");
    assert_eq!(line.next().await, ack("first"));
}

#[tokio::test]
async fn strange_frames_are_survived_and_acknowledged_where_possible() {
    let mut stage = stage(one()).await;
    let mut line = stage.greeted().await;
    for frame in ["", "{", "[]", "null", "7", "{\"type\":7}", "{\"type\":\"events_api\"}"] {
        line.0.send(Message::text(frame)).await.expect("sent");
    }
    line.0.send(Message::binary(vec![1, 2, 3])).await.expect("sent");
    line.send(&json!({"type": "brand_new", "envelope_id": "e1", "payload": {}})).await;
    assert_eq!(line.next().await, ack("e1"));
    line.send(&json!({"type": "events_api", "envelope_id": "e2"})).await;
    stage.takes("Ignored(\"untyped\")").await.send(Ack::Empty).expect("awaited");
    assert_eq!(line.next().await, ack("e2"));
}

#[tokio::test]
async fn a_refresh_opens_the_next_connection_before_the_old_one_is_let_go() {
    let mut stage = stage(one()).await;
    let mut old = stage.greeted().await;
    old.command("in hand").await;
    let in_hand = stage.takes("in hand").await;
    old.send(&json!({"type": "disconnect", "reason": "refresh_requested"})).await;
    let mut new = stage.connection().await;
    // The next one is not greeted yet, so the old one still serves.
    old.command("meanwhile").await;
    stage.takes("meanwhile").await.send(Ack::Empty).expect("awaited");
    assert_eq!(old.next().await, ack("meanwhile"));
    new.hello().await;
    // Enough for an old one that would not wait for its work to be gone meanwhile.
    for name in (0..200).map(|n| n.to_string()) {
        new.command(&name).await;
        stage.takes(&name).await.send(Ack::Empty).expect("awaited");
        assert_eq!(new.next().await, ack(&name));
    }
    assert_eq!(*stage.open.borrow(), 2);
    in_hand.send(Ack::Empty).expect("awaited");
    assert_eq!(old.next().await, ack("in hand"));
    assert_eq!(old.next().await, None, "then it is closed");
    soon(stage.open.wait_for(|open| *open == 1)).await.expect("the new one stays");
    assert_eq!(*stage.tickets.borrow(), 2);
}

#[tokio::test]
async fn a_cut_line_comes_back() {
    let mut stage = stage(one()).await;
    drop(stage.greeted().await);
    // Cut before the greeting, too.
    drop(stage.connection().await);
    let mut line = stage.greeted().await;
    line.command("again").await;
    stage.takes("again").await.send(Ack::Empty).expect("awaited");
    assert_eq!(line.next().await, ack("again"));
}

#[tokio::test]
async fn a_cut_line_finishes_what_is_in_hand_while_the_next_one_serves() {
    let mut stage = stage(one()).await;
    let mut line = stage.greeted().await;
    line.command("in hand").await;
    let in_hand = stage.takes("in hand").await;
    drop(line);
    let mut next = stage.greeted().await;
    next.command("again").await;
    stage.takes("again").await.send(Ack::Empty).expect("awaited");
    assert_eq!(next.next().await, ack("again"));
    stage.stop.cancel();
    assert_eq!(next.next().await, None);
    in_hand.send(Ack::Empty).expect("the work was not given up");
    assert_eq!(stage.ends().await, Ok(()));
}

#[tokio::test]
async fn a_silent_line_is_dead() {
    let mut stage = stage(Settings { silence: Duration::from_millis(50), ..one() }).await;
    let mut silent = stage.greeted().await;
    let _next = stage.greeted().await;
    assert_eq!(silent.next().await, None);
}

#[tokio::test]
async fn stopping_finishes_what_is_in_hand() {
    let mut stage = stage(Settings { connections: 2, ..one() }).await;
    let mut line = stage.greeted().await;
    let mut other = stage.greeted().await;
    soon(stage.open.wait_for(|open| *open == 2)).await.expect("both stand open");
    // So many that a line which goes on reading could hardly miss the late one between two acknowledgements.
    let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    let mut in_hand = Vec::new();
    for name in &names {
        line.command(name).await;
        in_hand.push(stage.takes(name).await);
    }
    stage.stop.cancel();
    assert_eq!(other.next().await, None, "an idle one is closed at once");
    line.command("too late").await;
    for (name, answer) in names.iter().zip(in_hand) {
        answer.send(Ack::Empty).expect("awaited");
        assert_eq!(line.next().await, ack(name));
    }
    assert_eq!(line.next().await, None);
    assert_eq!(stage.ends().await, Ok(()));
    assert!(stage.taken.try_recv().is_err(), "nothing new was taken");
}

#[tokio::test]
async fn no_more_is_in_hand_than_allowed() {
    let mut stage = stage(Settings { in_flight: 2, ..one() }).await;
    let mut line = stage.greeted().await;
    let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    for name in &names {
        line.command(name).await;
    }
    let mut waiting = VecDeque::new();
    for name in &names {
        let answer = stage.takes(name).await;
        waiting.push_back((name, answer));
        if waiting.len() == 2 {
            let (done, answer) = waiting.pop_front().expect("two wait");
            answer.send(Ack::Empty).expect("awaited");
            assert_eq!(line.next().await, ack(done));
        }
    }
    assert_eq!(stage.peak.load(Ordering::SeqCst), 2);
}
