//! What the code uses of Slack, read from its source text.

use std::collections::BTreeSet;

use rapport::slack::parse::{LOG_SESSION, METADATA_TYPE};

use super::known::FAMILIES;
use crate::source::{self, Source, strings};

/// What the code calls and what it understands.
#[derive(Debug)]
pub struct Used {
    /// Web API methods.
    pub methods: BTreeSet<String>,
    /// Event types that become more than `Ignored`.
    pub events: BTreeSet<String>,
    /// Whether slash commands are read.
    pub commands: bool,
    /// The `callback_id` of the global shortcut.
    pub shortcut: String,
    /// Whether taps and forms are read.
    pub interactivity: bool,
    /// Whether people's e-mail addresses are read.
    pub emails: bool,
    /// The `event_type` of the metadata of our own posts.
    pub metadata: String,
}

impl Used {
    /// What the source under `src/` says.
    pub fn by_the_code() -> Self {
        // The simulated Slack knows methods that we never call, and fate.rs knows what their errors would mean.
        let ours: Vec<Source> = source::all()
            .into_iter()
            .filter(|file| matches!(file.module(), "slack" | "app" | "cli"))
            .filter(|file| !file.is_test() && file.path != "src/slack/fate.rs")
            .collect();
        let words: BTreeSet<String> = ours
            .iter()
            .flat_map(|file| strings(&file.without_comments()).into_iter().map(|(_, words)| words))
            .collect();
        let parse = ours.iter().find(|file| file.path == "src/slack/parse.rs").expect("src/slack/parse.rs is there");
        Self {
            methods: words.iter().filter(|word| is_method(word)).cloned().collect(),
            events: events(&parse.without_comments()),
            commands: parse.text.contains("Kind::Command =>"),
            shortcut: LOG_SESSION.to_owned(),
            interactivity: words.contains("block_actions"),
            emails: words.iter().any(|word| word.ends_with("/email") || word == "users.lookupByEmail"),
            metadata: METADATA_TYPE.to_owned(),
        }
    }
}

fn is_method(word: &str) -> bool {
    FAMILIES.iter().any(|family| {
        word.strip_prefix(family)
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '.'))
    })
}

/// The arms `("event_callback", "…")` of the parser.
fn events(parse: &str) -> BTreeSet<String> {
    parse
        .split("(\"event_callback\", \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_source_is_understood() {
    let used = Used::by_the_code();
    for method in ["chat.postMessage", "conversations.open", "users.info", "apps.connections.open"] {
        assert!(used.methods.contains(method), "{method} is called, and was not found: {:?}", used.methods);
    }
    assert!(used.events.contains("app_home_opened"), "{:?}", used.events);
    assert!(used.commands && used.interactivity && used.emails);
}
