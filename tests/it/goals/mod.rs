//! Goals: written by the mentee, moved in one tap, seen by the two and by nobody else.

mod forms;
mod numbers;
mod privacy;

use insta::assert_snapshot;

use crate::world::{Reader, World};

/// Both have App Home open, and it is the Tuesday of the first week, an hour before the first pulse.
async fn at_home() -> World {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    world.person("Ana").opens_home().await;
    world.person("Ravi").opens_home().await;
    world
}

/// What App Home says of goals.
fn goals(home: &str) -> String {
    let from =
        ["*Your goals with", "# Goals of your mentees", "Only for you: *"].iter().filter_map(|head| home.find(head));
    let Some(from) = from.min() else { return String::new() };
    let lines = home[from..].lines();
    let next = ["# What you", "*What rapport", "*Your time*"];
    lines.take_while(|line| !next.iter().any(|part| line.starts_with(part))).collect::<Vec<_>>().join("\n")
}

/// Ana writes a goal with two steps.
async fn writes(ana: &mut Reader<'_>) -> String {
    ana.taps_home("Write a goal").await;
    let goal = [
        ("goal", "Give a talk outside my team"),
        ("skill", "Speaking"),
        ("steps", "Outline\nRehearse with Zoe"),
        ("by", "2026-08-01"),
        ("sure", "A little"),
    ];
    ana.submits(&goal).await
}

