//! A stream that says that something has changed, and what time it is; the page fetches what it shows.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde::{Deserialize, Serialize};

use super::{Progress, Shown, Tempo};

/// Changes closer together than this are told as one.
const BREATH: Duration = Duration::from_millis(150);
/// How often the clock on the page is looked at when nothing else happens.
const TICK: Duration = Duration::from_millis(500);

#[derive(Deserialize)]
pub(super) struct Who {
    /// A name that the page made up for itself.
    page: String,
}

#[derive(Deserialize)]
pub(super) struct Holding {
    page: String,
    held: bool,
}

#[derive(Clone, PartialEq, Serialize)]
struct News {
    version: u64,
    now: DateTime<Utc>,
    tempo: Tempo,
    progress: Progress,
    held: bool,
}

impl Shown {
    fn news(&self) -> News {
        News {
            version: *self.sim.world.changes.borrow(),
            now: self.sim.world.options.clock.now(),
            tempo: self.controls.tempo(),
            progress: self.progress.borrow().clone(),
            held: self.attention.is_held(),
        }
    }
}

pub(super) async fn stream(State(shown): State<Arc<Shown>>, Query(who): Query<Who>) -> Response {
    let Some(open) = shown.attention.open(&who.page) else {
        return (StatusCode::TOO_MANY_REQUESTS, "Too many pages are open.").into_response();
    };
    let news = stream::unfold((shown, None, open), |(shown, told, open)| async move {
        let news = next(&shown, told.as_ref()).await?;
        let event = Event::default().json_data(&news).ok()?;
        Some((Ok::<_, Infallible>(event), (shown, Some(news), open)))
    });
    Sse::new(news).keep_alive(KeepAlive::default()).into_response()
}

/// The first news that differ from what was told; `None` when the page is to stop.
async fn next(shown: &Shown, told: Option<&News>) -> Option<News> {
    let mut changes = shown.sim.changes();
    let mut tempo = shown.controls.changes();
    let mut progress = shown.progress.subscribe();
    loop {
        let news = shown.news();
        if told != Some(&news) {
            return Some(news);
        }
        tokio::select! {
            changed = changes.changed() => changed.ok()?,
            changed = tempo.changed() => changed.ok()?,
            changed = progress.changed() => changed.ok()?,
            () = tokio::time::sleep(TICK) => {}
            () = shown.stop.cancelled() => return None,
        }
        tokio::time::sleep(BREATH).await;
    }
}

pub(super) async fn attention(State(shown): State<Arc<Shown>>, Json(holding): Json<Holding>) -> StatusCode {
    shown.attention.hold(&holding.page, holding.held);
    StatusCode::NO_CONTENT
}
