//! What delivery and the outbox say to each other.

use chrono::{DateTime, Utc};

use crate::core::event::Receipt;
use crate::core::id::{MessageKey, MessageName, WorkspaceId};
use crate::core::message::Message;
use crate::core::pace::Limits;

use super::options::Paces;

/// A message in our hands until the claim runs out.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    pub claim: Claim,
    /// What Slack sees of the name.
    pub key: MessageKey,
    pub workspace: WorkspaceId,
    pub message: Message,
    /// Messages to one place go one at a time.
    pub place: String,
    /// Where it stands already: then it is updated, else posted.
    pub receipt: Option<Receipt>,
    /// The revision to send: settle with it.
    pub wanted: i64,
    /// The revision that Slack has; 0 before the first.
    pub shown: i64,
    /// Tries since the last success, this one included.
    pub attempts: i64,
    /// When the first of them was.
    pub first_try: DateTime<Utc>,
    /// It may stand in Slack already: the reply to a former post was lost, or its holder is gone.
    pub unsure: bool,
}

/// What a holder shows when it settles. A claim that somebody took over is worth nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    pub name: MessageName,
    /// When it runs out, in milliseconds of the claims' own clock: for comparing only.
    pub until: i64,
}

/// What became of a claimed message.
#[derive(Clone, Debug, PartialEq)]
pub enum Settlement {
    /// Slack has this revision. The receipt is given for a post.
    Sent { receipt: Option<Receipt>, shown: i64 },
    /// Posted once more after a reply was lost, and Slack does not know it for the same: it may stand there twice.
    SentAgain { receipt: Receipt, shown: i64 },
    /// Slack certainly did not take it. `counts`: as an attempt.
    RetryAt { at: DateTime<Utc>, counts: bool },
    /// The reply was lost: it may stand in Slack. To be looked at again then.
    Unsure { at: DateTime<Utc> },
    /// It never will be sent, and why (a code, no words of people).
    Dead { why: String },
    /// It may have arrived or not, and nobody will ever know. Not sent again.
    Doubtful,
    /// There is nothing to send any more.
    Dropped,
}

/// How many messages are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// To be sent, now or later.
    pub waiting: i64,
    /// Of those: perhaps sent already.
    pub unsure: i64,
    pub doubtful: i64,
    pub dead: i64,
}

/// The Slack method that a message needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Post,
    Update,
    Delete,
    Publish,
}

impl Method {
    /// Slack's name for it, and ours in a throttle.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "chat.postMessage",
            Self::Update => "chat.update",
            Self::Delete => "chat.delete",
            Self::Publish => "views.publish",
        }
    }

    /// Reads [`Method::as_str`] back; `None` for methods that the outbox does not call.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Post, Self::Update, Self::Delete, Self::Publish].into_iter().find(|method| method.as_str() == name)
    }

    /// The pace's limits.
    pub fn limits(self, paces: &Paces) -> Limits {
        match self {
            Self::Post => paces.post,
            Self::Update => paces.update,
            Self::Delete => paces.delete,
            Self::Publish => paces.publish,
        }
    }
}
