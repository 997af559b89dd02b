//! A mentee's own record: opened, sent with a picture, shared with the mentor or not.

use chrono::TimeDelta;
use insta::assert_snapshot;
use rapport::sim::Fault;

use super::at_home;
use crate::world::{Reader, World};

/// The page behind "My record".
async fn record(reader: &Reader<'_>) -> String {
    reader.taps_home("My record").await;
    let form = reader.form();
    reader.someone.reload();
    form
}

/// Ana has reached a goal and said how sure she felt, met Ravi twice, and was thanked.
async fn with_a_record() -> World {
    let world = at_home().await;
    {
        let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
        ana.taps_home("Write a goal").await;
        ana.submits(&[("goal", "Give a talk"), ("skill", "Speaking"), ("sure", "A little")]).await;
        ana.taps_home("Reached").await;
        ana.taps_home("Very sure").await;
        ana.types("log 1h yesterday").await;
        ravi.types("log 45m").await;
        ravi.types("thanks").await;
        ravi.submits(&[("words", "You asked what nobody asked.")]).await;
        world.advance_to(world.now() + TimeDelta::minutes(11)).await;
        ana.skims(1);
        for reader in [&mut ana, &mut ravi] {
            reader.opens_home().await;
            reader.someone.read_all();
        }
    }
    world
}

/// Presses a button of the form on top.
async fn taps_form(world: &World, reader: &Reader<'_>, label: &str) {
    crate::care::taps_form(world, reader, label).await;
}

#[tokio::test]
async fn a_mentee_reads_an_own_record_and_a_mentor_theirs() {
    let world = with_a_record().await;
    let (ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(record(&ana).await, @"
    # Your record
    Only you see this, unless you share the part about a pair with its mentor.
    *Ravi* · Engineering
    1 session, 45 min; the last on 4 May
    • *Give a talk* · reached today 09:00 · skill: Speaking
    *How sure you felt, 1 to 5*
    Speaking: start *A little* (2), end *Very sure* (5)
    Ravi does not see how sure you felt. If you share, Ravi sees this part, not your thanks.  [Share with my mentor]
    # What you were thanked for
    > You asked what nobody asked.
    Ravi · today 09:10
    [Send me this]
    [Close]
    ");
    assert_snapshot!(record(&ravi).await, @"
    # Your record
    Only you see this, unless you share the part about a pair with its mentor.
    *Your sessions as a mentor*
    *Ana* · 1 session, 45 min; the last on 4 May
    [Send me this]
    [Close]
    ");
    assert_snapshot!(world.person("Mia").types("record").await, @"
    Tue 5 May 09:11, alone with rapport, only visible to you
    There is nothing to record yet: you are in no mentoring pair.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn it_comes_as_a_message_with_a_picture_and_the_sentence_that_says_the_same() {
    let world = with_a_record().await;
    let mut ana = world.person("Ana");
    ana.taps_home("My record").await;
    taps_form(&world, &ana, "Send me this").await;
    ana.someone.reload();
    world.advance_to(world.now() + TimeDelta::seconds(5)).await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 09:11, alone with rapport
    Your record, as you asked for it. Only you see this.
    [line chart: How sure you felt, with Ravi]
    Speaking: Start 2, End 5
    *Ravi* · Engineering
    1 session, 45 min; the last on 4 May
    • *Give a talk* · reached today 09:00 · skill: Speaking
    *How sure you felt, 1 to 5*
    Speaking: start *A little* (2), end *Very sure* (5)
    # What you were thanked for
    > You asked what nobody asked.
    Ravi · today 09:10
    ");
    // Asked for again on the same day, the one that stands is brought up to date.
    ana.types("record").await;
    taps_form(&world, &ana, "Send me this").await;
    ana.someone.reload();
    world.advance_to(world.now() + TimeDelta::seconds(5)).await;
    world.all_is_read();
}

#[tokio::test]
async fn it_comes_without_a_picture_where_slack_takes_none() {
    let world = with_a_record().await;
    let mut ana = world.person("Ana");
    world.sim.faults().once("chat.postMessage", Fault::Error("invalid_blocks".to_owned()));
    ana.taps_home("My record").await;
    taps_form(&world, &ana, "Send me this").await;
    ana.someone.reload();
    world.advance_to(world.now() + TimeDelta::minutes(2)).await;
    let read = ana.reads();
    assert!(read.contains("How sure you felt") && !read.contains(" chart:"), "{read}");
    world.all_is_read();
}

#[tokio::test]
async fn it_is_shared_with_the_mentor_on_purpose_and_until_the_mentee_stops() {
    let world = with_a_record().await;
    let (ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    let offered = || ravi.home().contains("shares a record with you");
    assert!(!offered());
    ana.taps_home("My record").await;
    taps_form(&world, &ana, "Share with my mentor").await;
    assert!(ana.form().contains("Ravi sees this part of your record."), "{}", ana.form());
    assert!(offered());
    ravi.taps_home("Look").await;
    assert_snapshot!(ravi.form(), @"
    # A shared record
    Ana shares this with you alone, and can stop at any time. Coordinators never see it.
    *Ana* · Engineering
    1 session, 45 min; the last on 4 May
    • *Give a talk* · reached today 09:00 · skill: Speaking
    *How sure Ana felt, 1 to 5*
    Speaking: start *A little* (2), end *Very sure* (5)
    [Close]
    ");
    ravi.someone.reload();
    taps_form(&world, &ana, "Stop sharing").await;
    assert!(!offered());
    // A command finds no more than the page does.
    assert_snapshot!(ravi.types("record with Ana").await, @"
    Tue 5 May 09:11, alone with rapport, only visible to you
    This record is not shared with you at the moment.
    ");
    world.all_is_read();
}
