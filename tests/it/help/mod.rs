//! Help: who is asked, who reads it, and what the person sees of that.

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
    assert_snapshot!(ana.reads(), @"");
    let receipt = ana.front();
    assert_snapshot!(lee.reads(), @"");
    world.all_is_read();
    world.berlin("2026-05-05 11:00").await;
    lee.taps("Read").await;
    assert_snapshot!(lee.form(), @"");
    assert_snapshot!(lee.sees(), @"");
    ana.turns_to(&receipt);
    assert_snapshot!(ana.sees(), @"");
    assert!(ana.opens_home().await.contains("*What you asked for*"), "{}", ana.home());
    assert!(!world.person("Ravi").opens_home().await.contains("asked for"));
    lee.someone.reload();
    lee.taps("Handled").await;
    assert_snapshot!(lee.reads(), @"");
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
    assert_snapshot!(ana.reads(), @"");
    assert_snapshot!(zoe.reads(), @"");
    zoe.taps("Read").await;
    zoe.someone.reload();
    ana.turns_to(&receipt);
    assert_snapshot!(ana.sees(), @"");
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
    assert_snapshot!(ana.types("help").await, @"");
    world.all_is_read();
}

#[tokio::test]
async fn the_form_says_what_is_missing_and_loses_nothing() {
    let world = World::started().await;
    let mut ana = world.person("Ana");
    ana.types("help").await;
    assert_snapshot!(ana.form(), @"");
    assert_snapshot!(ana.submits(&[("words", "We never find a time.")]).await, @"");
    assert_snapshot!(ana.submits(&[("topic", "time")]).await, @"");
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
    world.sim.people().iter().for_each(|one| {
        for message in one.conversations().into_iter().flat_map(|place| one.messages(&place.id)) {
            let text = message.as_text();
            let named = text.contains("Mentoring digest") && text.contains("asks for help");
            assert!(!named, "Mia reads the same digest and did not get it: {text}");
        }
    });
}
