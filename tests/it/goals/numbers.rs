//! What coordinators get of goals: counts of enough pairs, a part of Health, and no word.

use rapport::core::scoring::explain::Evidence;
use rapport::core::scoring::health::Part;
use rapport::slack::render::digest_text;

use crate::world::{Plan, World};

const BERLIN: &str = "Europe/Berlin";
const PAIRS: [(&str, &str); 6] =
    [("Ana", "Ravi"), ("Bea", "Sam"), ("Cleo", "Tom"), ("Dan", "Uma"), ("Eli", "Vic"), ("Fay", "Will")];

/// Six pairs on the first Tuesday, of which the mentees of so many write a goal.
async fn written(count: usize) -> World {
    let people: Vec<_> = PAIRS.iter().flat_map(|(mentee, mentor)| [(*mentee, BERLIN), (*mentor, BERLIN)]).collect();
    let world = Plan::of(&people, &PAIRS).begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 09:00").await;
    for (mentee, _) in &PAIRS[..count] {
        let mut mentee = world.person(mentee);
        mentee.types("goal Give a talk").await;
        mentee.submits(&[]).await;
        mentee.opens_home().await;
    }
    world
}

async fn meetings_and_goals(world: &World) -> String {
    let digest = world.store.last_digest(&world.program("Engineering"), &world.vault).await.expect("readable");
    let text = digest_text(&digest.expect("a digest"));
    let lines = text.lines().skip_while(|line| !line.starts_with("MEETINGS"));
    lines.take(2).map(str::trim).collect::<Vec<_>>().join(": ")
}

#[tokio::test]
async fn the_digest_counts_goals_of_enough_pairs_and_an_old_week_stays_what_it_was() {
    let world = written(5).await;
    world.berlin("2026-05-11 10:00").await;
    let first = meetings_and_goals(&world).await;
    assert!(first.starts_with("MEETINGS AND GOALS: "), "{first}");
    assert!(first.ends_with("5 goals set, 0 goals reached."), "{first}");
    world.person("Ana").taps_home("Reached").await;
    world.berlin("2026-05-18 10:00").await;
    let second = meetings_and_goals(&world).await;
    assert!(second.ends_with("0 goals set, 1 goal reached."), "{second}");
    // Taken back later, it still was reached in that week.
    world.person("Ana").types("goal Another").await;
    let cutoff = world.store.last_digest(&world.program("Engineering"), &world.vault).await.expect("readable");
    let cutoff = cutoff.expect("a digest").digest.cutoff;
    world.berlin("2026-05-19 09:00").await;
    let again = world.store.preview(&world.program("Engineering"), &world.vault, cutoff).await.expect("readable");
    assert!(digest_text(&again.expect("a digest")).contains("0 goals set, 1 goal reached."));
}

#[tokio::test]
async fn of_too_few_pairs_nothing_is_counted() {
    let world = written(4).await;
    world.berlin("2026-05-11 10:00").await;
    let told = meetings_and_goals(&world).await;
    assert!(!told.to_lowercase().contains("goal"), "{told}");
}

#[tokio::test]
async fn health_falls_a_point_a_week_from_the_third_on_and_a_tap_brings_it_back() {
    let world = written(1).await;
    let program = world.program("Engineering");
    let pairs = world.store.pairs(program.clone()).await.expect("readable");
    let ana = world.person("Ana").someone.id().to_owned();
    let pair = pairs.into_iter().find(|pair| pair.mentee.user() == ana).expect("a pair").id;
    let part = async || {
        let explained = world.store.explain(&program, &pair, world.now()).await.expect("readable").expect("explained");
        let goals = explained.parts.into_iter().find(|one| one.part == Part::Goals).expect("a part");
        (goals.points, goals.evidence)
    };
    for (day, active_days, points) in [
        ("2026-05-25 09:00", 20, 0),
        ("2026-05-26 09:00", 21, -1),
        ("2026-06-09 09:00", 35, -3),
        ("2026-07-14 09:00", 70, -5),
    ] {
        world.berlin(day).await;
        let last = "2026-05-05".parse().expect("a date");
        assert_eq!(part().await, (points, Evidence::Goals { last, active_days }), "{day}");
    }
    world.person("Ana").taps_home("It moved").await;
    assert_eq!(part().await.0, 0);
    let exported = world.store.export_goals(program.clone()).await.expect("readable");
    assert_eq!(exported.iter().map(|line| (line.open, line.reached, line.dropped)).collect::<Vec<_>>(), [(1, 0, 0)]);
}
