//! The promise that stands on the form of thanks: the two read it, and nobody else, held against every surface.

use crate::privacy::surfaces::{Eyes, Watch, recorder};
use crate::world::World;

#[tokio::test]
async fn nobody_but_the_two_reads_thanks() {
    let recorder = recorder();
    let _numbers = metrics::set_default_local_recorder(&recorder);
    let watch = Watch::begin(recorder.handle());
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    let mut ana = world.person("Ana");
    ana.opens_home().await;
    ana.taps_home("Say thanks").await;
    ana.submits(&[("words", "The launch story helped")]).await;
    let who = |sights: Vec<crate::privacy::surfaces::Sight>| {
        let words = sights.into_iter().filter(|sight| sight.text.contains("launch story"));
        let mut read: Vec<String> = words.map(|sight| format!("{} of {}", sight.surface, sight.reader)).collect();
        read.sort_unstable();
        read
    };
    let eyes = Eyes::of(&world, "Ana", &watch);
    // While it waits, whoever said it sees it.
    assert_eq!(who(eyes.homes().await), ["App Home of Ana"]);
    world.berlin("2026-05-11 10:00").await;
    assert_eq!(who(eyes.look().await), ["messages of Ravi", "own record of Ravi"]);
}

#[tokio::test]
async fn nobody_but_the_mentee_and_whom_they_share_with_reads_how_sure_they_felt() {
    let recorder = recorder();
    let _numbers = metrics::set_default_local_recorder(&recorder);
    let watch = Watch::begin(recorder.handle());
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    let mut ana = world.person("Ana");
    ana.opens_home().await;
    ana.taps_home("Write a goal").await;
    ana.submits(&[("goal", "Give a talk"), ("skill", "Speaking"), ("sure", "A little")]).await;
    ana.someone.reload();
    world.berlin("2026-05-11 10:00").await;
    let eyes = Eyes::of(&world, "Ana", &watch);
    let mut all = Vec::new();
    for share in [false, true] {
        if share {
            ana.taps_home("My record").await;
            crate::care::taps_form(&world, &ana, "Share with my mentor").await;
            ana.someone.reload();
        }
        let sure = eyes.look().await.into_iter().filter(|sight| sight.text.contains("start *A little*"));
        let mut read: Vec<String> = sure.map(|sight| format!("{} of {}", sight.surface, sight.reader)).collect();
        read.sort_unstable();
        all.push(read);
    }
    assert_eq!(all, [vec!["own record of Ana"], vec!["own record of Ana", "shared record of Ravi"]]);
}
