//! Against a real server on loopback that answers as told.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::slack::fate::{Fate, RESPONSE_URL};

const POST: &str = "chat.postMessage";

/// Headers and body of each call that arrived, and what to answer.
struct Far {
    calls: Mutex<Vec<(String, HeaderMap, Value)>>,
    answer: fn(&str) -> Response,
}

/// A Slack at the far end of real HTTP.
async fn slack(answer: fn(&str) -> Response) -> (String, Arc<Far>) {
    let far = Arc::new(Far { calls: Mutex::default(), answer });
    let take = |State(far): State<Arc<Far>>, Path(method): Path<String>, headers: HeaderMap, body: String| async move {
        let body = serde_json::from_str(&body).unwrap_or_default();
        far.calls.lock().expect("no panic").push((method.clone(), headers, body));
        (far.answer)(&method)
    };
    let router = Router::new().route("/api/{method}", any(take)).with_state(far.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/api/", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, far)
}

fn client(url: &str) -> Client {
    rustls::crypto::ring::default_provider().install_default().ok();
    Client::new(url, SecretString::from("xoxb-1"), Some(SecretString::from("xapp-1"))).expect("a client")
}

#[tokio::test]
async fn a_call_carries_token_and_json_and_returns_the_reply() {
    let (url, far) =
        slack(|_| axum::Json(json!({"ok": true, "ts": "1.2", "url": "wss://x/?ticket=1"})).into_response()).await;
    let client = client(&url);
    let reply = client.call(POST, json!({"channel": "C1", "client_msg_id": "k"})).await.expect("ok");
    assert_eq!(reply["ts"], "1.2");
    client.call("conversations.open", json!({"users": ["U1", "W2"]})).await.expect("ok");
    assert_eq!(client.open_socket().await.expect("ok").expose_secret(), "wss://x/?ticket=1");
    let calls = far.calls.lock().expect("no panic");
    let bearer = |n: usize| calls[n].1["authorization"].to_str().expect("text").to_owned();
    assert_eq!((calls[0].0.as_str(), bearer(0)), (POST, "Bearer xoxb-1".to_owned()));
    assert_eq!(calls[0].2["client_msg_id"], "k");
    assert_eq!(calls[1].2["users"], "U1,W2");
    assert_eq!((calls[2].0.as_str(), bearer(2)), ("apps.connections.open", "Bearer xapp-1".to_owned()));
}

#[tokio::test]
async fn each_answer_has_its_fate() {
    let (url, _) = slack(|method| match method {
        "chat.wait" => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "7")], "").into_response(),
        "chat.down" => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "chat.broke" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "chat.page" => "<html>Please log in</html>".into_response(),
        "chat.half" => ([("content-type", "application/json")], "{\"ok\":tr").into_response(),
        "chat.list" => ([("content-type", "application/json")], "[]").into_response(),
        "chat.mute" => axum::Json(json!({"ok": false})).into_response(),
        "chat.moved" => (StatusCode::FOUND, [("location", "/api/chat.else")]).into_response(),
        "chat.scope" => axum::Json(json!({
            "ok": false, "error": "missing_scope", "needed": "mpim:write", "provided": "chat:write,commands",
        }))
        .into_response(),
        "chat.bug" => axum::Json(json!({
            "ok": false, "error": "invalid_blocks", "response_metadata": {"messages": ["[ERROR] no more than 50 items"]},
        }))
        .into_response(),
        other => panic!("{other} was not to be called"),
    })
    .await;
    let client = client(&url);
    for (method, code, fate) in [
        ("chat.wait", "ratelimited", Fate::Wait { after: Duration::from_secs(7) }),
        ("chat.down", "http_503", Fate::Retry),
        ("chat.broke", "http_500", Fate::Unsure),
        ("chat.page", code::UNREADABLE, Fate::Unsure),
        ("chat.half", code::UNREADABLE, Fate::Unsure),
        ("chat.list", code::UNREADABLE, Fate::Unsure),
        ("chat.mute", "no_error_code", Fate::Unknown),
        ("chat.moved", "http_302", Fate::Unknown),
        ("chat.scope", "missing_scope", Fate::StopCapability { needed: Some("mpim:write".to_owned()) }),
        ("chat.bug", "invalid_blocks", Fate::OurBug),
    ] {
        let failure = client.call(method, json!({})).await.expect_err(method);
        assert_eq!((failure.code.as_str(), &failure.fate), (code, &fate), "{method}: {failure}");
        if method == "chat.scope" {
            let said =
                "chat.scope failed: missing_scope (needs the scope mpim:write; the token has chat:write,commands)";
            assert_eq!(failure.to_string(), said);
        }
        if method == "chat.bug" {
            assert_eq!(failure.detail, "[ERROR] no more than 50 items");
        }
    }
}

