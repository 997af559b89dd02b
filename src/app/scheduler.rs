//! What time does: plans pulses, closes them, and computes digests. Nothing here posts.

use chrono::{DateTime, TimeDelta, Utc};
use tracing::{debug, error, info};

use super::App;
use super::lookup::FRESH_FOR;
use crate::store::StoreError;

/// Pairs planned between two looks at the clock.
const BATCH: u32 = 500;

/// Slack repeats an event for 24 hours and 10 minutes at most.
const KEEP_EVENTS: TimeDelta = TimeDelta::hours(25);

/// How often old rows are swept out.
const TIDY_EVERY: TimeDelta = TimeDelta::hours(1);

impl App {
    /// Does all that is due; returns when something is due again, if anything is known.
    ///
    /// # Errors
    /// When the database fails. What was not done is due still.
    pub async fn schedule(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.plan_pulses().await?;
        self.close_pulses().await?;
        self.plan_nudges().await?;
        self.compose_digests().await?;
        self.store.next_plan().await
    }

    async fn plan_pulses(&self) -> Result<(), StoreError> {
        loop {
            let now = self.clock.now();
            let pairs = self.store.pairs_due(now, BATCH).await?;
            if pairs.is_empty() {
                return Ok(());
            }
            let people = self.store.people_looked_before(pairs.clone(), now - FRESH_FOR).await?;
            self.fresh(people).await?;
            let looked_at = self.store.plan(pairs, &self.vault, now).await?;
            debug!(pairs = looked_at, "pairs were looked at");
        }
    }

    async fn plan_nudges(&self) -> Result<(), StoreError> {
        loop {
            let now = self.clock.now();
            let people = self.store.nudges_due(now, BATCH).await?;
            if people.is_empty() {
                return Ok(());
            }
            let count = people.len();
            self.store.nudge(people, &self.vault, now).await?;
            debug!(people = count, "people's nudges were looked at");
        }
    }

    async fn close_pulses(&self) -> Result<(), StoreError> {
        loop {
            let now = self.clock.now();
            let pulses = self.store.pulses_to_close(now, BATCH).await?;
            if pulses.is_empty() {
                return Ok(());
            }
            let count = pulses.len();
            self.store.close_pulses(pulses, &self.vault, now).await?;
            info!(pulses = count, "pulses were closed");
        }
    }

    async fn compose_digests(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for program in self.store.digests_due(now).await? {
            match self.store.compose_digest(&program, now).await {
                Ok(()) => info!(%program, "a digest was computed"),
                // One programme must not hold back the others; it is due still.
                Err(error) => error!(%program, %error, "a digest could not be computed"),
            }
        }
        Ok(())
    }

    /// Sweeps out what has outlived its use; returns when to do so again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy(&self) -> Result<DateTime<Utc>, StoreError> {
        let now = self.clock.now();
        self.store.doubt_replies(now).await?;
        let swept = self.store.forget(now - KEEP_EVENTS, now).await?;
        if swept > 0 {
            info!(rows = swept, "old rows were swept out");
        }
        Ok(now + TIDY_EVERY)
    }
}
