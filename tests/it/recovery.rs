//! What becomes of a pair that a coordinator was told of: it recovers, or rests; in the next digest, and on its page.

use insta::assert_snapshot;

use crate::care::opens_page;
use crate::lines::four_weeks;
use crate::world::World;

/// The part of a text that begins with this heading.
fn part(text: &str, heading: &str) -> String {
    let from = text.lines().skip_while(|line| *line != format!("*{heading}*")).skip(1);
    from.take_while(|line| !line.starts_with('*')).collect::<Vec<_>>().join("\n")
}

/// A Tuesday on which all four are content and have met, and Mia's digest of the Monday after it.
async fn a_good_week(world: &World, tuesday: &str, monday: &str) -> String {
    world.berlin(tuesday).await;
    for name in ["Ana", "Ravi", "Bea", "Sam"] {
        let mut person = world.person(name);
        while !person.reads().contains("Pulse ") {}
        let post = person.front();
        person.taps("answer.5").await;
        person.turns_to(&post);
        person.taps("met.yes").await;
    }
    world.berlin(monday).await;
    world.person("Mia").someone.read_all();
    let all = world.all("Mia", "# Mentoring digest");
    all.last().expect("there was one").as_text()
}

#[tokio::test]
async fn a_pair_recovers_after_somebody_acted_and_the_next_list_and_its_page_say_so() {
    let world = four_weeks().await;
    let mut mia = world.person("Mia");
    mia.reads();
    mia.taps("Message both").await;
    mia.submits(&[("words", "Shall we talk this week?")]).await;
    mia.someone.reload();
    let mut lists = Vec::new();
    for (tuesday, monday) in [("2026-06-02 10:00", "2026-06-08 09:00"), ("2026-06-09 10:00", "2026-06-15 09:00")] {
        lists.push(part(&a_good_week(&world, tuesday, monday).await, "LAST WEEK'S LIST"));
    }
    assert_snapshot!(lists.join("\n"), @"
    Of 2 lines none has recovered yet.
    2 still open: help for one of Ana & Ravi · Ana & Ravi (one of you acted).
    1 of 1 recovered (Ana & Ravi 52 -> 66).
    ");
    let page = opens_page(&world, &mia, "pair ana").await;
    assert_snapshot!(part(&page, "What was done"), @"
    Mia wrote to both Jun 1, 2026 09:00 (Health 35 then, 66 now, recovered)
    [Message both] [Ask each privately] [Pause 2 weeks] [End this pair]
    [Close]
    ");
}

#[tokio::test]
async fn a_paused_pair_is_neither_answered_nor_missed_and_its_two_are_counted_as_resting() {
    let world = four_weeks().await;
    let mut mia = world.person("Mia");
    mia.reads();
    mia.taps("Pause 2 weeks").await;
    world.berlin("2026-06-02 10:00").await;
    for name in ["Bea", "Sam"] {
        let mut person = world.person(name);
        while !person.reads().contains("Pulse ") {}
        person.taps("answer.4").await;
    }
    world.berlin("2026-06-08 09:00").await;
    let digests = ["Mia", "Sam"].map(|name| {
        let all = world.all(name, "# Mentoring digest");
        all.last().expect("there was one").as_text()
    });
    let answered = |digest: &str| digest.lines().find(|line| line.contains("paused or away")).map(str::to_owned);
    assert_snapshot!(answered(&digests[0]).unwrap_or_default(), @"100 % answered (2 of 2 asked; 2 people were paused or away and not asked); last week 100 %, four-week mean 100 %.");
    assert_snapshot!(part(&digests[0], "LAST WEEK'S LIST"), @"
    Of 2 lines none has recovered yet.
    2 paused: help for one of Ana & Ravi · Ana & Ravi (one of you acted).
    ");
    // Sam's own pair, the only one that was asked, is not in his copy.
    assert_snapshot!(digests[1].lines().nth(3).unwrap_or_default(), @"No pulse closed this week. 2 people were paused or away and not asked.");
}
