//! What a person has filled in or chosen, in the shape of Slack's `state.values`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::block_kit;

/// The stateful inputs of one view or message: block id, then action id.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    values: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Form {
    /// The form as it is when the blocks appear: initial values, else empty.
    pub fn of(blocks: &Value) -> Self {
        let mut form = Self::default();
        form.redraw(blocks);
        form
    }

    /// Follows a redraw: inputs that are gone are forgotten, new ones start with their initial value.
    pub fn redraw(&mut self, blocks: &Value) {
        let before = std::mem::take(&mut self.values);
        for (block, element) in block_kit::elements_of(blocks) {
            let (block_id, action_id) = names(block, element);
            let kept = before.get(block_id).and_then(|actions| actions.get(action_id));
            let same = kept.filter(|kept| kept["type"] == element["type"]).cloned();
            if let Some(value) = same.or_else(|| initial(element)) {
                self.values.entry(block_id.to_owned()).or_default().insert(action_id.to_owned(), value);
            }
        }
    }

    pub fn values(&self) -> Value {
        json!(self.values)
    }

    pub fn set(&mut self, block_id: &str, action_id: &str, value: Value) {
        self.values.entry(block_id.to_owned()).or_default().insert(action_id.to_owned(), value);
    }

    /// What Slack's own client refuses before the app hears of it: required inputs that are empty, texts out of
    /// their bounds. By block id.
    pub fn refusals(&self, blocks: &Value) -> BTreeMap<String, String> {
        let mut refusals = BTreeMap::new();
        for (block, element) in block_kit::elements_of(blocks).filter(|(block, _)| block["type"] == "input") {
            let (block_id, action_id) = names(block, element);
            let value = self.values.get(block_id).and_then(|actions| actions.get(action_id)).unwrap_or(&Value::Null);
            let text = value["value"].as_str().unwrap_or_default();
            let length = text.chars().count() as u64;
            let filled = value.as_object().is_some_and(|value| {
                let content = value.iter().find(|(key, _)| *key != "type").map(|(_, value)| value);
                content.is_some_and(|content| match content {
                    Value::Null => false,
                    Value::String(words) => !words.is_empty(),
                    Value::Array(all) => !all.is_empty(),
                    _ => true,
                })
            });
            let mut refuse = |words: String| {
                refusals.insert(block_id.to_owned(), words);
            };
            if !filled {
                if block["optional"] != true {
                    refuse("Please complete this required field.".into());
                }
            } else if element["min_length"].as_u64().is_some_and(|min| length < min) {
                refuse(format!("Use at least {} characters.", element["min_length"]));
            } else if length > element["max_length"].as_u64().unwrap_or(3_000) {
                refuse(format!("Use at most {} characters.", element["max_length"].as_u64().unwrap_or(3_000)));
            }
        }
        refusals
    }
}

pub(super) fn names<'a>(block: &'a Value, element: &'a Value) -> (&'a str, &'a str) {
    (block["block_id"].as_str().unwrap_or_default(), element["action_id"].as_str().unwrap_or_default())
}

/// The name under which an element's choice stands in state and actions; `None` for those that keep no state.
fn key(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "plain_text_input" | "number_input" | "email_text_input" | "url_text_input" => "value",
        "rich_text_input" => "rich_text_value",
        "static_select" | "external_select" | "radio_buttons" => "selected_option",
        "multi_static_select" | "multi_external_select" | "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        "file_input" => "files",
        _ => return None,
    })
}

fn initial(element: &Value) -> Option<Value> {
    let kind = element["type"].as_str()?;
    let key = key(kind)?;
    let given = element.get(key.replace("selected", "initial").as_str()).or_else(|| element.get("initial_value"));
    let empty = if key.ends_with('s') { json!([]) } else { Value::Null };
    let mut state = Map::new();
    state.insert("type".into(), json!(kind));
    state.insert(key.into(), given.cloned().unwrap_or(empty));
    Some(Value::Object(state))
}

/// What a person's words mean to an element: `{type, <key>: value}`. Options are named by their text or their value;
/// several by commas. An error says what could have been chosen.
pub(super) fn read(element: &Value, words: &str) -> Result<Value, String> {
    let kind = element["type"].as_str().unwrap_or_default();
    let (key, value) = match kind {
        "overflow" => ("selected_option", option(element, words)?),
        _ => {
            let key = key(kind).ok_or_else(|| format!("a {kind} cannot be filled in"))?;
            let all = || words.split(',').map(str::trim).filter(|word| !word.is_empty());
            let value = match key {
                "selected_option" => option(element, words)?,
                "selected_options" => Value::Array(all().map(|word| option(element, word)).collect::<Result<_, _>>()?),
                "selected_date_time" => json!(words.parse::<i64>().map_err(|_| format!("{words} is no unix time"))?),
                _ if key.ends_with('s') => json!(all().collect::<Vec<_>>()),
                _ if words.is_empty() => Value::Null,
                _ => json!(words),
            };
            (key, value)
        }
    };
    let mut state = Map::new();
    state.insert("type".into(), json!(kind));
    state.insert(key.into(), value);
    Ok(Value::Object(state))
}

fn option(element: &Value, words: &str) -> Result<Value, String> {
    let groups = element["option_groups"].as_array().into_iter().flatten();
    let options: Vec<&Value> =
        groups.flat_map(|group| group["options"].as_array()).chain(element["options"].as_array()).flatten().collect();
    let found = options.iter().find(|option| option["value"] == words || option["text"]["text"] == words);
    found.map(|option| (*option).clone()).ok_or_else(|| {
        let known = options.iter().filter_map(|option| option["text"]["text"].as_str()).collect::<Vec<_>>();
        format!("no option {words:?}; there are {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(optional: bool) -> Value {
        json!([{"type": "input", "block_id": "b", "optional": optional, "label": {"type": "plain_text", "text": "Why"},
                "element": {"type": "plain_text_input", "action_id": "a", "max_length": 5}}])
    }

    #[test]
    fn a_form_refuses_what_slacks_client_refuses() {
        let refusals = |optional, words: &str| {
            let blocks = comment(optional);
            let mut form = Form::of(&blocks);
            let element = &blocks[0]["element"];
            form.set("b", "a", read(element, words).expect("a text can be filled in"));
            form.refusals(&blocks).into_values().collect::<String>()
        };
        assert_eq!(refusals(false, "fine"), "");
        assert_eq!(refusals(true, ""), "");
        assert_eq!(refusals(false, ""), "Please complete this required field.");
        assert_eq!(refusals(false, "too long"), "Use at most 5 characters.");
    }

    #[test]
    fn what_was_filled_in_survives_a_redraw_under_the_same_names() {
        let mut form = Form::of(&comment(true));
        form.set("b", "a", json!({"type": "plain_text_input", "value": "kept"}));
        form.redraw(&comment(false));
        assert_eq!(form.values()["b"]["a"]["value"], "kept");
        let mut renamed = comment(true);
        renamed[0]["block_id"] = json!("c");
        form.redraw(&renamed);
        assert_eq!(form.values(), json!({"c": {"a": {"type": "plain_text_input", "value": null}}}));
    }
}
