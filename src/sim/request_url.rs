//! Payloads over signed HTTP, for apps that do not use Socket Mode.

use axum::body::Body;
use http::{Request, header};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use super::line::{Kind, Missed};
use super::signature::sign;
use super::world::World;

/// The largest answer that is read.
const MOST_BYTES: usize = 1 << 20;

/// Where the app listens. All three may be the same.
#[derive(Clone, Debug)]
pub struct RequestUrls {
    pub events: String,
    pub interactivity: String,
    pub commands: String,
}

impl RequestUrls {
    /// One address for all.
    pub fn one(url: impl Into<String>) -> Self {
        let url = url.into();
        Self { events: url.clone(), interactivity: url.clone(), commands: url }
    }
}

/// Sends requests over connections that are kept open, as Slack does.
pub(super) struct Sender(Client<HttpConnector, Body>);

impl Default for Sender {
    fn default() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self(Client::builder(TokioExecutor::new()).build(connector))
    }
}

impl Sender {
    /// One request. The answer is the body: JSON where it is JSON, else its text; `None` if it is empty.
    pub async fn send(
        &self,
        world: &World,
        urls: &RequestUrls,
        kind: Kind,
        payload: &Value,
        retry: Option<(u32, &str)>,
    ) -> Result<Option<Value>, Missed> {
        let (url, media, body) = match kind {
            Kind::Event => (&urls.events, "application/json", payload.to_string()),
            Kind::Interaction => {
                (&urls.interactivity, "application/x-www-form-urlencoded", form([("payload", payload.to_string())]))
            }
            Kind::Command => {
                let fields = payload.as_object().into_iter().flatten();
                let fields = fields.map(|(key, value)| {
                    (key.as_str(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                });
                (&urls.commands, "application/x-www-form-urlencoded", form(fields))
            }
        };
        let timestamp = world.options.clock.now().timestamp();
        let mut request = Request::post(url)
            .header(header::CONTENT_TYPE, media)
            .header(header::USER_AGENT, "Slackbot 1.0 (+https://api.slack.com/robots)")
            .header("x-slack-request-timestamp", timestamp)
            .header("x-slack-signature", sign(&world.signing_secret, timestamp, body.as_bytes()));
        if let Some((attempt, reason)) = retry {
            request = request.header("x-slack-retry-num", attempt).header("x-slack-retry-reason", reason);
        }
        let request = request.body(Body::from(body)).map_err(|_| Missed::NotConnected)?;
        let response = self
            .0
            .request(request)
            .await
            .map_err(|error| if error.is_connect() { Missed::NotConnected } else { Missed::Timeout })?;
        if !response.status().is_success() {
            let no_retry = response.headers().get("x-slack-no-retry").is_some_and(|value| value == "1");
            return Err(Missed::Refused { retry: !no_retry });
        }
        let body = axum::body::to_bytes(Body::new(response.into_body()), MOST_BYTES).await;
        let body = body.map_err(|_| Missed::Timeout)?;
        if body.is_empty() {
            return Ok(None);
        }
        let parsed = serde_json::from_slice(&body);
        Ok(Some(parsed.unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()))))
    }
}

fn form<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
