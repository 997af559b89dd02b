//! The way out: one call of a Web API method at a time, each within a time limit, each failure with its fate.
//!
//! slack-morphism carries the call. Beneath it a request is sent a second time only if a pooled connection turned out
//! dead before the first byte of the request was written (hyper hands such a request back unstarted); whatever may
//! have reached Slack is never repeated down there, but reported as [`Fate::Unsure`](super::fate::Fate::Unsure).

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use slack_morphism::errors::SlackClientError;
use slack_morphism::hyper_tokio::{SlackClientHyperConnector, SlackHyperClient};
use slack_morphism::{SlackApiToken, SlackApiTokenValue};
use url::{Host, Url};

use super::fate::{self, Failure, code};
use super::respond::Replies;
use super::tls;

/// How long a call may take from connecting to the end of the reply.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// The most characters of Slack's explanation that we keep.
const DETAIL_MAX: usize = 300;

/// The Web API of one Slack, as one app in one workspace. Clones share connections.
#[derive(Clone)]
pub struct Client {
    slack: Arc<SlackHyperClient>,
    bot: Arc<SlackApiToken>,
    app: Option<Arc<SlackApiToken>>,
    replies: Replies,
    timeout: Duration,
}

/// The client cannot be made: a sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable(String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the Slack at `api_url` (`https://slack.com/api`, with or without a slash at the end). Opens nothing
    /// yet. The app token is needed for Socket Mode only.
    ///
    /// # Errors
    /// The address is not one, or is plain http to another machine, or this machine trusts no certificates.
    pub fn new(api_url: &str, bot_token: SecretString, app_token: Option<SecretString>) -> Result<Self, Unusable> {
        Self::with_timeout(api_url, bot_token, app_token, TIMEOUT)
    }

    /// [`Client::new`] with another time limit per call than [`TIMEOUT`].
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_timeout(
        api_url: &str,
        bot_token: SecretString,
        app_token: Option<SecretString>,
        timeout: Duration,
    ) -> Result<Self, Unusable> {
        let base = base(api_url)?;
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(timeout / 2));
        let https = if base.scheme() == "http" {
            HttpsConnectorBuilder::new().with_tls_config(tls::trusting_nobody()).https_or_http()
        } else {
            HttpsConnectorBuilder::new().with_tls_config((*trusted()?).clone()).https_only()
        };
        let connector = SlackClientHyperConnector::with_connector(https.enable_http1().wrap_connector(http))
            .with_slack_api_url(base.as_str().trim_end_matches('/'));
        let token = |secret: SecretString| {
            Arc::new(SlackApiToken::new(SlackApiTokenValue::new(secret.expose_secret().to_owned())))
        };
        Ok(Self {
            slack: Arc::new(SlackHyperClient::new(connector)),
            bot: token(bot_token),
            app: app_token.map(token),
            replies: Replies::new(timeout),
            timeout,
        })
    }

    /// Calls a method as the bot and returns Slack's reply, which said `ok`.
    ///
    /// # Errors
    /// A [`Failure`] that says what follows.
    pub async fn call(&self, method: &str, args: Value) -> Result<Value, Failure> {
        self.call_as(&self.bot, method, args).await
    }

    /// Asks for the address of one Socket Mode connection. It holds a ticket: a secret, good for one use.
    ///
    /// # Errors
    /// A [`Failure`], also when there is no app token.
    pub async fn open_socket(&self) -> Result<SecretString, Failure> {
        let method = "apps.connections.open";
        let Some(app) = &self.app else {
            return Err(failure(method, code::REFUSED_HERE, "Socket Mode needs an app-level token"));
        };
        let reply = self.call_as(app, method, Value::Object(serde_json::Map::new())).await?;
        match reply.get("url").and_then(Value::as_str) {
            Some(url) if !url.is_empty() => Ok(SecretString::from(url)),
            _ => Err(failure(method, code::UNREADABLE, "no address in the reply")),
        }
    }

    /// Sends a message to the `response_url` of a tap or command.
    ///
    /// # Errors
    /// A [`Failure`] under the name [`fate::RESPONSE_URL`].
    pub async fn respond(&self, response_url: &SecretString, message: &Value) -> Result<(), Failure> {
        let outcome = self.replies.send(response_url, message).await;
        count(fate::RESPONSE_URL, outcome.as_ref().err());
        outcome
    }

    /// Uploads a file to the address that `files.getUploadURLExternal` named.
    ///
    /// # Errors
    /// A [`Failure`] under the name [`fate::UPLOAD`].
    pub async fn hand_over(&self, address: &SecretString, content: Vec<u8>) -> Result<(), Failure> {
        let outcome = self.replies.hand_over(address, content).await;
        count(fate::UPLOAD, outcome.as_ref().err());
        outcome
    }

    /// How long one call may take.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    async fn call_as(&self, token: &SlackApiToken, method: &str, mut args: Value) -> Result<Value, Failure> {
        if method == "conversations.open" {
            users_in_one_text(&mut args);
        }
        let session = self.slack.open_session(token);
        let call = session.http_session_api.http_post::<Value, Value>(method, &args, None);
        let outcome = match tokio::time::timeout(self.timeout, call).await {
            Err(_) => Err(failure(method, code::TIMEOUT, "")),
            Ok(Err(error)) => Err(classify(method, error)),
            Ok(Ok(reply)) => checked(method, reply),
        };
        count(method, outcome.as_ref().err());
        outcome
    }
}

