//! From the outbox to Slack: claim, call, settle. No transaction is open while Slack is on the line.

use std::collections::VecDeque;

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

/// For how long a message is ours. Several times what one call may take: a message may wait for its turn here.
const LEASE: TimeDelta = TimeDelta::seconds(60);

impl App {
    /// Sends all that is due; returns when the next message is, if there is one.
    ///
    /// # Errors
    /// When the database fails. What was claimed runs out of its claim and is taken up again.
    pub async fn deliver(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut waiting: VecDeque<Claimed> = VecDeque::new();
        let mut flying = FuturesUnordered::new();
        loop {
            if waiting.is_empty() {
                let room = u32::try_from(IN_FLIGHT - flying.len() + AHEAD).unwrap_or(u32::MAX);
                waiting.extend(self.store.claim(self.clock.now(), LEASE, room).await?);
            }
            while flying.len() < IN_FLIGHT
                && let Some(claimed) = waiting.pop_front()
            {
                flying.push(self.post(claimed));
            }
            let Some(first) = flying.next().await else {
                return self.store.next_due(self.clock.now()).await;
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
