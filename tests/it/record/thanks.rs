//! Thanks: said on purpose, taken back within ten minutes without a trace, read by the other alone.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::at_home;
use crate::world::{Plan, World};

const WORDS: &str = "Your story about the failed launch helped me a lot.";

/// What App Home says of thanks that waits.
fn waits(home: &str) -> String {
    let from = home.find("*Your thanks to");
    from.map_or_else(String::new, |from| home[from..].lines().take(3).collect::<Vec<_>>().join("\n"))
}

async fn minutes(world: &World, minutes: i64) {
    world.advance_to(world.now() + TimeDelta::minutes(minutes)).await;
}

#[tokio::test]
async fn thanks_waits_ten_minutes_and_then_goes_to_the_other_alone() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.taps_home("Say thanks").await;
    assert_snapshot!(ana.form(), @"
    # Say thanks
    Only Ravi reads this, in a message of this app and in their own record. For ten minutes you can take it back. Coordinators see at most how often thanks is said.
    Your thanks: [____]
      What helped, and how?
    [Cancel] [Send]
    ");
    assert_snapshot!(ana.submits(&[("words", WORDS)]).await, @"
    # Saved
    It waits until today 09:10; until then you can take it back, in the Home tab. After that Ravi gets it, in their own working time.
    [Close]
    ");
    assert_snapshot!(waits(&ana.home()), @"
    *Your thanks to Ravi* waits until today 09:10; until then you can take it back.
    > Your story about the failed launch helped me a lot.
    [Take it back] [Change the words]
    ");
    assert!(!ravi.opens_home().await.contains("launch"));
    minutes(&world, 9).await;
    world.all_is_read();
    minutes(&world, 2).await;
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 09:10, alone with rapport
    Ana says thanks to you.
    > Your story about the failed launch helped me a lot.
    [Say thanks]
    Only you two read this. It stays in your record.
    ");
    assert_eq!(waits(&ana.opens_home().await), "");
    ravi.taps("Say thanks").await;
    ravi.submits(&[("words", "It was a good hour for me too.")]).await;
    minutes(&world, 11).await;
    assert!(ana.reads().contains("It was a good hour for me too."));
    world.all_is_read();
}

#[tokio::test]
async fn what_is_taken_back_leaves_nothing() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.types("thanks").await;
    ana.submits(&[("words", WORDS)]).await;
    ana.someone.reload();
    assert!(waits(&ana.home()).contains("launch"));
    ana.taps_home("Take it back").await;
    assert_eq!(waits(&ana.home()), "");
    // An empty field does the same.
    ana.types("thanks to Ravi").await;
    ana.submits(&[("words", WORDS)]).await;
    ana.taps_home("Change the words").await;
    assert_snapshot!(ana.submits(&[("words", "")]).await, @"
    # Saved
    Taken back. Nothing of it is left, and Ravi does not learn of it.
    [Close]
    ");
    minutes(&world, 60).await;
    world.person("Ana").skims(1);
    ravi.skims(1);
    assert!(!ravi.opens_home().await.contains("launch"));
    let lines = world.store.export_thanks(world.program("Engineering"), world.now()).await.expect("readable");
    assert_eq!(lines, []);
    world.all_is_read();
}

#[tokio::test]
async fn it_arrives_in_the_working_hours_of_whom_it_is_for() {
    let world = Plan::pair("Europe/Berlin", "America/New_York").begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 09:00").await;
    let (mut ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.opens_home().await;
    ana.taps_home("Say thanks").await;
    assert_snapshot!(ana.submits(&[("words", WORDS)]).await, @"
    # Saved
    It waits until today 15:00; until then you can take it back, in the Home tab. After that Ravi gets it, in their own working time.
    [Close]
    ");
    world.berlin("2026-05-05 14:59").await;
    assert!(!ravi.someone.unread().iter().any(|message| message.as_text().contains("launch")));
    ana.types("thanks").await;
    ana.submits(&[("words", "Your story helped.")]).await;
    world.berlin("2026-05-05 15:30").await;
    let read: Vec<String> = ravi.someone.unread().iter().map(|message| message.as_text()).collect();
    assert!(read.iter().any(|text| text.contains("Your story helped.")), "{read:?}");
    assert!(!read.iter().any(|text| text.contains("launch")), "{read:?}");
    ravi.someone.read_all();
}

#[tokio::test]
async fn a_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.taps_home("Say thanks").await;
    let first = ana.submits(&[("words", " ")]).await;
    assert!(first.ends_with("! words: A word or two are needed here."), "{first}");
    let sent = ana.submits(&[("words", WORDS)]).await;
    assert!(sent.starts_with("# Saved"), "{sent}");
    ana.someone.reload();
    // Opened while it could still be changed, sent when it had gone.
    ana.taps_home("Change the words").await;
    minutes(&world, 11).await;
    let late = ana.submits(&[("words", "Other words")]).await;
    assert!(late.ends_with("! words: This is sent already. Close this, and say thanks anew."), "{late}");
    ana.someone.reload();
    assert!(ravi.reads().contains("launch"));
    for _ in 0..2 {
        ana.taps_home("Say thanks").await;
        ana.submits(&[("words", WORDS)]).await;
        ana.someone.reload();
        minutes(&world, 11).await;
        ravi.skims(1);
    }
    ana.taps_home("Say thanks").await;
    assert_snapshot!(ana.form(), @"
    # Not saved
    You said thanks 3 times today, which is plenty for one day; tomorrow is fine too.
    [Close]
    ");
    assert_snapshot!(world.person("Mia").types("thanks").await, @"
    Tue 5 May 09:33, alone with rapport, only visible to you
    You are in no mentoring pair at the moment, so there is no session to note.
    ");
    world.all_is_read();
}
