//! A programme is applied, pairs are imported and looked at, against a simulated Slack.

use insta::assert_snapshot;
use rapport::clock::Clock;
use rapport::sim::{Fault, NewPerson, Sim, SimOptions};
use serde_json::Value;

use super::Desk;
use super::questions::OWN;

pub const PROGRAM: &str = "name = \"Engineering\"\nstarts = 2026-05-04\nends = 2099-10-30\n\
                           coordinators = [\"mia.chen@acme.example\"]\ncadence = \"0 10 * * TUE\"\n";

/// The file that `rapport guides check --help` shows, in short.
const GUIDES: &str = "\
version = 1

[[guide]]
id = \"our-town\"
stage = \"any\"
indicator = \"growth\"
title = \"Our town\"
ask = [\"Which place here do you like?\", \"Where have you not been yet?\"]
mentee = \"Think of one question about the town.\"
mentor = \"Choose a place to show.\"
source = \"our handbook\"
";

/// A desk whose environment leads to a simulated Slack with four people.
pub async fn desk(options: SimOptions) -> (Desk, Sim) {
    rustls::crypto::ring::default_provider().install_default().ok();
    let sim = Sim::start(options).await.expect("loopback has ports");
    for (name, id) in [("Ana Lopez", "UANA00001"), ("Ravi Rao", "URAVI0001"), ("Mia Chen", "UMIA00001")] {
        let _ = sim.add_person(NewPerson::named(name).id(id).zone("Europe/Berlin"));
    }
    let _ = sim.add_person(NewPerson::named("Old Tom").id("UTOM00001").but(|tom| tom.deleted = true));
    let mut desk = Desk::new();
    desk.set("SLACK_API_URL", &sim.api_url()).set("SLACK_BOT_TOKEN", sim.bot_token());
    desk.set("SLACK_APP_TOKEN", sim.app_token());
    desk.write("program.toml", PROGRAM);
    (desk, sim)
}

fn options() -> SimOptions {
    SimOptions::new(Clock::System)
}

/// Whatever follows "next" depends on today.
fn without_next(text: &str) -> String {
    let lines = text.lines().take_while(|line| !line.trim_start().starts_with("next"));
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_with_questions_of_its_own() {
    let (desk, _sim) = desk(options()).await;
    let apply = ["program", "apply", "program.toml"];
    desk.write("program.toml", format!("{PROGRAM}[questions]\nown = \"ours.toml\"\n"));
    assert_snapshot!(desk.run(&apply).all(), @"
    error: program.toml, `own`: ours.toml cannot be read: No such file or directory (os error 2).
    [exit 1]
    ");
    desk.write("ours.toml", OWN.replace("\"often\"", "\"seldom\""));
    assert_snapshot!(desk.run(&apply).all(), @"
    error: program.toml, `own`: ours.toml:
    line 8: `scale`: `seldom` is not a scale; there are agree, often, amount.
    [exit 1]
    ");
    desk.write("ours.toml", OWN);
    let applied = desk.run(&apply).good().to_owned();
    assert!(applied.contains("\n  asks also     our-tools\n"), "{applied}");
    assert!(desk.run(&apply).good().starts_with("Engineering is as it was."));
    desk.write("ours.toml", OWN.replace("the tools", "the machines"));
    assert!(desk.run(&apply).good().starts_with("Engineering was changed."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_with_session_guides_of_its_own() {
    let (desk, _sim) = desk(options()).await;
    let apply = ["program", "apply", "program.toml"];
    desk.write("program.toml", format!("{PROGRAM}[meetings]\nguides = \"ours.toml\"\n"));
    assert_snapshot!(desk.run(&apply).all(), @"
    error: program.toml, `guides`: ours.toml cannot be read: No such file or directory (os error 2).
    [exit 1]
    ");
    desk.write("ours.toml", GUIDES.replace("\"growth\"", "\"grwth\""));
    assert_snapshot!(desk.run(&apply).all(), @"
    error: program.toml, `guides`: ours.toml:
    line 6: unknown variant `grwth`, expected one of `growth`, `communication`, `guidance`, `feedback`, `organisation`.
    [exit 1]
    ");
    desk.write("ours.toml", GUIDES);
    assert!(desk.run(&["guides", "check", "ours.toml"]).good().ends_with("ours.toml is right: 1 guide.\n"));
    let applied = desk.run(&apply).good().to_owned();
    assert!(applied.contains("\n  guides        our-town\n"), "{applied}");
    assert!(desk.run(&apply).good().starts_with("Engineering is as it was."));
    desk.write("ours.toml", GUIDES.replace("Our town", "This town"));
    assert!(desk.run(&apply).good().starts_with("Engineering was changed."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_and_its_pairs() {
    let (desk, sim) = desk(options()).await;
    assert_snapshot!("program_apply", without_next(desk.run(&["program", "apply", "program.toml"]).good()));
    assert!(desk.run(&["program", "apply", "program.toml"]).good().starts_with("Engineering is as it was."));
    let shown: Value = serde_json::from_str(desk.run(&["program", "show", "--json"]).good()).expect("JSON");
    assert_eq!(shown[0]["coordinators"][0], "UMIA00001");
    assert_eq!(shown[0]["next"].as_array().map(Vec::len), Some(3));

    desk.write(
        "pairs.csv",
        "Mentor,Mentee,Start\n\
         Ravi Rao <RAVI.RAO@acme.example>,UANA00001,2026-05-04\n\
         old.tom@acme.example,ana.lopez@acme.example,\n\
         nobody@acme.example,ana.lopez@acme.example,\n\
         ana.lopez@acme.example,ana.lopez@acme.example,\n",
    );
    let dry = desk.run(&["pairs", "import", "pairs.csv", "--dry-run"]).good().to_owned();
    assert!(dry.ends_with("1 pair would be added, 3 lines left out\n"), "{dry}");
    assert_snapshot!("pairs_import", desk.run(&["pairs", "import", "pairs.csv"]).good());
    let again: Value =
        serde_json::from_str(desk.run(&["pairs", "import", "pairs.csv", "--json"]).good()).expect("JSON");
    assert_eq!(again["counts"]["added"], 0, "{again}");
    assert_eq!(again["counts"]["already_there"], 1, "{again}");
    assert_snapshot!("pairs_list", desk.run(&["pairs", "list"]).good());
    let answers = desk.run(&["export", "--table", "answers"]);
    assert_eq!(answers.good(), "pulse,pair,person,role,question,value,audience,at\n");
    assert!(desk.run(&["export"]).wrong().contains("--table"));
    desk.run(&["export", "--folder", "out"]).good();
    let pairs = std::fs::read_to_string(desk.path().join("out/pairs.csv")).expect("it was written");
    assert!(pairs.lines().nth(1).is_some_and(|line| line.contains(",URAVI0001,UANA00001,2026-05-04,")), "{pairs}");
    assert!(desk.run(&["export", "--folder", "out"]).wrong().contains("is there already"));
    assert_eq!(sim.complaints(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_looked_up_by_pages() {
    let (desk, sim) = desk(options()).await;
    let mut pairs = "mentor,mentee\n".to_owned();
    for number in 0..300 {
        let _ = sim.add_person(NewPerson::named(format!("Mentor {number}")).email(format!("r{number}@acme.example")));
        let _ = sim.add_person(NewPerson::named(format!("Mentee {number}")).email(format!("e{number}@acme.example")));
        pairs.push_str(&format!("r{number}@acme.example,e{number}@acme.example\n"));
    }
    desk.write("pairs.csv", pairs);
    desk.run(&["program", "apply", "program.toml"]).good();
    let before = sim.calls().len();
    sim.faults().once("users.list", Fault::RateLimited { retry_after_s: 1 });
    let said = desk.run(&["pairs", "import", "pairs.csv"]);
    assert_eq!(said.good(), "300 pairs added, 0 lines left out\n");
    let calls: Vec<String> = sim.calls()[before..].iter().map(|call| call.method.clone()).collect();
    assert!(calls.len() <= 7 && calls.iter().all(|method| method != "users.lookupByEmail"), "{calls:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_scope_for_addresses_the_way_out_is_named() {
    let mut options = options();
    options.scopes.retain(|scope| scope != "users:read.email");
    let (desk, _sim) = desk(options).await;
    let wrong = desk.run(&["program", "apply", "program.toml"]);
    assert!(wrong.wrong().contains("users:read.email"), "{}", wrong.err);
    desk.write("program.toml", PROGRAM.replace("mia.chen@acme.example", "UMIA00001"));
    desk.run(&["program", "apply", "program.toml"]).good();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_that_is_over_is_spoken_of_wherever_it_is_filled() {
    let (desk, _sim) = desk(options()).await;
    desk.write("program.toml", PROGRAM.replace("2099-10-30", "2026-08-28"));
    desk.write("pairs.csv", "mentor,mentee\nURAVI0001,UANA00001\n");
    for words in [["program", "apply", "program.toml"], ["pairs", "import", "pairs.csv"]] {
        let said = desk.run(&words);
        said.good();
        assert_eq!(said.err, "warning: Engineering ended on 2026-08-28; nobody is asked any more.\n", "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_cannot_coordinate_is_named_at_once() {
    let (desk, sim) = desk(options()).await;
    let _ = sim.add_person(NewPerson::named("Guest Gil").id("UGIL00001").but(|gil| gil.is_restricted = true));
    let _ = sim.add_person(NewPerson::named("Robot").id("UROBOT001").but(|robot| robot.is_bot = true));
    let people = "\"mia.chen@acme.example\", \"nobody@acme.example\", \"UTOM00001\", \"UGIL00001\", \"UROBOT001\"";
    desk.write("program.toml", PROGRAM.replace("\"mia.chen@acme.example\"", people));
    assert_snapshot!(desk.run(&["program", "apply", "program.toml"]).all(), @"
    error: program.toml, line 4: not everybody in `coordinators` can be one.
    Nobody active in Slack is known by nobody@acme.example: check the spelling.
    The Slack account of UTOM00001 is deactivated.
    UGIL00001 is a guest in Slack, and coordinators are full members.
    UROBOT001 is a bot, and nobody would read the digest.
    [exit 1]
    ");
    assert!(desk.run(&["program", "show"]).good().starts_with("There is no programme yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_said_with_what_can() {
    let (desk, sim) = desk(options()).await;
    desk.write("pairs.csv", "mentor,mentee\nURAVI0001,UANA00001\n");
    assert_snapshot!(desk.run(&["pairs", "import", "pairs.csv"]).all(), @"
    error: There is no programme yet. Begin one with `rapport program apply program.toml`.
    [exit 1]
    ");
    desk.run(&["program", "apply", "program.toml"]).good();
    assert_snapshot!(desk.run(&["pairs", "import", "pairs.csv", "--program", "design"]).all(), @"
    error: There is no programme `design`; there are engineering.
    [exit 1]
    ");
    assert!(desk.run(&["pairs", "import", "nowhere.csv"]).wrong().contains("nowhere.csv cannot be read"));
    desk.write("people.csv", "name,email\nAna,ana@x.org\n");
    assert!(desk.run(&["pairs", "import", "people.csv"]).wrong().starts_with("error: people.csv"));
    desk.write("program.toml", PROGRAM.replace("mia.chen", "old.tom"));
    assert!(desk.run(&["program", "apply", "program.toml"]).wrong().contains("old.tom@acme.example"));
    assert!(desk.run(&["digest", "preview"]).wrong().contains("`rapport doctor` writes one"));
    assert!(desk.run(&["digest", "preview", "-v"]).wrong().contains("\n  because: "));
    drop(sim);
    let gone = desk.run(&["pairs", "import", "pairs.csv"]);
    assert!(gone.wrong().contains("Slack cannot be reached"), "{}", gone.err);
}