#[tokio::test]
async fn a_mentee_writes_a_goal_and_both_see_it() {
    let world = at_home().await;
    let (mut ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(goals(&ana.home()), @"*Your goals with Ravi* · none open  [Write a goal]");
    assert_snapshot!(goals(&ravi.home()), @"");
    ana.taps_home("Write a goal").await;
    assert_snapshot!(ana.form(), @"
    # Write a goal
    You and Ravi see this. Coordinators never read it: they see how many goals are set and reached, and whether any moves. It is stored sealed.
    An idea to begin with (optional): [ v]
      Where you leave fields empty, the idea's words are taken. You can change them at any time.
    What should be different in three months? (optional): [____]
      Something that can be seen when it is done. An idea above is enough too.
    Which skill does it build? (optional): [____]
    Steps (optional): [____]
      One on each line, at most 6. A line that stays keeps its mark.
    By when (optional): [____]
    How sure do you feel in it today? (optional): [ v]
      Only you see this.
    [Cancel] [Save]
    ");
    let _ = ana.someone.close_modal().await;
    assert_snapshot!(writes(&mut ana).await, @"
    # Saved
    Your goal is saved. Ravi can see it. One tap in the Home tab says that a step is done.
    [Close]
    ");
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi*  [Write a goal]
    *Give a talk outside my team* · by 1 August · 0 of 2 steps
    Next: Outline
    [Step done] [Reached] [Change or drop] [Steps]
    ");
    assert_snapshot!(goals(&ravi.home()), @"
    # Goals of your mentees
    *Ana*
    • *Give a talk outside my team* · by 1 August · 0 of 2 steps
        next: Outline
    [All steps]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_goal_moves_in_one_tap_and_is_reached() {
    let world = at_home().await;
    let (mut ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    writes(&mut ana).await;
    ana.taps_home("Step done").await;
    world.settle().await;
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi*  [Write a goal]
    *Give a talk outside my team* · by 1 August · 1 of 2 steps
    Next: Rehearse with Zoe
    [Step done] [Reached] [Change or drop] [Steps]
    ");
    assert_snapshot!(goals(&ravi.home()), @"
    # Goals of your mentees
    *Ana*
    • *Give a talk outside my team* · by 1 August · 1 of 2 steps
        next: Rehearse with Zoe
    [All steps]
    ");
    ana.taps_home("Steps").await;
    assert_snapshot!(ana.form(), @"
    # Goals
    You and Ravi see this. Coordinators never read it: they see how many goals are set and reached, and whether any moves. It is stored sealed.
    *Give a talk outside my team* · by 1 August · 1 of 2 steps
    ✓ Outline  [Not done]
    ○ Rehearse with Zoe  [Done]
    [It moved] [Reached] [Change or drop]
    [Write a goal]
    [Close]
    ");
    assert_eq!(ana.someone.act_on_modal("Not done", None).await.warning, None);
    world.settle().await;
    assert!(ana.form().contains("0 of 2 steps"), "{}", ana.form());
    assert!(ravi.home().contains("0 of 2 steps"), "{}", ravi.home());
    let _ = ana.someone.close_modal().await;
    ana.taps_home("Reached").await;
    world.settle().await;
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi* · none open  [Write a goal]
    [Past goals]
    Only for you: *Speaking*
    At its end: how sure do you feel in this now?
    [Not yet] [A little] [Halfway] [Quite sure] [Very sure]
    ");
    assert_snapshot!(goals(&ravi.home()), @"");
    ana.taps_home("Quite sure").await;
    world.settle().await;
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi* · none open  [Write a goal]
    [Past goals]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_goal_is_changed_or_dropped_and_opened_again() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    writes(&mut ana).await;
    ana.taps_home("Step done").await;
    ana.taps_home("Change or drop").await;
    assert_snapshot!(ana.form(), @"
    # Change a goal
    You and Ravi see this. Coordinators never read it: they see how many goals are set and reached, and whether any moves. It is stored sealed.
    What should be different in three months?: [Give a talk outside my team]
      Something that can be seen when it is done.
    Which skill does it build? (optional): [Speaking]
    Steps (optional): [Outline
    Rehearse with Zoe]
      One on each line, at most 6. A line that stays keeps its mark.
    By when (optional): [2026-08-01]
    This goal (optional): (x) Keep it ( ) Drop it: that is fine too
    [Cancel] [Save]
    ");
    let changed = [("goal", "Give a short talk"), ("steps", "Outline\nSlides\nRehearse with Zoe")];
    assert_snapshot!(ana.submits(&changed).await, @"
    # Saved
    Your goal is changed. Ravi can see it. One tap in the Home tab says that a step is done.
    [Close]
    ");
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi*  [Write a goal]
    *Give a talk outside my team* · by 1 August · 1 of 2 steps
    Next: Rehearse with Zoe
    [Step done] [Reached] [Change or drop] [Steps]
    ");
    ana.taps_home("Change or drop").await;
    assert_snapshot!(ana.submits(&[("keep", "drop")]).await, @"
    # Saved
    The goal is dropped. That is a decision, and a good one if it makes room. You can open it again.
    [Close]
    ");
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi* · none open  [Write a goal]
    [Past goals]
    Only for you: *Speaking*
    At its end: how sure do you feel in this now?
    [Not yet] [A little] [Halfway] [Quite sure] [Very sure]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn the_command_begins_a_goal_and_the_mentor_reads_only() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.types("goal Learn to say no").await;
    assert!(ana.form().contains("[Learn to say no]"), "{}", ana.form());
    ana.submits(&[]).await;
    assert!(ravi.home().contains("Learn to say no"), "{}", ravi.home());
    assert_snapshot!(ravi.types("goal").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Goals are written by mentees, and you are in no pair as one at the moment; nothing was saved.
    ");
    assert_snapshot!(world.person("Mia").types("goal").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Goals are written by mentees, and you are in no pair as one at the moment; nothing was saved.
    ");
    ravi.taps_home("All steps").await;
    assert_snapshot!(ravi.form(), @"
    # Goals of your mentees
    Your mentees wrote these. Coordinators never read them.
    *Ana*
    • *Learn to say no*  [All steps]
    [Close]
    ");
    assert_eq!(ravi.someone.act_on_modal("All steps", None).await.warning, None);
    world.settle().await;
    assert_snapshot!(ravi.form(), @"
    # Goals
    Ana wrote these and alone changes them. Coordinators never read them.
    *Learn to say no*
    [Close]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn confidence_is_asked_half_way_of_an_open_goal_and_stands_at_home_only() {
    let world = at_home().await;
    let (mut ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    writes(&mut ana).await;
    world.berlin("2026-08-10 09:00").await;
    ana.opens_home().await;
    assert!(ana.home().contains("Half way: how sure do you feel in this now?"), "{}", ana.home());
    assert!(!ravi.opens_home().await.contains("how sure"));
    ana.taps_home("Very sure").await;
    world.settle().await;
    assert!(!ana.home().contains("how sure"), "{}", ana.home());
}
