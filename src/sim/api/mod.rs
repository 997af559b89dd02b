//! The Web API: one request, from its bytes to the answer.

mod apps;
mod args;
mod chat;
mod content;
mod conversations;
mod files;
mod method;
mod respond;
mod users;
mod views;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, RawQuery, State as Extracted};
use axum::response::Response;
use axum::routing::{any, post};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

use super::fault::Fault;
use super::wire::Cut;
use super::world::World;
pub(super) use args::Args;
pub(super) use content::Content;
pub(super) use respond::{Asked, answer};
pub(super) use views::check as check_view;

/// The largest request that is read.
const MOST_BYTES: usize = 16 << 20;

/// What a method answers: the reply without `ok`, or why not.
type Reply = Result<Value, Refusal>;

/// Slack's refusal of a call.
#[derive(Debug, Default)]
pub(super) struct Refusal {
    error: String,
    /// What stands in the reply beside `ok` and `error`.
    beside: Value,
    /// For 429.
    retry_after_s: Option<u64>,
    /// Something that no bot should ever do: remembered in [`Sim::complaints`](super::Sim::complaints).
    complaint: Option<String>,
}

impl Refusal {
    pub fn new(error: impl Into<String>) -> Self {
        Self { error: error.into(), ..Self::default() }
    }

    /// A refusal with fields beside the error.
    fn with(error: &str, beside: Value) -> Self {
        Self { error: error.into(), beside, ..Self::default() }
    }

    /// A refusal whose `response_metadata.messages` say what is wrong.
    fn because(error: &str, messages: &[String]) -> Self {
        Self::with(error, json!({"response_metadata": {"messages": messages}}))
    }

    fn limited(retry_after_s: u64) -> Self {
        Self { error: "ratelimited".into(), retry_after_s: Some(retry_after_s), ..Self::default() }
    }

    /// A refusal that fails loudly.
    fn loud(error: &str, complaint: String) -> Self {
        let mut refusal = Self::because(error, &[format!("[ERROR] {complaint}")]);
        refusal.complaint = Some(complaint);
        refusal
    }

    fn json(&self) -> Value {
        let mut reply = json!({"ok": false, "error": self.error});
        for (key, value) in self.beside.as_object().into_iter().flatten() {
            reply[key.as_str()] = value.clone();
        }
        reply
    }
}

impl From<&str> for Refusal {
    fn from(error: &str) -> Self {
        Self::new(error)
    }
}

/// All that answers over HTTP.
pub(super) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/api/{method}", any(call))
        .route("/hooks/{token}", post(respond::receive))
        .route("/upload/{file}", post(files::receive))
        .fallback(lost)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(world)
}

async fn lost(Extracted(world): Extracted<Arc<World>>, uri: http::Uri) -> StatusCode {
    // The path may hold a ticket: only its first part is repeated.
    let first = uri.path().split('/').nth(1).unwrap_or_default().to_owned();
    world.complain(format!("HTTP: nothing is at /{first}/..."));
    StatusCode::NOT_FOUND
}

async fn call(
    Extracted(world): Extracted<Arc<World>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(method): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let _busy = world.busy();
    let parsed = Args::parse(&headers, query.as_deref(), &body);
    let fault = world.plan().call(&method);
    let recorded = parsed.as_ref().map_or(Value::Null, Args::for_the_record);
    if let Some(answered) = before(&world, fault.as_ref(), &method, &recorded, &cut) {
        return answered;
    }
    let (status, retry_after_s, reply) = world.change(|state| {
        let result = parsed.map_err(Refusal::from).and_then(|args| method::run(state, &world, &method, &args));
        let (status, retry, reply) = match result {
            Ok(mut reply) => {
                reply["ok"] = json!(true);
                (StatusCode::OK, None, reply)
            }
            Err(refusal) => {
                state.complaints.extend(refusal.complaint.iter().map(|words| format!("{method}: {words}")));
                let status = refusal.retry_after_s.map_or(StatusCode::OK, |_| StatusCode::TOO_MANY_REQUESTS);
                (status, refusal.retry_after_s, refusal.json())
            }
        };
        // Recorded under the lock, so that the record has the order in which things happened.
        world.record(&method, recorded, for_the_record(&method, &reply));
        (status, retry, reply)
    });
    let mut response = after(fault, &cut, status, &reply).await;
    if let Some(retry) = retry_after_s {
        response.headers_mut().insert(header::RETRY_AFTER, retry.into());
    }
    if let Ok(scopes) = world.options.scopes.join(",").parse() {
        response.headers_mut().insert("x-oauth-scopes", scopes);
    }
    response
}

/// The ticket of a connection is a secret.
fn for_the_record(method: &str, reply: &Value) -> Value {
    let mut reply = reply.clone();
    if method == "apps.connections.open" && reply.get("url").is_some() {
        reply["url"] = json!("(a ticket)");
    }
    reply
}

/// Faults that happen before anything is done.
fn before(world: &World, fault: Option<&Fault>, method: &str, args: &Value, cut: &Cut) -> Option<Response> {
    let record = |reply: &Value| world.record(method, args.clone(), reply.clone());
    match fault? {
        Fault::RateLimited { retry_after_s } => {
            let reply = Refusal::limited(*retry_after_s).json();
            record(&reply);
            let mut response = respond_json(StatusCode::TOO_MANY_REQUESTS, &reply);
            response.headers_mut().insert(header::RETRY_AFTER, (*retry_after_s).into());
            Some(response)
        }
        Fault::Status(status) => {
            record(&Value::Null);
            Some(respond_text(*status, "Slack is having trouble."))
        }
        Fault::Error(error) => {
            let reply = Refusal::new(error.as_str()).json();
            record(&reply);
            Some(respond_json(StatusCode::OK, &reply))
        }
        Fault::CutBefore => {
            record(&Value::Null);
            cut.now();
            Some(Response::default())
        }
        Fault::Slow(_) | Fault::ReplyLost | Fault::Garbled | Fault::DoneButStatus(_) => None,
    }
}

/// Faults that happen after all is done.
async fn after(fault: Option<Fault>, cut: &Cut, status: StatusCode, reply: &Value) -> Response {
    match fault {
        Some(Fault::Slow(delay)) => tokio::time::sleep(delay).await,
        Some(Fault::ReplyLost) => cut.now(),
        Some(Fault::Garbled) => return respond_text(200, "<html>This is no JSON.</html>"),
        Some(Fault::DoneButStatus(status)) => return respond_text(status, "Slack is having trouble."),
        _ => {}
    }
    respond_json(status, reply)
}

fn respond_json(status: StatusCode, reply: &Value) -> Response {
    let mut response = Response::new(Body::from(reply.to_string()));
    *response.status_mut() = status;
    let media = header::HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

fn respond_text(status: u16, words: &'static str) -> Response {
    let mut response = Response::new(Body::from(words));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html"));
    response
}
