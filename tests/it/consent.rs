//! Nobody is asked before they have been welcomed and could say no.

use insta::assert_snapshot;

use rapport::sim::{Fault, Sim};

use crate::world::{Plan, World};

#[tokio::test]
async fn a_welcome_waits_for_working_hours() {
    let world = Plan::pair("Europe/Berlin", "Asia/Kolkata").begins("2026-05-04 07:00").begin().await;
    world.berlin("2026-05-04 08:59").await;
    let mut ravi = world.person("Ravi");
    assert_snapshot!(ravi.reads().lines().next().unwrap_or_default(), @"Mon 4 May 10:30, alone with rapport");
    world.all_is_read();
    world.berlin("2026-05-04 09:00").await;
    world.person("Ana").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_welcome_that_was_held_up_waits_for_the_morning() {
    let down = |sim: &Sim| {
        sim.faults().times(1_000, "chat.postMessage", Fault::Status(503));
    };
    let world = Plan::pair("Europe/Berlin", "Asia/Kolkata").begins("2026-05-04 13:00").trouble(down).begin().await;
    world.berlin("2026-05-04 18:00").await;
    world.sim.faults().clear();
    world.berlin("2026-05-05 05:29").await;
    world.all_is_read();
    world.berlin("2026-05-05 12:00").await;
    assert_snapshot!(world.person("Ravi").reads_when(), @"Tue 5 May 09:00, alone with rapport");
    assert_snapshot!(world.person("Ana").reads_when(), @"Tue 5 May 09:00, alone with rapport");
    world.all_is_read();
}

#[tokio::test]
async fn not_for_me_is_told_to_the_coordinator_only() {
    let world = World::new().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    ravi.skims(1);
    ravi.taps("Start").await;
    ravi.skims(1);
    world.berlin("2026-05-04 11:00").await;
    ana.skims(1);
    let welcome = ana.front();
    ana.taps("Not for me").await;
    assert_snapshot!(ana.reads(), @"
    Mon 4 May 11:00, alone with rapport, only visible to you
    You are out of Engineering: nothing is asked of you. Mia is told, nobody else. Should you change your mind, press Start on the welcome.
    ");
    assert_snapshot!(mia.reads(), @"
    Mon 4 May 11:00, alone with rapport
    *Ana* (@Ana), mentee in Engineering, pressed *Not for me*. Nothing is asked of them.
    Their mentor, Ravi, has not been told.
    There can be many reasons. They can still press Start on the welcome.
    ");
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    0 pairs. No pulse closed this week.
    *NOT FOR ME*
    Ana
    Pressed it this week, and are asked nothing. Their partners have not been told.
    *INDICATORS*
    growth: not asked
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version 0.
    ");

    // She changes her mind: the welcome still has its button, and the next pulse comes.
    ana.turns_to(&welcome);
    assert_snapshot!(ana.sees().lines().last().unwrap_or_default(), @"[Start]");
    ana.taps("Start").await;
    assert_snapshot!(ana.reads(), @"
    Mon 11 May 09:00, alone with rapport, only visible to you
    You are in Engineering. The first question comes at its next time, in your working hours. Should you change your mind, press “Not for me” in the Home tab of this app.
    ");
    world.all_is_read();
    world.berlin("2026-05-12 10:00").await;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Pulse 1 of 25 · Ana & Ravi
    *Ana: We get enough time together.*
    *Ravi: I have enough time for my mentee.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    ravi.skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn who_says_nothing_is_asked_after_three_working_days() {
    let world = World::new().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    world.berlin("2026-05-11 09:00").await;
    world.person("Mia").skims(1);
    world.all_is_read();
    world.berlin("2026-05-12 10:00").await;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Pulse 1 of 25 · Ana & Ravi
    *Ana: We get enough time together.*
    *Ravi: I have enough time for my mentee.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    ravi.skims(1);
    world.all_is_read();
}
