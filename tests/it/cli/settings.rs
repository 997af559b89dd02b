//! Settings that are wrong, and the sentence that says which and where.

use rapport::clock::Clock;
use rapport::sim::SimOptions;

use super::Desk;
use super::roster::desk;

#[test]
fn a_bad_line_of_a_file_is_named_by_its_number() {
    let desk = Desk::new();
    desk.write(".env", "# tokens\n\nRAPPORT_LOG=\"info\"\nSLACK_BOT_TOKEN=xoxb 1 s3cret\n");
    let said = desk.run(&["version"]);
    assert!(said.wrong().contains("Line 4 of the file .env is not NAME=value"), "{}", said.err);
    assert!(!said.err.contains("s3cret"), "{}", said.err);
}

#[test]
fn a_misspelt_name_is_pointed_out_and_other_tools_are_left_alone() {
    let mut desk = Desk::new();
    desk.write(".env", "SLACK_BOT_TOKN=xoxb-s3cret\nDATABSE_URL=sqlite:x.db\nEDITOR=vi\n");
    desk.set("RAPPORT_COLOURS", "blue").set("SLACK_WEBHOOK_URL", "https://example.org").set("RAPPORT_LOG", "warn");
    let said = desk.run(&["version"]);
    said.good();
    insta::assert_snapshot!(said.err, @"
    warning: Nothing reads DATABSE_URL; did you mean DATABASE_URL?
    warning: Nothing reads RAPPORT_COLOURS; `rapport serve --help` lists all settings.
    warning: Nothing reads SLACK_BOT_TOKN; did you mean SLACK_BOT_TOKEN?
    ");
}

#[test]
fn a_name_that_stands_twice_is_pointed_out() {
    let desk = Desk::new();
    desk.write(".env", "SLACK_BOT_TOKEN=\nRAPPORT_LOG=info\nSLACK_BOT_TOKEN=xoxb-s3cret\n");
    let said = desk.run(&["version"]);
    said.good();
    assert_eq!(said.err, "warning: SLACK_BOT_TOKEN stands twice in .env; the first one counts.\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_slacks_is_no_trouble_of_the_token() {
    let (mut desk, sim) = desk(SimOptions::new(Clock::System)).await;
    let elsewhere = sim.api_url().replace("/api", "/elsewhere");
    for (url, words) in [
        (elsewhere.as_str(), "What answers is not Slack's Web API"),
        ("http://127.0.0.1:1/api", "Slack cannot be reached"),
        ("http://slack.example/api", "Plain http would send the token in the open"),
    ] {
        desk.set("SLACK_API_URL", url);
        let said = desk.run(&["doctor", "--no-write-key"]);
        assert_eq!(said.code, Some(1), "{}", said.all());
        let line = said.out.lines().find(|line| line.contains("Slack address")).unwrap_or_default();
        assert!(line.starts_with("✗") && line.contains(words), "{url}\n{}", said.out);
        assert!(!said.out.contains("✗ token"), "{url}\n{}", said.out);
    }
    desk.set("SLACK_API_URL", &elsewhere);
    assert!(desk.run(&["program", "apply", "program.toml"]).wrong().contains("SLACK_API_URL"));
}
