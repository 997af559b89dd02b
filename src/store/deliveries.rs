//! What the store does for delivery: claims, settlements, waits; and the workspaces it delivers to.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::outbox::{Claim, Claimed, OutboxCounts, Settlement};
use super::{Key, Store, StoreError, Urgency, Workspace, read, write};
use crate::core::event::Receipt;
use crate::core::id::{MessageKey, WorkspaceId};

impl Store {
    /// Takes at most `limit` due messages into this process's hands until `lease` is over, at most one for each place.
    ///
    /// Places and paces can hold back what is due, so that fewer come than could: claim again until none come, then
    /// sleep until [`Store::next_due`]. Take the monotonic time before the call: from then on the lease counts.
    pub async fn claim(&self, now: DateTime<Utc>, lease: TimeDelta, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        let holder: Arc<str> = self.holder().into();
        let (paces, clock) = (self.options().paces, self.options().claims);
        write!(self, Key::OUTBOX, Urgency::Keeping, (paces, clock, holder, now, lease, limit), |conn| {
            operations::outbox::claim(conn, paces, *clock, holder, *now, *lease, *limit)
        })
    }

    /// Says what became of claimed messages, all in one commit. Returns how many claims were still ours; the others
    /// were taken over and are left to whoever took them.
    pub async fn settle(&self, settlements: Vec<(Claim, Settlement)>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let holder: Arc<str> = self.holder().into();
        write!(self, Key::OUTBOX, Urgency::Keeping, (holder, settlements, now), |conn| {
            operations::outbox::settle(conn, holder, *now, settlements)
        })
    }

    /// A message of ours was seen in Slack: an unsure post is sure now. If another copy is known the one seen now is
    /// kept and the other withdrawn.
    pub async fn found(&self, key: MessageKey, receipt: Receipt, now: DateTime<Utc>) -> Result<(), StoreError> {
        let found = write!(self, Key::OUTBOX, Urgency::Act, (key, receipt, now), |conn| {
            operations::outbox::found(conn, key, receipt, *now)
        }, raises: |news| *news);
        found.map(drop)
    }

    /// When there will be something to claim, if nothing is raised meanwhile. `None`: nothing waits.
    pub async fn next_due(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let clock = self.options().claims;
        read!(self, (clock, now), |conn| operations::outbox::next_due(conn, *clock, *now))
    }

    /// Slack refused this method until then. For methods that the outbox calls it also halves the pace.
    pub async fn throttle(
        &self,
        workspace: WorkspaceId,
        method: String,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let paces = self.options().paces;
        write!(self, Key::OUTBOX, Urgency::Keeping, (paces, workspace, method, until, now), |conn| {
            operations::throttle::throttle(conn, paces, workspace, method, *until, *now)
        })
    }

    /// Until when this method must not be called; `None` when it may be.
    pub async fn held_until(
        &self,
        workspace: WorkspaceId,
        method: String,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        read!(self, (workspace, method, now), |conn| {
            operations::throttle::held_until(conn, workspace, method, *now)
        })
    }

    /// Replies to taps that their holder did not settle in time become doubtful. Returns how many.
    pub async fn doubt_replies(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        write!(self, Key::OUTBOX, Urgency::Keeping, (now), |conn| operations::outbox::doubt_replies(conn, *now))
    }

    /// How many messages are in which state.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        read!(self, (), |conn| operations::outbox::counts(conn))
    }

    /// Forgets events older than `before` with their settled replies, and waits that are over, in small commits.
    /// Returns how many events went.
    pub async fn forget(&self, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        write!(self, Key::OUTBOX, Urgency::Bulk, (now), |conn| operations::retention::forget_waits(conn, *now))?;
        let mut forgotten = 0;
        loop {
            let (went, batch) = write!(self, Key::OUTBOX, Urgency::Keeping, (before), |conn| async {
                let went = operations::retention::forget_events(conn, *before).await?;
                Ok((went, operations::retention::BATCH))
            })?;
            forgotten += went;
            if went < batch.unsigned_abs() {
                return Ok(forgotten);
            }
        }
    }

    /// Installs the app in a workspace, again or for the first time.
    pub async fn install(&self, workspace: WorkspaceId, bot_user: String) -> Result<(), StoreError> {
        write!(self, Key::of(workspace.as_str()), Urgency::Act, (workspace, bot_user), |conn| {
            operations::workspaces::install(conn, workspace, bot_user)
        })
    }

    /// Sends nothing to a workspace any more, and why.
    pub async fn stop(&self, workspace: WorkspaceId, why: String, now: DateTime<Utc>) -> Result<(), StoreError> {
        write!(self, Key::of(workspace.as_str()), Urgency::Act, (workspace, why, now), |conn| {
            operations::workspaces::stop(conn, workspace, why, *now)
        })
    }

    /// Sends digests without charts to a workspace from now on.
    pub async fn refuses_charts(&self, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<(), StoreError> {
        write!(self, Key::of(workspace.as_str()), Urgency::Act, (workspace, now), |conn| {
            operations::workspaces::refuses_charts(conn, workspace, *now)
        })
    }

    /// All workspaces, by id.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>, StoreError> {
        read!(self, (), |conn| operations::workspaces::all(conn))
    }
}
