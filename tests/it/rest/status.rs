//! A status in Slack that says vacation or sick leave, for those who want it to count.

use insta::assert_snapshot;
use rapport::sim::Someone;

use super::{at_home, time};
use crate::world::berlin;

/// Sets a status with an end.
fn sets_status(someone: &Someone, emoji: &str, until: &str) {
    someone.change(|person| {
        (person.status_emoji, person.status_text) = (emoji.to_owned(), "Lisbon with Eva".to_owned());
        person.status_until = Some(berlin(until));
    });
}

#[tokio::test]
async fn a_status_counts_as_away_for_who_switched_it_on() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.taps_home("Your hours").await;
    assert!(ana.form().contains("My status in Slack (optional): ( ) A vacation"), "off: {}", ana.form());
    let saved = ana.submits(&[("My status in Slack", "away")]).await;
    assert!(saved.contains("Saved."), "{saved}");
    world.settle().await;
    assert_snapshot!(time(&ana.home()), @"
    *Your time*
    Your days: Monday, Tuesday, Wednesday, Thursday, Friday.
    A vacation or sick status with an end counts as away.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    ");
    world.berlin("2026-05-12 08:00").await;
    ana.skims(1);
    ravi.skims(1);
    world.person("Mia").skims(1);
    // Both are away; only Ana wants that to be known from her status.
    sets_status(&ana.someone, ":palm_tree:", "2026-05-20 18:00");
    sets_status(&ravi.someone, ":face_with_thermometer:", "2026-05-20 18:00");
    world.berlin("2026-05-12 12:00").await;
    assert_snapshot!(time(&ana.opens_home().await), @"
    *Your time*
    Your status in Slack says that you are away until May 20, 2026 18:00; until then nothing is asked.
    Your days: Monday, Tuesday, Wednesday, Thursday, Friday.
    A vacation or sick status with an end counts as away.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    ");
    let asked = ravi.reads();
    assert!(asked.starts_with("Tue 12 May 10:00, alone with rapport") && asked.contains("Pulse 2 of"), "{asked}");
    world.all_is_read();
    // It goes on by itself when the status has ended.
    world.berlin("2026-05-21 12:00").await;
    let asked = ana.reads();
    assert!(asked.starts_with("Thu 21 May 09:00, with Ravi") && asked.contains("Pulse 3 of"), "{asked}");

    // Switched off, nothing of it is kept.
    ana.taps_home("Your hours").await;
    ana.submits(&[("My status in Slack", "")]).await;
    sets_status(&ana.someone, ":palm_tree:", "2026-06-20 18:00");
    ravi.someone.read_all();
    world.person("Mia").someone.read_all();
    ana.someone.read_all();
    world.berlin("2026-05-26 12:00").await;
    let posts = world.all("Ana", "Pulse 4 of");
    assert_eq!(posts.len(), 1, "{posts:?}");
    assert!(!time(&ana.opens_home().await).contains("status"), "{}", ana.home());
}
