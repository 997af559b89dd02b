//! Nudges as people meet them: one a week, with its reason, something to do, and a way to be rid of it.

use insta::assert_snapshot;

use crate::world::World;

/// What App Home says of the week's messages.
fn week(home: &str) -> String {
    home.lines().filter(|line| line.contains("started this week")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_has_not_met_is_nudged_in_its_working_hours_and_can_act_on_it() {
    let world = World::started().await;
    world.berlin("2026-05-05 17:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    world.berlin("2026-05-10 23:00").await;
    world.berlin("2026-05-11 13:00").await;
    assert_snapshot!(ana.reads(), @"
    Mon 11 May 11:30, alone with rapport
    *You two have not met yet. A short hello of 20 minutes is a fine first session.*
    Why you get this: Your pair began 7 days ago and no meeting is logged.
    [Suggest three times] [Done] [Tomorrow] [Not helpful] [Stop these]
    ");
    ana.taps("Suggest three times").await;
    assert!(ana.form().contains("Suggest dates"), "{}", ana.form());
    assert_eq!(ana.someone.close_modal().await.warning, None);
    ana.taps("Done").await;
    assert_snapshot!(ana.reads(), @"
    Mon 11 May 13:00, alone with rapport, only visible to you
    Noted. Thank you.
    ");
    assert_snapshot!(week(&ana.opens_home().await), @"*Messages that rapport started this week:* 1 of 3 used, of them 1 nudge. It starts no more than that, and at most one nudge.  [...]");
    ravi.is_nudged("You two have not met yet");
    ravi.taps("Tomorrow").await;
    assert_snapshot!(ravi.reads(), @"
    Mon 11 May 13:00, alone with rapport, only visible to you
    It comes once more tomorrow 13:00.
    ");
    world.berlin("2026-05-12 13:00").await;
    ravi.skims(1);
    ravi.is_nudged("Once more, as you asked.");
    ravi.taps("Stop these").await;
    assert!(ravi.reads().contains("You get no more nudges about a first meeting."));
    assert!(week(&ravi.opens_home().await).contains("You get no nudges about a first meeting."));
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
    assert_snapshot!(week(&ana.home()), @"*Messages that rapport started this week:* 1 of 3 used. It starts no more than that, and at most one nudge. You get no nudges.  [...]");
    assert_snapshot!(week(&ravi.home()), @"*Messages that rapport started this week:* 1 of 1 used. It starts no more than that, and at most one nudge.  [...]");
}
