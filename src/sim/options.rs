//! What kind of workspace a simulated Slack is, decided before it starts.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::clock::Clock;

/// The settings of a [`Sim`](super::Sim). Start from [`SimOptions::new`] and change what matters.
#[derive(Clone, Debug)]
pub struct SimOptions {
    /// The clock of this Slack: timestamps, expiry, rate limits and re-sends follow it. On [`Clock::System`] the
    /// simulator wakes by itself; on [`Clock::Manual`] whoever moves the clock calls [`Sim::wake`](super::Sim::wake).
    pub clock: Clock,
    /// The workspace's name. Its ids are derived from it.
    pub workspace: String,
    /// The display name of the app and its bot user.
    pub app_name: String,
    /// The scopes of the bot token.
    pub scopes: Vec<String>,
    /// The scopes of the app-level token.
    pub app_scopes: Vec<String>,
    /// The slash commands that are installed, with their slash; `None` accepts every command.
    pub commands: Option<Vec<String>>,
    /// How long, in real time, the app may take to acknowledge what it is sent. Slack: 3 s.
    pub ack_deadline: Duration,
    /// How many posts a channel takes at once before the rate of one a second binds.
    pub post_burst: u32,
    /// Whether posts by `response_url` count against their channel's one post a second. Unknown in the real Slack.
    pub response_url_counts: bool,
    /// Calls a minute that a method takes before it answers 429. Empty: no limit beside that of posts.
    pub tiers: BTreeMap<String, u32>,
    /// What a repeated `client_msg_id` does. Unknown in the real Slack.
    pub client_msg_id: ClientMsgId,
    /// Whether posts with metadata are echoed as `message_metadata_posted`, given the scope `metadata.message:read`.
    pub metadata_echo: bool,
    /// How many of the latest Web API calls [`Sim::calls`](super::Sim::calls) remembers.
    pub calls_kept: usize,
}

/// What Slack does with a `client_msg_id` that it has seen in the same channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientMsgId {
    /// Nothing: the message is posted again.
    Ignored,
    /// The reply names the earlier message and says `is_duplicate`.
    Honoured,
}

impl SimOptions {
    /// A workspace named Acme on this clock, with the scopes that rapport asks for.
    pub fn new(clock: Clock) -> Self {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self {
            clock,
            workspace: "Acme".into(),
            app_name: "rapport".into(),
            scopes: words(&[
                "chat:write",
                "commands",
                "mpim:write",
                "users:read",
                "users:read.email",
                "metadata.message:read",
                "files:write",
            ]),
            app_scopes: words(&["connections:write"]),
            commands: None,
            ack_deadline: Duration::from_secs(3),
            post_burst: 1,
            response_url_counts: false,
            tiers: BTreeMap::new(),
            client_msg_id: ClientMsgId::Ignored,
            metadata_echo: true,
            calls_kept: 20_000,
        }
    }
}
