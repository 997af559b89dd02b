//! What the outside may ask about a serving process: is it alive, is it ready, and its numbers.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics::{counter, describe_counter, describe_gauge, gauge};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::store::Store;

/// Every number that counts up, with what it counts.
const COUNTERS: [(&str, &str); 9] = [
    ("rapport_acts_total", "Taps, forms and commands that came in."),
    ("rapport_acks_late_total", "Events that were not stored in time; people saw Slack's warning sign."),
    ("rapport_events_repeated_total", "Acts that had come in before; nothing was done twice."),
    ("rapport_events_limited_total", "Notices that Slack drops events of this workspace."),
    (
        "rapport_redraws_failed_total",
        "Forms that were open and not drawn anew after a tap in them; the answer is kept.",
    ),
    ("rapport_posts_doubtful_total", "Posts whose reply was lost and that may stand twice."),
    ("rapport_confirmations_doubtful_total", "Private confirmations that may not have arrived."),
    ("rapport_confirmations_given_up_total", "Private confirmations that could not be sent in time."),
    ("rapport_slack_calls_total", "Calls to Slack, by method and result."),
];
const IGNORED: (&str, &str) = ("rapport_events_ignored_total", "Events that mean nothing to rapport, by kind.");

/// Makes every number known from the start: what has not happened yet is 0 and not absent, so that an alert on its
/// growth sees the first time.
pub fn register() {
    for (name, counts) in COUNTERS.into_iter().chain([IGNORED]) {
        describe_counter!(name, counts);
    }
    for (name, _) in COUNTERS.into_iter().filter(|(name, _)| *name != "rapport_slack_calls_total") {
        counter!(name).absolute(0);
    }
    // By the most usual of their labels, so that they are there.
    counter!("rapport_slack_calls_total", "method" => "chat.postMessage", "result" => "ok").absolute(0);
    counter!(IGNORED.0, "kind" => "unknown").absolute(0);
    describe_gauge!("rapport_outbox_messages", "Messages that are not sent for good, by state.");
    describe_gauge!("rapport_sockets_open", "Socket Mode connections that stand open.");
}

/// What `/readyz` and `/metrics` look at.
#[derive(Clone)]
pub struct Health {
    /// The rows.
    pub store: Store,
    /// Renders the numbers.
    pub numbers: PrometheusHandle,
    /// Socket Mode connections that stand open; `None` where Slack comes by HTTP.
    pub sockets: Option<watch::Receiver<usize>>,
}

impl Health {
    /// `/healthz`, `/readyz` and `/metrics` (Prometheus text).
    pub fn router(self) -> Router {
        Router::new()
            .route("/healthz", get(|| async { "alive\n" }))
            .route("/readyz", get(ready))
            .route("/metrics", get(numbers))
            .with_state(self)
    }
}

async fn ready(State(health): State<Health>) -> (StatusCode, &'static str) {
    let connected = health.sockets.as_ref().is_none_or(|open| *open.borrow() > 0);
    match (health.store.ping().await, connected) {
        (Ok(()), true) => (StatusCode::OK, "ready\n"),
        (Ok(()), false) => (StatusCode::SERVICE_UNAVAILABLE, "There is no Socket Mode connection to Slack.\n"),
        (Err(_), _) => (StatusCode::SERVICE_UNAVAILABLE, "The database does not answer.\n"),
    }
}

async fn numbers(State(health): State<Health>) -> String {
    if let Ok(counts) = health.store.outbox_counts().await {
        let states = [
            ("waiting", counts.waiting),
            ("unsure", counts.unsure),
            ("doubtful", counts.doubtful),
            ("dead", counts.dead),
        ];
        for (state, count) in states {
            gauge!("rapport_outbox_messages", "state" => state).set(count as f64);
        }
    }
    if let Some(open) = &health.sockets {
        gauge!("rapport_sockets_open").set(*open.borrow() as f64);
    }
    health.numbers.render()
}
