//! Nudges as people meet them: one a week, with its reason, something to do, and a way to be rid of it.

use insta::assert_snapshot;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_has_not_met_is_nudged_in_its_working_hours_and_can_act_on_it() {
    let world = World::started().await;
    world.berlin("2026-05-05 17:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    world.berlin("2026-05-10 23:00").await;
    world.berlin("2026-05-11 13:00").await;
    assert_snapshot!(ana.reads());
    ana.taps("Suggest three times").await;
    assert!(ana.form().contains("Suggest dates"), "{}", ana.form());
    ana.someone.close_modal().await;
    ana.taps("Done").await;
    assert_snapshot!(ana.reads(), @"");
    assert_snapshot!(ana.opens_home().await.lines().filter(|line| line.contains("used")).collect::<String>(), @"");
    ravi.is_nudged("You two have not met yet");
    ravi.taps("Tomorrow").await;
    assert_snapshot!(ravi.reads(), @"");
    world.berlin("2026-05-12 09:30").await;
    ravi.is_nudged("Once more, as you asked.");
    ravi.taps("Stop these").await;
    assert_snapshot!(ravi.reads(), @"");
    ravi.taps("Undo").await;
    assert_snapshot!(ravi.reads(), @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_wants_no_nudges_gets_none_and_less_is_possible_at_home() {
    let world = World::started().await;
    world.berlin("2026-05-05 17:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    ana.opens_home().await;
    ana.chooses_home("No nudges").await;
    ravi.opens_home().await;
    // The pulse of Tuesday is the one message that he allows.
    ravi.chooses_home("At most 1 a week").await;
    world.berlin("2026-05-12 12:00").await;
    assert!(ana.reads_when().contains("12 May") && ravi.reads_when().contains("12 May"));
    world.berlin("2026-05-15 17:00").await;
    let line = |home: String| home.lines().filter(|line| line.contains("used")).collect::<String>();
    assert_snapshot!(line(ana.home()), @"");
    assert_snapshot!(line(ravi.home()), @"");
}
