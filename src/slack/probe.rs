//! A look at what a reply says beside its body: the token's scopes and Slack's clock. For `rapport doctor` only; the
//! client for everything else shows no headers.

use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::client::{failure, is_loopback};
use super::fate::{Failure, code};
use super::tls;

/// Longer than any `auth.test` takes.
const TIMEOUT: Duration = Duration::from_secs(10);

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
    let trust = match url.scheme() {
        "http" if is_loopback(&url) => tls::trusting_nobody(),
        "https" => (*tls::config().map_err(|error| fail(code::NO_CONNECTION, &error.to_string()))?).clone(),
        _ => return Err(fail(code::REFUSED_HERE, "an https address is wanted")),
    };
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(trust)
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()
        .map_err(|error| fail(code::NO_CONNECTION, &error.to_string()))?;
    let sent = client.post(url).bearer_auth(token.expose_secret()).send().await;
    let response = sent.map_err(|error| {
        let code = if error.is_connect() { code::NO_CONNECTION } else { code::TIMEOUT };
        fail(code, &root_of(&error))
    })?;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let scopes = header("x-oauth-scopes").map(|list| list.split(',').map(|scope| scope.trim().to_owned()).collect());
    let date = header("date").and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc());
    let status = response.status();
    let Ok(reply) = response.json::<Value>().await else {
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
