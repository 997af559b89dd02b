//! A look at what a reply says beside its body: the token's scopes and Slack's clock. For `rapport doctor` only; the
//! client for everything else shows no headers.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;
use http::header::AUTHORIZATION;
use http_body_util::{BodyExt, Collected, Empty, Limited};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::client::{failure, is_loopback};
use super::fate::{Failure, code};
use super::tls;

/// Longer than any `auth.test` takes.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The most bytes of a reply that we look at.
const REPLY_MAX: usize = 64 * 1024;

/// What came back from `auth.test`.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    pub reply: Value,
    /// The scopes of the token, where Slack tells them.
    pub scopes: Option<Vec<String>>,
    /// When Slack sent its reply, by its clock, to the second.
    pub date: Option<DateTime<Utc>>,
}

/// Calls `auth.test` with this token.
///
/// # Errors
/// Slack cannot be reached, or its reply is not one. That it said no is in [`Probe::reply`].
pub async fn probe(api_url: &str, token: &SecretString) -> Result<Probe, Failure> {
    let fail = |code: &str, detail: &str| failure("auth.test", code, detail);
    let url = Url::parse(&format!("{}/auth.test", api_url.trim_end_matches('/')));
    let url = url.map_err(|_| fail(code::REFUSED_HERE, "not an address"))?;
    let secure = match url.scheme() {
        "http" if is_loopback(&url) => false,
        "https" => true,
        _ => return Err(fail(code::REFUSED_HERE, "an https address is wanted")),
    };
    let connector = tls::connector(secure, TIMEOUT).map_err(|error| fail(code::NO_CONNECTION, &error.to_string()))?;
    let client = legacy::Client::builder(TokioExecutor::new()).build(connector);
    let request = Request::post(url.as_str())
        .header(AUTHORIZATION, format!("Bearer {}", token.expose_secret()))
        .body(Empty::<Bytes>::new())
        .map_err(|_| fail(code::REFUSED_HERE, "not an address, or not a token"))?;
    let response = match tokio::time::timeout(TIMEOUT, client.request(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) if error.is_connect() => return Err(fail(code::NO_CONNECTION, &root_of(&error))),
        Ok(Err(error)) => return Err(fail(code::CONNECTION_LOST, &root_of(&error))),
        Err(_) => return Err(fail(code::TIMEOUT, "")),
    };
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let scopes = header("x-oauth-scopes").map(|list| list.split(',').map(|scope| scope.trim().to_owned()).collect());
    let date = header("date").and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc());
    let status = response.status();
    let body = tokio::time::timeout(TIMEOUT, Limited::new(response.into_body(), REPLY_MAX).collect()).await;
    let body = body.ok().and_then(Result::ok).map(Collected::to_bytes).unwrap_or_default();
    let Ok(reply) = serde_json::from_slice::<Value>(&body) else {
        return Err(fail(code::UNREADABLE, &format!("HTTP {}", status.as_u16())));
    };
    Ok(Probe { reply, scopes, date })
}

/// The innermost cause, which says what a person can act on.
fn root_of(error: &(dyn std::error::Error + 'static)) -> String {
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    root.to_string()
}
