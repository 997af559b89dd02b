//! What stands behind `[...]`: not this week, tomorrow, help, how this works.

use insta::assert_snapshot;

use crate::world::{Plan, Reader, World};

/// Ana at her first pulse.
async fn asked(world: &World) -> Reader<'_> {
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    world.berlin("2026-05-05 10:00").await;
    ana.skims(1);
    ravi.skims(1);
    ana
}

#[tokio::test]
async fn not_this_week_is_neither_answered_nor_missed() {
    let world = World::started().await;
    let mut ana = asked(&world).await;
    ana.chooses("Not this week").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Not this week, then. It counts neither as answered nor as missed. Should you change your mind, the buttons work until May 8, 2026 17:00.
    ");
    world.berlin("2026-05-11 09:00").await;
    assert_snapshot!(world.person("Mia").reads().lines().nth(2).unwrap_or_default(), @"1 pair: 1 too early to tell. Programme health: too early to tell.");
    world.all_is_read();
}

#[tokio::test]
async fn after_not_this_week_the_buttons_still_work() {
    let world = World::started().await;
    let mut ana = asked(&world).await;
    let post = ana.front();
    ana.chooses("Not this week").await;
    ana.skims(1);
    ana.turns_to(&post);
    ana.taps("Mostly").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    Saved: *Mostly*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    ");
    ana.turns_to(&post);
    ana.chooses("Not this week").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    You have answered this pulse, so there is nothing to put off; you can still change your answer.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn tomorrow_comes_privately_on_the_next_working_day() {
    let world = World::started().await;
    let mut ana = asked(&world).await;
    ana.chooses("Ask me tomorrow").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    You will be asked again tomorrow 10:00, in a message only to you.
    ");
    world.berlin("2026-05-06 09:59").await;
    world.all_is_read();
    world.berlin("2026-05-06 10:00").await;
    assert_snapshot!(ana.reads(), @"
    Wed 6 May 10:00, alone with rapport
    Pulse 1 of 26 · you & Ravi
    You wished to be asked again today. *I know what I want to get out of this mentoring.*
    [No] [Not really] [Partly] [Mostly] [Yes] [...]
    Did you two meet since 4 May?
    [Yes] [Not yet]
    Open until May 8, 2026 17:00 (your time). Your coordinator can see your answer, Ravi cannot. You can change that.
    ");
    ana.taps("Mostly").await;
    assert_snapshot!(ana.reads(), @"
    Wed 6 May 10:00, alone with rapport, only visible to you
    Saved: *Mostly*. Your coordinator can see it, Ravi cannot.
    [Change] [Add a comment] [Who sees this]
    ");
    world.berlin("2026-05-08 17:00").await;
    world.all_is_read();
}

#[tokio::test]
async fn tomorrow_is_no_use_when_the_pulse_closes_before() {
    let world = World::started().await;
    let mut ana = asked(&world).await;
    world.berlin("2026-05-08 11:00").await;
    ana.chooses("Ask me tomorrow").await;
    assert_snapshot!(ana.reads(), @"
    Fri 8 May 11:00, with Ravi, rapport, only visible to you
    This pulse closes today 17:00, before tomorrow's question could come; until then you can answer here.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn help_goes_to_the_coordinator_and_not_to_the_partner() {
    let world = Plan::pair("Europe/Berlin", "Europe/Berlin")
        .but(|program| program.safety = Some("In danger? Call 112.".to_owned()))
        .begin()
        .await;
    world.all_start().await;
    let mut ana = asked(&world).await;
    ana.chooses("I need help").await;
    assert_snapshot!(ana.form(), @"
    # Ask for help
    Mia receives your words with your name, and answers within one working day. Ravi is not told.
    In danger? Call 112.
    What would help you?: [____]
      A few words are enough.
    [Cancel] [Send]
    ");
    assert_snapshot!(ana.submits(&[("What would help you?", "Ravi cancels every time.")]).await, @"
    # Saved
    Mia has your words. You can expect a word from them within one working day. Ravi is not told.
    [Close]
    ");
    assert_snapshot!(world.person("Mia").reads(), @"
    Tue 5 May 10:00, alone with rapport
    *Ana* (@Ana) asks for help with Ravi in Engineering.
    > Ravi cancels every time.
    They were told that they hear from a person within one working day, and that Ravi is not told.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn how_this_works_is_said_to_whoever_asks() {
    let world = World::started().await;
    let mut ana = asked(&world).await;
    ana.chooses("How this works").await;
    assert_snapshot!(ana.reads(), @"
    Tue 5 May 10:00, with Ravi, rapport, only visible to you
    *How Engineering works*
    Mia coordinates this programme. You are asked one or two short questions at a time, and whether you two have met. One tap is an answer. You can change it until the pulse closes, add a comment, or leave it out: “Not this week” counts neither as answered nor as missed.
    *Who sees an answer*
    Each question says it before you tap, and you can change it for each answer.
    • *My coordinator*: coordinators see it with your name. Your partner does not.
    • *My coordinator and my partner*: both see it with your name.
    • *Nobody by name*: it counts in totals only, and a total is shown only when it is about 5 people or more.
    *In a pair of two nothing is anonymous.* What you share with your partner, they know to be yours. If no answer comes three times in a row, coordinators see that; your partner does not.
    *How a pair's health is computed*
    Coordinators see a number from 0 to 100 for each pair, so that they know where help may be welcome. It is made of what both answer, held against what they usually answer, of meetings, missed pulses and goals. “Nobody by name” leaves no trace in it. Neither of you sees it, as with your own answers you could work out the other's. It judges nobody.
    *The rules in numbers* (version 2)
    Every pair begins with 80. The answers of the last 5 weeks move it: for each indicator by how far they lie from what that person usually says, of the one for whom it goes worse. Meetings: -4 for each whole week over the agreed rhythm, at most -24. Missed pulses: -4 for each pulse missed beyond one's own usual. Goals: -1 for each whole week over 2 without a step, at most -5. From 40 down coordinators read that the pair needs somebody, never because of one day of one person. All of it, with examples to follow with a pencil, is in docs/SCORING.md, which comes with rapport; your coordinators can show it to you.
    *What is never read*
    Your conversations, here or anywhere else in Slack: rapport has no permission to read them. It knows what you tell it by a button, a form or a command, and nothing more.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn every_reminder_is_closed_with_its_pulse() {
    let world = World::started().await;
    let mut ana = asked(&world).await;
    let mut posts = vec![ana.front()];
    for day in ["2026-05-06 10:00", "2026-05-07 10:00"] {
        ana.chooses("Ask me tomorrow").await;
        ana.skims(1);
        world.berlin(day).await;
        ana.skims(1);
        posts.push(ana.front());
    }
    world.berlin("2026-05-08 17:00").await;
    for post in posts {
        ana.turns_to(&post);
        let sees = ana.sees();
        assert!(sees.contains("closed") && !sees.contains("[No]"), "{sees}");
    }
    world.all_is_read();
}

#[tokio::test]
async fn a_private_pulse_is_closed_wherever_its_reader_is_then() {
    let world = Plan::pair("Europe/Berlin", "Pacific/Auckland").begins("2026-05-01 09:00").begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 10:00").await;
    world.person("Mia").skims(1);
    // Their agreement, and the pulse.
    world.person("Ana").skims(2);
    let mut ravi = world.person("Ravi");
    assert_eq!(ravi.reads_when(), "Tue 5 May 10:00, alone with rapport");
    // It was Monday in London when it was asked.
    ravi.someone.change(|person| person.zone = "Europe/London".to_owned());
    world.berlin("2026-05-06 10:00").await;
    world.berlin("2026-05-08 18:00").await;
    let sees = ravi.sees();
    assert!(sees.contains("closed") && !sees.contains("[No]") && !sees.contains("again"), "{sees}");
    world.person("Ana").is_nudged("You two have not met yet");
    world.all_is_read();
}
