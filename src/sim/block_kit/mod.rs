//! Block Kit's rules: what Slack refuses as `invalid_blocks`, and where in the JSON it points.

mod blocks;
mod check;
mod elements;
mod rule;
mod shape;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use check::Check;
use shape::{Field, Kind, may, need};

/// How many blocks a message may have.
const MESSAGE_BLOCKS: usize = 50;
/// How many blocks a modal or a Home tab may have.
const VIEW_BLOCKS: usize = 100;
/// How many bytes of JSON a view may have.
const VIEW_BYTES: usize = 250_000;

/// Where blocks are shown; each place has blocks of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surface {
    /// A message, also an ephemeral one.
    Message,
    /// A modal.
    Modal,
    /// App Home.
    Home,
}

/// What Slack would say about the blocks of a message, one sentence each; empty if it would accept them.
pub(super) fn message(blocks: &Value) -> Vec<String> {
    let mut check = Check::new(Surface::Message);
    blocks_of(&mut check, blocks, "/blocks", MESSAGE_BLOCKS);
    check.problems
}

/// What Slack would say about a view of type `modal` or `home`; empty if it would accept it.
pub(super) fn view(view: &Value) -> Vec<String> {
    let surface = match view["type"].as_str() {
        Some("modal") => Surface::Modal,
        Some("home") => Surface::Home,
        _ => return vec!["[ERROR] unsupported type: a view is a modal or a home [json-pointer:/view/type]".into()],
    };
    let mut check = Check::new(surface);
    check.fields(view, "/view", if surface == Surface::Modal { MODAL } else { HOME }, &["type", "blocks"]);
    blocks_of(&mut check, &view["blocks"], "/view/blocks", VIEW_BLOCKS);
    let asks = view["blocks"].as_array().is_some_and(|all| all.iter().any(|block| block["type"] == "input"));
    if surface == Surface::Modal && asks && view.get("submit").is_none_or(Value::is_null) {
        check.problem("missing required field: submit (the view has an input block)", "/view");
    }
    if view.to_string().len() > VIEW_BYTES {
        check.problem("must be less than 250 kB", "/view");
    }
    check.problems
}

/// Gives a name to each block and interactive element that came without one, as Slack does. The names follow from
/// the places, so that the same view drawn twice has the same names.
pub(super) fn name_blocks(blocks: &mut Value) {
    let Some(blocks) = blocks.as_array_mut() else { return };
    for (i, block) in blocks.iter_mut().enumerate() {
        let Some(block) = block.as_object_mut() else { continue };
        if block.get("block_id").is_none_or(Value::is_null) {
            block.insert("block_id".into(), json!(format!("b{i}")));
        }
        let name = |element: &mut Value, j: usize| {
            if let Some(element) = element.as_object_mut()
                && element.get("action_id").is_none_or(Value::is_null)
                && element.get("type").and_then(Value::as_str).is_some_and(elements::is_interactive)
            {
                element.insert("action_id".into(), json!(format!("a{i}.{j}")));
            }
        };
        for key in ["accessory", "element"] {
            if let Some(element) = block.get_mut(key) {
                name(element, 0);
            }
        }
        if let Some(elements) = block.get_mut("elements").and_then(Value::as_array_mut) {
            elements.iter_mut().enumerate().for_each(|(j, element)| name(element, j));
        }
    }
}

/// Each interactive element of the blocks, with the block that it stands in.
pub(super) fn elements_of(blocks: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    blocks.as_array().into_iter().flatten().flat_map(|block| {
        let listed = block["elements"].as_array().into_iter().flatten();
        let single = [&block["accessory"], &block["element"]];
        single
            .into_iter()
            .chain(listed)
            .filter(|element| element["type"].as_str().is_some_and(elements::is_interactive))
            .map(move |element| (block, element))
    })
}

const MODAL: &[Field] = &[
    need("title", Kind::Text { max: 24, plain: true }),
    may("submit", Kind::Text { max: 24, plain: true }),
    may("close", Kind::Text { max: 24, plain: true }),
    may("private_metadata", Kind::Words(3_000)),
    may("callback_id", Kind::Words(255)),
    may("external_id", Kind::Words(255)),
    may("clear_on_close", Kind::Flag),
    may("notify_on_close", Kind::Flag),
    may("submit_disabled", Kind::Flag),
];

const HOME: &[Field] = &[
    may("private_metadata", Kind::Words(3_000)),
    may("callback_id", Kind::Words(255)),
    may("external_id", Kind::Words(255)),
];

