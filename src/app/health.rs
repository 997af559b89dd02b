//! What the outside may ask about a serving process: is it alive, is it ready, and its numbers.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics::gauge;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::store::Store;

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
