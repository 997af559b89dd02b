//! What time does: plans pulses, closes them, and computes digests. Nothing here posts.

use std::collections::HashSet;
use std::fmt::Display;
use std::hash::Hash;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info};

use super::App;
use super::lookup::FRESH_FOR;
use crate::store::{Failed, StoreError};

/// What is done between two looks at the clock.
const BATCH: u32 = 500;

/// When so many failed it is not the rows: the rest has to wait for the next time.
const FAILURES: usize = 5_000;

/// How long what failed is left alone.
pub(super) const AFTER_FAILURE: TimeDelta = TimeDelta::seconds(10);

/// Slack repeats an event for 24 hours and 10 minutes at most.
const KEEP_EVENTS: TimeDelta = TimeDelta::hours(25);

/// How often old rows are swept out.
const TIDY_EVERY: TimeDelta = TimeDelta::hours(1);

impl App {
    /// Does all that is due, unless `stop` comes before; returns when something is due again, if anything is known.
    ///
    /// # Errors
    /// When the database fails. What was not done is due still.
    pub async fn schedule(&self, stop: &CancellationToken) -> Result<Option<DateTime<Utc>>, StoreError> {
        // Each to its end, whatever becomes of the others.
        let steps = [
            self.plan_pulses(stop).await,
            self.close_pulses(stop).await,
            self.surveys(stop).await,
            self.plan_nudges(stop).await,
            self.compose_digests(stop).await,
        ];
        let mut all_done = true;
        for step in steps {
            all_done &= step?;
        }
        // What failed is in the past; who waits until then would not wait at all.
        if all_done { self.store.next_plan().await } else { Ok(Some(self.clock.now() + AFTER_FAILURE)) }
    }

    async fn plan_pulses(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let mut failures = Failures::default();
        while !stop.is_cancelled() {
            let now = self.clock.now();
            let pairs = failures.besides(self.store.pairs_due(now, failures.limit()).await?);
            if pairs.is_empty() {
                break;
            }
            let people = self.store.people_looked_before(pairs.clone(), now - FRESH_FOR).await?;
            self.fresh(people).await?;
            let count = pairs.len();
            failures.note(self.store.plan(pairs, &self.vault, now).await?);
            debug!(pairs = count, "pairs were looked at");
        }
        Ok(failures.is_none())
    }

    /// After pulses and surveys: those come first.
    async fn plan_nudges(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let mut failures = Failures::default();
        while !stop.is_cancelled() {
            let now = self.clock.now();
            let people = failures.besides(self.store.nudges_due(now, failures.limit()).await?);
            if people.is_empty() {
                break;
            }
            let count = people.len();
            failures.note(self.store.nudge(people, &self.vault, now).await?);
            debug!(people = count, "people's nudges were looked at");
        }
        Ok(failures.is_none())
    }

    async fn close_pulses(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let mut failures = Failures::default();
        while !stop.is_cancelled() {
            let now = self.clock.now();
            let pulses = failures.besides(self.store.pulses_to_close(now, failures.limit()).await?);
            if pulses.is_empty() {
                break;
            }
            let count = pulses.len();
            failures.note(self.store.close_pulses(pulses, &self.vault, now).await?);
            info!(pulses = count, "pulses were closed");
        }
        Ok(failures.is_none())
    }

    /// Closes surveys whose time is over, and asks those whose pair has ended.
    async fn surveys(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let (mut unclosed, mut unasked) = (Failures::default(), Failures::default());
        while !stop.is_cancelled() {
            let now = self.clock.now();
            let over = unclosed.besides(self.store.surveys_to_close(now, unclosed.limit()).await?);
            let ended = unasked.besides(self.store.pairs_to_end(now, unasked.limit()).await?);
            if over.is_empty() && ended.is_empty() {
                break;
            }
            let (closed, endings) = (over.len(), ended.len());
            unclosed.note(self.store.close_surveys(over, &self.vault, now).await?);
            unasked.note(self.store.end_pairs(ended, &self.vault, now).await?);
            info!(closed, endings, "surveys were closed, and asked of pairs that have ended");
        }
        Ok(unclosed.is_none() && unasked.is_none())
    }

    async fn compose_digests(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let mut all_done = true;
        for program in self.store.digests_due(now).await? {
            if stop.is_cancelled() {
                break;
            }
            match self.store.compose_digest(&program, now).await {
                Ok(()) => info!(%program, "a digest was computed"),
                // One programme must not hold back the others; it is due still.
                Err(error) => {
                    error!(%program, %error, "a digest could not be computed");
                    all_done = false;
                }
            }
        }
        Ok(all_done)
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

/// What of one kind could not be done in this look. It holds back nothing else, and is due still.
struct Failures<T>(HashSet<T>);

impl<T> Default for Failures<T> {
    fn default() -> Self {
        Self(HashSet::new())
    }
}

impl<T: Eq + Hash + Display> Failures<T> {
    /// How many to ask for. What failed comes first: it was due before the rest.
    fn limit(&self) -> u32 {
        BATCH.saturating_add(u32::try_from(self.0.len()).unwrap_or(u32::MAX))
    }

    /// What is to be done of what is due: each thing once.
    fn besides(&self, due: Vec<T>) -> Vec<T> {
        if self.0.len() >= FAILURES {
            return Vec::new();
        }
        due.into_iter().filter(|one| !self.0.contains(one)).collect()
    }

    fn note(&mut self, failed: Vec<Failed<T>>) {
        for (one, error) in failed {
            error!(%one, %error, "what is due could not be done; it is tried again");
            self.0.insert(one);
        }
    }

    fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}
