//! What needs neither Slack nor a database: help, errors, cadences, versions.

use insta::assert_snapshot;
use serde_json::Value;

use super::Desk;

#[test]
fn help_teaches_by_example() {
    let desk = Desk::new();
    assert_snapshot!("help", desk.run(&["--help"]).good());
    for words in [
        &["serve"] as &[&str],
        &["demo"],
        &["doctor"],
        &["program", "apply"],
        &["program", "show"],
        &["pairs", "import"],
        &["pairs", "list"],
        &["guides", "list"],
        &["guides", "check"],
        &["cadence"],
        &["digest", "preview"],
        &["export"],
        &["questions", "list"],
        &["questions", "check"],
        &["score", "history"],
        &["simulate"],
        &["version"],
    ] {
        let said = desk.run(&[words, &["--help"]].concat());
        assert!(said.good().contains("Examples:\n  "), "{words:?}\n{}", said.out);
        assert!(said.out.lines().all(|line| line.chars().count() <= 100), "{words:?}\n{}", said.out);
    }
    assert_snapshot!("help_of_cadence", desk.run(&["cadence", "-h"]).good());
    assert_snapshot!("help_of_pairs_import", desk.run(&["pairs", "import", "-h"]).good());
}

#[test]
fn every_setting_of_the_example_is_known_and_shown_without_its_value() {
    let mut desk = Desk::new();
    desk.set("SLACK_BOT_TOKEN", "xoxb-s3cret").set("DATABASE_URL", "postgres://u:s3cret@h/d");
    let help = desk.run(&["serve", "--help"]).good().to_owned();
    assert!(!help.contains("s3cret"), "{help}");
    let example = include_str!("../../../.env.example");
    let names = example.lines().filter_map(|line| line.trim_start_matches('#').split_once('='));
    for (name, _) in names.filter(|(name, _)| !name.contains(' ')) {
        assert!(help.contains(&format!("[env: {name}")), "{name} is not in\n{help}");
    }
}

#[test]
fn a_wrong_command_line_is_usage() {
    let desk = Desk::new();
    for words in [&[] as &[&str], &["serv"], &["cadence"], &["cadence", "0 10 * * TUE", "--zon", "UTC"], &["pairs"]] {
        let said = desk.run(words);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{words:?}\n{}", said.all());
    }
}

