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
    assert_eq!(who(eyes.look().await), ["messages of Ravi"]);
}
