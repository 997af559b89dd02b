//! What goes wrong on the way, and what becomes of it.

mod clocks;
mod confirmations;
mod crowd;
mod kill9;
mod late;
mod lost_replies;
mod outages;
mod process;
mod refusals;
mod replicas;
mod slow_calls;
mod spoiled;
mod stopping;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta};
use rapport::sim::Message;
use rapport::store::OutboxCounts;
use serde_json::Value;

use crate::world::{Plan, World};

/// The pulse as it stands in the first line of its post.
pub const PULSE: &str = "Pulse 1 of";

/// The usual pair.
pub fn pair() -> Plan {
    Plan::pair("Europe/Berlin", "Europe/Berlin")
}

impl World {
    /// All that this person can see and that says `words`, wherever it stands.
    pub fn all(&self, name: &str, words: &str) -> Vec<Message> {
        let someone = self.person(name).someone;
        let places = someone.conversations();
        let all = places.iter().flat_map(|place| someone.messages(&place.id));
        all.filter(|message| message.as_text().contains(words)).collect()
    }

    /// The one that says `words`.
    pub fn only(&self, name: &str, words: &str) -> Message {
        let mut all = self.all(name, words);
        let texts: Vec<String> = all.iter().map(Message::as_text).collect();
        assert_eq!(all.len(), 1, "{name} sees {words:?} once: {texts:#?}");
        all.remove(0)
    }

    /// How often `method` was called.
    pub fn called(&self, method: &str) -> usize {
        self.sim.calls().iter().filter(|call| call.method == method).count()
    }

    /// Both are in, and it is a minute before the first pulse is due.
    pub async fn before_the_first_pulse(&self) {
        self.all_start().await;
        self.berlin("2026-05-05 09:59").await;
    }

    pub async fn outbox(&self) -> OutboxCounts {
        self.store.outbox_counts().await.expect("the database works")
    }

    /// When `method` was called, in milliseconds, with what and with which answer.
    pub fn calls_of(&self, method: &str) -> Vec<(i64, Value, Value)> {
        let calls = self.sim.calls().into_iter().filter(|call| call.method == method);
        calls.map(|call| (millis(&call.t), call.args, call.reply)).collect()
    }

    /// No conversation got two posts within a second, and no post was changed before it stood.
    pub fn nothing_was_hurried(&self) {
        let mut last: HashMap<String, i64> = HashMap::new();
        let mut standing = HashSet::new();
        for call in self.sim.calls() {
            let (at, channel) = (millis(&call.t), call.reply["channel"].as_str().unwrap_or_default().to_owned());
            let ts = call.reply["ts"].as_str().unwrap_or_default().to_owned();
            match call.method.as_str() {
                "chat.postMessage" if call.reply["ok"] == true => {
                    let before = last.insert(channel.clone(), at);
                    assert!(before.is_none_or(|before| at - before >= 1_000), "two posts in {channel} at {}", call.t);
                    standing.insert((channel, ts));
                }
                "chat.update" if call.reply["ok"] == true => {
                    assert!(standing.contains(&(channel, ts)), "changed before it stood: {call:?}");
                }
                _ => {}
            }
        }
    }

    pub async fn pass(&self, time: TimeDelta) {
        self.advance_to(self.now() + time).await;
    }
}

fn millis(t: &str) -> i64 {
    DateTime::parse_from_rfc3339(t).expect("a time").timestamp_millis()
}
