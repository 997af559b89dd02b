//! What a message says: text, blocks and metadata, held against Slack's rules.

use serde_json::{Value, json};

use super::super::block_kit;
use super::super::post::Draft;
use super::Refusal;
use super::args::Args;

/// Posts cut their text here.
const TEXT_CUT: usize = 40_000;
/// The largest metadata. Slack publishes no number.
const METADATA_BYTES: usize = 8_000;
const ATTACHMENTS: usize = 100;
const MARKDOWN: usize = 12_000;

/// The content of a message, checked.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Content {
    pub text: String,
    /// Null if there were none.
    pub blocks: Value,
    pub attachments: Value,
    /// Null if there was none, `{}` to take the old away.
    pub metadata: Value,
}

impl Content {
    /// Reads and checks the content in the arguments of a call.
    pub fn read(args: &Args) -> Result<Self, Refusal> {
        let words = |name: &str| match args.raw(name) {
            Value::Null => Ok(String::new()),
            Value::String(words) => Ok(words),
            _ => Err(Refusal::because("invalid_arguments", &[format!("[ERROR] must be a string: {name}")])),
        };
        let mut content = Self {
            text: words("text")?,
            blocks: args.json("blocks").map_err(|_| "invalid_blocks_format")?,
            attachments: args.json("attachments").map_err(|_| "invalid_attachments")?,
            metadata: args.json("metadata").map_err(|_| "invalid_metadata_format")?,
        };
        let markdown = words("markdown_text")?;
        if !markdown.is_empty() {
            if !content.text.is_empty() || !content.blocks.is_null() {
                return Err("markdown_text_conflict".into());
            }
            if markdown.chars().count() > MARKDOWN {
                return Err("msg_too_long".into());
            }
            content.text = markdown;
        }
        if !content.blocks.is_null() {
            if !content.blocks.is_array() {
                return Err("invalid_blocks_format".into());
            }
            let problems = block_kit::message(&content.blocks);
            if !problems.is_empty() {
                return Err(invalid_blocks(&problems));
            }
        }
        if content.attachments.as_array().is_some_and(|all| all.len() > ATTACHMENTS) {
            return Err("too_many_attachments".into());
        }
        content.metadata = metadata(content.metadata)?;
        Ok(content)
    }

    pub fn is_empty(&self) -> bool {
        let none = |value: &Value| value.as_array().is_none_or(Vec::is_empty);
        self.text.is_empty() && none(&self.blocks) && none(&self.attachments)
    }

    /// The message that says it.
    pub fn draft(self, author: &str) -> Draft {
        let mut text = self.text;
        if let Some((cut, _)) = text.char_indices().nth(TEXT_CUT) {
            text.truncate(cut);
        }
        let metadata = if self.metadata == json!({}) { Value::Null } else { self.metadata };
        let (blocks, attachments) = (self.blocks, self.attachments);
        Draft { author: author.to_owned(), text, blocks, attachments, metadata, ..Draft::default() }
    }
}

pub(super) fn invalid_blocks(problems: &[String]) -> Refusal {
    Refusal::with(
        "invalid_blocks",
        json!({"errors": problems.iter().map(|words| words.trim_start_matches("[ERROR] ")).collect::<Vec<_>>(),
               "response_metadata": {"messages": problems}}),
    )
}

fn metadata(metadata: Value) -> Result<Value, Refusal> {
    let Some(object) = metadata.as_object() else {
        return if metadata.is_null() { Ok(metadata) } else { Err("invalid_metadata_format".into()) };
    };
    if object.is_empty() {
        return Ok(metadata);
    }
    let known = |name: &String| matches!(name.as_str(), "event_type" | "event_payload" | "entities");
    if !object.keys().all(known) || !object.get("event_payload").is_none_or(Value::is_object) {
        return Err("invalid_metadata_format".into());
    }
    let Some(event_type) = object.get("event_type").and_then(Value::as_str) else {
        return Err("invalid_metadata_format".into());
    };
    if metadata.to_string().len() > METADATA_BYTES {
        return Err("metadata_too_large".into());
    }
    // Slack posts the message and leaves such metadata away, with a warning that nobody reads.
    let good = !event_type.is_empty() && event_type.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    Ok(if good { metadata } else { Value::Null })
}
