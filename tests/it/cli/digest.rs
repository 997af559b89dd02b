//! The digest as an operator previews it, from the rows of a programme that runs today.

use rapport::clock::Clock;
use serde_json::Value;

use super::Desk;
use crate::world::{BERLIN, Plan};

/// Monday morning two weeks ago, in Berlin.
fn two_weeks_ago() -> &'static str {
    let today = Clock::System.now().with_timezone(&BERLIN).date_naive();
    let monday = today.week(chrono::Weekday::Mon).first_day() - chrono::TimeDelta::weeks(2);
    String::leak(format!("{monday} 09:00"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_tells_what_the_rows_say_for_people_and_for_scripts() {
    let plan = Plan::pair("Europe/Berlin", "Europe/Berlin").begins(two_weeks_ago()).but(|program| program.ends = None);
    let world = plan.begin().await;
    world.all_start().await;
    world.advance_to(Clock::System.now()).await;
    let mut desk = Desk::new();
    desk.set("DATABASE_URL", &world.base.url).set("RAPPORT_KEY_FILE", "own.key");
    assert!(desk.run(&["digest", "preview"]).wrong().contains("`rapport doctor` writes one"));
    desk.run(&["doctor"]);

    let text = desk.run(&["digest", "preview"]).good().to_owned();
    assert!(text.contains("Mentoring digest · Engineering · week 3"), "{text}");
    assert!(text.contains("0 % answered (0 of "), "{text}");
    assert!(text.contains("Ana & Ravi: no first meeting yet, day "), "{text}");

    let digest: Value = serde_json::from_str(desk.run(&["digest", "preview", "--json"]).good()).expect("JSON");
    let pairs: Value = serde_json::from_str(desk.run(&["pairs", "list", "--json"]).good()).expect("JSON");
    assert_eq!(digest["program"], "engineering", "a programme by its short name: {digest}");
    assert_eq!(digest["never_met"][0]["pair"], pairs[0]["id"], "a pair by the id that the other commands say");
    assert!(!digest.to_string().contains(&format!("{}:", world.us.workspace)), "{digest}");

    let export: Value = serde_json::from_str(desk.run(&["export", "--json"]).good()).expect("JSON");
    assert_eq!(export["pairs"][0]["pair"], pairs[0]["id"], "{export}");
    assert_eq!(export["program"], "engineering");
    assert!(export["answers"].is_array() && export["pulses"].is_array(), "{export}");
    assert_eq!(desk.run(&["export", "--format", "json"]).good(), desk.run(&["export", "--json"]).good());
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_day_a_preview_says_when_it_is() {
    let begins = Clock::System.now().date_naive() + chrono::TimeDelta::days(40);
    let plan = Plan::pair("Europe/Berlin", "Europe/Berlin").but(move |program| {
        program.starts = begins;
        program.ends = None;
    });
    let world = plan.begin().await;
    let mut desk = Desk::new();
    desk.set("DATABASE_URL", &world.base.url).set("RAPPORT_KEY_FILE", "own.key");
    desk.run(&["doctor"]);
    let said = desk.run(&["digest", "preview"]);
    assert!(said.wrong().contains(&format!("Engineering begins on {begins}")), "{}", said.all());
}