/// Plain http is for a Slack on this machine: elsewhere it would carry the token in the open.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The certificates of this machine, or a sentence.
fn trusted() -> Result<Arc<rustls::ClientConfig>, Unusable> {
    tls::config().map_err(|error| {
        Unusable(format!("this machine trusts no certificates ({error}): install the package ca-certificates"))
    })
}

fn base(api_url: &str) -> Result<Url, Unusable> {
    let refuse = |why: &str| Unusable(format!("SLACK_API_URL: {why} (usual: https://slack.com/api)"));
    let url = Url::parse(api_url.trim()).map_err(|_| refuse("this is not an address"))?;
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("an address without user, query and fragment is wanted"));
    }
    match url.scheme() {
        "https" if url.has_host() => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(refuse("plain http is allowed to this machine only (127.0.0.1); use https")),
        _ => Err(refuse("an https address is wanted")),
    }
}

/// Slack takes the people of a conversation as one text, not as a list.
fn users_in_one_text(args: &mut Value) {
    if let Some(users) = args.get_mut("users")
        && let Some(list) = users.as_array()
    {
        let names: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
        *users = Value::String(names.join(","));
    }
}

/// A reply that came with 200. slack-morphism reads what is not JSON as an empty object.
fn checked(method: &str, reply: Value) -> Result<Value, Failure> {
    match reply.get("ok") {
        Some(Value::Bool(true)) => Ok(reply),
        Some(Value::Bool(false)) => Err(refused(method, text(&reply, "error").unwrap_or("no_error_code"), &reply)),
        _ => Err(failure(method, code::UNREADABLE, "200, but no Slack reply")),
    }
}

fn classify(method: &str, error: SlackClientError) -> Failure {
    match error {
        SlackClientError::ApiError(api) => {
            let body = api.http_response_body.unwrap_or_default();
            refused(method, &api.code, &serde_json::from_str(&body).unwrap_or_default())
        }
        SlackClientError::RateLimitError(limit) => Failure {
            fate: fate::of(method, "ratelimited", None, limit.retry_after),
            ..failure(method, "ratelimited", "")
        },
        SlackClientError::HttpError(http) => failure(method, &format!("http_{}", http.status_code.as_u16()), ""),
        SlackClientError::HttpProtocolError(protocol) => {
            let cause = protocol.cause.as_deref().and_then(|cause| {
                let cause: &(dyn std::error::Error + 'static) = cause;
                cause.downcast_ref::<hyper_util::client::legacy::Error>()
            });
            match cause {
                Some(cause) if cause.is_connect() => failure(method, code::NO_CONNECTION, &root_of(cause)),
                _ => failure(method, code::CONNECTION_LOST, ""),
            }
        }
        SlackClientError::ProtocolError(_) => failure(method, code::UNREADABLE, "not the JSON that it promised to be"),
        _ => failure(method, code::CONNECTION_LOST, ""),
    }
}

/// Slack answered, and said no.
fn refused(method: &str, code: &str, reply: &Value) -> Failure {
    let needed = text(reply, "needed");
    let mut detail = Vec::new();
    if let Some(needed) = needed {
        let provided = text(reply, "provided").unwrap_or("nothing");
        detail.push(format!("needs the scope {needed}; the token has {provided}"));
    }
    if code == "invalid_auth" {
        detail.push("the token is wrong, or this address is not on the app's list of allowed IP addresses".to_owned());
    }
    let messages = reply.pointer("/response_metadata/messages").and_then(Value::as_array);
    detail.extend(messages.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    Failure { fate: fate::of(method, code, needed, None), ..failure(method, code, &detail.join("; ")) }
}

pub(super) fn failure(method: &str, code: &str, detail: &str) -> Failure {
    Failure {
        method: method.to_owned(),
        code: code.to_owned(),
        fate: fate::of(method, code, None, None),
        detail: detail.chars().take(DETAIL_MAX).collect(),
    }
}

/// The innermost cause, which says what a person can act on ("Connection refused").
fn root_of(error: &(dyn std::error::Error + 'static)) -> String {
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    root.to_string()
}

fn text<'a>(reply: &'a Value, field: &str) -> Option<&'a str> {
    reply.get(field).and_then(Value::as_str)
}

fn count(method: &str, failed: Option<&Failure>) {
    let result = failed.map_or_else(|| "ok".to_owned(), |failure| failure.code.clone());
    metrics::counter!("rapport_slack_calls_total", "method" => method.to_owned(), "result" => result).increment(1);
}
