//! What an acknowledgement says beside "I have it": errors in a form, the next view, the answer to a command.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::api::{Args, Asked, answer, check_view};
use super::message::MessageRef;
use super::state::State;

pub(super) fn words_of(errors: &Map<String, Value>) -> BTreeMap<String, String> {
    let each = errors.iter().map(|(block, words)| (block.clone(), words.as_str().unwrap_or_default().to_owned()));
    each.collect()
}

/// Does what the acknowledgement of a submission says; returns the errors that the form shows now.
pub(super) fn respond_to_view(
    state: &mut State,
    person: &str,
    view_id: &str,
    response: Option<&Value>,
) -> Result<BTreeMap<String, String>, String> {
    let none = BTreeMap::new();
    let response = response.filter(|response| response.as_object().is_some_and(|object| !object.is_empty()));
    let Some(response) = response else {
        state.desk(person).modals.retain(|panel| panel.id != view_id);
        return Ok(none);
    };
    let modal = || check_view(response["view"].clone(), "modal").map_err(|refusal| format!("{refusal:?}"));
    match response["response_action"].as_str() {
        Some("errors") => {
            let errors = response["errors"].as_object().map(words_of).unwrap_or_default();
            let panel = state.desk(person).panel(view_id).ok_or("the view is gone")?;
            let is_input = |id: &str| {
                let mut blocks = panel.drawn["blocks"].as_array().into_iter().flatten();
                blocks.any(|block| block["type"] == "input" && block["block_id"] == id)
            };
            match errors.keys().find(|id| !is_input(id)) {
                Some(unknown) => return Err(format!("no input block is called {unknown:?}")),
                None if errors.is_empty() => return Err("errors, but none are named".into()),
                None => panel.errors.clone_from(&errors),
            }
            Ok(errors)
        }
        Some("update") => {
            let (view, hash) = (modal()?, state.next_hash(person));
            state.desk(person).panel(view_id).ok_or("the view is gone")?.redraw(view, hash);
            Ok(none)
        }
        Some("push") => {
            let view = modal()?;
            state.stack(person, view).map(|_| none).map_err(|refusal| format!("{refusal:?}"))
        }
        Some("clear") => {
            state.desk(person).modals.clear();
            Ok(none)
        }
        other => Err(format!("unknown response_action {other:?}")),
    }
}

pub(super) fn respond_to_command(
    state: &mut State,
    person: &str,
    channel: &str,
    response: Option<Value>,
) -> Result<Option<MessageRef>, String> {
    let body = match response {
        None => return Ok(None),
        Some(Value::String(words)) if words.is_empty() => return Ok(None),
        Some(Value::String(words)) => json!({"text": words}),
        Some(body) if body.as_object().is_some_and(Map::is_empty) => return Ok(None),
        Some(body) => body,
    };
    let asked = Asked { person: person.to_owned(), channel: channel.to_owned(), message: None };
    answer(state, &asked, &Args::of(&body)).map_err(|refusal| format!("{refusal:?}"))
}
