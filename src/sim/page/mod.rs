//! A page on loopback through which a newcomer is anybody in the simulated workspace: reads, taps, fills in, waits.
//!
//! Everything it shows comes from the eyes of a person ([`Someone`](super::Someone)), everything it does goes through
//! their hands. Only pages that this server served may drive it: the `Host` must be its own loopback address, and
//! whatever changes something must come from its own origin.

mod assets;
mod attention;
mod controls;
mod doors;
mod events;
mod eyes;
mod hands;
mod progress;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::Sim;
use attention::Attention;
pub use controls::{Controls, Tempo};
pub use progress::Progress;

/// The most bytes that the page may send at once.
const BODY_MAX: usize = 64 * 1024;

/// What stands beside a person in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// `mentor`, `mentee`, `coordinator`.
    pub roles: Vec<String>,
    /// A few words more, such as `with Ravi Rao`.
    pub about: String,
}

/// A page that is being served. It stops when the last clone is gone.
#[derive(Clone)]
pub struct Page {
    url: String,
    shown: Arc<Shown>,
    _stops: Arc<DropGuard>,
}

/// What all requests share.
struct Shown {
    sim: Sim,
    labels: BTreeMap<String, Label>,
    controls: Controls,
    progress: watch::Sender<Progress>,
    attention: Attention,
    /// As whom the newcomer has done something.
    played: Mutex<Vec<String>>,
    stop: CancellationToken,
    /// `127.0.0.1:port` and `localhost:port`.
    hosts: [String; 2],
    policy: String,
}

impl Page {
    /// Serves the page on a free loopback port, with labels by Slack id.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn start(sim: Sim, labels: BTreeMap<String, Label>, controls: Controls) -> io::Result<Self> {
        Self::start_on(sim, labels, controls, 0).await
    }

    /// The same on a port of one's choice; 0 is a free one.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn start_on(
        sim: Sim,
        labels: BTreeMap<String, Label>,
        controls: Controls,
        port: u16,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        let stop = CancellationToken::new();
        let stops = Arc::new(stop.clone().drop_guard());
        let policy = doors::policy(&sim.world.base_url);
        let shown = Arc::new(Shown {
            sim,
            labels,
            controls,
            progress: watch::Sender::new(Progress::default()),
            attention: Attention::default(),
            played: Mutex::default(),
            stop: stop.clone(),
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            policy,
        });
        let service = router(Arc::clone(&shown));
        tokio::spawn(async move {
            // Serving ends only by the stop; what fails on one connection ends that connection.
            let serving = axum::serve(listener, service);
            tokio::select! {
                _ = serving => {}
                () = stop.cancelled() => {}
            }
        });
        Ok(Self { url: format!("http://127.0.0.1:{port}/"), shown, _stops: stops })
    }

    /// Where it is, for people.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Shows how far the programme is.
    pub fn progress(&self, progress: Progress) {
        self.shown.progress.send_replace(progress);
    }

    /// Whether somebody has a form or a private answer open: then time runs 1:1.
    pub fn someone_is_acting(&self) -> bool {
        self.shown.attention.is_held()
    }

    /// Slack ids of those as whom the newcomer has done something: the simulated people leave these alone.
    pub fn played(&self) -> Vec<String> {
        self.shown.played.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn router(shown: Arc<Shown>) -> Router {
    Router::new()
        .route("/", get(assets::index))
        .route("/app/{file}", get(assets::file))
        .route("/api/world", get(eyes::world))
        .route("/api/people/{person}", get(eyes::person))
        .route("/api/people/{person}/conversations/{channel}", get(eyes::conversation))
        .route("/api/people/{person}/tap", post(hands::tap))
        .route("/api/people/{person}/submit", post(hands::submit))
        .route("/api/people/{person}/close", post(hands::close))
        .route("/api/people/{person}/home", post(hands::open_home))
        .route("/api/people/{person}/say", post(hands::say))
        .route("/api/people/{person}/read", post(hands::read))
        .route("/api/attention", post(events::attention))
        .route("/api/controls", post(hands::control))
        .route("/api/events", get(events::stream))
        .layer(middleware::from_fn_with_state(Arc::clone(&shown), doors::guard))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .with_state(shown)
}
