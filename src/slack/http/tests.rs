//! Real requests over loopback, signed and unsigned.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::sync::{Arc, Mutex};

use reqwest::Client;
use rustls::SupportedCipherSuite;
use rustls::crypto::tls13::OkmBlock;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::clock::ManualClock;
use crate::core::event::{Event, What};
use crate::core::id::WorkspaceId;
use crate::slack::Incoming;

/// The example of Slack's own page on signatures.
const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
const SENT: i64 = 1_531_420_618;
const BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
const HASH: &str = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

/// Where the router listens, its clock, and what its handler has seen.
struct Here {
    address: SocketAddr,
    clock: ManualClock,
    seen: Arc<Mutex<Vec<Incoming>>>,
}

async fn listening(ack: Ack) -> Here {
    rustls::crypto::ring::default_provider().install_default().ok();
    let clock = ManualClock::at(DateTime::from_timestamp(SENT, 0).expect("a time"));
    let seen: Arc<Mutex<Vec<Incoming>>> = Arc::default();
    let handler = {
        let seen = seen.clone();
        move |incoming: Incoming| {
            seen.lock().expect("no panic").push(incoming);
            std::future::ready(ack.clone())
        }
    };
    let us = Installation { workspace: WorkspaceId::from("T1DC2JH3J"), app: None };
    let router =
        router(&SecretString::from(SECRET), Arc::new(OnceLock::from(us)), Clock::Manual(clock.clone()), handler);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    Here { address, clock, seen }
}

/// HMAC-SHA256 by the TLS library, so that the verifier is not tested against itself.
fn sign(secret: &str, timestamp: &str, body: &str) -> String {
    let SupportedCipherSuite::Tls13(suite) = rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256 else {
        unreachable!("a suite of TLS 1.3");
    };
    let message = format!("v0:{timestamp}:{body}");
    let tag = suite.hkdf_provider.hmac_sign(&OkmBlock::new(secret.as_bytes()), message.as_bytes());
    tag.as_ref().iter().fold("v0=".to_owned(), |hash, byte| format!("{hash}{byte:02x}"))
}

impl Here {
    async fn post(&self, path: &str, hash: &str, timestamp: &str, body: &str) -> (u16, String) {
        let request = Client::new()
            .post(format!("http://{}{path}", self.address))
            .header("X-Slack-Signature", hash)
            .header("X-Slack-Request-Timestamp", timestamp)
            .body(body.to_owned());
        let reply = request.send().await.expect("a reply");
        (reply.status().as_u16(), reply.text().await.expect("a text"))
    }

    async fn signed(&self, path: &str, body: &str) -> (u16, String) {
        let sent = SENT.to_string();
        self.post(path, &sign(SECRET, &sent, body), &sent, body).await
    }

    fn seen(&self) -> Vec<Event> {
        self.seen.lock().expect("no panic").iter().map(|incoming| incoming.event.clone()).collect()
    }

    /// Sends raw bytes until the other side has answered or hung up; returns the answer and how much was sent.
    async fn pours(&self, head: &str, chunk: &[u8], times: usize) -> (String, usize) {
        let (mut reading, mut writing) = TcpStream::connect(self.address).await.expect("connected").into_split();
        writing.write_all(head.as_bytes()).await.expect("the head");
        let reply = tokio::spawn(async move {
            let mut reply = vec![0; 1024];
            let read = reading.read(&mut reply).await.unwrap_or(0);
            String::from_utf8_lossy(&reply[..read]).into_owned()
        });
        let mut sent = 0;
        for _ in 0..times {
            if reply.is_finished() || writing.write_all(chunk).await.is_err() {
                break;
            }
            sent += chunk.len();
        }
        (reply.await.expect("a reader"), sent)
    }
}

#[tokio::test]
async fn slacks_own_example_is_admitted_and_nothing_that_differs() {
    let here = listening(Ack::Empty).await;
    let sent = SENT.to_string();
    assert_eq!(sign(SECRET, &sent, BODY), HASH);
    assert_eq!(here.post("/slack/commands", HASH, &sent, BODY).await, (200, String::new()));
    let Event::Acted(act) = &here.seen()[0] else { panic!("{:?}", here.seen()) };
    assert_eq!(act.by.as_str(), "T1DC2JH3J:U2CERLKJA");
    assert_eq!(act.what, What::Commanded { text: String::new() });

    let wrong = "The signature is wrong. Check SLACK_SIGNING_SECRET.".to_owned();
    let other = SENT + 1;
    for (hash, timestamp, body) in [
        (HASH, sent.clone(), format!("{BODY}&text=more")),
        (HASH, other.to_string(), BODY.to_owned()),
        (&HASH.to_uppercase(), sent.clone(), BODY.to_owned()),
        (&HASH[3..], sent.clone(), BODY.to_owned()),
        (&sign("8f742231b10e8888abcd99yyyzzz85a6", &sent, BODY), sent.clone(), BODY.to_owned()),
        ("", sent.clone(), BODY.to_owned()),
    ] {
        assert_eq!(here.post("/slack/commands", hash, &timestamp, &body).await, (401, wrong.clone()), "{hash}");
    }
    assert_eq!(here.seen().len(), 1);
}

