//! A workspace in which the app is installed.

use chrono::{DateTime, Utc};

use crate::core::id::WorkspaceId;

/// A workspace in which the app is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    pub id: WorkspaceId,
    /// The app's own user id there.
    pub bot_user: String,
    /// Nothing is sent any more.
    pub stopped: Option<Stop>,
}

/// Since when, and why (Slack's code), nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub at: DateTime<Utc>,
    pub why: String,
}
