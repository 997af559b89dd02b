//! From the outbox to Slack: claim, call, settle. No transaction is open while Slack is on the line.

use std::collections::VecDeque;
use std::mem;
use std::pin::pin;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{Fuse, FusedFuture};
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
    /// Claiming, sending and settling go on side by side: the line waits for no commit, and what comes back while one
    /// is written shares the next.
    ///
    /// # Errors
    /// When the database fails; what is on the line comes to its end first.
    pub async fn deliver(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let (mut waiting, mut back): (VecDeque<Claimed>, Vec<Posted>) = Default::default();
        let mut flying = FuturesUnordered::new();
        let (mut claiming, mut settling) = (pin!(Fuse::terminated()), pin!(Fuse::terminated()));
        // Nothing more can be claimed until something settles.
        let mut dry = false;
        let mut failed = None;
        loop {
            if claiming.is_terminated() && waiting.is_empty() && !dry && failed.is_none() {
                let room = u32::try_from(IN_FLIGHT - flying.len() + AHEAD).unwrap_or(u32::MAX);
                claiming.set(self.store.claim(self.clock.now(), LEASE, room).fuse());
            }
            if settling.is_terminated() && !back.is_empty() {
                settling.set(self.settle(mem::take(&mut back)).fuse());
            }
            while flying.len() < IN_FLIGHT
                && let Some(claimed) = waiting.pop_front()
            {
                flying.push(self.post(claimed));
            }
            if flying.is_empty() && claiming.is_terminated() && settling.is_terminated() {
                return match failed {
                    Some(error) => Err(error),
                    None => self.store.next_due(self.clock.now()).await,
                };
            }
            tokio::select! {
                claimed = &mut claiming => match claimed {
                    Ok(claimed) => {
                        dry = claimed.is_empty();
                        waiting.extend(claimed);
                    }
                    Err(error) => failed = Some(error),
                },
                () = &mut settling => dry = false,
                Some(posted) = flying.next() => {
                    back.push(posted);
                    while let Some(Some(more)) = flying.next().now_or_never() {
                        back.push(more);
                    }
                }
            }
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