fn blocks_of(check: &mut Check, blocks: &Value, path: &str, most: usize) {
    let Some(list) = blocks.as_array() else {
        return check.problem("must be an array of blocks", path);
    };
    if list.len() > most {
        check.problem(&format!("no more than {most} items allowed [actual {}]", list.len()), path);
    }
    let mut ids = BTreeMap::new();
    for (i, block) in list.iter().enumerate() {
        let at = format!("{path}/{i}");
        check.one(block, &at, blocks::ALL, "block");
        if let Some(id) = block["block_id"].as_str()
            && ids.insert(id, i).is_some()
        {
            check.problem(&format!("`block_id` \"{id}\" already exists"), &format!("{at}/block_id"));
        }
        let mut actions = BTreeMap::new();
        for (j, element) in block["elements"].as_array().into_iter().flatten().enumerate() {
            if let Some(id) = element["action_id"].as_str()
                && actions.insert(id, j).is_some()
            {
                let words = format!("`action_id` \"{id}\" already exists for this block");
                check.problem(&words, &format!("{at}/elements/{j}/action_id"));
            }
        }
    }
    for (kind, most) in [("data_visualization", 2), ("table", 1)] {
        if list.iter().filter(|block| block["type"] == kind).count() > most {
            check.problem(&format!("no more than {most} {kind} blocks allowed"), path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(blocks: Value) -> String {
        message(&blocks).join("\n")
    }

    #[test]
    fn what_slack_accepts_is_accepted() {
        let blocks = json!([
            {"type": "header", "text": {"type": "plain_text", "text": "Pulse"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Hello*"},
             "accessory": {"type": "overflow", "action_id": "more", "options": [
                {"text": {"type": "plain_text", "text": "Later"}, "value": "later"}]}},
            {"type": "divider"},
            {"type": "actions", "block_id": "answers", "elements": [
                {"type": "button", "action_id": "a:1", "text": {"type": "plain_text", "text": "No"}, "value": "k"},
                {"type": "button", "action_id": "a:2", "text": {"type": "plain_text", "text": "Yes"}, "value": "k"}]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "Open until Friday"}]},
            {"type": "data_visualization", "title": "Health", "chart": {"type": "line",
             "series": [{"name": "Us", "data": [{"label": "w1", "value": 3.5}]}],
             "axis_config": {"categories": ["w1"]}}},
            {"type": "data_table", "caption": "Pairs", "rows": [
                [{"type": "raw_text", "text": "Pair"}, {"type": "raw_text", "text": "n"}],
                [{"type": "raw_text", "text": "A"}, {"type": "raw_number", "value": 1, "text": "1"}]]},
        ]);
        assert_eq!(said(blocks), "");
    }

    #[test]
    fn limits_hold_at_the_bound_and_say_where() {
        let section = |n: usize| json!([{"type": "section", "text": {"type": "mrkdwn", "text": "x".repeat(n)}}]);
        assert_eq!(said(section(3_000)), "");
        assert_eq!(
            said(section(3_001)),
            "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
        );
        assert_eq!(said(section(0)), "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]");
        let many = |n: usize| Value::Array(vec![json!({"type": "divider"}); n]);
        assert_eq!(said(many(50)), "");
        assert_eq!(said(many(51)), "[ERROR] no more than 50 items allowed [actual 51] [json-pointer:/blocks]");
        let buttons = |n: usize| {
            let one = |i| json!({"type": "button", "action_id": format!("a{i}"), "text": {"type": "plain_text", "text": "x"}});
            json!([{"type": "actions", "elements": (0..n).map(one).collect::<Vec<_>>()}])
        };
        assert_eq!(said(buttons(25)), "");
        assert!(said(buttons(26)).contains("no more than 25 items allowed"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (block, words) in [
            (json!({"type": "sparkline"}), "unsupported type: sparkline [json-pointer:/blocks/0/type]"),
            (json!({"type": "divider", "colour": "red"}), "unknown field: colour [json-pointer:/blocks/0]"),
            (json!({"type": "header"}), "missing required field: text [json-pointer:/blocks/0]"),
            (json!({"type": "section"}), "a section needs text or fields"),
            (
                json!({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
                "must be a plain_text object [json-pointer:/blocks/0/text/type]",
            ),
            (json!({"type": "alert", "text": "x"}), "alert is not allowed in a message"),
            (
                json!({"type": "actions", "elements": [
                    {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "x"}},
                    {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "y"}}]}),
                "`action_id` \"a\" already exists for this block [json-pointer:/blocks/0/elements/1/action_id]",
            ),
            (
                json!({"type": "actions", "elements": [{"type": "static_select", "action_id": "a"}]}),
                "a static_select needs options or option_groups",
            ),
        ] {
            let all = said(json!([block]));
            assert!(all.contains(words), "{all:?} should say {words:?}");
        }
        let twice = json!({"type": "divider", "block_id": "d"});
        assert!(said(json!([twice, twice])).contains("`block_id` \"d\" already exists"));
    }

    #[test]
    fn a_modal_that_asks_has_a_submit_button_and_short_titles() {
        let modal = |title: &str, submit: bool| {
            let mut modal = json!({"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [
                {"type": "input", "label": {"type": "plain_text", "text": "Why"},
                 "element": {"type": "plain_text_input", "multiline": true}}]});
            if submit {
                modal["submit"] = json!({"type": "plain_text", "text": "Save"});
            }
            modal
        };
        assert_eq!(view(&modal("Comment", true)), Vec::<String>::new());
        assert!(view(&modal("Comment", false))[0].contains("missing required field: submit"));
        assert!(view(&modal("A title that is too long for it", true))[0].contains("must be less than 25 characters"));
    }
}
