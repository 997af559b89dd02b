//! `rapport serve` as a process: it comes up, welcomes, and stops when it is told to.

use std::process::{Command, Stdio};
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

    let mut serving = Command::new(env!("CARGO_BIN_EXE_rapport"));
    serving.arg("serve").env_clear().envs(desk.env.iter().map(|(name, value)| (name, value)));
    serving.env("RAPPORT_LOG_FORMAT", "json").current_dir(desk.path());
    let serving = serving.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary runs");
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
