//! Slack's limits (docs.slack.dev, Block Kit), checked on what was rendered.

use std::collections::HashSet;

use serde_json::Value;

/// Complains about the first limit that a list of blocks breaks.
pub fn check_blocks(blocks: &Value, most: usize) -> Result<(), String> {
    let blocks = blocks.as_array().ok_or("blocks are no list")?;
    (blocks.len() <= most).or_say("too many blocks")?;
    let mut ids = HashSet::new();
    for block in blocks {
        let id = block["block_id"].as_str().ok_or("a block without an id")?;
        (!id.is_empty() && length(id) <= 255).or_say("block_id")?;
        ids.insert(id).or_say("block_id twice")?;
        check_block(block)?;
    }
    Ok(())
}

/// The same for a view.
pub fn check_view(view: &Value) -> Result<(), String> {
    (view.to_string().len() <= 250_000).or_say("view too big")?;
    if let Some(metadata) = view["private_metadata"].as_str() {
        (length(metadata) <= 3_000).or_say("private_metadata")?;
    }
    (length(view["callback_id"].as_str().ok_or("no callback_id")?) <= 255).or_say("callback_id")?;
    match view["type"].as_str() {
        Some("home") => {}
        Some("modal") => {
            plain(&view["title"], 24)?;
            plain(&view["close"], 24)?;
            let asks = view["blocks"].as_array().is_some_and(|blocks| blocks.iter().any(|b| b["type"] == "input"));
            if asks {
                plain(&view["submit"], 24)?;
            }
        }
        _ => return Err("no such view".to_owned()),
    }
    check_blocks(&view["blocks"], 100)
}

/// The same for the `text` beside the blocks.
pub fn check_text(text: &str) -> Result<(), String> {
    (!text.trim().is_empty() && length(text) <= 4_000).or_say("text")
}

fn check_block(block: &Value) -> Result<(), String> {
    match block["type"].as_str() {
        Some("header") => plain(&block["text"], 150),
        Some("divider") => Ok(()),
        Some("section") => {
            text(&block["text"], 3_000)?;
            block.get("accessory").map_or(Ok(()), element)
        }
        Some("context") => {
            let elements = block["elements"].as_array().ok_or("no elements")?;
            (1..=10).contains(&elements.len()).or_say("context elements")?;
            elements.iter().try_for_each(|element| text(element, 2_000))
        }
        Some("actions") => {
            let elements = block["elements"].as_array().ok_or("no elements")?;
            (1..=25).contains(&elements.len()).or_say("actions elements")?;
            let mut ids = HashSet::new();
            for one in elements {
                ids.insert(one["action_id"].as_str().unwrap_or_default()).or_say("action_id twice")?;
                element(one)?;
            }
            Ok(())
        }
        Some("data_visualization") => chart(block),
        Some("input") => {
            plain(&block["label"], 2_000)?;
            if block.get("hint").is_some() {
                plain(&block["hint"], 2_000)?;
            }
            element(&block["element"])
        }
        other => Err(format!("no such block: {other:?}")),
    }
}

/// One of at most two in a message; each line of it has a point for each category.
fn chart(block: &Value) -> Result<(), String> {
    let short = |value: &Value, most| value.as_str().is_some_and(|text| (1..=most).contains(&length(text)));
    short(&block["title"], 50).or_say("chart title")?;
    let categories = block["chart"]["axis_config"]["categories"].as_array().ok_or("no categories")?;
    (1..=20).contains(&categories.len()).or_say("categories")?;
    categories.iter().all(|category| short(category, 20)).or_say("category")?;
    let series = block["chart"]["series"].as_array().ok_or("no series")?;
    (1..=6).contains(&series.len()).or_say("series")?;
    series.iter().all(|one| short(&one["name"], 20)).or_say("series name")?;
    let labels = |one: &Value| -> Vec<Value> {
        one["data"].as_array().into_iter().flatten().map(|point| point["label"].clone()).collect()
    };
    series.iter().all(|one| labels(one) == *categories).or_say("a gap in a chart")
}

fn element(element: &Value) -> Result<(), String> {
    let action_id = element["action_id"].as_str().ok_or("no action_id")?;
    (!action_id.is_empty() && length(action_id) <= 255).or_say("action_id")?;
    match element["type"].as_str() {
        Some("button") => {
            plain(&element["text"], 75)?;
            if let Some(url) = element["url"].as_str() {
                return (url.starts_with("https://") && length(url) <= 3_000).or_say("url");
            }
            let value = element["value"].as_str().ok_or("a button without a value")?;
            (!value.is_empty() && length(value) <= 2_000).or_say("button value")?;
            let label = element["accessibility_label"].as_str().unwrap_or_default();
            (length(label) <= 75).or_say("accessibility_label")?;
            let style = element["style"].as_str();
            matches!(style, None | Some("primary" | "danger")).or_say("button style")
        }
        Some("overflow") => options(element, 5, 75),
        Some("static_select") => options(element, 100, 75),
        Some("datepicker") => {
            let day = element.get("initial_date").map(|day| day.as_str().unwrap_or_default());
            day.is_none_or(|day| day.parse::<chrono::NaiveDate>().is_ok()).or_say("initial_date")
        }
        Some("datetimepicker") => {
            let at = element.get("initial_date_time").map(|at| at.as_i64().unwrap_or_default());
            at.is_none_or(|at| (1_000_000_000..10_000_000_000).contains(&at)).or_say("initial_date_time")
        }
        Some("number_input") => element["is_decimal_allowed"].is_boolean().or_say("is_decimal_allowed"),
        Some("radio_buttons") => {
            options(element, 10, 75)?;
            let initial = &element["initial_option"];
            element["options"].as_array().is_some_and(|options| options.contains(initial)).or_say("initial_option")
        }
        Some("plain_text_input") => {
            let max = element["max_length"].as_u64().ok_or("no max_length")?;
            (1..=3_000).contains(&max).or_say("max_length")?;
            let initial = element["initial_value"].as_str().unwrap_or_default();
            (initial.chars().count() as u64 <= max).or_say("initial_value")
        }
        other => Err(format!("no such element: {other:?}")),
    }
}

fn options(element: &Value, most: usize, label: usize) -> Result<(), String> {
    let options = element["options"].as_array().ok_or("no options")?;
    (1..=most).contains(&options.len()).or_say("options")?;
    let mut values = HashSet::new();
    for option in options {
        plain(&option["text"], label)?;
        if option.get("description").is_some() {
            plain(&option["description"], 75)?;
        }
        let value = option["value"].as_str().ok_or("an option without a value")?;
        (!value.is_empty() && length(value) <= 150).or_say("option value")?;
        values.insert(value).or_say("option twice")?;
    }
    Ok(())
}

fn plain(object: &Value, max: usize) -> Result<(), String> {
    (object["type"] == "plain_text").or_say("not plain_text")?;
    text(object, max)
}

fn text(object: &Value, max: usize) -> Result<(), String> {
    matches!(object["type"].as_str(), Some("plain_text" | "mrkdwn")).or_say("no text object")?;
    let text = object["text"].as_str().ok_or("no text")?;
    (!text.is_empty() && length(text) <= max).or_say(&format!("text of {} where {max} fit: {text}", length(text)))
}

/// In UTF-16 units, which are never fewer than characters.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

trait OrSay {
    fn or_say(self, complaint: &str) -> Result<(), String>;
}

impl OrSay for bool {
    fn or_say(self, complaint: &str) -> Result<(), String> {
        if self { Ok(()) } else { Err(complaint.to_owned()) }
    }
}
