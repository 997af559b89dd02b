//! `rapport doctor`, well and unwell.

use insta::assert_snapshot;
use rapport::clock::Clock;
use rapport::sim::{ClientMsgId, SimOptions};
use serde_json::Value;

use super::roster::{PROGRAM, desk};
use super::{Desk, Said};

/// The state of each check, by its name; what stands twice is there twice.
fn states(said: &Said) -> Vec<(String, String, String)> {
    let value: Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.all()));
    let text = |check: &Value, name: &str| check[name].as_str().expect("a text").to_owned();
    let checks = value["checks"].as_array().expect("a list");
    checks.iter().map(|check| (text(check, "check"), text(check, "state"), text(check, "sentence"))).collect()
}

#[track_caller]
fn has(said: &Said, check: &str, state: &str, words: &str) {
    let states = states(said);
    let found = states.iter().any(|(name, is, says)| name == check && is == state && says.contains(words));
    assert!(found, "no {check} {state} with {words:?} in {states:#?}");
}

#[test]
fn without_settings_it_says_what_to_set() {
    let desk = Desk::new();
    let said = desk.run(&["doctor", "--no-write-key"]);
    assert_eq!(said.code, Some(1));
    let lines: Vec<&str> =
        said.out.lines().filter(|line| !line.contains(" disk ") && !line.contains("time zones")).collect();
    assert_snapshot!("doctor_without_settings", lines.join("\n"));
    assert!(!desk.path().join("rapport.key").exists());
    assert!(!desk.path().join("rapport.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_set_up_is_good() {
    let (desk, sim) = desk(SimOptions::new(Clock::System)).await;
    let first = desk.run(&["doctor", "--json"]);
    assert_eq!(first.code, Some(0), "{}", first.all());
    has(&first, "key", "good", "Written to rapport.key");
    has(&first, "programmes", "look", "There is none yet");
    desk.run(&["program", "apply", "program.toml"]).good();
    let said = desk.run(&["doctor", "--json"]);
    assert_eq!(said.code, Some(0), "{}", said.all());
    for (check, words) in [
        ("way in", "Socket Mode"),
        ("key", "rapport.key is a key file."),
        ("time zones", "Release 20"),
        ("database", "SQLite opens"),
        ("token", "Works in Acme"),
        ("scopes", "All 7 of the manifest"),
        ("clock", "agree"),
        ("Socket Mode", "opens connections"),
        ("programmes", "Engineering asks next on Tue "),
    ] {
        has(&said, check, "good", words);
    }
    has(&said, "group DM", "look", "--try-group-dm");
    let asked = desk.run(&["doctor", "--json", "--try-group-dm", "UMIA00001,UANA00001"]);
    has(&asked, "group DM", "good", "A group DM with these two can be opened.");
    let wrong = desk.run(&["doctor", "--json", "--try-group-dm", "UMIA00001,UNOBODY01"]);
    has(&wrong, "group DM", "bad", "With these two: ");
    assert!(desk.run(&["doctor", "--try-group-dm", "UMIA00001"]).wrong().contains("two Slack ids"));
    desk.write("program.toml", PROGRAM.replace("]", ", \"URAVI0001\"]"));
    desk.run(&["program", "apply", "program.toml"]).good();
    let coordinators = desk.run(&["doctor", "--json"]);
    has(&coordinators, "group DM", "good", "two coordinators of Engineering (there is no pair yet) can be opened");
    assert!(desk.run(&["digest", "preview"]).code.is_some());
    assert_eq!(sim.complaints(), Vec::<String>::new());
    assert!(sim.unread().is_empty(), "a check without a trial posts nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_trouble_has_its_remedy() {
    let mut options = SimOptions::new(Clock::System);
    options.scopes = ["chat:write", "users:read", "commands", "channels:history"].map(str::to_owned).into();
    options.app_scopes.clear();
    let (mut desk, _sim) = desk(options).await;
    desk.write("rapport.key", "abc\n");
    desk.write("rapport.db", "this is no database, and long enough to look like a file of some kind or another\n");
    let said = desk.run(&["doctor", "--json"]);
    assert_eq!(said.code, Some(1), "{}", said.all());
    has(&said, "key", "bad", "Line 1 of the key file is not a key");
    has(&said, "database", "bad", "");
    has(&said, "scopes", "bad", "mpim:write is missing; without it no pair's group DM can be opened.");
    has(&said, "scopes", "look", "users:read.email is missing");
    has(&said, "scopes", "look", "channels:history");
    has(&said, "Socket Mode", "bad", "connections:write");
    assert_eq!(std::fs::read_to_string(desk.path().join("rapport.key")).expect("it is there"), "abc\n");
    desk.set("SLACK_BOT_TOKEN", "xoxb-void");
    has(&desk.run(&["doctor", "--json"]), "token", "bad", "Copy it again from api.slack.com/apps");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_tells_how_slack_treats_repeats() {
    for (treats, state, words) in [
        (ClientMsgId::Ignored, "look", "posts a repeated message again"),
        (ClientMsgId::Honoured, "good", "recognises"),
    ] {
        let mut options = SimOptions::new(Clock::System);
        options.client_msg_id = treats;
        let (desk, sim) = desk(options).await;
        let said = desk.run(&["doctor", "--json", "--try-post-to", "UMIA00001"]);
        has(&said, "test post", state, words);
        has(&said, "echo", "good", "");
        let mia = sim.person("UMIA00001");
        assert_eq!(mia.unread().len(), 1, "one message stays, and says what it is");
        assert!(mia.unread()[0].as_text().contains("A test by `rapport doctor`"));
        assert_eq!(sim.complaints(), Vec::<String>::new());
    }
}
