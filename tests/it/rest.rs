//! A person's own time: pauses, days away, hours of one's own, and what suits somebody who does not answer.

use insta::assert_snapshot;

use crate::world::{Plan, World};

/// Both have App Home open, and it is the Tuesday of the first week, an hour before the first pulse.
async fn at_home() -> World {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.person("Ana").opens_home().await;
    world.person("Ravi").opens_home().await;
    world
}

/// What App Home says of the person's own time.
fn time(home: &str) -> String {
    let from = home.find("*Your time*").expect("it stands at home");
    let lines = home[from..].lines().take_while(|line| !line.starts_with("*You coordinate") && !line.starts_with('#'));
    lines.take_while(|line| !line.starts_with("*What rapport knows")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn who_is_away_is_asked_nothing_and_misses_nothing_and_it_goes_on_by_itself() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(time(&ana.home()), @"");
    assert_snapshot!(ana.types("pause 2 weeks").await, @"");
    assert_snapshot!(time(&ana.home()), @"");
    assert!(!ravi.home().contains("19 May"), "that Ana is away is hers to tell");
    // The pulses of the 5th and the 12th are not asked.
    world.berlin("2026-05-19 09:59").await;
    world.berlin("2026-05-19 10:01").await;
    assert_snapshot!(ana.reads(), @"");
    assert_snapshot!(ravi.reads(), @"");
    world.all_is_read();
}
