//! The loops of a serving process, and their end.

use std::future::Future;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use super::App;
use super::scheduler::AFTER_FAILURE;
use crate::store::StoreError;

/// Whatever happens, everything is looked at once a minute: other processes' writes and clock jumps are seen then.
const SWEEP: TimeDelta = TimeDelta::minutes(1);

/// How long a confirmation that was sent may wait for others to be settled with it: one commit for all, not one each.
const LINGER: Duration = Duration::from_millis(250);

impl App {
    /// Plans, delivers and confirms until `stop`; then finishes what is in hand, and takes nothing more.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(self.schedule_until(&stop), self.deliver_until(&stop), self.confirm_until(&stop));
        self.settled().await;
        // Taps that were acknowledged while the loops ended still get their confirmation.
        self.confirm(Duration::ZERO).await;
        info!("what was in hand is finished");
    }

    async fn schedule_until(&self, stop: &CancellationToken) {
        let mut tidy = self.clock.now();
        while !stop.is_cancelled() {
            if self.clock.now() >= tidy {
                tidy = self.tidy().await.unwrap_or_else(|error| {
                    error!(%error, "old rows could not be swept out");
                    self.clock.now() + TimeDelta::hours(1)
                });
            }
            let next = self.or_later(self.schedule(stop)).await;
            tokio::select! {
                () = self.clock.sleep_until(next) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    async fn deliver_until(&self, stop: &CancellationToken) {
        let mut commits = self.store.commits();
        while !stop.is_cancelled() {
            // Subscribed before looking, so that no commit is missed while we look.
            commits.mark_unchanged();
            let next = self.or_later(self.deliver(stop)).await;
            tokio::select! {
                () = self.clock.sleep_until(next) => {}
                _ = commits.changed() => {}
                () = stop.cancelled() => {}
            }
        }
    }

    async fn confirm_until(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let next = self.confirm(LINGER).await;
            let pause = async {
                match next {
                    Some(next) => self.clock.sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = pause => {}
                () = self.confirmation_added() => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// When to come back: at the next due time, and in a minute at the latest.
    async fn or_later(&self, step: impl Future<Output = Result<Option<DateTime<Utc>>, StoreError>>) -> DateTime<Utc> {
        let next = step.await.unwrap_or_else(|error| {
            error!(%error, "the database failed; it is tried again in ten seconds");
            Some(self.clock.now() + AFTER_FAILURE)
        });
        let sweep = self.clock.now() + SWEEP;
        next.map_or(sweep, |next| next.min(sweep))
    }
}

/// Steps without a pause, after which [`App::rest`] takes the rest for a defect and returns.
const STEPS: usize = 10_000;

impl App {
    /// Does all that is due now, step by step, and returns when something is due next.
    ///
    /// This is [`App::run`] for whoever moves the clock by hand: tests and the demo.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rest(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let (mut next, never) = (None, CancellationToken::new());
        // Forms are opened and drawn anew as the first thing, whatever else an act has led to.
        self.settled().await;
        for _ in 0..STEPS {
            let plan = self.schedule(&never).await?;
            let confirm = self.confirm(Duration::ZERO).await;
            let deliver = self.deliver(&never).await?;
            self.settled().await;
            next = [plan, confirm, deliver].into_iter().flatten().min();
            if next.is_none_or(|next| next > self.clock.now()) && self.has_confirmed() {
                break;
            }
        }
        Ok(next)
    }
}
