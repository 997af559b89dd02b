//! The only place that owns sentences: what the product says becomes Slack's JSON, one file for each kind of message.
//!
//! Pure. [`message`] makes posts and updates, [`said`] what only the person who tapped sees, [`form`] and [`how_view`]
//! modals, [`home`] App Home, [`digest_text`] the digest for a terminal. Each keeps Slack's limits by construction
//! (`block`), makes other people's words harmless (`text`), and puts nothing private into the plain `text`, which a
//! lock screen shows and a screen reader reads.

mod agenda;
mod agreement;
mod audience;
mod block;
mod care;
mod digest;
mod ending;
mod fit;
mod form;
mod goal;
mod help;
mod home;
mod note;
mod nudge;
mod page;
mod pulse;
mod record;
mod refused;
mod rest;
mod rules;
mod said;
mod session;
mod sheet;
mod survey;
#[cfg(test)]
mod tests;
mod text;
mod thanks;
mod welcome;

use serde_json::{Value, json};

use crate::core::content::{Content, HelpSaid, Said};
use crate::core::id::MessageKey;
use crate::slack::parse::METADATA_TYPE;

use block::{Blocks, object};

pub use digest::digest_text;
pub use form::{form, how_view};
pub use home::home;
pub use refused::refused;
pub use sheet::{File, sheet};

/// A message in Slack's terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// What a lock screen shows and a screen reader reads. Nothing private.
    pub text: String,
    /// At most 50 blocks; empty for what has none.
    pub blocks: Value,
    /// The key for the metadata of a post, by which it is recognised. Ephemerals and views carry none.
    pub metadata_key: Option<MessageKey>,
}

impl Rendered {
    fn post(key: &MessageKey, text: String, blocks: Blocks<'_>) -> Self {
        Self { metadata_key: Some(key.clone()), ..Self::unmarked(text, blocks) }
    }

    fn unmarked(text: String, blocks: Blocks<'_>) -> Self {
        Self { text: self::text::cut(&text, TEXT), blocks: blocks.done(), metadata_key: None }
    }

    /// The part of a `chat.postMessage` that says it; channel, metadata and `client_msg_id` come from the caller.
    pub fn body(self) -> Value {
        object([("text", self.text.into()), ("blocks", self.blocks)])
    }
}

/// `chat.update` refuses a longer `text` than 4,000.
const TEXT: usize = 3_900;

/// Renders a message for posting or updating. A withdrawal has no words: it is a `chat.delete`; neither has a file: see
/// [`sheet`].
pub fn message(content: &Content, key: &MessageKey, revision: i64) -> Rendered {
    match content {
        Content::Welcome(welcome) => self::welcome::welcome(welcome, key, revision),
        Content::Pulse(pulse) => self::pulse::shared(pulse, key, revision),
        Content::PrivatePulse(pulse) => self::pulse::private(pulse, key, revision),
        Content::MentorPulses(pulses) => self::pulse::rows(pulses, key, revision),
        Content::Said(said) => self::said::said(said, key, revision),
        Content::Home(home) => Rendered {
            text: "Your pulses and answers.".to_owned(),
            blocks: home::blocks(home, key, revision),
            metadata_key: None,
        },
        Content::Dates(dates) => self::session::dates(dates, key, revision),
        Content::Nudge(page) => self::nudge::nudge(page, key, revision),
        Content::Silence(asked) => self::rest::silence(asked, key, revision),
        Content::PairPaused(paused) => self::rest::pair_paused(paused, key, revision),
        Content::FitQuestion(question) => self::fit::question(question, key, revision),
        Content::Closing(closing) => self::ending::closing(closing, key, revision),
        Content::HelpReceipt(receipt) => self::help::receipt(receipt, key, revision),
        Content::HelpLate(receipt) => self::help::late(receipt, key, revision),
        Content::Surveys(post) => self::survey::post(post, key, revision),
        Content::Agreement(post) => self::agreement::post(post, key, revision),
        Content::Record(post) => self::record::post(post, key, revision),
        Content::Thanks(post) => self::thanks::post(post, key, revision),
        Content::Note(note) => self::note::note(note, key, revision),
        Content::WordToBoth(word) => self::care::word_to_both(word, key, revision),
        Content::PrivateQuestion(question) => self::care::question(question, key, revision),
        Content::Digest(page) => self::digest::digest(page, key, revision),
        Content::Sheet(_) | Content::Withdrawal(_) => {
            Rendered { text: String::new(), blocks: json!([]), metadata_key: None }
        }
    }
}

/// Whether a message shows one of Slack's chart blocks, which are young: a workspace may refuse them.
pub fn has_chart(content: &Content) -> bool {
    match content {
        Content::Digest(page) => page.charts && digest::has_chart(page),
        Content::Record(post) => record::has_chart(post),
        _ => false,
    }
}

/// The metadata of a post: an opaque key and nothing else, because every app and member can read it.
pub fn metadata(key: &MessageKey) -> Value {
    json!({"event_type": METADATA_TYPE, "event_payload": {"key": key.as_str()}})
}

/// The same words as a small form, for an answer to a form.
pub fn said_view(said: &Said, key: &MessageKey) -> Value {
    let Rendered { mut blocks, .. } = self::said::said(&self::said::without_taps(said), key, 1);
    for block in blocks.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        block.remove("accessory");
    }
    if let Some(all) = blocks.as_array_mut() {
        all.retain(|block| block["type"] != "actions");
    }
    let title = match said {
        Said::Refused(_) => "Not saved",
        Said::Cared(_)
        | Said::End(_)
        | Said::Replied { .. }
        | Said::RecordSent
        | Said::Help(HelpSaid::Handled { .. }) => "Done",
        Said::Help(HelpSaid::Sent { .. }) => "Sent",
        _ => "Saved",
    };
    json!({
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    })
}

/// The body for the `response_url` of a tap. `replace` only where the tap was in an ephemeral message of ours: a shared
/// post must stay as it is.
pub fn said(said: &Said, key: &MessageKey, revision: i64, replace: bool) -> Value {
    let Rendered { text, blocks, .. } = self::said::said(said, key, revision);
    object([
        ("response_type", "ephemeral".into()),
        ("replace_original", replace.into()),
        ("text", text.into()),
        ("blocks", blocks),
    ])
}
