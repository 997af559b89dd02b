//! The HTTP door: signed requests from Slack. Three addresses, each of which takes all three kinds.

#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use slack_morphism::signature_verifier::{SlackEventSignatureVerifier, SlackEventSignatureVerifierError};
use url::form_urlencoded;

use crate::clock::Clock;

use super::parse::{Installation, Kind, parse, payload};
use super::{Ack, Handler};

/// The most bytes of a request that we read.
pub const BODY_MAX: usize = 1024 * 1024;

/// How long a request may take to arrive whole. Slack itself waits no longer for the answer.
const ARRIVAL: Duration = Duration::from_secs(3);

/// How far the time of a signature may be from ours.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// The signature covers the body and the time of sending.
const SIGNATURE: &str = SlackEventSignatureVerifier::SLACK_SIGNED_HASH_HEADER;
const TIMESTAMP: &str = SlackEventSignatureVerifier::SLACK_SIGNED_TIMESTAMP;

#[derive(Clone)]
struct Door<H> {
    verifier: SlackEventSignatureVerifier,
    us: Arc<OnceLock<Installation>>,
    clock: Clock,
    handler: H,
}

/// `/slack/events`, `/slack/interactivity` and `/slack/commands`.
///
/// The door may open before it is known who `us` are: Slack's check of the address is answered at once, and all else
/// gets a 503 until then, which for an event means that Slack sends it again.
pub fn router<H: Handler>(
    signing_secret: &SecretString,
    us: Arc<OnceLock<Installation>>,
    clock: Clock,
    handler: H,
) -> Router {
    let verifier = SlackEventSignatureVerifier::new(&signing_secret.expose_secret().to_owned().into());
    // Slack looks at a certificate by an unsigned GET with `ssl_check=1` now and then.
    let door = || -> MethodRouter<Door<H>> { get(|| async { StatusCode::OK }).post(enter::<H>) };
    Router::new()
        .route("/slack/events", door())
        .route("/slack/interactivity", door())
        .route("/slack/commands", door())
        .with_state(Door { verifier, us, clock, handler })
}

async fn enter<H: Handler>(State(door): State<Door<H>>, headers: HeaderMap, body: Body) -> Response {
    let received = door.clock.now();
    match admitted(&door.verifier, &headers, body, received).await {
        Ok(body) => answer(&door, &body, received).await,
        Err((status, sentence)) => {
            tracing::warn!(status = status.as_u16(), "refused a request: {sentence}");
            (status, sentence).into_response()
        }
    }
}

type Refused = (StatusCode, &'static str);

/// The body, if Slack signed it just now. Reads as little as it can of a request that is not Slack's.
async fn admitted(
    verifier: &SlackEventSignatureVerifier,
    headers: &HeaderMap,
    body: Body,
    now: DateTime<Utc>,
) -> Result<String, Refused> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(signature), Some(timestamp)) = (text(SIGNATURE), text(TIMESTAMP)) else {
        return Err((StatusCode::UNAUTHORIZED, "This request is not signed by Slack."));
    };
    let sent = timestamp.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    if sent.is_none_or(|sent| (now - sent).abs() > TOLERANCE) {
        return Err((
            StatusCode::UNAUTHORIZED,
            "The signature's time is more than 5 minutes from ours. Check this machine's clock.",
        ));
    }
    let too_large = (StatusCode::PAYLOAD_TOO_LARGE, "The request is larger than 1 MiB, or broke off.");
    let length = text(header::CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > BODY_MAX) {
        return Err(too_large);
    }
    let bytes = match tokio::time::timeout(ARRIVAL, to_bytes(body, BODY_MAX)).await {
        Ok(read) => read.map_err(|_| too_large)?,
        Err(_) => return Err((StatusCode::REQUEST_TIMEOUT, "The request took longer than 3 seconds to arrive.")),
    };
    let body =
        String::from_utf8(bytes.into()).map_err(|_| (StatusCode::BAD_REQUEST, "The request is not text in UTF-8."))?;
    if is_signed(verifier, signature, &body, timestamp) {
        Ok(body)
    } else {
        Err((StatusCode::UNAUTHORIZED, "The signature is wrong. Check SLACK_SIGNING_SECRET."))
    }
}

/// slack-morphism compares the signature in constant time, and the time of sending afterwards, with the machine's
/// clock. Ours may be another one, so its second verdict does not count; [`admitted`] has looked at the time.
fn is_signed(verifier: &SlackEventSignatureVerifier, signature: &str, body: &str, timestamp: &str) -> bool {
    match verifier.verify(signature, body, timestamp) {
        Ok(()) | Err(SlackEventSignatureVerifierError::IncorrectOrExpiredTimestampError(_)) => true,
        Err(_) => false,
    }
}

/// What a signed body is. Decided by its content: one address may serve all kinds.
enum Content {
    Payload(Kind, Value),
    Challenge(String),
    /// A certificate check, or nothing that we could read: taken, and nothing happens.
    Nothing,
}

fn content(body: &str) -> Content {
    if body.trim_start().starts_with('{') {
        let event = payload::read(body).unwrap_or_default();
        return match (event.get("type").and_then(Value::as_str), event.get("challenge").and_then(Value::as_str)) {
            (Some("url_verification"), Some(challenge)) => Content::Challenge(challenge.to_owned()),
            _ if event.is_object() => Content::Payload(Kind::Event, event),
            _ => Content::Nothing,
        };
    }
    let mut fields = serde_json::Map::new();
    for (name, value) in form_urlencoded::parse(body.as_bytes()) {
        if name == "payload" {
            return payload::read(&value)
                .map_or(Content::Nothing, |payload| Content::Payload(Kind::Interactive, payload));
        }
        fields.insert(name.into_owned(), Value::String(value.into_owned()));
    }
    let only_a_check = fields.get("ssl_check").and_then(Value::as_str) == Some("1");
    if fields.contains_key("command") && !only_a_check {
        Content::Payload(Kind::Command, Value::Object(fields))
    } else {
        Content::Nothing
    }
}

async fn answer<H: Handler>(door: &Door<H>, body: &str, received: DateTime<Utc>) -> Response {
    let (kind, payload) = match content(body) {
        Content::Payload(kind, payload) => (kind, payload),
        Content::Challenge(challenge) => return challenge.into_response(),
        Content::Nothing => return StatusCode::OK.into_response(),
    };
    let Some(us) = door.us.get() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let incoming = parse(kind, &payload, us, received);
    drop(payload);
    match door.handler.handle(incoming).await {
        Ack::Payload(answer) if kind != Kind::Event => axum::Json(answer).into_response(),
        Ack::Empty | Ack::Payload(_) => StatusCode::OK.into_response(),
        Ack::Late => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
