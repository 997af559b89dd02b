//! A list is imported again with something else in it: what changes, what stays, and what is said.

use rapport::clock::Clock;
use rapport::sim::SimOptions;
use serde_json::Value;

use super::Desk;
use super::roster::{PROGRAM, desk};

fn pair(desk: &Desk, program: &str) -> Value {
    let list: Value = serde_json::from_str(desk.run(&["pairs", "list", "--program", program, "--json"]).good())
        .expect("pairs list --json is JSON");
    list[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_start_and_name_are_applied_and_reported() {
    let (desk, _sim) = desk(SimOptions::new(Clock::System)).await;
    desk.run(&["program", "apply", "program.toml"]).good();
    desk.write("pairs.csv", "mentor,mentee,start,connection name\nURAVI0001,UANA00001,2099-05-04,R & A\n");
    desk.run(&["pairs", "import", "pairs.csv"]).good();
    desk.write("pairs.csv", "mentor,mentee,start,connection name\nURAVI0001,UANA00001,2099-06-01,Ravi & Ana\n");
    insta::assert_snapshot!(desk.run(&["pairs", "import", "pairs.csv", "--dry-run"]).good(), @"
    line 2: The start moves from 2099-05-04 to 2099-06-01. The name changes from 'R & A' to 'Ravi & Ana'.
    0 pairs would be added, 1 pair would be changed, 0 lines left out
    ");
    assert_eq!(pair(&desk, "engineering")["starts"], "2099-05-04", "a dry run changes nothing");
    let report = desk.run(&["pairs", "import", "pairs.csv", "--json"]);
    let report: Value = serde_json::from_str(report.good()).expect("JSON");
    assert_eq!(report["counts"]["changed"], 1, "{report}");
    assert_eq!(report["changed"][0]["start"]["to"], "2099-06-01", "{report}");
    let now = pair(&desk, "engineering");
    assert_eq!((&now["starts"], &now["connection"]), (&"2099-06-01".into(), &"Ravi & Ana".into()));
    assert_eq!(
        desk.run(&["pairs", "import", "pairs.csv"]).good(),
        "0 pairs added, 1 already there, 0 lines left out\n"
    );
    // Cells that say nothing take nothing back.
    desk.write("pairs.csv", "mentor,mentee\nURAVI0001,UANA00001\n");
    assert_eq!(
        desk.run(&["pairs", "import", "pairs.csv"]).good(),
        "0 pairs added, 1 already there, 0 lines left out\n"
    );
    assert_eq!(pair(&desk, "engineering")["connection"], "Ravi & Ana");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_another_programme_it_is_another_pair() {
    let (desk, _sim) = desk(SimOptions::new(Clock::System)).await;
    desk.run(&["program", "apply", "program.toml"]).good();
    desk.write("design.toml", PROGRAM.replace("Engineering", "Design"));
    desk.run(&["program", "apply", "design.toml"]).good();
    desk.write("pairs.csv", "mentor,mentee,program\nURAVI0001,UANA00001,Engineering\n");
    desk.run(&["pairs", "import", "pairs.csv"]).good();
    desk.write("pairs.csv", "mentor,mentee,program\nURAVI0001,UANA00001,Design\n");
    insta::assert_snapshot!(desk.run(&["pairs", "import", "pairs.csv"]).good(), @"
    line 2: URAVI0001 mentors UANA00001 in Engineering already; this is a second pair. Both stay.
    1 pair added, 0 lines left out
    ");
    assert_eq!(pair(&desk, "design")["mentor"]["id"], "URAVI0001");
    assert_eq!(pair(&desk, "engineering")["ended"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_ends_once_and_an_import_does_not_start_it_again() {
    let (desk, sim) = desk(SimOptions::new(Clock::System)).await;
    // It writes the key that words are sealed with.
    desk.run(&["doctor"]);
    desk.run(&["program", "apply", "program.toml"]).good();
    desk.write("pairs.csv", "mentor,mentee\nURAVI0001,UANA00001\n");
    desk.run(&["pairs", "import", "pairs.csv"]).good();
    let ends = ["pairs", "end", "Ana & Ravi", "--reason", "goals_reached"];
    let no_reason = desk.run(&["pairs", "end", "Ana & Ravi", "--reason", "boredom"]);
    assert!(no_reason.code == Some(2) && no_reason.err.contains("there are no_time, "), "{}", no_reason.all());
    assert!(desk.run(&["pairs", "end", "Ana & Tom", "--reason", "no_time"]).wrong().contains("There is no pair"));
    assert_eq!(pair(&desk, "engineering")["ended"], Value::Null);
    assert!(desk.run(&ends).good().starts_with("Ana & Ravi in Engineering has ended."));
    assert!(desk.run(&ends).wrong().contains("already; nothing was changed"));
    assert_ne!(pair(&desk, "engineering")["ended"], Value::Null);
    assert!(desk.run(&["pairs", "import", "pairs.csv"]).all().contains("an import does not start it again"));
    assert_ne!(pair(&desk, "engineering")["ended"], Value::Null, "it was ended on purpose");
    let exported = desk.run(&["export", "--table", "pairs"]);
    assert!(exported.good().contains("goals_reached"), "{}", exported.out);
    assert_eq!(sim.complaints(), Vec::<String>::new());
}
