//! Blocks that keep Slack's limits by construction: counts, lengths, ids.

use serde_json::{Value, json};

use crate::core::id::MessageKey;
use crate::slack::action::{Action, MENU, OPTION_MAX, VALUE_MAX, block_id};

use super::text::{cut, one_line};

/// Blocks of a message.
pub const MESSAGE: usize = 50;

/// Blocks of a modal or of App Home.
pub const VIEW: usize = 100;

/// Characters of a section.
pub const SECTION: usize = 3_000;

/// Characters of a context line: some pages of Slack say 3,000, some 2,000.
const CONTEXT: usize = 2_000;

/// The blocks of one message or view, each with an id that is new with every revision.
pub struct Blocks<'a> {
    key: &'a MessageKey,
    revision: i64,
    most: usize,
    bytes: usize,
    blocks: Vec<Value>,
}

impl<'a> Blocks<'a> {
    /// An empty message.
    pub fn message(key: &'a MessageKey, revision: i64) -> Self {
        Self { key, revision, most: MESSAGE, bytes: 0, blocks: Vec::new() }
    }

    /// An empty App Home or modal.
    pub fn view(key: &'a MessageKey, revision: i64) -> Self {
        Self { key, revision, most: VIEW, bytes: 0, blocks: Vec::new() }
    }

    /// How many more blocks fit.
    pub fn left(&self) -> usize {
        self.most - self.blocks.len()
    }

    /// How many bytes the blocks of a view take so far; it has room for 250,000.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// A heading of its own; no formatting.
    pub fn header(&mut self, text: &str) {
        self.push(object([("type", "header".into()), ("text", plain(text, 150))]));
    }

    /// A paragraph; left out if it has no words.
    pub fn section(&mut self, mrkdwn: &str) {
        self.section_with(mrkdwn, None);
    }

    /// A paragraph with a button or a menu at its right side.
    pub fn section_with(&mut self, mrkdwn: &str, accessory: Option<Value>) {
        if mrkdwn.trim().is_empty() {
            return;
        }
        let mut block = object([("type", "section".into()), ("text", marked(mrkdwn, SECTION))]);
        if let Some(accessory) = accessory {
            block["accessory"] = accessory;
        }
        self.push(block);
    }

    /// A small grey line; left out if it has no words.
    pub fn context(&mut self, mrkdwn: &str) {
        if !mrkdwn.trim().is_empty() {
            let elements = vec![marked(mrkdwn, CONTEXT)];
            self.push(object([("type", "context".into()), ("elements", elements.into())]));
        }
    }

    /// A chart, as Slack's chart block.
    pub fn chart(&mut self, block: Value) {
        self.push(block);
    }

    /// A line.
    pub fn divider(&mut self) {
        self.push(json!({"type": "divider"}));
    }

    /// A row of buttons; left out if there are none.
    pub fn row(&mut self, elements: impl IntoIterator<Item = Option<Value>>) {
        let elements: Vec<Value> = elements.into_iter().flatten().take(25).collect();
        if !elements.is_empty() {
            self.push(object([("type", "actions".into()), ("elements", elements.into())]));
        }
    }

    /// A field of a form, under its own id: what somebody has entered stays in it when the form is drawn anew.
    pub fn input(&mut self, field: &str, mut block: Value) {
        block["type"] = "input".into();
        block["element"]["action_id"] = field.into();
        if self.left() > 0 {
            block["block_id"] = field.into();
            self.bytes += block.to_string().len();
            self.blocks.push(block);
        }
    }

    /// The blocks as Slack takes them.
    pub fn done(self) -> Value {
        Value::Array(self.blocks)
    }

    fn push(&mut self, mut block: Value) {
        if self.left() > 0 {
            block["block_id"] = block_id(self.key, self.revision, self.blocks.len()).into();
            if self.most == VIEW {
                self.bytes += block.to_string().len();
            }
            self.blocks.push(block);
        }
    }
}

/// An object of these fields. It takes them as they are, where `json!` would copy what is in it.
pub fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Text with Slack's formatting. `verbatim`: Slack makes no links and mentions of its own out of people's words.
pub fn marked(mrkdwn: &str, max: usize) -> Value {
    object([("type", "mrkdwn".into()), ("text", cut(mrkdwn, max).into()), ("verbatim", true.into())])
}

/// Text without formatting; a dot where there are no words, since Slack takes no empty one.
pub fn plain(text: &str, max: usize) -> Value {
    let text = one_line(text);
    let text = if text.is_empty() { "·".to_owned() } else { cut(&text, max) };
    object([("type", "plain_text".into()), ("text", text.into()), ("emoji", false.into())])
}

/// A button. `None` if it could not carry what it is about.
pub fn button(label: &str, action: &Action) -> Option<Value> {
    let (action_id, value) = (action.action_id(), action.value());
    let fits = !value.is_empty() && value.chars().count() <= VALUE_MAX;
    fits.then(|| {
        let text = plain(label, 75);
        object([("type", "button".into()), ("text", text), ("action_id", action_id.into()), ("value", value.into())])
    })
}

/// The one button of a row that most people will want.
pub fn primary(label: &str, action: &Action) -> Option<Value> {
    button(label, action).map(|mut button| {
        button["style"] = "primary".into();
        button
    })
}

/// The menu behind `[…]`: at most five choices; one that could not carry what it is about is left out.
pub fn menu(choices: &[(&str, Action)]) -> Option<Value> {
    let options: Vec<Value> = choices
        .iter()
        .map(|(label, action)| (label, action.option_value()))
        .filter(|(_, value)| value.chars().count() <= OPTION_MAX)
        .take(5)
        .map(|(label, value)| object([("text", plain(label, 75)), ("value", value.into())]))
        .collect();
    (!options.is_empty())
        .then(|| object([("type", "overflow".into()), ("action_id", MENU.into()), ("options", options.into())]))
}
