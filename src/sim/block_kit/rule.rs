//! The rules that no shape can say: how the parts of a block must agree with each other.

use std::collections::BTreeSet;

use serde_json::Value;

/// How many characters the cells of one table may hold.
const TABLE_CHARACTERS: usize = 10_000;

/// What is wrong with an object whose parts are each right.
pub(super) fn broken(object: &Value) -> Option<String> {
    match object["type"].as_str()? {
        "data_visualization" => chart(&object["chart"]),
        "table" | "data_table" => table(&object["rows"]),
        _ => initial(object),
    }
}

/// What is chosen at first must be one of the options.
fn initial(element: &Value) -> Option<String> {
    let groups = element["option_groups"].as_array().into_iter().flatten();
    let offered = groups.flat_map(|group| group["options"].as_array()).chain(element["options"].as_array()).flatten();
    let offered: Vec<&Value> = offered.collect();
    let chosen = element["initial_options"].as_array().into_iter().flatten().chain(element.get("initial_option"));
    let mut chosen = chosen.filter(|option| option.is_object());
    let is_offered = |option: &Value| offered.is_empty() || offered.contains(&option);
    chosen.any(|option| !is_offered(option)).then(|| "the initial option is not among the options".into())
}

/// Each series has one point for each category, and a name of its own.
fn chart(chart: &Value) -> Option<String> {
    let categories: Vec<&Value> = chart["axis_config"]["categories"].as_array()?.iter().collect();
    let mut names = BTreeSet::new();
    for series in chart["series"].as_array()? {
        let name = series["name"].as_str().unwrap_or_default();
        if !names.insert(name) {
            return Some(format!("two series are called \"{name}\""));
        }
        let labels: Vec<&Value> = series["data"].as_array()?.iter().map(|point| &point["label"]).collect();
        let same = labels.len() == categories.len() && categories.iter().all(|category| labels.contains(category));
        if !same {
            return Some(format!("series \"{name}\" must have one point for each category"));
        }
    }
    None
}

/// All rows are of one length, and all cells together are not too long.
fn table(rows: &Value) -> Option<String> {
    let rows = rows.as_array()?;
    let width = rows.first()?.as_array()?.len();
    if rows.iter().any(|row| row.as_array().is_none_or(|row| row.len() != width)) {
        return Some("all rows must have the same number of cells".into());
    }
    let cells = rows.iter().flat_map(|row| row.as_array()).flatten();
    let characters: usize = cells.filter_map(|cell| cell["text"].as_str()).map(|text| text.chars().count()).sum();
    (characters > TABLE_CHARACTERS).then(|| format!("must hold less than {} characters", TABLE_CHARACTERS + 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_must_agree() {
        let option = |value: &str| json!({"text": {"type": "plain_text", "text": value}, "value": value});
        let select = |initial: &str| json!({"type": "static_select", "options": [option("a"), option("b")], "initial_option": option(initial)});
        let chart = |labels: &[&str]| {
            let data: Vec<_> = labels.iter().map(|label| json!({"label": label, "value": 1})).collect();
            json!({"type": "data_visualization", "chart": {"type": "line", "axis_config": {"categories": ["w1", "w2"]},
                   "series": [{"name": "Us", "data": data}]}})
        };
        let table = |last: usize| {
            let row = |n: usize| vec![json!({"type": "raw_text", "text": "x"}); n];
            json!({"type": "data_table", "rows": [row(2), row(last)]})
        };
        for (object, wrong) in [
            (select("a"), None),
            (select("c"), Some("the initial option is not among the options")),
            (chart(&["w1", "w2"]), None),
            (chart(&["w1"]), Some("series \"Us\" must have one point for each category")),
            (table(2), None),
            (table(3), Some("all rows must have the same number of cells")),
        ] {
            assert_eq!(broken(&object).as_deref(), wrong, "{object}");
        }
    }
}
