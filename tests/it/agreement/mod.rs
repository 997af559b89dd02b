//! The agreement: opened when both have pressed `Start`, filled in by each, seen by both, agreed on by both.

use chrono::TimeDelta;
use insta::assert_snapshot;

use crate::world::{Plan, Reader, World};

/// Ana and Ravi have pressed `Start`; the agreement stands in their conversation, unread.
async fn opened() -> World {
    let world = World::new().await;
    for name in ["Ana", "Ravi"] {
        let mut person = world.person(name);
        person.reads();
        person.taps("Start").await;
        person.reads();
    }
    world.settle().await;
    world
}

/// Ana and Ravi in front of their agreement, wherever it stands.
fn before_it(world: &World) -> [Reader<'_>; 2] {
    ["Ana", "Ravi"].map(|name| {
        let mut person = world.person(name);
        let places = person.someone.conversations();
        let all = places.iter().flat_map(|place| person.someone.messages(&place.id));
        let posts: Vec<_> = all.filter(|message| message.as_text().contains("How we want to work together")).collect();
        assert_eq!(posts.len(), 1, "{name} has one agreement");
        person.turns_to(&posts[0]);
        person
    })
}

/// Everything the first way, with these words.
const FIRST: [(&str, &str); 6] = [
    ("How often do we want to meet?", "Every week"),
    ("How long is a session?", "45 minutes"),
    ("What stays between us?", "Everything except safety"),
    ("If one of us cannot come, we ...", "Say so a day before and book a new time"),
    ("When do we tell each other what helps?", "At the end of each session"),
    ("If it does not fit, either of us may stop without giving a reason.", "Fine with me"),
];

/// What Ana wants to be different: between the two alone.
pub const GOAL: &str = "I speak up in design reviews.";

/// Ana and Ravi agree, with every first label; nothing of it is left to read.
pub async fn agrees(world: &World) {
    let [mut ana, mut ravi] = before_it(world);
    let posts = [ana.front(), ravi.front()];
    let goal = [("First goal: what should be different in three months?", GOAL)];
    fills(world, &mut ana, "Fill in", &[FIRST.as_slice(), &goal].concat()).await;
    ana.taps("We agree").await;
    ana.skims(1);
    is_drawn(world).await;
    ravi.turns_to(&posts[1]);
    ravi.taps("We agree").await;
    ravi.skims(1);
    is_drawn(world).await;
}

async fn fills(world: &World, person: &mut Reader<'_>, button: &str, inputs: &[(&str, &str)]) -> String {
    person.taps(button).await;
    let said = person.submits(inputs).await;
    is_drawn(world).await;
    said
}

/// Slack takes one change of a conversation a second.
async fn is_drawn(world: &World) {
    world.advance_to(world.now() + TimeDelta::seconds(3)).await;
}