/// Reads one request with its body; false when the other side has gone.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&seen).to_ascii_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or(0) {
                return true;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => seen.extend_from_slice(&buffer[..read]),
            _ => return false,
        }
    }
}

/// A Slack that answers the first request of each connection and hangs up on the second, unanswered.
async fn hangs_up_on_the_second() -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = requests.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let counted = counted.clone();
            tokio::spawn(async move {
                if read_request(&mut stream).await {
                    counted.fetch_add(1, Ordering::SeqCst);
                    let reply =
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"ok\":true}";
                    stream.write_all(reply.as_bytes()).await.expect("written");
                }
                if read_request(&mut stream).await {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    (address, requests)
}

#[tokio::test]
async fn a_connection_lost_after_the_request_is_unsure_and_never_sent_again() {
    let (address, requests) = hangs_up_on_the_second().await;
    let client = client(&format!("http://{address}/api"));
    client.call(POST, json!({})).await.expect("the first is answered");
    let failure = client.call(POST, json!({})).await.expect_err("the second is not");
    assert_eq!((failure.code.as_str(), failure.fate), (code::CONNECTION_LOST, Fate::Unsure));
    assert_eq!(requests.load(Ordering::SeqCst), 2);

    let response_url = SecretString::from(format!("http://{address}/actions/1"));
    client.respond(&response_url, &json!({})).await.expect("the first is answered");
    let failure = client.respond(&response_url, &json!({})).await.expect_err("the second is not");
    assert_eq!((failure.code.as_str(), failure.fate), (code::CONNECTION_LOST, Fate::Unsure));
    assert_eq!(requests.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn no_reply_in_time_is_unsure() {
    // Accepted by the system, never answered by anybody.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let url = format!("http://{address}/api");
    let client =
        Client::with_timeout(&url, SecretString::from("x"), None, Duration::from_millis(50)).expect("a client");
    let failure = client.call(POST, json!({})).await.expect_err("nobody answers");
    assert_eq!((failure.code.as_str(), failure.fate), (code::TIMEOUT, Fate::Unsure));
    let failure = client.call("auth.test", json!({})).await.expect_err("nobody answers");
    assert_eq!(failure.fate, Fate::Retry);
    let url = SecretString::from(format!("http://{address}/actions/1"));
    let failure = client.respond(&url, &json!({})).await.expect_err("nobody answers");
    assert_eq!((failure.code.as_str(), failure.fate), (code::TIMEOUT, Fate::Unsure));
}

#[tokio::test]
async fn a_refused_connection_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let client = client(&format!("http://{address}/api"));
    let failure = client.call(POST, json!({})).await.expect_err("nobody listens");
    assert_eq!((failure.code.as_str(), &failure.fate), (code::NO_CONNECTION, &Fate::Retry));
    assert!(failure.detail.contains("refused"), "{failure}");
    let url = SecretString::from(format!("http://{address}/actions/1"));
    let failure = client.respond(&url, &json!({})).await.expect_err("nobody listens");
    assert_eq!((failure.code.as_str(), failure.fate), (code::NO_CONNECTION, Fate::Retry));
}

#[tokio::test]
async fn a_private_answer_keeps_its_address_secret() {
    let (url, far) = slack(|method| match method {
        "word" => "ok".into_response(),
        "json" => axum::Json(json!({"ok": true})).into_response(),
        "used" => (StatusCode::NOT_FOUND, "used_url").into_response(),
        "late" => axum::Json(json!({"ok": false, "error": "expired_url"})).into_response(),
        "wait" => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "3")], "ratelimited").into_response(),
        "moved" => (StatusCode::TEMPORARY_REDIRECT, [("location", "/api/word")]).into_response(),
        "down" => (StatusCode::BAD_GATEWAY, "bad_gateway").into_response(),
        "page" => "<html>Please log in</html>".into_response(),
        other => panic!("{other} was not to be called"),
    })
    .await;
    let client = client(&url);
    let respond = |path: &str| {
        let address = SecretString::from(format!("{url}{path}"));
        let client = client.clone();
        async move { client.respond(&address, &json!({"text": "Saved"})).await }
    };
    respond("word").await.expect("ok");
    respond("json").await.expect("ok");
    for (path, code, fate) in [
        ("used", "used_url", Fate::MomentGone),
        ("late", "expired_url", Fate::MomentGone),
        ("wait", "ratelimited", Fate::Wait { after: Duration::from_secs(3) }),
        ("moved", "http_307", Fate::Unknown),
        ("down", "http_502", Fate::Retry),
        ("page", code::UNREADABLE, Fate::Unsure),
    ] {
        let failure = respond(path).await.expect_err(path);
        assert_eq!((failure.method.as_str(), failure.code.as_str(), &failure.fate), (RESPONSE_URL, code, &fate));
        assert!(!format!("{failure} {failure:?}").contains("127.0.0.1"), "{failure:?}");
    }
    assert_eq!(far.calls.lock().expect("no panic").len(), 8, "no redirect was followed");
    for elsewhere in ["http://192.0.2.1/x", "ftp://127.0.0.1/x", "hooks.slack.com/x", "", "http://localhost.example/x"]
    {
        let failure = client.respond(&SecretString::from(elsewhere), &json!({})).await.expect_err(elsewhere);
        assert_eq!(failure.code, code::REFUSED_HERE, "{elsewhere}");
    }
}

