//! Private answers through the `response_url` of a tap: they cost no method's rate, and nobody else sees them.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::client::{failure, is_loopback};
use super::fate::{self, Failure, RESPONSE_URL, UPLOAD, code};
use super::tls;

/// The most bytes of a reply that we look at.
const REPLY_MAX: usize = 64 * 1024;

/// Sends answers; connects to https hosts, and by plain http to this machine only. Follows no redirect, as the address
/// is a secret of the host that it names.
#[derive(Clone)]
pub struct Replies {
    timeout: Duration,
    /// One for https, one for loopback, each made at first use: reading certificates takes a while.
    clients: Arc<[OnceLock<reqwest::Client>; 2]>,
}

impl Replies {
    /// Nothing is opened yet.
    pub fn new(timeout: Duration) -> Self {
        Self { timeout, clients: Arc::default() }
    }

    /// Sends one message.
    ///
    /// # Errors
    /// A [`Failure`] that never contains the address.
    pub async fn send(&self, response_url: &SecretString, message: &Value) -> Result<(), Failure> {
        let url = address(response_url)?;
        let client = self.client(url.scheme() == "https")?;
        match tokio::time::timeout(self.timeout, post(client, url, message)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(failure(RESPONSE_URL, code::TIMEOUT, "")),
        }
    }

    /// Hands a file over to the address that Slack named for it.
    ///
    /// # Errors
    /// A [`Failure`] that never contains the address. Nothing is posted by this alone, so it may be tried again.
    pub async fn hand_over(&self, address_of_file: &SecretString, content: Vec<u8>) -> Result<(), Failure> {
        let url = address(address_of_file)?;
        let client = self.client(url.scheme() == "https")?;
        let sent = client.post(url).header("content-type", "application/octet-stream").body(content).send();
        match tokio::time::timeout(self.timeout, sent).await {
            Ok(Ok(reply)) if reply.status().is_success() => Ok(()),
            Ok(Ok(reply)) => Err(failure(UPLOAD, &format!("http_{}", reply.status().as_u16()), "")),
            Ok(Err(error)) => Err(failure(UPLOAD, lost(error).code.as_str(), "")),
            Err(_) => Err(failure(UPLOAD, code::TIMEOUT, "")),
        }
    }

    fn client(&self, secure: bool) -> Result<&reqwest::Client, Failure> {
        let slot = &self.clients[usize::from(secure)];
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let nothing_sent =
            |error: &dyn std::error::Error| failure(RESPONSE_URL, code::NO_CONNECTION, &error.to_string());
        let trust = if secure {
            (*tls::config().map_err(|error| nothing_sent(&error))?).clone()
        } else {
            tls::trusting_nobody()
        };
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(trust)
            .connect_timeout(self.timeout / 2)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()
            .map_err(|error| nothing_sent(&error))?;
        Ok(slot.get_or_init(|| client))
    }
}

fn address(response_url: &SecretString) -> Result<Url, Failure> {
    let refuse = |why| failure(RESPONSE_URL, code::REFUSED_HERE, why);
    let url = Url::parse(response_url.expose_secret()).map_err(|_| refuse("not an address"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        _ => Err(refuse("neither https nor this machine")),
    }
}

async fn post(client: &reqwest::Client, url: Url, message: &Value) -> Result<(), Failure> {
    let mut reply = client.post(url).json(message).send().await.map_err(lost)?;
    let status = reply.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        let after = reply.headers().get("retry-after").and_then(|after| after.to_str().ok()?.parse().ok());
        let fate = fate::of(RESPONSE_URL, "ratelimited", None, after.map(Duration::from_secs));
        return Err(Failure { fate, ..failure(RESPONSE_URL, "ratelimited", "") });
    }
    let mut body = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(lost)? {
        if body.len() + chunk.len() > REPLY_MAX {
            break;
        }
        body.extend_from_slice(&chunk);
    }
    judge(status, &body)
}

/// Slack answers `ok` or `{"ok":true}`, and names errors in either way.
fn judge(status: StatusCode, body: &[u8]) -> Result<(), Failure> {
    let text = std::str::from_utf8(body).unwrap_or_default().trim();
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let ok = text == "ok" || json.get("ok") == Some(&Value::Bool(true));
    let named = json.get("error").and_then(Value::as_str).or_else(|| is_code(text).then_some(text));
    match named {
        _ if status.is_success() && ok => Ok(()),
        Some(named) if !status.is_server_error() => Err(failure(RESPONSE_URL, named, "")),
        _ if status.is_success() => Err(failure(RESPONSE_URL, code::UNREADABLE, "200, but no Slack reply")),
        _ => Err(failure(RESPONSE_URL, &format!("http_{}", status.as_u16()), "")),
    }
}

fn is_code(text: &str) -> bool {
    (4..=60).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

fn lost(error: reqwest::Error) -> Failure {
    if error.is_connect() {
        failure(RESPONSE_URL, code::NO_CONNECTION, "")
    } else if error.is_timeout() {
        failure(RESPONSE_URL, code::TIMEOUT, "")
    } else {
        failure(RESPONSE_URL, code::CONNECTION_LOST, "")
    }
}
