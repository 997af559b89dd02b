//! The rules for anyone's own check, and how good they are on invented pairs.

use std::fs::File;

use insta::assert_snapshot;
use serde_json::Value;

use super::Desk;

/// A pair that answered 4 for eight weeks, two items a week; of which the mentee's newest about guidance is this.
fn eight_weeks(newest: u8) -> String {
    let answer = |week: usize| {
        let items = if week.is_multiple_of(2) { ["Guidance", "Feedback"] } else { ["Communication", "Growth"] };
        let value = |who, item| if (week, who, item) == (0, "mentee", "Guidance") { newest } else { 4 };
        let line = |who, item| format!(r#"["{who}", "{item}", {}, {}]"#, 7 * week, value(who, item));
        ["mentee", "mentor"].map(|who| items.map(|item| line(who, item)).join(", ")).join(", ")
    };
    let answers: Vec<String> = (0..8).map(answer).collect();
    format!(r#"{{"answers": [{}], "days_since_meeting": 5, "rhythm": 14, "days_since_goal": 3}}"#, answers.join(", "))
}

#[test]
fn histories_are_scored_line_by_line() {
    let desk = Desk::new();
    let slow = r#"{"answers": [], "days_since_meeting": 34, "rhythm": 14, "last4": {"mentee": [0, 1, 1, 0], "mentor": [1, 1, 1, 1]}, "days_since_goal": 35}"#;
    let lines = [eight_weeks(4), eight_weeks(1), slow.to_owned()].join("\n");
    desk.write("histories.jsonl", &lines);
    let said = desk.run(&["score", "history", "histories.jsonl"]);
    assert_snapshot!(said.good(), @"");
    let same = desk.feed(
        &["score", "history", "-", "--rules", "1"],
        File::open(desk.path().join("histories.jsonl")).expect("it was written"),
    );
    assert_eq!(same.good(), said.good());
}

#[test]
fn a_wrong_history_is_told_in_its_place() {
    let desk = Desk::new();
    let good = r#"{"answers": [], "days_since_meeting": 0}"#;
    let long = format!(r#"{{"answers": [], "days_since_meeting": 0{}}}"#, " ".repeat(1 << 20));
    let lines = [good, "", r#"{"answers": [["mentee", "Guidance", 0, 7]], "days_since_meeting": 0}"#, &long, good];
    desk.write("histories.jsonl", lines.join("\n"));
    assert_snapshot!(desk.run(&["score", "history", "histories.jsonl"]).all(), @"");
    assert_snapshot!(desk.run(&["score", "history", "nowhere.jsonl"]).wrong(), @"");
    let said = desk.run(&["score", "history", "histories.jsonl", "--rules", "99"]);
    assert_eq!(said.code, Some(2), "{}", said.all());
    assert!(said.err.contains("There are no rules with the number 99"), "{}", said.err);
}

#[test]
fn the_rules_are_judged_on_invented_pairs() {
    let desk = Desk::new();
    let words = ["simulate", "--pairs", "60", "--weeks", "20", "--seed", "7", "--rules", "1"];
    assert_snapshot!(desk.run(&words).good(), @"");
    let json: Value = serde_json::from_str(desk.run(&[&words[..], &["--json"]].concat()).good()).expect("JSON");
    for (key, expected) in [("rules", 1), ("seed", 7), ("pairs", 60), ("weeks", 20)] {
        assert_eq!(json[key], expected, "{key}");
    }
    for key in ["false_alarms_per_100_pair_months", "found_within_4_weeks", "auc_ends_within_6_weeks"] {
        assert!(json[key].is_f64(), "{key} in {json}");
    }
    assert!(json["found_by_kind"]["never"].is_f64() && json["sums"]["answers"].is_u64(), "{json}");
    assert_eq!(desk.run(&["simulate", "--pairs", "0"]).code, Some(2));
}