#[test]
fn addresses_that_cannot_be_right_are_refused_with_a_sentence() {
    let new = |url: &str| Client::new(url, SecretString::from("xoxb-1"), None).map(|_| ());
    for good in [
        "https://slack.com/api",
        "https://slack.com/api/",
        "http://127.0.0.1:9999/api/",
        "http://localhost:1/api",
        "http://[::1]:1/api",
    ] {
        // A slim machine without certificates says so; that is not about the address.
        if let Err(error) = new(good) {
            assert!(error.to_string().contains("ca-certificates"), "{good}: {error}");
        }
    }
    for (bad, because) in [
        ("http://slack.com/api", "plain http"),
        ("http://127.0.0.1.example.org/api", "plain http"),
        ("http://10.0.0.1/api", "plain http"),
        ("slack.com/api", "not an address"),
        ("", "not an address"),
        ("file:///api", "https address is wanted"),
        ("https://user:word@slack.com/api", "without user"),
        ("https://slack.com/api?x=1", "without user"),
    ] {
        let error = new(bad).expect_err(bad).to_string();
        assert!(error.contains(because), "{bad}: {error}");
    }
}

#[tokio::test]
async fn secrets_do_not_show() {
    let client = client("http://127.0.0.1:1/api");
    let shown = format!("{client:?}");
    assert!(!shown.contains("xoxb") && !shown.contains("xapp"), "{shown}");
    let without = Client::new("http://127.0.0.1:1/api", SecretString::from("xoxb-1"), None).expect("a client");
    assert_eq!(without.open_socket().await.expect_err("no app token").code, code::REFUSED_HERE);
}
