//! Blocks as plain text, the way a person reads them: for snapshots, the terminal and screen readers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;

use super::message;

/// Who reads: names are looked up for mentions, dates are shown in the reader's zone.
pub(super) struct Reader<'a> {
    pub names: &'a BTreeMap<String, String>,
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

/// All blocks, one or more lines each.
pub(super) fn blocks(blocks: &Value, reader: &Reader) -> String {
    let lines = blocks.as_array().into_iter().flatten().map(|block| reader.block(block)).collect::<Vec<_>>();
    lines.join("\n")
}

impl Reader<'_> {
    fn block(&self, block: &Value) -> String {
        let each = |list: &Value, between: &str| {
            let parts = list.as_array().into_iter().flatten().map(|part| self.element(part)).collect::<Vec<_>>();
            parts.join(between)
        };
        match block["type"].as_str().unwrap_or_default() {
            "header" => format!("# {}", self.object(&block["text"])),
            "divider" => "---".into(),
            "section" => {
                let mut parts = vec![self.object(&block["text"])];
                parts.extend(block["fields"].as_array().into_iter().flatten().map(|field| self.object(field)));
                parts.retain(|part| !part.is_empty());
                let mut words = parts.join("\n");
                if block["accessory"].is_object() {
                    words.push_str("  ");
                    words.push_str(&self.element(&block["accessory"]));
                }
                words
            }
            "context" => each(&block["elements"], "  "),
            "actions" | "context_actions" => each(&block["elements"], " "),
            "input" => {
                let optional = if block["optional"] == true { " (optional)" } else { "" };
                let hint = self.object(&block["hint"]);
                let hint = if hint.is_empty() { hint } else { format!("\n  {hint}") };
                format!("{}{optional}: {}{hint}", self.object(&block["label"]), self.element(&block["element"]))
            }
            "image" => format!("[image: {}]", block["alt_text"].as_str().unwrap_or_default()),
            "markdown" => block["text"].as_str().unwrap_or_default().to_owned(),
            "rich_text" => self.rich(block),
            "table" | "data_table" => self.table(block),
            "data_visualization" => chart(block),
            other => format!("[{other}]"),
        }
    }

    fn element(&self, element: &Value) -> String {
        let placeholder = self.object(&element["placeholder"]);
        match element["type"].as_str().unwrap_or_default() {
            "plain_text" | "mrkdwn" => self.object(element),
            "image" => format!("[image: {}]", element["alt_text"].as_str().unwrap_or_default()),
            "button" | "icon_button" => format!("[{}]", self.object(&element["text"])),
            "overflow" => "[...]".into(),
            "radio_buttons" | "checkboxes" => {
                let chosen = |option: &Value| {
                    let same = |initial: &Value| initial["value"] == option["value"];
                    same(&element["initial_option"])
                        || element["initial_options"].as_array().is_some_and(|all| all.iter().any(same))
                };
                let options = element["options"].as_array().into_iter().flatten();
                let each = options.map(|option| {
                    format!("({}) {}", if chosen(option) { "x" } else { " " }, self.object(&option["text"]))
                });
                each.collect::<Vec<_>>().join(" ")
            }
            kind => {
                let initial = ["initial_value", "initial_date", "initial_time", "initial_user"]
                    .iter()
                    .find_map(|key| element[*key].as_str())
                    .map(str::to_owned)
                    .or_else(|| Some(self.object(&element["initial_option"]["text"])).filter(|text| !text.is_empty()));
                match initial {
                    Some(initial) if kind.ends_with("select") => format!("[{initial} v]"),
                    Some(initial) => format!("[{initial}]"),
                    None if kind.ends_with("select") => format!("[{placeholder} v]"),
                    None if placeholder.is_empty() => "[____]".into(),
                    None => format!("[{placeholder}]"),
                }
            }
        }
    }

    /// A text object.
    fn object(&self, object: &Value) -> String {
        let text = object["text"].as_str().unwrap_or_default();
        if object["type"] == "mrkdwn" { self.words(text) } else { text.to_owned() }
    }

    fn rich(&self, value: &Value) -> String {
        match value["type"].as_str() {
            Some("text") => value["text"].as_str().unwrap_or_default().to_owned(),
            Some("user") => self.mention(value["user_id"].as_str().unwrap_or_default()),
            Some("link") => value["text"].as_str().or(value["url"].as_str()).unwrap_or_default().to_owned(),
            Some("emoji") => format!(":{}:", value["name"].as_str().unwrap_or_default()),
            kind => {
                let between = if kind == Some("rich_text_list") || kind == Some("rich_text") { "\n" } else { "" };
                let parts = value["elements"].as_array().into_iter().flatten().map(|part| self.rich(part));
                parts.collect::<Vec<_>>().join(between)
            }
        }
    }

    fn table(&self, block: &Value) -> String {
        let cell = |cell: &Value| match cell["type"].as_str() {
            Some("rich_text") => self.rich(cell),
            Some("action_cell") => self.element(&cell["element"]),
            _ => cell["text"].as_str().unwrap_or_default().to_owned(),
        };
        let rows = block["rows"].as_array().into_iter().flatten();
        let rows = rows.map(|row| {
            let cells = row.as_array().into_iter().flatten().map(cell).collect::<Vec<_>>();
            format!("| {} |", cells.join(" | "))
        });
        let caption = block["caption"].as_str().map(|caption| format!("[table: {caption}]"));
        caption.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// mrkdwn with its mentions, links and dates resolved; stars and underscores stay.
    pub fn words(&self, mrkdwn: &str) -> String {
        let mut out = String::with_capacity(mrkdwn.len());
        let mut rest = mrkdwn;
        while let Some((before, tail)) = rest.split_once('<') {
            out.push_str(before);
            let Some((inside, after)) = tail.split_once('>') else {
                out.push('<');
                rest = tail;
                break;
            };
            let (target, label) =
                inside.split_once('|').map_or((inside, None), |(target, label)| (target, Some(label)));
            if let Some(id) = target.strip_prefix('@') {
                out.push_str(&self.mention(id));
            } else if let Some(date) = target.strip_prefix("!date^") {
                out.push_str(&self.date(date).unwrap_or_else(|| label.unwrap_or("?").to_owned()));
            } else if let Some(group) = target.strip_prefix('!') {
                out.push('@');
                out.push_str(label.unwrap_or(group));
            } else if let Some(channel) = target.strip_prefix('#') {
                out.push('#');
                out.push_str(label.unwrap_or(channel));
            } else {
                out.push_str(label.unwrap_or(target));
            }
            rest = after;
        }
        out.push_str(rest);
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    fn mention(&self, id: &str) -> String {
        format!("@{}", self.names.get(id).map_or(id, String::as_str))
    }

    /// `seconds^format[^link]`, in the reader's own time.
    fn date(&self, token: &str) -> Option<String> {
        let mut parts = token.split('^');
        let at = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?.with_timezone(&self.zone);
        let mut words = parts.next()?.to_owned();
        let days = at.date_naive().signed_duration_since(self.now.with_timezone(&self.zone).date_naive()).num_days();
        let near = match days {
            -1 => Some("yesterday"),
            0 => Some("today"),
            1 => Some("tomorrow"),
            _ => None,
        };
        for (name, format) in [
            ("date_num", "%Y-%m-%d"),
            ("date_short_pretty", "%b %-d, %Y"),
            ("date_long_pretty", "%A, %B %-d, %Y"),
            ("date_pretty", "%B %-d, %Y"),
            ("date_short", "%b %-d, %Y"),
            ("date_long", "%A, %B %-d, %Y"),
            ("date", "%B %-d, %Y"),
            ("day_divider_pretty", "%A, %B %-d"),
            ("time_secs", "%H:%M:%S"),
            ("time", "%H:%M"),
        ] {
            let token = format!("{{{name}}}");
            if words.contains(&token) {
                let pretty = near.filter(|_| name.ends_with("pretty")).map(str::to_owned);
                words = words.replace(&token, &pretty.unwrap_or_else(|| at.format(format).to_string()));
            }
        }
        Some(words)
    }
}

fn chart(block: &Value) -> String {
    let point = |point: &Value| format!("{} {}", point["label"].as_str().unwrap_or_default(), point["value"]);
    let points = |data: &Value| data.as_array().into_iter().flatten().map(point).collect::<Vec<_>>().join(", ");
    let chart = &block["chart"];
    let title = block["title"].as_str().unwrap_or_default();
    let mut lines = vec![format!("[{} chart: {title}]", chart["type"].as_str().unwrap_or_default())];
    if chart["segments"].is_array() {
        lines.push(points(&chart["segments"]));
    }
    for series in chart["series"].as_array().into_iter().flatten() {
        lines.push(format!("{}: {}", series["name"].as_str().unwrap_or_default(), points(&series["data"])));
    }
    lines.join("\n")
}

/// A view in plain text: its title, its blocks, and the buttons at its foot.
pub(super) fn view(view: &Value, reader: &Reader) -> String {
    let mut lines = Vec::new();
    if let Some(title) = view["title"]["text"].as_str() {
        lines.push(format!("# {title}"));
    }
    lines.push(blocks(&view["blocks"], reader));
    let foot = ["close", "submit"].iter().filter_map(|key| view[*key]["text"].as_str());
    let foot = foot.map(|words| format!("[{words}]")).collect::<Vec<_>>().join(" ");
    if !foot.is_empty() {
        lines.push(foot);
    }
    lines.join("\n")
}

/// Finds the one control that a person means by `words`: its block id and action id with a slash between them, its
/// action id, its label, or its value.
pub(super) fn meant<'a>(controls: &'a [message::Control], words: &str) -> Option<&'a message::Control> {
    let both = |control: &&message::Control| {
        let action = words.strip_prefix(&control.block_id).and_then(|rest| rest.strip_prefix('/'));
        action.is_some_and(|action| action == control.action_id)
    };
    controls
        .iter()
        .find(both)
        .or_else(|| controls.iter().find(|control| control.action_id == words))
        .or_else(|| controls.iter().find(|control| control.label == words))
        .or_else(|| controls.iter().find(|control| control.value.as_deref() == Some(words)))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_reads_as_its_reader_sees_it() {
        let names = BTreeMap::from([("U1".to_owned(), "Ravi".to_owned())]);
        let now = Utc.with_ymd_and_hms(2026, 5, 19, 9, 0, 0).single().expect("a time that exists");
        let reader = Reader { names: &names, zone: Tz::Europe__Berlin, now };
        let at = now.timestamp();
        for (mrkdwn, read) in [
            ("Hello <@U1> and <@U2>", "Hello @Ravi and @U2"),
            ("1 &lt; 2 &amp;&amp; 3 <https://x.example|here>", "1 < 2 && 3 here"),
            (&format!("<!date^{at}^{{date_short_pretty}} {{time}}|later>"), "today 11:00"),
            ("<!date^soon^{time}|later>", "later"),
            ("a < b", "a < b"),
        ] {
            assert_eq!(reader.words(mrkdwn), read);
        }
        let message = json!([
            {"type": "header", "text": {"type": "plain_text", "text": "Pulse 9"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*With <@U1>*"},
             "accessory": {"type": "overflow", "options": []}},
            {"type": "actions", "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": "No"}},
                {"type": "button", "text": {"type": "plain_text", "text": "Yes"}}]},
            {"type": "input", "label": {"type": "plain_text", "text": "Why"}, "optional": true,
             "element": {"type": "plain_text_input"}},
        ]);
        assert_eq!(blocks(&message, &reader), "# Pulse 9\n*With @Ravi*  [...]\n[No] [Yes]\nWhy (optional): [____]");
    }
}
