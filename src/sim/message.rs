//! A message, as it is kept and as one person sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Value, json};

use super::block_kit;
use super::text::{self, Reader};

/// What the simulator holds of a message.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub ts: String,
    pub author: String,
    /// The person who alone sees it, for an ephemeral one.
    pub only_for: Option<String>,
    pub text: String,
    pub blocks: Value,
    pub attachments: Value,
    pub metadata: Value,
    pub thread_ts: Option<String>,
    pub files: Vec<Value>,
    pub edited_ts: Option<String>,
    pub reactions: BTreeMap<String, Vec<String>>,
    pub client_msg_id: Option<String>,
}

impl Post {
    /// As the Web API and interaction payloads show it.
    pub fn json(&self, team: &str, app: &str, bot_id: &str, by_bot: bool) -> Value {
        let mut message =
            json!({"type": "message", "user": self.author, "ts": self.ts, "text": self.text, "team": team});
        if by_bot {
            message["bot_id"] = json!(bot_id);
            message["app_id"] = json!(app);
        }
        if self.blocks.as_array().is_some_and(|blocks| !blocks.is_empty()) {
            message["blocks"] = self.blocks.clone();
        }
        if self.attachments.as_array().is_some_and(|all| !all.is_empty()) {
            message["attachments"] = self.attachments.clone();
        }
        if !self.metadata.is_null() {
            message["metadata"] = self.metadata.clone();
        }
        if let Some(thread) = &self.thread_ts {
            message["thread_ts"] = json!(thread);
        }
        if let Some(edited) = &self.edited_ts {
            message["edited"] = json!({"user": self.author, "ts": edited});
        }
        if !self.files.is_empty() {
            message["files"] = json!(self.files);
        }
        if let Some(id) = &self.client_msg_id {
            message["client_msg_id"] = json!(id);
        }
        message
    }
}

/// Where a message stands: enough to find it again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MessageRef {
    pub channel: String,
    pub ts: String,
}

/// A message as one person sees it at one moment. It does not change by itself: look again to see an edit.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    #[serde(flatten)]
    pub at: MessageRef,
    /// The author's id.
    pub author: String,
    /// The author's name as it is shown.
    pub author_name: String,
    /// Only this person sees it.
    pub ephemeral: bool,
    /// The top-level text: what notifications and screen readers say.
    pub text: String,
    pub blocks: Value,
    pub metadata: Value,
    pub files: Vec<Value>,
    pub thread_ts: Option<String>,
    /// When it was last changed.
    pub edited_ts: Option<String>,
    pub reactions: BTreeMap<String, Vec<String>>,
    /// Slack's warning sign stands beside its buttons: the last tap was not acknowledged.
    pub warning: bool,
    /// What this person has chosen in its selects and inputs: block id, then action id.
    pub chosen: Value,
    #[serde(skip)]
    pub(super) zone: Tz,
    #[serde(skip)]
    pub(super) now: DateTime<Utc>,
    #[serde(skip)]
    pub(super) names: Arc<BTreeMap<String, String>>,
}

/// Something in blocks that can be pressed, chosen or filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// What it says: a button's text, a select's placeholder, an input's label.
    pub label: String,
    pub block_id: String,
    pub action_id: String,
    /// `button`, `static_select`, `overflow` ...
    pub kind: String,
    /// A button's value.
    pub value: Option<String>,
    /// What can be chosen: text and value of each option.
    pub options: Vec<(String, String)>,
}

impl Message {
    /// When it was posted, from its `ts`.
    pub fn posted(&self) -> DateTime<Utc> {
        let seconds = self.at.ts.split('.').next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
        DateTime::from_timestamp(seconds, 0).unwrap_or_default()
    }

    /// The whole message in plain text, as this person reads it: blocks in order, `[Yes]` for a button.
    pub fn as_text(&self) -> String {
        let reader = Reader { names: &self.names, zone: self.zone, now: self.now };
        let mut words = match self.blocks.as_array() {
            Some(blocks) if !blocks.is_empty() => text::blocks(&self.blocks, &reader),
            _ => reader.words(&self.text),
        };
        for file in &self.files {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(&format!("[file: {}]", file["title"].as_str().unwrap_or("?")));
        }
        words
    }

    /// Its buttons, selects and inputs, from top to bottom.
    pub fn controls(&self) -> Vec<Control> {
        controls(&self.blocks)
    }

    /// The labels of its buttons, from top to bottom.
    pub fn buttons(&self) -> Vec<String> {
        self.controls().into_iter().filter(|control| control.kind == "button").map(|control| control.label).collect()
    }
}

/// All controls in blocks, from top to bottom.
pub(super) fn controls(blocks: &Value) -> Vec<Control> {
    block_kit::elements_of(blocks)
        .map(|(block, element)| {
            let say = |value: &Value| value["text"].as_str().map(str::to_owned);
            let owned = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let groups = element["option_groups"].as_array().into_iter().flatten();
            let options = groups
                .flat_map(|group| group["options"].as_array())
                .chain(element["options"].as_array())
                .flatten()
                .map(|option| (say(&option["text"]).unwrap_or_default(), owned(&option["value"])))
                .collect();
            Control {
                label: say(&element["text"])
                    .or_else(|| say(&block["label"]))
                    .or_else(|| say(&element["placeholder"]))
                    .unwrap_or_else(|| if element["type"] == "overflow" { "...".into() } else { String::new() }),
                block_id: owned(&block["block_id"]),
                action_id: owned(&element["action_id"]),
                kind: owned(&element["type"]),
                value: element["value"].as_str().map(str::to_owned),
                options,
            }
        })
        .collect()
}
