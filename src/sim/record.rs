//! What the app asked of Slack, call by call, for `--record` and for tests.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

/// One Web API call. Tokens are never in it.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// The simulator's clock, `2026-01-06T04:15:00.000Z`.
    pub t: String,
    /// `chat.postMessage`; `response_url` for posts to one.
    pub method: String,
    pub args: Value,
    /// What Slack answered; what it would have answered, where the answer was lost; null where it never saw the call.
    pub reply: Value,
}

/// Called for each call, in order, while the workspace is locked: it must be quick and must not ask the simulator.
pub type Recorder = Box<dyn FnMut(&Call) + Send>;

#[derive(Default)]
pub(super) struct Records {
    pub calls: VecDeque<Call>,
    pub kept: usize,
    pub hook: Option<Recorder>,
}

impl Records {
    pub fn add(&mut self, call: Call) {
        if let Some(hook) = &mut self.hook {
            hook(&call);
        }
        if self.kept == 0 {
            return;
        }
        if self.calls.len() >= self.kept {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }
}
