//! What all parts of one simulated Slack share: the state behind its lock, and who waits for what.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::SecondsFormat;
use serde_json::Value;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::fault::Plan;
use super::line::Line;
use super::options::SimOptions;
use super::record::{Call, Records};
use super::state::State;

pub(super) struct World {
    pub options: Arc<SimOptions>,
    pub bot_token: String,
    pub app_token: String,
    pub signing_secret: String,
    pub base_url: String,
    state: Mutex<State>,
    plan: Mutex<Plan>,
    records: Mutex<Records>,
    pub line: Line,
    /// How many requests are open and deliveries unacknowledged.
    activity: watch::Sender<usize>,
    /// Counts changes that somebody could see.
    pub changes: watch::Sender<u64>,
    pub stop: CancellationToken,
}

impl World {
    pub fn new(options: SimOptions, base_url: String, socket_url: String) -> Self {
        let options = Arc::new(options);
        let token = crate::clock::token;
        Self {
            bot_token: format!("xoxb-sim-{}", token()),
            app_token: format!("xapp-1-sim-{}", token()),
            signing_secret: token(),
            state: Mutex::new(State::new(Arc::clone(&options), base_url.clone(), socket_url)),
            plan: Mutex::default(),
            records: Mutex::new(Records { kept: options.calls_kept, ..Records::default() }),
            line: Line::default(),
            activity: watch::Sender::new(0),
            changes: watch::Sender::new(0),
            stop: CancellationToken::new(),
            options,
            base_url,
        }
    }

    /// Looks at the state.
    pub fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state, then carries what the app must hear of it.
    pub fn change<T>(self: &Arc<Self>, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let result = change(&mut state);
        let outgoing = std::mem::take(&mut state.outgoing);
        drop(state);
        for event in outgoing {
            self.line.event(self, event);
        }
        self.changes.send_modify(|count| *count += 1);
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in a test's own closure must not hide behind a second one here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn record(&self, method: &str, args: Value, reply: Value) {
        let t = self.options.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true);
        self.records().add(Call { t, method: method.to_owned(), args, reply });
    }

    pub fn complain(&self, words: String) {
        self.lock().complaints.push(words);
    }

    /// Something is going on until the guard is dropped.
    pub fn busy(self: &Arc<Self>) -> Busy {
        self.activity.send_modify(|count| *count += 1);
        Busy(Arc::clone(self))
    }

    pub fn is_quiet(&self) -> bool {
        *self.activity.borrow() == 0
    }

    pub async fn quiet(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.activity.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// Something that is going on.
pub(super) struct Busy(Arc<World>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.activity.send_modify(|count| *count -= 1);
    }
}
