//! Help: who is asked, who reads it, and what the person sees of that.

mod endings;
mod fit;

use insta::assert_snapshot;

use crate::world::{Plan, Reader, World};

const BERLIN: &str = "Europe/Berlin";

/// Ana asks for help at ten on Tuesday, in her first pulse.
async fn asks<'w>(world: &'w World, words: &str) -> Reader<'w> {
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-05 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    ana.chooses("I need help").await;
    ana.submits(&[("topic", "time"), ("urgency", "today"), ("words", words)]).await;
    ana
}

/// Ana and Ravi, with Mia and Lee for coordinators, of whom Lee is named for help, and Zoe as the deputy.
async fn named() -> World {
    let people = [("Ana Lopez", BERLIN), ("Ravi Rao", BERLIN), ("Zoe Stein", BERLIN)];
    let plan = Plan::of(&people, &[("Ana", "Ravi")]).coordinators(&[("Mia Chen", BERLIN), ("Lee Fox", BERLIN)]);
    let world = plan.begin().await;
    let mut program = world.store.program(world.program("Engineering")).await.expect("readable").expect("there");
    let id = |name| rapport::core::id::PersonId::new(&world.us.workspace, world.person(name).someone.id());
    program.help.coordinators = vec![id("Lee")];
    program.help.deputy = Some(id("Zoe"));
    program.safety = Some("In danger? Call 112.".to_owned());
    world.store.apply_program(&program, world.now()).await.expect("applied");
    world.all_start().await;
    world
}

