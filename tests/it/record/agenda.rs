//! What to prepare for the next session: the same questions for both, whatever anybody answered.

use insta::assert_snapshot;
use rapport::core::guide;

use super::at_home;
use crate::world::{Plan, Reader, World};

/// Opens the page, reads it, and closes it.
async fn prepares(reader: &Reader<'_>) -> String {
    reader.taps_home("What to prepare").await;
    let form = reader.form();
    reader.someone.reload();
    form
}

#[tokio::test]
async fn both_read_the_same_questions_beside_their_next_session() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(prepares(&ana).await, @"
    # What to prepare
    Your next session with *Ravi*
    *A first hello*
    • What did you do before you came here, and what surprised you?
    • What would make this hour worth your time?
    • How do you like to be told that something is off?
    *For you to prepare*
    Think of one thing that you would like your mentor to know about you.
    You and Ravi are offered the same questions; take what helps. They follow from the weeks, the goals and the sessions that you both see, never from an answer. After: Self-disclosure builds trust in new pairs (Wanberg, Welsh & Kammeyer-Mueller 2007)
    [Close]
    ");
    ana.taps_home("Write a goal").await;
    ana.submits(&[("goal", "Give a talk"), ("steps", "Outline\nRehearse")]).await;
    ana.taps_home("Suggest dates").await;
    ana.submits(&[("date1", "1778580000")]).await;
    ana.skims(1);
    ravi.reads();
    ravi.taps("Works").await;
    ravi.skims(1);
    assert_snapshot!(prepares(&ravi).await, @"
    # What to prepare
    Your next session with *Ana* · May 12, 2026 12:00
    *A first hello*
    • What did you do before you came here, and what surprised you?
    • What would make this hour worth your time?
    • How do you like to be told that something is off?
    *For you to prepare*
    Have one story ready of something that did not work out for you.
    *Open goals of Ana*
    • *Give a talk* · 0 of 2 steps
        next: Outline
    You and Ana are offered the same questions; take what helps. They follow from the weeks, the goals and the sessions that you both see, never from an answer. After: Self-disclosure builds trust in new pairs (Wanberg, Welsh & Kammeyer-Mueller 2007)
    [Close]
    ");
    ana.types("log yesterday").await;
    assert_snapshot!(prepares(&ana).await, @"
    # What to prepare
    Your next session with *Ravi* · May 12, 2026 12:00
    *A first goal*
    • What should be different in three months?
    • How would somebody else notice?
    • What is the smallest step that you could take this week?
    *For you to prepare*
    Write down two or three things that you would like to be better at.
    *Your open goals*
    • *Give a talk* · 0 of 2 steps
        next: Outline
    You and Ravi are offered the same questions; take what helps. They follow from the weeks, the goals and the sessions that you both see, never from an answer. After: Goal setting (Locke & Latham 2002)
    [Close]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn no_answer_has_a_part_in_it() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    let before = [prepares(&ana).await, prepares(&ravi).await];
    world.berlin("2026-05-05 10:00").await;
    for (reader, met) in [(&mut ana, "Yes"), (&mut ravi, "Not yet")] {
        reader.reads();
        let post = reader.front();
        reader.taps("No").await;
        reader.skims(1);
        reader.turns_to(&post);
        reader.taps_in_row(0, met).await;
        reader.skims(1);
    }
    let after = [prepares(&ana).await, prepares(&ravi).await];
    assert_eq!(before, after);
    world.all_is_read();
}

#[tokio::test]
async fn a_programme_may_bring_guides_of_its_own() {
    let own = "version = 1\n[[guide]]\nid = \"ours\"\nstage = \"any\"\nindicator = \"growth\"\ntitle = \"Our town\"\n\
               ask = [\"Which place here do you like?\", \"Where have you not been yet?\"]\n\
               mentee = \"Think of one question.\"\nmentor = \"Choose a place to show.\"\nsource = \"our handbook\"\n";
    let guides = guide::parse(own).expect("guides");
    let plan = Plan::pair("Europe/Berlin", "America/New_York").but(|program| program.guides = guides);
    let world: World = plan.begin().await;
    world.all_start().await;
    let ravi = world.person("Ravi");
    ravi.opens_home().await;
    assert_snapshot!(prepares(&ravi).await, @"
    # What to prepare
    Your next session with *Ana*
    *Our town*
    • Which place here do you like?
    • Where have you not been yet?
    *For you to prepare*
    Choose a place to show.
    You and Ana are offered the same questions; take what helps. They follow from the weeks, the goals and the sessions that you both see, never from an answer. After: our handbook
    [Close]
    ");
}
