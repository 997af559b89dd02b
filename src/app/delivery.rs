//! From the outbox to Slack: claim, call, settle. No transaction is open while Slack is on the line.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tracing::error;

use super::App;
use super::post::Posted;
use crate::store::{Claimed, StoreError};

/// Messages on the line at once.
const IN_FLIGHT: usize = 20;

/// Claimed ahead, so that the line never waits for the database.
const AHEAD: usize = 20;

impl App {
    /// Sends all that is due; returns when the next message is, if there is one.
    ///
    /// # Errors
    /// When the database fails. What was claimed runs out of its claim and is taken up again.
    pub async fn deliver(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let lease = self.store.options().patience;
        let mut waiting: VecDeque<Claimed> = VecDeque::new();
        let mut ours = Ours::until(lease);
        let mut flying = FuturesUnordered::new();
        let mut failed = None;
        loop {
            if waiting.is_empty() && failed.is_none() {
                let room = u32::try_from(IN_FLIGHT - flying.len() + AHEAD).unwrap_or(u32::MAX);
                ours = Ours::until(lease);
                match self.store.claim(self.clock.now(), lease, room).await {
                    Ok(claimed) => waiting.extend(claimed),
                    // What is on the line is not let go of: it would be sent again.
                    Err(error) => failed = Some(error),
                }
            }
            while flying.len() < IN_FLIGHT
                && let Some(claimed) = waiting.pop_front()
            {
                flying.push(self.post(claimed, ours));
            }
            let Some(first) = flying.next().await else {
                return match failed {
                    Some(error) => Err(error),
                    None => self.store.next_due(self.clock.now()).await,
                };
            };
            let mut posted: Vec<Posted> = vec![first];
            while let Some(Some(more)) = flying.next().now_or_never() {
                posted.push(more);
            }
            self.settle(posted).await;
        }
    }

    /// Settles what was sent. A failure is not the end of anything: the claims run out, and what may stand in Slack is
    /// taken up as unsure.
    async fn settle(&self, posted: Vec<Posted>) {
        let settled = posted.into_iter().map(|one| (one.claim, one.settlement, one.follows)).collect();
        if let Err(error) = self.store.settle_all(settled, &self.vault, self.clock.now()).await {
            error!(%error, "messages were sent and not settled");
        }
    }
}

/// Until when a claim is certainly ours, on monotonic time: a process that was stopped, or a clock that was set, must
/// not make us send what somebody else has taken up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ours(Option<Instant>);

impl Ours {
    /// From before the claim on, for the time of a lease.
    fn until(lease: TimeDelta) -> Self {
        Self(lease.to_std().ok().and_then(|lease| Instant::now().checked_add(lease)))
    }

    /// Whether so much time is left.
    pub fn for_another(self, time: Duration) -> bool {
        self.0.is_none_or(|until| until.saturating_duration_since(Instant::now()) > time)
    }
}
