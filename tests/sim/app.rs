//! An app that knows nothing but HTTP, WebSocket and what it was given.

use futures_util::{SinkExt, StreamExt};
use rapport::sim::Sim;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub struct App {
    http: reqwest::Client,
    api_url: String,
    pub bot_token: String,
    pub app_token: String,
}

impl App {
    pub fn of(sim: &Sim) -> Self {
        // The second test in this process finds it installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().retry(reqwest::retry::never()).build().expect("a client");
        let (bot_token, app_token) = (sim.bot_token().to_owned(), sim.app_token().to_owned());
        Self { http, api_url: sim.api_url(), bot_token, app_token }
    }

    pub async fn send(&self, method: &str, token: &str, args: &Value) -> reqwest::Result<reqwest::Response> {
        self.http.post(format!("{}/{method}", self.api_url)).bearer_auth(token).json(args).send().await
    }

    pub async fn call(&self, method: &str, args: Value) -> Value {
        let response = self.send(method, &self.bot_token, &args).await.expect("an answer");
        response.json().await.expect("JSON")
    }

    pub async fn ok(&self, method: &str, args: Value) -> Value {
        let reply = self.call(method, args).await;
        assert_eq!(reply["ok"], true, "{method}: {reply}");
        reply
    }

    pub async fn error(&self, method: &str, args: Value) -> String {
        self.call(method, args).await["error"].as_str().unwrap_or("none").to_owned()
    }

    /// Posts to a `response_url`.
    pub async fn respond(&self, url: &str, body: Value) -> (u16, Value) {
        let response = self.http.post(url).json(&body).send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.expect("JSON"))
    }

    /// Opens a Socket Mode connection and hears the hello.
    pub async fn connect(&self) -> Socket {
        let mut socket = self.dial().await;
        assert_eq!(socket.envelope().await["type"], "hello");
        socket
    }

    /// Opens a Socket Mode connection.
    pub async fn dial(&self) -> Socket {
        let response = self.send("apps.connections.open", &self.app_token, &json!({})).await.expect("an answer");
        let reply: Value = response.json().await.expect("JSON");
        let url = reply["url"].as_str().expect("an address");
        let (stream, _) = tokio_tungstenite::connect_async(url).await.expect("a connection");
        assert!(tokio_tungstenite::connect_async(url).await.is_err(), "a ticket opens one connection");
        Socket(stream)
    }
}

pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// The next JSON frame; none if the connection is gone.
    pub async fn frame(&mut self) -> Option<Value> {
        loop {
            match self.0.next().await? {
                Ok(Message::Text(words)) => return serde_json::from_str(&words).ok(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next envelope, which must be there.
    pub async fn envelope(&mut self) -> Value {
        self.frame().await.expect("an envelope")
    }

    pub async fn ack(&mut self, envelope: &Value, payload: Option<Value>) {
        let mut ack = json!({"envelope_id": envelope["envelope_id"]});
        if let Some(payload) = payload {
            ack["payload"] = payload;
        }
        self.0.send(Message::text(ack.to_string())).await.expect("the connection is there");
    }

    /// Takes the next envelope and acknowledges it.
    pub async fn take(&mut self, payload: Option<Value>) -> Value {
        let envelope = self.envelope().await;
        self.ack(&envelope, payload).await;
        envelope["payload"].clone()
    }
}

/// Blocks with one row of buttons.
pub fn buttons(labels: &[&str]) -> Value {
    let button = |label: &&str| {
        json!({"type": "button", "action_id": format!("answer:{label}"), "value": "pulse-1",
               "text": {"type": "plain_text", "text": label}})
    };
    json!([
        {"type": "section", "text": {"type": "mrkdwn", "text": "*How is it?*"}},
        {"type": "actions", "block_id": "row", "elements": labels.iter().map(button).collect::<Vec<_>>()},
    ])
}

/// A modal that asks for a few words.
pub fn modal(title: &str) -> Value {
    json!({"type": "modal", "callback_id": "comment", "private_metadata": "pulse-1", "notify_on_close": true,
           "title": {"type": "plain_text", "text": title}, "submit": {"type": "plain_text", "text": "Save"},
           "blocks": [{"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Why"},
                       "element": {"type": "plain_text_input", "action_id": "words"}}]})
}
