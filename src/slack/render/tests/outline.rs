//! Blocks as a person sees them, in plain lines.

use serde_json::Value;

use crate::slack::render::Rendered;

/// The lock screen's words, a line, and the blocks.
pub fn outline(rendered: &Rendered) -> String {
    format!("{}\n---\n{}", dates(&rendered.text), blocks(&rendered.blocks))
}

/// A modal: title, blocks, submit button.
pub fn modal(view: &Value) -> String {
    let submit = view.get("submit").map(|submit| format!("\n[{}]", text(submit))).unwrap_or_default();
    format!("# {}\n{}{submit}\n[{}]", text(&view["title"]), blocks(&view["blocks"]), text(&view["close"]))
}

/// One line or more for each block.
pub fn blocks(blocks: &Value) -> String {
    let lines: Vec<String> = blocks.as_array().expect("blocks are a list").iter().map(block).collect();
    lines.join("\n")
}

fn block(block: &Value) -> String {
    match block["type"].as_str().unwrap_or_default() {
        "header" => format!("## {}", text(&block["text"])),
        "section" => {
            let accessory = block.get("accessory").map(|accessory| format!("   {}", element(accessory)));
            format!("{}{}", text(&block["text"]), accessory.unwrap_or_default())
        }
        "context" => format!("({})", text(&block["elements"][0])),
        "divider" => "----".to_owned(),
        "actions" => {
            let elements = block["elements"].as_array().expect("a row has elements");
            elements.iter().map(element).collect::<Vec<_>>().join(" ")
        }
        "input" => {
            let hint = block.get("hint").map(|hint| format!("\n  ({})", text(hint))).unwrap_or_default();
            let element = element(&block["element"]);
            format!("{}: {element}{hint}", text(&block["label"])).replace(": \n", ":\n")
        }
        "data_visualization" => {
            let series = block["chart"]["series"].as_array().expect("a chart has series").iter();
            let series: Vec<&str> = series.filter_map(|one| one["name"].as_str()).collect();
            format!("[chart: {}; {}]", block["title"].as_str().unwrap_or_default(), series.join(", "))
        }
        other => format!("?{other}"),
    }
}

fn element(element: &Value) -> String {
    let options = || element["options"].as_array().expect("options").iter();
    match element["type"].as_str().unwrap_or_default() {
        "button" if element.get("style").is_some() => format!("[*{}*]", text(&element["text"])),
        "button" => format!("[{}]", text(&element["text"])),
        "overflow" => format!("[... {}]", options().map(|o| text(&o["text"])).collect::<Vec<_>>().join(" | ")),
        "plain_text_input" => format!("[ {} ]", element["initial_value"].as_str().unwrap_or_default()),
        "radio_buttons" => options()
            .map(|option| {
                let mark = if *option == element["initial_option"] { 'x' } else { ' ' };
                let more = option.get("description").map(|more| format!(" - {}", text(more))).unwrap_or_default();
                format!("\n  ({mark}) {}{more}", text(&option["text"]))
            })
            .collect(),
        "static_select" => format!("[{} v]", options().map(|o| text(&o["text"])).collect::<Vec<_>>().join(" | ")),
        other => format!("?{other}"),
    }
}

fn text(text: &Value) -> String {
    dates(text["text"].as_str().expect("a text object"))
}

/// Escapes and times as Slack shows them, times by their fallback.
fn dates(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once("<!date^") {
        let (tag, after) = tag.split_once('>').expect("a tag ends");
        out.push_str(before);
        out.push_str(tag.split_once('|').expect("a time has a fallback").1);
        rest = after;
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
