//! `rapport serve` as a process: it comes up, welcomes, and stops when it is told to.

use std::process::Command;
use std::time::Duration;

use rapport::clock::Clock;
use rapport::sim::SimOptions;

use super::roster::{PROGRAM, desk};

#[tokio::test(flavor = "multi_thread")]
async fn it_welcomes_who_was_imported_and_stops_cleanly() {
    let (desk, sim) = desk(SimOptions::new(Clock::System)).await;
    assert!(desk.run(&["serve"]).wrong().contains("`rapport doctor` writes one"));
    desk.run(&["doctor"]).good();
    // It is working time whenever this test runs.
    desk.write("program.toml", format!("{PROGRAM}hours = \"Mon-Sun 00:00-23:59\"\n"));
    desk.run(&["program", "apply", "program.toml"]).good();
    desk.write("pairs.csv", "mentor,mentee\nURAVI0001,UANA00001\n");
    desk.run(&["pairs", "import", "pairs.csv"]).good();

    let serving = desk.serve();
    sim.connected(2).await;
    let mut changes = sim.changes();
    let welcomed = async {
        while sim.person("UANA00001").unread().is_empty() || sim.person("URAVI0001").unread().is_empty() {
            changes.changed().await.expect("the simulator is there");
        }
    };
    tokio::time::timeout(Duration::from_secs(60), welcomed).await.expect("both are welcomed");
    let told = Command::new("kill").args(["-TERM", &serving.id().to_string()]).status().expect("there is a kill");
    assert!(told.success());
    let stopped = serving.wait_with_output().expect("it ends");
    let log = String::from_utf8(stopped.stderr).expect("UTF-8");
    assert_eq!(stopped.status.code(), Some(0), "{log}");
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    assert!(lines.iter().any(|line| line["message"] == "stopped"), "{log}");
    for secret in [sim.bot_token(), sim.app_token(), "Ana", "Ravi"] {
        assert!(!log.contains(secret), "{secret} is in\n{log}");
    }
    assert_eq!(sim.complaints(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_wrong_app_token_it_does_not_say_that_it_serves() {
    let (mut desk, _sim) = desk(SimOptions::new(Clock::System)).await;
    desk.run(&["doctor"]).good();
    desk.set("SLACK_APP_TOKEN", "xapp-void");
    let said = desk.run(&["serve"]);
    assert_eq!(said.code, Some(1), "{}", said.all());
    assert!(!said.err.contains("rapport serves"), "{}", said.err);
    assert!(said.err.lines().last().is_some_and(|line| line.starts_with("error: ")), "{}", said.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_there_before_it_counts_anything() {
    let (mut desk, sim) = desk(SimOptions::new(Clock::System)).await;
    desk.run(&["doctor"]).good();
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr()).expect("a port").port();
    desk.set("PORT", &port.to_string());
    let mut serving = desk.serve();
    sim.connected(2).await;
    let numbers = reqwest::get(format!("http://127.0.0.1:{port}/metrics")).await.expect("it listens");
    let numbers = numbers.text().await.expect("text");
    serving.kill().expect("it runs");
    serving.wait().expect("it ends");
    let operating = include_str!("../../../docs/OPERATING.md");
    let names = operating.split('`').filter_map(|word| word.strip_prefix("rapport_"));
    let names: Vec<&str> = names.filter_map(|name| name.split('{').next()).collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        let is = |line: &str| line.strip_prefix("rapport_").is_some_and(|line| line.starts_with(name));
        assert!(numbers.lines().any(is), "rapport_{name} is not in\n{numbers}");
        assert!(numbers.contains(&format!("# HELP rapport_{name} ")), "rapport_{name} is not described in\n{numbers}");
    }
    assert!(numbers.contains("rapport_posts_doubtful_total 0"), "{numbers}");
}
