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
    let said = desk.run(&["score", "history", "histories.jsonl", "--rules", "1"]);
    assert_snapshot!(said.good(), @r#"
    {"health":80,"parts":{"Growth":0,"Communication":0,"Guidance":0,"Feedback":0,"Organisation":0,"Meetings":0,"Answering":0,"Goals":0,"Limit":0},"without_worst_day":80}
    {"health":68,"parts":{"Growth":1,"Communication":1,"Guidance":-15,"Feedback":1,"Organisation":0,"Meetings":0,"Answering":0,"Goals":0,"Limit":0},"without_worst_day":80}
    {"health":59,"parts":{"Growth":0,"Communication":0,"Guidance":0,"Feedback":0,"Organisation":0,"Meetings":-12,"Answering":-6,"Goals":-3,"Limit":0},"without_worst_day":59}
    "#);
    let same = desk.feed(
        &["score", "history", "-", "--rules", "1"],
        File::open(desk.path().join("histories.jsonl")).expect("it was written"),
    );
    assert_eq!(same.good(), said.good());
    assert_snapshot!(desk.run(&["score", "history", "histories.jsonl"]).good(), @r#"
    {"health":80,"parts":{"Growth":0,"Communication":0,"Guidance":0,"Feedback":0,"Organisation":0,"Meetings":0,"Answering":0,"Goals":0,"Limit":0},"without_worst_day":80}
    {"health":69,"parts":{"Growth":0,"Communication":0,"Guidance":-11,"Feedback":0,"Organisation":0,"Meetings":0,"Answering":0,"Goals":0,"Limit":0},"without_worst_day":80}
    {"health":65,"parts":{"Growth":0,"Communication":0,"Guidance":0,"Feedback":0,"Organisation":0,"Meetings":-8,"Answering":-4,"Goals":-3,"Limit":0},"without_worst_day":65}
    "#);
}

#[test]
fn a_wrong_history_is_told_in_its_place() {
    let desk = Desk::new();
    let good = r#"{"answers": [], "days_since_meeting": 0}"#;
    let long = format!(r#"{{"answers": [], "days_since_meeting": 0{}}}"#, " ".repeat(1 << 20));
    let lines = [good, "", r#"{"answers": [["mentee", "Guidance", 0, 7]], "days_since_meeting": 0}"#, &long, good];
    desk.write("histories.jsonl", lines.join("\n"));
    assert_snapshot!(desk.run(&["score", "history", "histories.jsonl"]).all(), @r#"
    {"health":80,"parts":{"Growth":0,"Communication":0,"Guidance":0,"Feedback":0,"Organisation":0,"Meetings":0,"Answering":0,"Goals":0,"Limit":0},"without_worst_day":80}
    {"error":"line 3: Answer 1: 7 is not an answer; write 1 to 5."}
    {"error":"line 4: It is longer than 1048576 bytes; put one history on a line."}
    {"health":80,"parts":{"Growth":0,"Communication":0,"Guidance":0,"Feedback":0,"Organisation":0,"Meetings":0,"Answering":0,"Goals":0,"Limit":0},"without_worst_day":80}
    error: line 3: Answer 1: 7 is not an answer; write 1 to 5.
    error: line 4: It is longer than 1048576 bytes; put one history on a line.
    [exit 1]
    "#);
    assert_snapshot!(desk.run(&["score", "history", "nowhere.jsonl"]).wrong(), @"error: The file nowhere.jsonl cannot be read; name a file, or - for standard input.");
    let said = desk.run(&["score", "history", "histories.jsonl", "--rules", "99"]);
    assert_eq!(said.code, Some(2), "{}", said.all());
    assert!(said.err.contains("There are no rules with the number 99"), "{}", said.err);
}

#[test]
fn the_rules_are_judged_on_invented_pairs() {
    let desk = Desk::new();
    let words = ["simulate", "--pairs", "60", "--weeks", "20", "--seed", "7", "--rules", "1"];
    assert_snapshot!(desk.run(&words).good(), @"
    Rules 1, 60 invented pairs for 20 weeks, seed 7

                                                                false   found in   median  entries
    alarm                                                      alarms    4 weeks    weeks  + exits    AUC
    the rules: needs you                                         3.89     52.6 %        3     1.44  0.824
    the rules: watch or worse                                   11.68     76.2 %        2     2.74  0.824
    points for taking part, below 40 of 100 (our definition)     9.24     57.9 %        4     3.73  0.767
    mean of the last four answers below 3                        8.76     70.0 %        3     3.55  0.516
    no known meeting for more than 21 days                      14.60     80.0 %        2     3.69  0.843

    Found in 4 weeks by kind of trouble (needs you):
      never 42.9 %, gradual 100.0 %, sudden 50.0 %, dip 100.0 %, one mentee 0.0 %, one mentor 0.0 %, burnout 33.3 %
    Trend of healthy weeks: falling 6.3 %, rising 5.3 %.
    Gap: 0.49 false flags, 0.0 % of one-sided troubles in 6 weeks.
    Pair-weeks: too early 152, on track 772, watch 105, needs you 130; sum of Health 73343.
    Invented: 2738 answers with sum 11209, 421 meetings (362 known), 310 weeks with a goal moved,
      7 requests for help, 92 weeks of pause, 24 pairs in trouble, 6 ended.

    False alarms: begun in a healthy week, for 100 healthy months of a pair. Found: in the first week of trouble or the
    four after it. Median: half of the troubles are found after so many weeks. Entries + exits: for one pair in a year.
    AUC: telling in weeks 8, 12, 16 and 20 which pairs will end within six weeks; 0.5 is chance, 1 is all.
    ");
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
