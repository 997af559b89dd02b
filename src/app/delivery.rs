//! From the outbox to Slack: claim, call, settle. No transaction is open while Slack is on the line.

use std::collections::VecDeque;
use std::future;
use std::mem;
use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{Fuse, FusedFuture};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio_util::sync::CancellationToken;
use tracing::error;

use super::App;
use super::post::Posted;
use crate::store::{Claimed, StoreError};

/// Messages on the line at once.
const IN_FLIGHT: usize = 20;

/// Claimed ahead, so that the line never waits for the database.
const AHEAD: u32 = 20;

impl App {
    /// Sends all that is due, unless `stop` comes before; returns when the next message is due, if there is one.
    ///
    /// Claiming, sending and settling go on side by side: the line waits for no commit, and what comes back while one
    /// is written shares the next.
    ///
    /// # Errors
    /// When the database fails; what is on the line comes to its end first.
    pub async fn deliver(&self, stop: &CancellationToken) -> Result<Option<DateTime<Utc>>, StoreError> {
        // A look costs less than a claim, which writes: mostly there is nothing.
        let next = self.store.next_due(self.clock.now()).await?;
        if next.is_none_or(|next| next > self.clock.now()) {
            return Ok(next);
        }
        let lease = self.store.options().patience;
        if self.step_by_step {
            return self.deliver_in_turn(stop, lease).await;
        }
        let (mut waiting, mut back): (VecDeque<(Claimed, Ours)>, Vec<Posted>) = Default::default();
        let mut flying = FuturesUnordered::new();
        let (mut claiming, mut settling) = (pin!(Fuse::terminated()), pin!(Fuse::terminated()));
        // Nothing more can be claimed until something settles, or this is over.
        let mut dry = pin!(Fuse::terminated());
        let mut failed = None;
        loop {
            while flying.len() < IN_FLIGHT
                && let Some((claimed, ours)) = waiting.pop_front()
            {
                flying.push(self.post(claimed, ours));
            }
            let may_claim = failed.is_none() && !stop.is_cancelled();
            if may_claim && claiming.is_terminated() && waiting.is_empty() && dry.is_terminated() {
                let room = u32::try_from(IN_FLIGHT - flying.len()).unwrap_or(0) + AHEAD;
                let ours = Ours::until(lease);
                claiming.set(self.store.claim(self.clock.now(), lease, room).map(move |done| (done, ours)).fuse());
            }
            if settling.is_terminated() && !back.is_empty() {
                settling.set(self.settle(mem::take(&mut back)).fuse());
            }
            if flying.is_empty() && claiming.is_terminated() && settling.is_terminated() {
                return match failed {
                    Some(error) => Err(error),
                    None => self.store.next_due(self.clock.now()).await,
                };
            }
            tokio::select! {
                (claimed, ours) = &mut claiming => match claimed {
                    Ok(claimed) => {
                        if claimed.is_empty() {
                            dry.set(self.more_to_claim().fuse());
                        }
                        waiting.extend(claimed.into_iter().map(|one| (one, ours)));
                    }
                    // What is on the line is not let go of: it would be sent again.
                    Err(error) => failed = Some(error),
                },
                () = &mut settling => dry.set(Fuse::terminated()),
                () = &mut dry => {}
                Some(posted) = flying.next() => {
                    back.push(posted);
                    while let Some(Some(more)) = flying.next().now_or_never() {
                        back.push(more);
                    }
                }
            }
        }
    }

    /// All that is due, one after the other, so that nothing depends on which reply is the first to come back.
    async fn deliver_in_turn(
        &self,
        stop: &CancellationToken,
        lease: TimeDelta,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        while !stop.is_cancelled() {
            let ours = Ours::until(lease);
            let claimed = self.store.claim(self.clock.now(), lease, AHEAD).await?;
            if claimed.is_empty() {
                break;
            }
            let mut back = Vec::new();
            for one in claimed {
                back.push(self.post(one, ours).await);
            }
            self.settle(back).await;
        }
        self.store.next_due(self.clock.now()).await
    }

    /// Returns when there is something to claim though nothing of ours was settled: somebody committed it, or its time
    /// has come.
    async fn more_to_claim(&self) {
        let mut commits = self.store.commits();
        loop {
            // Before looking, so that no commit is missed while we look.
            commits.mark_unchanged();
            let next = match self.store.next_due(self.clock.now()).await {
                Ok(next) if next.is_some_and(|next| next <= self.clock.now()) => return,
                Ok(next) => next,
                // What is on the line comes back, and then the database is asked again.
                Err(_) => return future::pending().await,
            };
            let due = async {
                match next {
                    Some(next) => self.clock.sleep_until(next).await,
                    None => future::pending().await,
                }
            };
            tokio::select! {
                () = due => return,
                _ = commits.changed() => {}
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