#[tokio::test]
async fn it_goes_to_whom_the_programme_names_and_the_person_sees_that_it_is_read() {
    let world = named().await;
    let mut ana = asks(&world, "Ravi cancels every time.").await;
    let mut lee = world.person("Lee");
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, alone with rapport
    You asked for help with finding time together. It went to Lee, today 10:00, and is not opened yet.
    Only you see this. Ravi is not told.
    ");
    let receipt = ana.front();
    assert_snapshot!(lee.reads(), @"
    Tue 5 May 10:00, alone with rapport
    *Ana* (@Ana) asks for help with Ravi in Engineering. It is about finding time together. How soon: today, please.
    [Read] [Write to Ana] [Handled]
    They were told that they hear from a person within one working day, that they see when this was read, and that Ravi is not told.
    ");
    world.all_is_read();
    world.berlin("2026-05-05 11:00").await;
    lee.taps("Read").await;
    assert_snapshot!(lee.form(), @"
    # Asks for help
    *Ana* (@Ana) asks for help in Engineering. It is about finding time together. How soon: today, please.
    > Ravi cancels every time.
    In danger? Call 112.
    Ana now sees that you have read this. Ravi is not told.
    [Close]
    ");
    assert_snapshot!(lee.sees(), @"
    Tue 5 May 10:00, alone with rapport
    *Ana* (@Ana) asks for help with Ravi in Engineering. It is about finding time together. How soon: today, please.
    > Ravi cancels every time.
    Lee read it today 11:00
    [Write to Ana] [Handled]
    They were told that they hear from a person within one working day, that they see when this was read, and that Ravi is not told.
    ");
    ana.turns_to(&receipt);
    assert_snapshot!(ana.sees(), @"
    Tue 5 May 10:00, alone with rapport
    You asked for help with finding time together. Read by Lee today 11:00.
    Only you see this. Ravi is not told.
    ");
    assert!(ana.opens_home().await.contains("*What you asked for*"), "{}", ana.home());
    assert!(!world.person("Ravi").opens_home().await.contains("asked for"));
    lee.someone.reload();
    lee.taps("Handled").await;
    assert_snapshot!(lee.reads(), @"
    Tue 5 May 11:00, alone with rapport, only visible to you
    Marked as handled. Everybody who got it sees that; Ana does not, and hears from you.
    ");
    // Opened, so it goes to nobody else.
    world.berlin("2026-05-07 18:00").await;
    world.all_is_read();
}

#[tokio::test]
async fn what_nobody_opens_goes_to_the_deputy_after_a_working_day_and_the_sender_is_told() {
    let world = named().await;
    let mut ana = asks(&world, "Ravi cancels every time.").await;
    ana.skims(1);
    let receipt = ana.front();
    world.person("Lee").skims(1);
    world.berlin("2026-05-06 09:59").await;
    world.all_is_read();
    // Down over the time at which it was due; and up again at night: people are written to in the morning.
    world.down_until("2026-05-06 22:00").await;
    let world = world.restart().await;
    world.settle().await;
    world.all_is_read();
    world.berlin("2026-05-07 09:00").await;
    let (mut ana, mut zoe) = (world.person("Ana"), world.person("Zoe"));
    assert_snapshot!(ana.reads(), @"
    Thu 7 May 09:00, alone with rapport
    Lee did not open your request for help within one working day. It has gone to Zoe now, who stands in.
    In danger? Call 112.
    Only you see this. Ravi is not told.
    ");
    assert_snapshot!(zoe.reads(), @"
    Thu 7 May 09:00, alone with rapport
    *Ana* (@Ana) asks for help with Ravi in Engineering. It is about finding time together. How soon: today, please.
    None of the coordinators has opened it within one working day, so it comes to you.
    [Read] [Write to Ana] [Handled]
    They were told that they hear from a person within one working day, that they see when this was read, and that Ravi is not told.
    ");
    zoe.taps("Read").await;
    zoe.someone.reload();
    world.berlin("2026-05-07 09:05").await;
    ana.turns_to(&receipt);
    assert_snapshot!(ana.sees(), @"
    Tue 5 May 10:00, alone with rapport
    You asked for help with finding time together. Read by Zoe today 09:00.
    Only you see this. Ravi is not told.
    ");
    world.all_is_read();
    world.berlin("2026-05-08 18:00").await;
    world.all_is_read();
}

#[tokio::test]
async fn a_partner_who_is_the_only_coordinator_never_gets_it() {
    let people = [("Ana Lopez", BERLIN), ("Ravi Rao", BERLIN)];
    let plan = Plan::of(&people, &[("Ana", "Ravi")]).coordinators(&[("Ravi", BERLIN)]);
    let world = plan.but(|program| program.safety = Some("In danger? Call 112.".to_owned())).begin().await;
    world.all_start().await;
    let mut ana = world.person("Ana");
    assert_snapshot!(ana.types("help").await, @"
    Mon 4 May 09:00, alone with rapport, only visible to you
    Nothing was sent: whoever is asked for help in this programme is one of you two, and what you write must not land with Ravi. Somebody outside the programme whom you trust, or your people team, is there for you.
    In danger? Call 112.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn the_form_says_what_is_missing_and_loses_nothing() {
    let world = World::started().await;
    let mut ana = world.person("Ana");
    world.berlin("2026-05-04 09:30").await;
    ana.types("help").await;
    assert_snapshot!(ana.form(), @"
    # Ask for help
    Mia receives your words with your name, and answers within one working day. Nobody else sees them, and Ravi is not told. You will see that they were read.
    What is it about?: [ v]
    How soon?: ( ) Today, please (x) This week ( ) There is no hurry
    What would help you?: [____]
      A few words are enough.
    [This match is not right]
    [Cancel] [Send]
    ");
    assert_snapshot!(ana.submits(&[("words", "We never find a time.")]).await, @"
    # Ask for help
    Mia receives your words with your name, and answers within one working day. Nobody else sees them, and Ravi is not told. You will see that they were read.
    What is it about?: [ v]
    How soon?: ( ) Today, please (x) This week ( ) There is no hurry
    What would help you?: [____]
      A few words are enough.
    [This match is not right]
    [Cancel] [Send]
    ! topic: Please complete this required field.
    ");
    assert_snapshot!(ana.submits(&[("topic", "time")]).await, @"
    # Sent
    Mia has your words. You can expect a word from them within one working day, and see in a message of this app when it was read. Ravi is not told.
    [Close]
    ");
    ana.someone.reload();
    ana.skims(1);
    world.person("Mia").skims(1);
    // Opened and sent a second time with the same words: it is the same request.
    ana.types("help").await;
    ana.submits(&[("topic", "time"), ("words", "We never find a time.")]).await;
    ana.someone.reload();
    world.all_is_read();
}

#[tokio::test]
async fn a_digest_names_it_only_where_every_reader_got_it() {
    let world = named().await;
    let mut ana = asks(&world, "Ravi cancels every time.").await;
    ana.skims(1);
    world.person("Lee").skims(1);
    world.berlin("2026-05-11 09:00").await;
    let digest = world.person("Mia").reads();
    assert!(digest.contains("Counted on") && !digest.contains("asks for help"), "{digest}");
}
