//! What a person who asks for help, and those who are asked, read of it.

use chrono::{DateTime, Utc};

use crate::core::help::{Topic, Urgency};
use crate::core::id::{HelpId, PairId};

/// What is said in the act.
#[derive(Clone, Debug, PartialEq)]
pub enum HelpSaid {
    /// The words are on their way to these.
    Sent { coordinators: Vec<String>, partner: String },
    /// The coordinator has dealt with it.
    Handled { name: String },
}

/// The forms about help.
#[derive(Clone, Debug, PartialEq)]
pub enum HelpForm {
    /// Asking for it.
    Ask { pair: PairId, partner: String, coordinators: Vec<String>, safety: Option<String> },
    /// A request, for one who got it.
    Read(HelpNote),
}

/// A request as one of its receivers reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct HelpNote {
    pub help: HelpId,
    pub program_name: String,
    pub name: String,
    /// The Slack user id and the workspace.
    pub user: String,
    pub team: String,
    pub partner: String,
    pub topic: Topic,
    pub urgency: Urgency,
    pub at: DateTime<Utc>,
    /// `None` until this reader has opened it.
    pub words: Option<String>,
    /// Nobody had opened it in time: this reader has it as the deputy.
    pub as_deputy: bool,
    /// What the programme says for when it is urgent.
    pub safety: Option<String>,
    /// Names of those who have opened it and dealt with it, and when.
    pub opened: Vec<(String, DateTime<Utc>)>,
    pub handled: Vec<(String, DateTime<Utc>)>,
}

/// What the person who asked reads of it, in a message of its own and in App Home.
#[derive(Clone, Debug, PartialEq)]
pub struct HelpReceipt {
    pub program_name: String,
    pub partner: String,
    pub topic: Topic,
    pub at: DateTime<Utc>,
    /// Names of those whom it went to first.
    pub receivers: Vec<String>,
    pub opened: Vec<(String, DateTime<Utc>)>,
    /// Nobody had opened it in time; the deputy's name, where there is one.
    pub passed_on: Option<(DateTime<Utc>, Option<String>)>,
    pub safety: Option<String>,
}
