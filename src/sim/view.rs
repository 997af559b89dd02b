//! A modal or an App Home: what the app drew, and what a person has filled in.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::block_kit;
use super::form::Form;
use super::message::{Control, controls};
use super::text::{self, Reader};

/// How many modals may stand on each other.
pub(super) const STACK: usize = 3;

/// What the simulator holds of a view.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub id: String,
    /// The first view of its stack.
    pub root: String,
    pub previous: Option<String>,
    pub hash: String,
    /// As the app sent it, with every block and element named.
    pub drawn: Value,
    pub form: Form,
    /// What the app said is wrong, by block id; or "" for trouble with the app itself.
    pub errors: BTreeMap<String, String>,
}

impl Panel {
    pub fn new(id: String, root: Option<String>, previous: Option<String>, hash: String, mut drawn: Value) -> Self {
        block_kit::name_blocks(&mut drawn["blocks"]);
        let form = Form::of(&drawn["blocks"]);
        Self { root: root.unwrap_or_else(|| id.clone()), id, previous, hash, drawn, form, errors: BTreeMap::new() }
    }

    /// Draws it anew. What was filled in stays where block id and action id are the same.
    pub fn redraw(&mut self, mut drawn: Value, hash: String) {
        block_kit::name_blocks(&mut drawn["blocks"]);
        self.form.redraw(&drawn["blocks"]);
        self.drawn = drawn;
        self.hash = hash;
        self.errors.clear();
    }

    /// As replies and payloads show it.
    pub fn json(&self, team: &str, app: &str, bot_id: &str) -> Value {
        let drawn = &self.drawn;
        let or = |key: &str, otherwise: Value| drawn.get(key).filter(|v| !v.is_null()).cloned().unwrap_or(otherwise);
        let mut view = Map::new();
        for (key, value) in [
            ("id", json!(self.id)),
            ("team_id", json!(team)),
            ("type", or("type", json!("modal"))),
            ("blocks", or("blocks", json!([]))),
            ("private_metadata", or("private_metadata", json!(""))),
            ("callback_id", or("callback_id", json!(""))),
            ("state", json!({"values": self.form.values()})),
            ("hash", json!(self.hash)),
            ("title", or("title", json!({"type": "plain_text", "text": "View Title", "emoji": true}))),
            ("clear_on_close", or("clear_on_close", json!(false))),
            ("notify_on_close", or("notify_on_close", json!(false))),
            ("close", or("close", Value::Null)),
            ("submit", or("submit", Value::Null)),
            ("previous_view_id", json!(self.previous)),
            ("root_view_id", json!(self.root)),
            ("app_id", json!(app)),
            ("external_id", or("external_id", json!(""))),
            ("app_installed_team_id", json!(team)),
            ("bot_id", json!(bot_id)),
        ] {
            view.insert(key.into(), value);
        }
        Value::Object(view)
    }
}

/// A view as its person sees it at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub id: String,
    pub callback_id: String,
    pub private_metadata: String,
    pub hash: String,
    /// As the app drew it.
    pub drawn: Value,
    /// What is filled in: block id, then action id.
    pub values: Value,
    /// What the app said is wrong, by block id.
    pub errors: BTreeMap<String, String>,
    #[serde(skip)]
    pub(super) zone: Tz,
    #[serde(skip)]
    pub(super) now: DateTime<Utc>,
    #[serde(skip)]
    pub(super) names: Arc<BTreeMap<String, String>>,
}

impl View {
    /// The whole view in plain text, with what the app said is wrong at the end.
    pub fn as_text(&self) -> String {
        let mut words = text::view(&self.drawn, &Reader { names: &self.names, zone: self.zone, now: self.now });
        for (block, error) in &self.errors {
            words.push_str(&format!("\n! {block}: {error}"));
        }
        words
    }

    /// Its buttons, selects and inputs, from top to bottom.
    pub fn controls(&self) -> Vec<Control> {
        controls(&self.drawn["blocks"])
    }

    /// The labels of its buttons, from top to bottom.
    pub fn buttons(&self) -> Vec<String> {
        self.controls().into_iter().filter(|control| control.kind == "button").map(|control| control.label).collect()
    }
}