#[test]
fn a_cadence_is_shown_in_both_times() {
    let desk = Desk::new();
    let berlin = ["cadence", "30 2 * * *", "--zone", "Europe/Berlin", "--from", "2026-03-28", "--until", "2026-03-30"];
    assert_snapshot!(desk.run(&berlin).good(), @r"
    Sat 2026-03-28 02:30 +01:00   2026-03-28T01:30:00Z
    Sun 2026-03-29 03:30 +02:00   2026-03-29T01:30:00Z
    Mon 2026-03-30 02:30 +02:00   2026-03-30T00:30:00Z
    3 times in Europe/Berlin
    ");
    let kathmandu = [
        "cadence",
        "0 10 * * TUE",
        "--zone",
        "Asia/Kathmandu",
        "--from",
        "2026-01-06",
        "--until",
        "2026-01-13",
        "--json",
    ];
    assert_snapshot!(desk.run(&kathmandu).good(), @r#"
    [
      "2026-01-06T04:15:00Z",
      "2026-01-13T04:15:00Z"
    ]
    "#);
    let none = ["cadence", "0 10 * * TUE", "--from", "2026-01-07", "--until", "2026-01-12", "--json"];
    let none: Vec<String> = serde_json::from_str(desk.run(&none).good()).expect("a list");
    assert_eq!(none, Vec::<String>::new());
    let year: Vec<String> =
        serde_json::from_str(desk.run(&["cadence", "@weekly", "--json"]).good()).expect("a year from today");
    assert!((52..=54).contains(&year.len()), "{year:?}");
}

#[test]
fn a_wrong_cadence_is_a_sentence() {
    let desk = Desk::new();
    let said = |words: &[&str]| desk.run(words).all();
    assert_snapshot!(said(&["cadence", "0 25 * * *"]), @"
    error: The hour field does not take `25`: allowed are 0 to 23, `*`, ranges, lists and steps.
    [exit 1]
    ");
    assert_snapshot!(said(&["cadence", "0 10 * * TUE", "--zone", "berlin"]), @"
    error: There is no time zone `berlin`; did you mean Europe/Berlin?
    [exit 1]
    ");
    assert_snapshot!(said(&["cadence", "0 10 * * TUE", "--from", "1.2.2026"]), @"
    error: --from: `1.2.2026` is not a day; write it like 2026-01-31 (year, month, day).
    [exit 1]
    ");
    assert_snapshot!(said(&["cadence", "0 10 * * TUE", "--from", "2026-02-01", "--until", "2026-01-01"]), @"
    error: --until 2026-01-01 lies before --from 2026-02-01.
    [exit 1]
    ");
}

#[test]
fn the_version_names_its_data() {
    let desk = Desk::new();
    let value: serde_json::Value = serde_json::from_str(desk.run(&["version", "--json"]).good()).expect("JSON");
    assert_eq!(value["rapport"], env!("CARGO_PKG_VERSION"));
    assert!(value["time_zones"].as_str().is_some_and(|release| release.starts_with("20")), "{value}");
    assert_eq!(value["question_bank"], 1);
}

#[test]
fn settings_come_from_a_file_as_well() {
    let mut desk = Desk::new();
    desk.write("here.env", "SLACK_BOT_TOKEN=xoxp-1\n");
    assert!(desk.run(&["serve", "--env-file", "here.env"]).wrong().contains("a person's token"));
    desk.write(".env", "SLACK_BOT_TOKEN=xapp-1\n");
    assert!(desk.run(&["serve"]).wrong().contains("belongs into SLACK_APP_TOKEN"));
    desk.write(".env", "SLACK_BOT_TOKEN=xoxb 1 s3cret\n");
    let wrong = desk.run(&["serve"]);
    assert!(wrong.wrong().contains("NAME=value") && !wrong.err.contains("s3cret"), "{}", wrong.err);
    desk.set("RAPPORT_ENV_FILE", "nowhere.env");
    assert!(desk.run(&["version"]).wrong().contains("RAPPORT_ENV_FILE: The file nowhere.env cannot be read"));
}

#[test]
fn a_programme_that_is_wrong_is_told_all_at_once_before_slack_is_asked() {
    let desk = Desk::new();
    desk.write("program.toml", "name = \"Engineering\"\nstarts = 2026-13-01\nthresold = 5\n");
    assert_snapshot!(desk.run(&["program", "apply", "program.toml"]).all());
}

#[test]
fn guides_are_listed_and_the_file_that_help_shows_is_right() {
    let desk = Desk::new();
    let text = desk.run(&["guides", "list"]).good().to_owned();
    let list: Value = serde_json::from_str(desk.run(&["guides", "list", "--json"]).good()).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(24));
    assert!(text.ends_with("\n24 guides\n") && text.contains("first-hello  (start; communication)"), "{text}");
    let help = desk.run(&["guides", "check", "--help"]).good().to_owned();
    let example = help.split("such as:\n").nth(1).and_then(|rest| rest.split("\nEach stage").next());
    desk.write("own.toml", example.expect("an example"));
    assert_eq!(desk.run(&["guides", "check", "own.toml"]).good(), "own.toml is right: 1 guide.\n");
    desk.write("own.toml", "version = 1\nguide = 3");
    assert_snapshot!(desk.run(&["guides", "check", "own.toml"]).all(), @"
    own.toml has 1 mistake:
    line 2: invalid type: integer `3`, expected a sequence.
    [exit 1]
    ");
}
