//! A Slack that takes everything after a fixed time: for speed, not for truth. The true one is `rapport::sim`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::watch;

/// A button that the bot posted, and where.
#[derive(Clone)]
pub struct Button {
    pub channel: String,
    pub ts: String,
    pub block_id: String,
    pub action_id: String,
    pub value: String,
}

/// What was received so far.
#[derive(Clone, Copy, Default)]
pub struct Seen {
    pub posts: usize,
    pub confirmations: usize,
}

/// The Slack that listens on loopback until the process ends.
#[derive(Clone)]
pub struct Slack {
    pub port: u16,
    heard: Arc<Heard>,
}

struct Heard {
    latency: Duration,
    seen: watch::Sender<Seen>,
    answers: Mutex<Vec<Vec<Button>>>,
    replies: Mutex<HashMap<String, usize>>,
}

impl Slack {
    /// Starts to listen; every call takes `latency`.
    pub async fn start(latency: Duration) -> Self {
        let heard =
            Heard { latency, seen: watch::Sender::default(), answers: Mutex::default(), replies: Mutex::default() };
        let heard = Arc::new(heard);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback has ports");
        let port = listener.local_addr().expect("bound").port();
        let routes = Router::new()
            .route("/api/{method}", post(call))
            .route("/reply/{id}", post(reply))
            .with_state(heard.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { port, heard }
    }

    pub fn api_url(&self) -> String {
        format!("http://127.0.0.1:{}/api/", self.port)
    }

    pub fn seen(&self) -> Seen {
        *self.heard.seen.borrow()
    }

    /// The answer buttons of each post so far.
    pub fn answers(&self) -> Vec<Vec<Button>> {
        self.heard.answers.lock().expect("nothing panics while it holds them").clone()
    }

    /// Taps whose `response_url` was called more than once.
    pub fn doubled(&self) -> usize {
        let replies = self.heard.replies.lock().expect("nothing panics while it holds them");
        replies.values().filter(|calls| **calls > 1).count()
    }

    /// Returns once `enough` says so, or after two minutes.
    pub async fn until(&self, enough: impl FnMut(&Seen) -> bool) {
        let mut seen = self.heard.seen.subscribe();
        let _ = tokio::time::timeout(Duration::from_secs(120), seen.wait_for(enough)).await;
    }
}

async fn call(State(heard): State<Arc<Heard>>, Path(method): Path<String>, Json(args): Json<Value>) -> Json<Value> {
    let answer = match method.as_str() {
        "chat.postMessage" => {
            let channel = args["channel"].as_str().unwrap_or_default().to_owned();
            let mut answers = heard.answers.lock().expect("nothing panics while it holds them");
            let ts = format!("1760000000.{:06}", answers.len() + 1);
            answers.push(buttons(&args, &channel, &ts));
            drop(answers);
            heard.seen.send_modify(|seen| seen.posts += 1);
            json!({ "ok": true, "channel": channel, "ts": ts })
        }
        "auth.test" => json!({ "ok": true, "team_id": "T0BENCH01", "user_id": "U0BOT" }),
        _ => json!({ "ok": true }),
    };
    tokio::time::sleep(heard.latency).await;
    Json(answer)
}

async fn reply(State(heard): State<Arc<Heard>>, Path(id): Path<String>) -> Json<Value> {
    *heard.replies.lock().expect("nothing panics while it holds them").entry(id).or_default() += 1;
    tokio::time::sleep(heard.latency).await;
    heard.seen.send_modify(|seen| seen.confirmations += 1);
    Json(json!({ "ok": true }))
}

fn buttons(args: &Value, channel: &str, ts: &str) -> Vec<Button> {
    let mut buttons = Vec::new();
    for block in args["blocks"].as_array().into_iter().flatten() {
        for element in block["elements"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let action_id = text(&element["action_id"]);
            if action_id.starts_with("answer.") {
                buttons.push(Button {
                    channel: channel.to_owned(),
                    ts: ts.to_owned(),
                    block_id: text(&block["block_id"]),
                    action_id,
                    value: text(&element["value"]),
                });
            }
        }
    }
    buttons
}
