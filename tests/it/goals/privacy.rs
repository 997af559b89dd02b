//! The promise that stands on the form: the words of a goal and how sure its mentee feels, held against every surface.

use crate::privacy::surfaces::{Eyes, Watch, recorder};
use crate::world::World;

#[tokio::test]
async fn nobody_but_the_two_reads_a_goal_and_nobody_but_the_mentee_how_sure_they_feel() {
    let recorder = recorder();
    let _numbers = metrics::set_default_local_recorder(&recorder);
    let watch = Watch::begin(recorder.handle());
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    let mut ana = world.person("Ana");
    ana.opens_home().await;
    super::writes(&mut ana).await;
    ana.taps_home("Step done").await;
    ana.taps_home("Reached").await;
    ana.taps_home("Very sure").await;
    ana.types("goal Speaking again").await;
    ana.submits(&[("steps", "Rehearse with Zoe")]).await;
    world.berlin("2026-05-11 10:00").await;
    let eyes = Eyes::of(&world, "Ana", &watch);
    let mut read = Vec::new();
    for sight in eyes.look().await {
        let words = ["Give a talk", "Speaking", "Rehearse"].iter().any(|words| sight.text.contains(words));
        if words {
            read.push(format!("{} of {}", sight.surface, sight.reader));
        }
        let sure = ["Very sure", "confidence"].iter().any(|words| sight.text.contains(words));
        assert!(!sure || sight.reader == "Ana", "{} of {}:\n{}", sight.surface, sight.reader, sight.text);
    }
    read.sort_unstable();
    let expected =
        ["App Home of Ana", "App Home of Ravi", "own record of Ana", "page of goals of Ana", "page of goals of Ravi"];
    assert_eq!(read, expected);
}
