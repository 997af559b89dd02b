//! People are looked up in a large workspace: in few calls, at Slack's pace, and with a word about how far it is.

use std::fmt::Write;

use rapport::clock::Clock;
use rapport::sim::{Fault, NewPerson, Sim, SimOptions};

use super::Desk;
use super::roster::desk;

/// Slack's own limits, of calls a minute.
fn options() -> SimOptions {
    let mut options = SimOptions::new(Clock::System);
    options.tiers = [("users.list", 20), ("users.lookupByEmail", 50), ("users.info", 100)]
        .map(|(name, tier)| (name.into(), tier))
        .into();
    options
}

/// A desk with a programme, in a workspace with so many members `m0@acme.example`, `m1@…` with the ids `UM00000`, ….
async fn large(members: usize) -> (Desk, Sim) {
    let (desk, sim) = desk(options()).await;
    for number in 0..members {
        let id = format!("UM{number:05}");
        let _ = sim.add_person(NewPerson::named(&id).email(format!("m{number}@acme.example")).id(&id));
    }
    desk.run(&["program", "apply", "program.toml"]).good();
    (desk, sim)
}

/// So many pairs of those, each person once; `key` names somebody by number.
fn pairs(count: usize, key: impl Fn(usize) -> String) -> String {
    let mut text = "mentor,mentee\n".to_owned();
    for number in 0..count {
        writeln!(text, "{},{}", key(2 * number), key(2 * number + 1)).expect("a string takes all");
    }
    text
}

/// How often each method was called since `before` calls.
fn called(sim: &Sim, before: usize, method: &str) -> usize {
    sim.calls()[before..].iter().filter(|call| call.method == method).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dozen_pairs_in_a_large_workspace_need_no_page_of_everybody() {
    let (desk, sim) = large(3_000).await;
    desk.write("pairs.csv", pairs(12, |n| format!("m{}@acme.example", 100 * n)));
    let before = sim.calls().len();
    let said = desk.run(&["pairs", "import", "pairs.csv"]);
    assert_eq!((said.good(), said.err.as_str()), ("12 pairs added, 0 lines left out\n", ""));
    assert_eq!((called(&sim, before, "users.list"), called(&sim, before, "users.lookupByEmail")), (0, 24));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_read_off_large_pages_within_slacks_limits() {
    let (desk, sim) = large(6_000).await;
    let mut text = pairs(2_900, |n| format!("m{n}@acme.example"));
    text.push_str("nobody@acme.example,m5999@acme.example\n");
    desk.write("pairs.csv", text);
    let before = sim.calls().len();
    let said = desk.run(&["pairs", "import", "pairs.csv"]);
    assert!(said.good().ends_with("2900 pairs added, 1 line left out\n"), "{}", said.out);
    // 6,004 people stand on seven pages. So many single calls would take two hours; they begin for the last hundreds.
    let (pages, single) = (called(&sim, before, "users.list"), called(&sim, before, "users.lookupByEmail"));
    assert!(pages <= 7 && single <= 45, "{pages} pages and {single} single calls");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_together_end_as_soon_as_everybody_is_found() {
    let (desk, sim) = large(6_000).await;
    // All stand on the first page but the last, whom a single call finds before the last page.
    desk.write("pairs.csv", pairs(30, |n| format!("m{n}@acme.example")) + "m5998@acme.example,m5999@acme.example\n");
    let before = sim.calls().len();
    desk.run(&["pairs", "import", "pairs.csv"]).good();
    let (pages, single) = (called(&sim, before, "users.list"), called(&sim, before, "users.lookupByEmail"));
    assert!(pages <= 7 && single <= 45, "{pages} pages and {single} single calls");
    assert_eq!(sim.complaints(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_looked_up_a_moment_ago_is_not_asked_for_again() {
    let (desk, sim) = large(40).await;
    desk.write("pairs.csv", pairs(12, |n| format!("UM{n:05}")));
    desk.run(&["pairs", "import", "pairs.csv"]).good();
    let before = sim.calls().len();
    assert_eq!(
        desk.run(&["pairs", "import", "pairs.csv"]).good(),
        "0 pairs added, 12 already there, 0 lines left out\n"
    );
    assert_eq!((called(&sim, before, "users.list"), called(&sim, before, "users.info")), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_page_that_is_too_much_for_slack_is_asked_for_in_small_ones() {
    let (desk, sim) = large(300).await;
    desk.write("pairs.csv", pairs(150, |n| format!("m{n}@acme.example")));
    sim.faults().times(2, "users.list", Fault::Status(500));
    desk.run(&["pairs", "import", "pairs.csv", "--json"]).good();
    let sizes: Vec<String> = sim
        .calls()
        .iter()
        .filter(|call| call.method == "users.list")
        .map(|call| call.args["limit"].to_string().replace('"', ""))
        .collect();
    assert_eq!(sizes, ["1000", "1000", "200", "200"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_is_spoken_of_but_not_to_a_script() {
    let (desk, sim) = large(300).await;
    desk.write("pairs.csv", pairs(150, |n| format!("m{n}@acme.example")));
    for json in [false, true] {
        sim.faults().once("users.list", Fault::RateLimited { retry_after_s: 2 });
        sim.faults().always("users.lookupByEmail", Fault::RateLimited { retry_after_s: 2 });
        let words = ["pairs", "import", "pairs.csv", "--dry-run", "--json"];
        let said = desk.run(if json { &words } else { &words[..4] });
        said.good();
        let spoken = if json { "" } else { "Looking people up in Slack: 0 of 300; Slack asked to wait 2 s\n" };
        assert_eq!(said.err, spoken);
        sim.faults().clear();
    }
}
