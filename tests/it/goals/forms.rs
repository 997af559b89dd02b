//! The form of a goal: each mistake is said at its field, and nothing that was typed is lost.

use insta::assert_snapshot;

use super::{at_home, goals, writes};

/// What stands at a field.
fn mistake(form: &str) -> String {
    form.lines().filter(|line| line.starts_with('!')).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn what_is_missing_too_long_or_past_is_said_at_its_field_and_what_was_typed_stays() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    ana.taps_home("Write a goal").await;
    assert_snapshot!(mistake(&ana.submits(&[("skill", "Speaking")]).await), @"! goal: Please write what should be different, or choose an idea.");
    assert_snapshot!(mistake(&ana.submits(&[("goal", "Give a talk"), ("by", "2026-05-01")]).await), @"! by: That day has passed; please choose one that is still to come, or none.");
    assert_snapshot!(mistake(&ana.submits(&[("by", "2028-05-01")]).await), @"! by: Please choose a day within the next 366 days, or none.");
    assert_snapshot!(mistake(&ana.submits(&[("by", "2026-07-01"), ("steps", "1\n2\n3\n4\n5\n6\n7")]).await), @"! steps: These are 7 steps; 6 fit. Fewer are easier to keep.");
    assert_snapshot!(mistake(&ana.submits(&[("steps", &"s".repeat(150))]).await), @"! steps: This is 10 characters too long; 140 fit.");
    assert_snapshot!(mistake(&ana.submits(&[("steps", ""), ("goal", &"g".repeat(141))]).await), @"! goal: Use at most 140 characters.");
    // All of it is still there: only what is wrong is mended.
    ana.submits(&[("goal", "Give a talk"), ("steps", "Outline")]).await;
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi*  [Write a goal]
    *Give a talk* · by 1 July · 0 of 1 step
    Next: Outline
    [Step done] [Reached] [Change or drop] [Steps]
    ");
    ana.taps_home("Change or drop").await;
    assert!(ana.form().contains("[Speaking]") && ana.form().contains("[2026-07-01]"), "{}", ana.form());
    world.all_is_read();
}

#[tokio::test]
async fn an_idea_is_enough() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    ana.taps_home("Write a goal").await;
    ana.submits(&[("idea", "talk")]).await;
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi*  [Write a goal]
    *Give a talk to people outside my team* · 0 of 4 steps
    Next: Choose a subject that only I can tell from my own work
    [Step done] [Reached] [Change or drop] [Steps]
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_form_sent_twice_is_one_goal_and_one_opened_twice_says_so() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    ana.taps_home("Write a goal").await;
    // The same form sent twice, as by an impatient finger: the second comes before the first was answered.
    ana.someone.fill("goal", "Give a talk").expect("a field");
    let (one, two) = tokio::join!(ana.someone.submit(), ana.someone.submit());
    assert!(one.acknowledged || two.acknowledged);
    world.settle().await;
    assert_eq!(ana.opens_home().await.matches("*Give a talk*").count(), 1);
    while ana.someone.modal().is_some() {
        let _ = ana.someone.close_modal().await;
    }
    ana.taps_home("Write a goal").await;
    assert_snapshot!(mistake(&ana.submits(&[("goal", "give a TALK")]).await), @"! goal: You have this goal already; it is in the Home tab.");
    ana.submits(&[("goal", "Write a page")]).await;
    assert_eq!(ana.home().matches("[Reached]").count(), 2);
}

#[tokio::test]
async fn what_closed_meanwhile_is_said_and_the_words_stay() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    writes(&mut ana).await;
    ana.taps_home("Change or drop").await;
    // On another device she reaches it while the form stands open.
    let home = ana.someone.tap_home("Reached").await;
    assert_eq!(home.warning, None);
    world.settle().await;
    assert_snapshot!(mistake(&ana.submits(&[("goal", "Give two talks")]).await), @"! goal: This goal was reached meanwhile. Open it again in the Home tab, then save; your words stay here.");
    assert!(ana.form().starts_with("# Change a goal"), "the form stays open, as it was filled in");
}

#[tokio::test]
async fn three_goals_are_enough_and_the_fourth_keeps_its_words() {
    let world = at_home().await;
    let mut ana = world.person("Ana");
    for goal in ["One", "Two", "Three"] {
        ana.types("goal").await;
        ana.submits(&[("goal", goal)]).await;
    }
    assert_snapshot!(ana.types("goal Four").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    You have 3 open goals, which is as many as fit; reach or drop one first.
    ");
    assert_snapshot!(goals(&ana.home()), @"
    *Your goals with Ravi*
    *Two*
    [It moved] [Reached] [Change or drop] [Steps]
    *One*
    [It moved] [Reached] [Change or drop] [Steps]
    *Three*
    [It moved] [Reached] [Change or drop] [Steps]
    ");
    world.all_is_read();
}