#[tokio::test]
async fn a_signature_is_good_for_five_minutes_of_our_clock() {
    let here = listening(Ack::Empty).await;
    let sent = SENT.to_string();
    for (seconds, status) in [(-301, 401), (-300, 200), (300, 200), (301, 401), (86_400, 401)] {
        here.clock.set(DateTime::from_timestamp(SENT + seconds, 0).expect("a time"));
        let (got, sentence) = here.post("/slack/commands", HASH, &sent, BODY).await;
        assert_eq!(got, status, "{seconds}: {sentence}");
        assert_eq!(sentence.contains("5 minutes"), status == 401);
    }
    for timestamp in ["", "soon", "-1", "99999999999999999999", "9223372036854775807", "1531420618.0"] {
        assert_eq!(here.post("/slack/commands", HASH, timestamp, BODY).await.0, 401, "{timestamp}");
    }
    let unsigned = Client::new().post(format!("http://{}/slack/events", here.address)).body("{}").send().await;
    let unsigned = unsigned.expect("a reply");
    assert_eq!(unsigned.status(), 401);
    assert_eq!(unsigned.text().await.expect("a text"), "This request is not signed by Slack.");
}

#[tokio::test]
async fn each_address_takes_all_kinds() {
    let here = listening(Ack::Empty).await;
    let home = json!({
        "type": "event_callback", "event_id": "Ev1",
        "event": {"type": "app_home_opened", "tab": "home", "user": "U1"},
    })
    .to_string();
    let tap = json!({
        "type": "block_actions", "user": {"id": "U1"},
        "actions": [{"action_id": "skip", "value": "pulse:1+&=%é:2026-05-19", "action_ts": "1531420618.1"}],
    })
    .to_string();
    let tap = format!("payload={}", form_urlencoded::byte_serialize(tap.as_bytes()).collect::<String>());
    for path in ["/slack/events", "/slack/interactivity", "/slack/commands"] {
        for body in [home.as_str(), tap.as_str(), BODY] {
            assert_eq!(here.signed(path, body).await, (200, String::new()), "{path} {body}");
        }
    }
    let what: Vec<What> = here
        .seen()
        .into_iter()
        .map(|event| match event {
            Event::Acted(act) => act.what,
            other => panic!("{other:?}"),
        })
        .collect();
    let commanded = What::Commanded { text: String::new() };
    let skipped = What::Skipped { pulse: "pulse:1+&=%é:2026-05-19".into() };
    let each = [What::OpenedHome, skipped, commanded];
    assert_eq!(what, each.iter().cycle().take(9).cloned().collect::<Vec<_>>());
}

#[tokio::test]
async fn slack_checks_the_address_and_strange_bodies_are_taken() {
    let here = listening(Ack::Empty).await;
    let challenge = json!({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}).to_string();
    assert_eq!(here.signed("/slack/events", &challenge).await, (200, "3eZbrw1a".to_owned()));
    let get = reqwest::get(format!("http://{}/slack/commands?ssl_check=1&token=x", here.address)).await;
    assert_eq!(get.expect("a reply").status(), 200);
    for body in [
        "ssl_check=1&token=x",
        "ssl_check=1&command=%2Frapport",
        "",
        "{",
        "[1]",
        "payload=%7B",
        "payload=",
        "a=b",
        "null",
    ] {
        assert_eq!(here.signed("/slack/events", body).await.0, 200, "{body}");
    }
    assert_eq!(here.seen(), []);
    assert_eq!(here.signed("/slack/events", "{\"type\":\"brand_new\"}").await.0, 200);
    assert_eq!(here.seen(), [Event::Ignored("brand_new".to_owned())]);
    // A challenge that nobody signed is not answered.
    assert_eq!(here.post("/slack/events", HASH, &SENT.to_string(), &challenge).await.0, 401);
}

#[tokio::test]
async fn acknowledgements_say_what_the_handler_said() {
    let event = json!({"type": "event_callback", "event": {"type": "message"}}).to_string();
    let errors = json!({"response_action": "errors", "errors": {"words": "Please write something."}});
    let here = listening(Ack::Payload(errors.clone())).await;
    assert_eq!(here.signed("/slack/commands", BODY).await, (200, errors.to_string()));
    assert_eq!(here.signed("/slack/events", &event).await, (200, String::new()));
    let here = listening(Ack::Late).await;
    assert_eq!(here.signed("/slack/commands", BODY).await, (500, String::new()));
    assert_eq!(here.signed("/slack/events", &event).await, (500, String::new()));
}

#[tokio::test]
async fn a_flood_is_refused_before_it_is_read() {
    let here = listening(Ack::Empty).await;
    let chunk = vec![b'x'; 64 * 1024];
    let flood = 64 * 1024 * 1024;
    let times = flood / chunk.len();
    // Unsigned: not a byte of the body is wanted. What was sent lies in the buffers of the two sockets.
    let head = format!("POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: {flood}\r\n\r\n");
    let (reply, sent) = here.pours(&head, &chunk, times).await;
    assert!(reply.starts_with("HTTP/1.1 401"), "{reply}");
    assert!(sent < flood / 2, "{sent} bytes were taken");
    // With the headers of a signature: refused by its length, or, if it hides that, after 1 MiB.
    let signed = format!("x-slack-signature: {HASH}\r\nx-slack-request-timestamp: {SENT}\r\n");
    let head = format!("POST /slack/events HTTP/1.1\r\nhost: x\r\n{signed}content-length: {flood}\r\n\r\n");
    let (reply, sent) = here.pours(&head, &chunk, times).await;
    assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
    assert!(sent < flood / 2, "{sent} bytes were taken");
    let head = format!("POST /slack/events HTTP/1.1\r\nhost: x\r\n{signed}transfer-encoding: chunked\r\n\r\n");
    let mut framed = format!("{:x}\r\n", chunk.len()).into_bytes();
    framed.extend_from_slice(&chunk);
    framed.extend_from_slice(b"\r\n");
    let (reply, sent) = here.pours(&head, &framed, times).await;
    assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
    assert!(sent < flood / 2, "{sent} bytes were taken");
    assert_eq!(here.seen(), []);
}
