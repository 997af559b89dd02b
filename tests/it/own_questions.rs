//! A programme that asks questions of its own beside those of the bank.

use insta::assert_snapshot;
use rapport::core::question::Bank;
use rapport::sim::Someone;
use rapport::store::listed::Applied;

use crate::world::{Plan, World};

const OWN: &str = r#"
[[question]]
id = "our-tools"
indicator = "guidance"
facet = "resources"
audience = "both"
mentee = "My mentor shows me the tools that we use."
mentor = "I show my mentee the tools that we use."
scale = "often"
stage = "any"
reverse = false
channel = "pair"
default_audience = "Coordinator"
follow_up = "Open one of them together."
source = "our handbook"
"#;

/// Ana and Ravi, who have met, and whose programme asks about its tools, and of the bank only what it must: their second
/// pulse stands there, unread.
async fn asked_about_tools() -> World {
    let plan = Plan::pair("Europe/Berlin", "Europe/Berlin").but(|program| {
        let bank = Bank::built_in();
        let ids = bank.questions.iter().map(|question| question.id.clone());
        program.leave_out = ids.filter(|id| id.as_str() != "growth-goal-clear").collect();
        program.own.asked = bank.parse_own(OWN).expect("a question");
    });
    let world = plan.begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 10:00").await;
    let mut ana = world.person("Ana");
    ana.skims(1);
    ana.taps_in_row(1, "Yes").await;
    world.berlin("2026-05-12 09:00").await;
    world.sim.people().iter().for_each(Someone::read_all);
    world.berlin("2026-05-12 10:00").await;
    world
}

#[tokio::test]
async fn a_question_of_the_programmes_own_is_asked_answered_and_counted() {
    let world = asked_about_tools().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport
    Pulse 2 of 26 · Ana & Ravi
    *Ana: My mentor shows me the tools that we use.*
    *Ravi: I show my mentee the tools that we use.*
    [Never] [Rarely] [Sometimes] [Often] [Always] [...]
    Did you two meet since 5 May?
    [Yes] [Not yet]
    Open until May 15, 2026 17:00 (your time). Your coordinator can see your answer, your partner cannot. You can change that.
    ");
    ravi.skims(1);
    ana.taps("Rarely").await;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Rarely*. Your coordinator can see it, Ravi cannot.
    A thought, only for you: Open one of them together.
    [Change] [Add a comment] [Who sees this]
    ");
    world.berlin("2026-05-18 09:00").await;
    let mut mia = world.person("Mia");
    assert_snapshot!(mia.reads(), @"
    Mon 18 May 09:00, alone with rapport
    # Mentoring digest · Engineering · week 2 of 26 · 11–17 May
    A quiet week: nothing needs you. 1 pair: 1 too early to tell. Programme health: too early to tell. 50 % answered (1 of 2 asked); last week 0 %. None of 1 pair said that they had met.
    Counted on Mon 18 May, 07:00 UTC. Only closed pulses count; whoever skipped a week is neither answered nor missed. Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets. Rules version 2.
    ");
    assert_snapshot!(ana.opens_home().await, @"
    # Open now
    Nothing is asked of you at the moment.
    # Your pair
    *Ravi*, your mentor in Engineering
    *Ravi* · you met, as was said in your pulse 5 May
    [We met today] [Log a session] [Suggest dates] [I need help] [This match is not right]
    You take part in Engineering.  [Not for me]
    *Your agreement with Ravi*: still to be filled in by you two.  [Look and change]
    *Your goals with Ravi* · none open  [Write a goal]
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    # What you answered
    *Ravi* · Pulse 2 of 26 · closed May 15, 2026 17:00
    My mentor shows me the tools that we use.
    You said: *Rarely*. Your coordinator can see it, Ravi cannot.
    *What rapport knows of you*
    Your name and time zone in Slack, your pairs, what you tapped and wrote here, and whether you two have met, as you said it. It reads no conversations.  [Who sees what]
    *Messages that rapport started this week:* 1 of 3 used. It starts no more than that, and at most one nudge.  [...]
    ");
    // Whether the pairing is right, asked of each alone.
    ana.skims(1);
    ravi.skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn one_that_was_taken_out_is_answered_where_it_stands_and_asked_no_more() {
    let world = asked_about_tools().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    let mut program = world.store.program(world.program("Engineering")).await.expect("read").expect("a programme");
    program.own.asked.clear();
    assert_eq!(world.store.apply_program(&program, world.now()).await.expect("applied"), Applied::Changed);
    assert_eq!(world.store.apply_program(&program, world.now()).await.expect("applied"), Applied::Same);
    ana.taps("Always").await;
    assert_snapshot!(ana.reads(), @"
    Tue 12 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Always*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    ");
    world.berlin("2026-05-26 10:00").await;
    assert!(ana.opens_home().await.contains("My mentor shows me the tools that we use."), "{}", ana.home());
    world.person("Mia").skims(2);
    ana.skims(2);
    ana.is_nudged("One goal makes the sessions easier.");
    assert!(!ana.reads().contains("tools"), "{}", ana.sees());
    // Ravi, who has not answered three times, is asked what suits him too.
    ravi.skims(4);
    world.all_is_read();
}