#[tokio::test]
async fn both_fill_in_see_the_same_and_agree() {
    let world = opened().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.reads(), @"
    Mon 4 May 09:00, with Ravi, rapport
    *How we want to work together: Ana and Ravi*
    Before the first session: each of you fills in what suits you, and both see it here. Where you differ, talk. Once it says the same for both, each presses “We agree”.
    *How often do we want to meet?*
    …
    *How long is a session?*
    …
    *First goal: what should be different in three months?*
    …
    *What stays between us?*
    …
    *If one of us cannot come, we ...*
    …
    *When do we tell each other what helps?*
    …
    *If it does not fit, either of us may stop without giving a reason.*
    …
    Neither of you has agreed yet.
    [Fill in]
    Only you two see this. Coordinators see whether you have agreed, and how often you mean to meet, because the score counts by it.
    ");
    assert_eq!(ana.sees().split_once('\n').map(|(_, rest)| rest.to_owned()), {
        ravi.reads();
        ravi.sees().split_once('\n').map(|(_, rest)| rest.to_owned())
    });
    let post = ana.front();
    let his = ravi.front();
    ana.taps("Fill in").await;
    assert_snapshot!(ana.form(), @"
    # Your agreement
    Ravi sees what you choose and write here, beside their own. What Ravi has chosen stands here until you say otherwise.
    How often do we want to meet?: ( ) Every week ( ) Every two weeks ( ) Every four weeks
    How long is a session?: ( ) 30 minutes ( ) 45 minutes ( ) 60 minutes
    First goal: what should be different in three months? (optional): [____]
    What stays between us?: ( ) Everything, unless we say otherwise ( ) Everything except safety ( ) We decide each time
    If one of us cannot come, we ...: ( ) Say so a day before and book a new time ( ) Skip and meet at the next date
    When do we tell each other what helps?: ( ) At the end of each session ( ) Every fourth session ( ) At mid-point and end
    If it does not fit, either of us may stop without giving a reason.: ( ) Fine with me
    [Cancel] [Save]
    ");
    let goal = ("First goal: what should be different in three months?", "I speak up in design reviews.");
    let inputs: Vec<_> = FIRST.into_iter().chain([goal]).collect();
    assert_snapshot!(ana.submits(&inputs).await, @"
    # Saved
    Saved. Nothing is missing and you do not differ: press “We agree” in your conversation, and Ravi does too.
    [Close]
    ");
    is_drawn(&world).await;
    assert_snapshot!(ravi.sees(), @"
    Mon 4 May 09:00, with Ana, rapport
    *How we want to work together: Ana and Ravi*
    Before the first session: each of you fills in what suits you, and both see it here. Where you differ, talk. Once it says the same for both, each presses “We agree”.
    *How often do we want to meet?*
    Every week
    *How long is a session?*
    45 minutes
    *First goal: what should be different in three months?*
    Ana:
    > I speak up in design reviews.
    *What stays between us?*
    Everything except safety
    *If one of us cannot come, we ...*
    Say so a day before and book a new time
    *When do we tell each other what helps?*
    At the end of each session
    *If it does not fit, either of us may stop without giving a reason.*
    Fine with me
    Neither of you has agreed yet.
    [We agree] [Change]
    Only you two see this. Coordinators see whether you have agreed, and how often you mean to meet, because the score counts by it.
    ");
    // He differs in one thing, and sees what she has chosen.
    ravi.taps("Change").await;
    assert_snapshot!(ravi.form(), @"
    # Your agreement
    Ana sees what you choose and write here, beside their own. What Ana has chosen stands here until you say otherwise.
    How often do we want to meet?: (x) Every week ( ) Every two weeks ( ) Every four weeks
    How long is a session?: ( ) 30 minutes (x) 45 minutes ( ) 60 minutes
    First goal: what should be different in three months? (optional): [____]
    What stays between us?: ( ) Everything, unless we say otherwise (x) Everything except safety ( ) We decide each time
    If one of us cannot come, we ...: (x) Say so a day before and book a new time ( ) Skip and meet at the next date
    When do we tell each other what helps?: (x) At the end of each session ( ) Every fourth session ( ) At mid-point and end
    If it does not fit, either of us may stop without giving a reason.: (x) Fine with me
    [Cancel] [Save]
    ");
    assert_snapshot!(ravi.submits(&[("How often do we want to meet?", "Every four weeks")]).await, @"
    # Saved
    Saved. Ana sees it beside their own; where you differ, talk, and one of you changes it.
    [Close]
    ");
    is_drawn(&world).await;
    let seen = ana.sees();
    let differs = "*How often do we want to meet?*\nAna: Every week · Ravi: Every four weeks  _(you differ)_\n";
    assert!(seen.contains(differs), "{seen}");
    assert!(seen.contains("Neither of you has agreed yet.\n[Change]"), "{seen}");
    ana.taps("Change").await;
    assert!(ana.form().contains("Ravi: Every four weeks"), "{}", ana.form());
    ana.submits(&[("How often do we want to meet?", "Every four weeks")]).await;
    is_drawn(&world).await;
    ana.taps("We agree").await;
    assert_snapshot!(ana.reads(), @"
    Mon 4 May 09:00, with Ravi, rapport, only visible to you
    Noted: you agree. It counts once Ravi agrees too.
    ");
    is_drawn(&world).await;
    ravi.turns_to(&his);
    assert!(ravi.sees().contains("Ana has agreed. Ravi, what about you?"), "{}", ravi.sees());
    ravi.taps("We agree").await;
    assert_snapshot!(ravi.reads(), @"
    Mon 4 May 09:00, with Ana, rapport, only visible to you
    You and Ana have agreed. It is opened again half-way.
    ");
    is_drawn(&world).await;
    ana.turns_to(&post);
    assert_snapshot!(ana.sees(), @"
    Mon 4 May 09:00, with Ravi, rapport
    *How we want to work together: Ana and Ravi*
    *How often do we want to meet?*
    Every four weeks
    *How long is a session?*
    45 minutes
    *First goal: what should be different in three months?*
    Ana:
    > I speak up in design reviews.
    *What stays between us?*
    Everything except safety
    *If one of us cannot come, we ...*
    Say so a day before and book a new time
    *When do we tell each other what helps?*
    At the end of each session
    *If it does not fit, either of us may stop without giving a reason.*
    Fine with me
    Both of you agreed, today 09:00. You can change it at any time; then both are asked again.
    [Change]
    Only you two see this. Coordinators see whether you have agreed, and how often you mean to meet, because the score counts by it.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_change_after_one_has_agreed_asks_that_one_again() {
    let world = opened().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.reads();
    ravi.reads();
    fills(&world, &mut ana, "Fill in", &FIRST).await;
    let his = ravi.front();
    ravi.taps("We agree").await;
    assert_snapshot!(ravi.reads(), @"
    Mon 4 May 09:00, with Ana, rapport, only visible to you
    Noted: you agree. It counts once Ana agrees too.
    ");
    is_drawn(&world).await;
    fills(&world, &mut ana, "Change", &[("How long is a session?", "60 minutes")]).await;
    ravi.turns_to(&his);
    assert!(ravi.sees().contains("Neither of you has agreed yet."), "{}", ravi.sees());
    ravi.turns_to(&his);
    ravi.taps("We agree").await;
    ravi.reads();
    ana.taps("We agree").await;
    ana.reads();
    is_drawn(&world).await;
    ravi.turns_to(&his);
    assert!(ravi.sees().contains("Both of you agreed"), "{}", ravi.sees());
    world.all_is_read();
}

#[tokio::test]
async fn a_form_says_what_is_missing_at_its_field_and_loses_nothing() {
    let world = opened().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.reads();
    ravi.reads();
    let goal = "First goal: what should be different in three months?";
    ana.taps("Fill in").await;
    // Required, and too long: Slack's own client says so; what was typed stays.
    let too_long = "x".repeat(501);
    let said = ana.submits(&[(goal, &too_long), ("How often do we want to meet?", "Every week")]).await;
    assert!(said.contains("! item2") && said.contains("! item3"), "{said}");
    let kept = ana.someone.modal().expect("the form is open").values.to_string();
    assert!(kept.contains(&too_long) && kept.contains("Every week"), "{kept}");
    // Opened twice and sent twice: the later one counts.
    let inputs: Vec<_> = FIRST.into_iter().chain([(goal, "Speak up.")]).collect();
    ana.submits(&inputs).await;
    is_drawn(&world).await;
    let again = fills(&world, &mut ana, "Change", &[(goal, "Speak up, in English.")]).await;
    assert!(again.contains("Saved"), "{again}");
    assert!(ravi.sees().contains("Speak up, in English.") && !ravi.sees().contains("Speak up.\n"), "{}", ravi.sees());
    world.all_is_read();
}

#[tokio::test]
async fn two_without_a_common_hour_agree_each_alone() {
    let world = Plan::pair("Europe/Berlin", "Pacific/Auckland").begin().await;
    world.all_start().await;
    world.berlin("2026-05-06 09:00").await;
    let [mut ana, mut ravi] = before_it(&world);
    fills(&world, &mut ana, "Fill in", &FIRST).await;
    ana.taps("We agree").await;
    ravi.taps("We agree").await;
    is_drawn(&world).await;
    assert!(ana.sees().contains("Both of you agreed"), "{}", ana.sees());
    assert!(ravi.sees().contains("Both of you agreed"), "{}", ravi.sees());
}
