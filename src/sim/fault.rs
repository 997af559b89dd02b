//! What goes wrong on request: the failures that a bot must live with, each so many times and no more.

use std::time::Duration;

use super::Sim;
use super::socket::Frame;

/// A failure of one Web API call. `response_url` posts go by the method name `response_url`.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429 with `Retry-After` in seconds; nothing is done.
    RateLimited { retry_after_s: u64 },
    /// This HTTP status with a page of text; nothing is done.
    Status(u16),
    /// `ok: false` with this error; nothing is done.
    Error(String),
    /// Done and answered, so much later in real time.
    Slow(Duration),
    /// Done, and then the connection is cut without a byte of the answer.
    ReplyLost,
    /// The connection is cut before anything is done.
    CutBefore,
    /// Done, and answered with 200 and a body that is no JSON.
    Garbled,
    /// Done, and answered with 500 all the same.
    DoneButStatus(u16),
}

/// What is still to go wrong.
#[derive(Default)]
pub(super) struct Plan {
    calls: Vec<(String, Fault, u32)>,
    duplicate_events: u32,
    reorder_events: u32,
    lose_acks: u32,
}

impl Plan {
    pub fn call(&mut self, method: &str) -> Option<Fault> {
        let at = self.calls.iter().position(|(name, _, left)| *left > 0 && (name == method || name == "*"))?;
        let (_, fault, left) = &mut self.calls[at];
        let fault = fault.clone();
        if *left != u32::MAX {
            *left -= 1;
        }
        if *left == 0 {
            self.calls.remove(at);
        }
        Some(fault)
    }

    pub fn duplicates_event(&mut self) -> bool {
        take(&mut self.duplicate_events)
    }

    pub fn holds_event_back(&mut self) -> bool {
        take(&mut self.reorder_events)
    }

    pub fn loses_ack(&mut self) -> bool {
        take(&mut self.lose_acks)
    }
}

fn take(left: &mut u32) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// The switches, by [`Sim::faults`].
pub struct Faults<'a> {
    pub(super) sim: &'a Sim,
}

impl Faults<'_> {
    /// The next call of `method` (`*` for any) fails so.
    pub fn once(&self, method: &str, fault: Fault) -> &Self {
        self.times(1, method, fault)
    }

    /// The next `times` calls of `method` (`*` for any) fail so. Faults of one method happen in the order in which
    /// they were asked for.
    pub fn times(&self, times: u32, method: &str, fault: Fault) -> &Self {
        self.sim.world.plan().calls.push((method.to_owned(), fault, times));
        self
    }

    /// All calls of `method` (`*` for any) fail so, until [`Faults::clear`].
    pub fn always(&self, method: &str, fault: Fault) -> &Self {
        self.times(u32::MAX, method, fault)
    }

    /// The next events are each delivered twice, under one event id.
    pub fn duplicate_events(&self, events: u32) -> &Self {
        self.sim.world.plan().duplicate_events += events;
        self
    }

    /// The next events are each held back until another one has gone (or until [`Sim::wake`]).
    pub fn reorder_events(&self, events: u32) -> &Self {
        self.sim.world.plan().reorder_events += events;
        self
    }

    /// The next acknowledgements are lost on their way, at once instead of after the deadline.
    pub fn lose_acks(&self, acks: u32) -> &Self {
        self.sim.world.plan().lose_acks += acks;
        self
    }

    /// Cuts every Socket Mode connection, without a word.
    pub fn cut_sockets(&self) -> &Self {
        self.sim.world.line.to_all_sockets(Frame::Cut);
        self
    }

    /// Says on every Socket Mode connection that it will be closed soon (`warning`), that a new one should be opened
    /// (`refresh_requested`), or that Socket Mode was switched off (`link_disabled`). The last two close it.
    pub fn disconnect_sockets(&self, reason: &str) -> &Self {
        let words = serde_json::json!({
            "type": "disconnect", "reason": reason, "debug_info": {"host": "applink-sim"}});
        self.sim.world.line.to_all_sockets(Frame::Text(words.to_string()));
        if reason != "warning" {
            self.sim.world.line.to_all_sockets(Frame::Close);
        }
        self
    }

    /// Nothing more goes wrong.
    pub fn clear(&self) {
        *self.sim.world.plan() = Plan::default();
    }
}
