//! Endings: who may end a pair, and that the two read the same whoever did.

use insta::assert_snapshot;

use crate::care::{opens_page, taps_form};
use crate::world::{Plan, Reader, World};

/// Ana opens the form that ends her pair.
async fn opens(world: &World, ana: &Reader<'_>) {
    ana.opens_home().await;
    ana.taps_home("This match is not right").await;
    ana.someone.act_on_modal("End this pair", None).await;
    world.settle().await;
}

#[tokio::test]
async fn one_of_the_two_stops_without_a_reason_and_both_read_the_same() {
    let world = World::started().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    ravi.opens_home().await;
    world.berlin("2026-05-05 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    let pulse = ana.front();
    world.berlin("2026-05-06 19:00").await;
    opens(&world, &ana).await;
    assert_snapshot!(ana.form(), @"");
    assert_snapshot!(ana.submits(&[]).await, @"");
    ana.someone.reload();
    assert_snapshot!(mia.reads(), @"");
    ana.turns_to(&pulse);
    assert_snapshot!(ana.sees(), @"");
    world.all_is_read();
    world.berlin("2026-05-07 09:00").await;
    let closing = ana.reads();
    assert_snapshot!(closing, @"");
    assert_eq!(closing.replace("with Ravi", "with Ana"), ravi.reads());
    assert_snapshot!(ravi.home(), @"");
    // Nothing more is asked, and the digest counts it.
    world.berlin("2026-05-11 09:00").await;
    let digest = mia.reads();
    assert!(digest.contains("*ENDED THIS WEEK*\n1 pair: Ana & Ravi"), "{digest}");
    world.berlin("2026-06-01 10:00").await;
    world
        .sim
        .people()
        .iter()
        .filter(|one| one.id() != mia.someone.id())
        .for_each(|one| assert!(one.unread().is_empty()));
}

#[tokio::test]
async fn a_coordinator_ends_it_from_the_page_with_a_reason_that_the_two_never_see() {
    let world = World::started().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    world.berlin("2026-05-04 10:00").await;
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "End this pair").await;
    assert_snapshot!(mia.form(), @"");
    assert_snapshot!(mia.submits(&[]).await, @"");
    assert_snapshot!(mia.submits(&[("reason", "did_not_fit")]).await, @"");
    mia.someone.reload();
    // Opened before, and sent after the end: it says so.
    opens_page(&world, &mia, "pair ana").await;
    assert!(!mia.form().contains("End this pair"));
    mia.someone.reload();
    let (own, other) = (ana.reads(), ravi.reads());
    assert!(own.contains("has come to its end") && !own.contains("fit"), "{own}");
    assert_eq!(own.replace("with Ravi", "with Ana"), other);
    world.all_is_read();
}

#[tokio::test]
async fn a_form_that_was_open_while_the_pair_ended_says_so() {
    let world = World::started().await;
    let (ana, mia) = (world.person("Ana"), world.person("Mia"));
    let mut ana = ana;
    world.berlin("2026-05-04 10:00").await;
    opens(&world, &ana).await;
    let mut mia = mia;
    opens_page(&world, &mia, "pair ana").await;
    taps_form(&world, &mia, "End this pair").await;
    mia.submits(&[("reason", "no_time")]).await;
    assert_snapshot!(ana.submits(&[]).await, @"");
}

#[tokio::test]
async fn a_programme_ends_its_pairs_and_its_last_digest_is_about_them() {
    let plan = Plan::pair("Europe/Berlin", "Europe/Berlin");
    let world = plan.but(|program| program.ends = Some("2026-05-31".parse().expect("a date"))).begin().await;
    world.all_start().await;
    world.berlin("2026-05-29 18:00").await;
    world.sim.people().iter().for_each(|person| person.read_all());
    world.berlin("2026-06-01 09:05").await;
    let (mut ana, mut mia) = (world.person("Ana"), world.person("Mia"));
    assert!(ana.reads().contains("has come to its end"));
    world.person("Ravi").skims(1);
    let digest = mia.reads();
    assert!(digest.contains("1 pair: ") && digest.contains("ENDED THIS WEEK"), "{digest}");
    world.berlin("2026-06-30 09:00").await;
    world.all_is_read();
}
