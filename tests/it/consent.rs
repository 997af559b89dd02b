//! Nobody is asked before they have been welcomed and could say no.

use insta::assert_snapshot;

use rapport::sim::{Fault, Sim};

use crate::care::{opens_page, taps_form};
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
    let note = mia.front();
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(mia.reads(), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    0 pairs. Programme health: too early to tell.
    No pulse closed this week.
    *DO THIS WEEK*
    1. *Ana* pressed “Not for me” (Monday; the partner is not told). Nothing is asked of them.
    [Write to Ana] [Handled]
    *INDICATORS*
    growth: not asked
    communication: not asked
    guidance: not asked
    feedback: not asked
    organisation: not asked
    Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only.
    *NOT SHOWN*
    Single answers without a comment, because one says little; comments that were not shared with coordinators.
    [Export CSV]
    Counted on Mon 11 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");

    // She changes her mind: the welcome still has its button, and the next pulse comes.
    ana.turns_to(&welcome);
    assert_snapshot!(ana.sees().lines().last().unwrap_or_default(), @"[Start]");
    ana.taps("Start").await;
    assert_snapshot!(ana.reads(), @"
    Mon 11 May 09:00, alone with rapport, only visible to you
    You are in Engineering. The first question comes at its next time, in your working hours. Should you change your mind, press “Not for me” in the Home tab of this app.
    ");
    // Both are in now: their agreement has stories of its own.
    ana.skims(1);
    ravi.skims(1);
    world.berlin("2026-05-11 09:01").await;
    mia.turns_to(&note);
    assert_snapshot!(mia.sees(), @"
    Mon 4 May 11:00, alone with rapport
    *Ana* (@Ana), mentee in Engineering, had pressed *Not for me*, and has pressed *Start* since: they take part again.
    ");
    world.all_is_read();
    world.berlin("2026-05-12 10:00").await;
    ana.is_nudged("You two have not met yet");
    ravi.is_nudged("You two have not met yet");
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Pulse 1 of 25 · Ana & Ravi
    *Ana: I know what I want to get out of this mentoring.*
    *Ravi: I know what my mentee wants to get out of this.*
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
    *Ana: I know what I want to get out of this mentoring.*
    *Ravi: I know what my mentee wants to get out of this.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    ravi.skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_no_at_the_very_hour_of_the_digest_is_in_the_next() {
    let world = World::started().await;
    world.berlin("2026-05-11 09:00").await;
    let (ana, mut mia) = (world.person("Ana"), world.person("Mia"));
    mia.reads();
    ana.opens_home().await;
    ana.taps_home("Not for me").await;
    world.berlin("2026-05-11 09:01").await;
    assert!(mia.reads().contains("pressed *Not for me*"));
    world.berlin("2026-05-18 09:00").await;
    let digest = mia.reads();
    assert!(digest.contains("1. *Ana* pressed “Not for me”"), "{digest}");
}

#[tokio::test]
async fn who_alone_coordinates_her_own_pair_is_told_how_it_is() {
    let world =
        Plan::pair("Europe/Berlin", "Europe/Berlin").coordinators(&[("Ana Lopez", "Europe/Berlin")]).begin().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.reads(), @"
    Mon 4 May 09:00, alone with rapport
    # Welcome to Engineering
    You coordinate this programme and are in it yourself. Your mentor is Ravi.
    *What happens*
    rapport is a bot that helps mentoring pairs to notice early when something does not work. It asks short questions that take one tap, and now and then it proposes one small thing to do (a nudge): at most 3 messages a week, in your working hours. You can choose fewer, or no nudges, in the Home tab of this app.
    *What other coordinators see*
    Nothing of your pair: nobody outside it coordinates this programme, and a digest leaves its reader's own pair out. Your partner sees an answer only if you share it. A total is shown only when it is about 5 people or more.
    *What is never read*
    Your conversations. rapport knows what you tell it by a button, a form or a command, and nothing more.
    Nothing is asked before you press Start, or before three working days have passed. “Not for me” is told to nobody, because nobody outside your pair coordinates this programme.
    [Start] [Not for me] [Who sees what]
    ");
    ana.taps("Who sees what").await;
    assert_snapshot!(ana.reads().lines().nth(2).unwrap_or_default(), @"You coordinate this programme. You are asked one or two short questions at a time, and whether you two have met. One tap is an answer. You can change it until the pulse closes, add a comment, or leave it out: “Not this week” counts neither as answered nor as missed.");
    ravi.skims(1);
    ravi.taps("Start").await;
    ravi.skims(1);
    let welcome = world.only("Ana", "# Welcome");
    ana.turns_to(&welcome);
    ana.taps("Not for me").await;
    assert_snapshot!(ana.reads(), @"
    Mon 4 May 09:00, alone with rapport, only visible to you
    You are out of Engineering: nothing is asked of you. Nobody is told, because nobody outside your pair coordinates it. Should you change your mind, press Start on the welcome.
    ");
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(ana.reads().lines().take(3).collect::<Vec<_>>().join("\n"), @"
    Mon 11 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 1 of 26 · 4–10 May
    0 pairs. Programme health: too early to tell.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn not_for_me_stops_what_is_planned_already() {
    let world = Plan::pair("Europe/Berlin", "America/New_York").begins("2026-05-01 09:00").begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 10:30").await;
    let (mut ana, ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    mia.skims(1);
    // The pulse, Mia's words to both and her question to Ravi wait for 15:00, when both work.
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Message both").await;
    mia.submits(&[("words", "How is it going?")]).await;
    mia.someone.reload();
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "Ask each privately").await;
    assert!(ana.reads().contains("asks you: how is it going"));
    world.berlin("2026-05-05 11:00").await;
    ravi.opens_home().await;
    ravi.taps_home("Not for me").await;
    assert!(mia.reads().contains("pressed *Not for me*"));
    world.berlin("2026-05-08 18:00").await;
    world.all_is_read();
}

#[tokio::test]
async fn nobody_is_reminded_after_not_for_me() {
    let world = World::started().await;
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    for reader in [&mut ana, &mut ravi] {
        reader.skims(1);
        reader.chooses("Ask me tomorrow").await;
        reader.skims(1);
    }
    ana.opens_home().await;
    ana.taps_home("Not for me").await;
    mia.skims(1);
    world.berlin("2026-05-06 12:00").await;
    assert_eq!(ravi.reads_when(), "Wed 6 May 10:00, alone with rapport", "he asked for it, and is in");
    world.all_is_read();
}

#[tokio::test]
async fn a_mentor_of_many_is_asked_about_the_others() {
    let (berlin, york) = ("Europe/Berlin", "America/New_York");
    let people = [("Ana Lopez", berlin), ("Ben Ode", berlin), ("Cleo Sato", berlin), ("Ravi Rao", york)];
    let pairs = [("Ana", "Ravi"), ("Ben", "Ravi"), ("Cleo", "Ravi")];
    let world = Plan::of(&people, &pairs).begins("2026-05-01 09:00").begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 10:00").await;
    world.person("Mia").skims(1);
    for name in ["Ana", "Ben", "Cleo"] {
        world.person(name).skims(1);
    }
    let ben = world.person("Ben");
    ben.opens_home().await;
    ben.taps_home("Not for me").await;
    world.person("Mia").skims(1);
    world.berlin("2026-05-05 16:00").await;
    let mut ravi = world.person("Ravi");
    let rows = loop {
        // Agreements with those who are in stand before it.
        let read = ravi.reads();
        if !read.contains("How we want to work together") {
            break read;
        }
    };
    assert!(rows.contains("Ana · Pulse 1") && rows.contains("Cleo · Pulse 1") && !rows.contains("Ben"), "{rows}");
    for name in ["Ana", "Ben", "Cleo", "Ravi"] {
        world.person(name).someone.read_all();
    }
    world.all_is_read();
}
