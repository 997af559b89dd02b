//! A person's own time: pauses, days away, hours of one's own, and what suits somebody who does not answer.

mod forms;
mod status;

use insta::assert_snapshot;

use crate::world::World;

/// Both have App Home open and want no nudges, and it is the Tuesday of the first week, an hour before the first pulse.
async fn at_home() -> World {
    let world = World::started().await;
    world.berlin("2026-05-05 09:00").await;
    for who in ["Ana", "Ravi"] {
        let person = world.person(who);
        person.opens_home().await;
        person.chooses_home("No nudges").await;
    }
    world
}

/// What App Home says of the person's own time.
fn time(home: &str) -> String {
    let from = home.find("*Your time*").expect("it stands at home");
    let end = |line: &&str| !line.starts_with('#') && !line.starts_with("*What rapport knows");
    home[from..].lines().take_while(end).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn who_is_away_is_asked_nothing_and_it_goes_on_by_itself() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(time(&ana.home()), @"
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    ");
    assert_snapshot!(ana.types("pause 2 weeks").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Noted: nothing is asked of you from Tuesday 5 May on, and it goes on by itself on Tuesday 19 May. Nothing counts as missed. Your partner is told nothing.
    ");
    world.settle().await;
    assert_snapshot!(time(&ana.home()), @"
    *Your time*
    Nothing is asked of you until Tuesday 19 May, and nothing counts as missed.
    [Pause or go away] [Your hours] [I am back]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    ");
    assert!(!ravi.home().contains("paused"), "that Ana is away is hers to tell");
    // The pulses of the 5th and the 12th are not asked.
    world.berlin("2026-05-19 09:59").await;
    let mut mia = world.person("Mia");
    assert!(mia.reads().contains("No pulse closed this week. 1 person was paused or away and not asked."));
    mia.skims(1);
    world.all_is_read();
    world.berlin("2026-05-19 10:01").await;
    assert!(ana.reads().contains("Pulse 1 of"), "the first one that is asked");
    assert!(ravi.reads().contains("Pulse 1 of"));
    assert!(!time(&ana.opens_home().await).contains("until"));
    world.all_is_read();
}

#[tokio::test]
async fn whoever_is_back_before_is_asked_again() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.types("away 5 May to 30 June").await;
    world.settle().await;
    world.berlin("2026-05-07 09:00").await;
    ana.taps_home("I am back").await;
    world.settle().await;
    assert!(!time(&ana.home()).contains("until"));
    // Two days were waited for: what struck meanwhile is asked now.
    assert!(ana.reads().contains("Pulse 1 of"));
    assert!(ravi.reads().contains("Pulse 1 of"));
    assert_snapshot!(ana.types("back").await, @"
    Thu 7 May 09:00, alone with rapport, only visible to you
    You are not away at the moment, and nothing of yours is paused.
    ");
    world.all_is_read();
}

#[tokio::test]
async fn a_pause_of_the_pair_is_told_to_the_other_who_may_end_it() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    assert_snapshot!(ana.types("pause until 14 June with ravi").await, @"
    Tue 5 May 09:00, alone with rapport, only visible to you
    Noted: you and Ravi are asked nothing from Tuesday 5 May on, and it goes on by itself on Monday 15 June. Nothing counts as missed. They are told until when, and no reason.
    ");
    world.settle().await;
    assert_snapshot!(ravi.reads(), @"
    Tue 5 May 09:00, alone with rapport
    Ana has paused your pair in Engineering. Nothing is asked until Monday 15 June, and nothing counts as missed; then it goes on by itself.
    [Go on before]
    ");
    assert_snapshot!(time(&ravi.home()), @"
    *Your time*
    You are asked in working hours.
    [Pause or go away] [Your hours]
    Your pair with Ana is paused.  [Go on]
    *Your record*: goals, sessions and thanks, for you alone.  [My record]
    ");
    world.berlin("2026-05-19 11:00").await;
    world.person("Mia").skims(2);
    world.all_is_read();
    ravi.taps_home("Go on").await;
    world.settle().await;
    assert!(!ana.home().contains("Your pair with Ravi is paused"));
    // It goes on this very day.
    assert!(ana.reads().contains("Pulse 1 of"));
    assert!(ravi.reads().contains("Pulse 1 of"));
    world.all_is_read();
}

#[tokio::test]
async fn after_three_times_without_an_answer_it_is_asked_once_what_suits() {
    let world = at_home().await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    for tuesday in ["2026-05-05", "2026-05-12", "2026-05-19"] {
        world.berlin(&format!("{tuesday} 10:01")).await;
        ana.skims(1);
        ravi.skims(1);
        ravi.taps("Yes").await;
        ravi.skims(1);
    }
    world.berlin("2026-05-25 12:00").await;
    let mut mia = world.person("Mia");
    mia.skims(3);
    assert_snapshot!(ana.reads(), @"
    Mon 25 May 09:00, alone with rapport
    *No answers lately, and that is fine. What suits you?*
    [Ask me less often] [Pause for four weeks] [Stop asking me] [Keep it as it is]
    You did not answer the last three times. Only that is known, and nobody else sees this. Without an answer it stays as it is.
    ");
    let question = ana.front();
    ana.taps("Ask me less often").await;
    assert_snapshot!(ana.reads(), @"
    Mon 25 May 12:00, alone with rapport, only visible to you
    You are asked every second time from now on. You can change that in the Home tab of this app.
    ");
    assert!(time(&ana.home()).contains("You are asked every second time."), "{}", time(&ana.home()));
    // Another choice takes its place, and the same again changes nothing.
    for _ in 0..2 {
        ana.turns_to(&question);
        ana.taps("Stop asking me").await;
        ana.skims(1);
        assert!(time(&ana.home()).contains("Nothing is asked of you, as you wish."));
    }
    // From now on the question is Ravi's alone.
    world.berlin("2026-06-09 12:00").await;
    ravi.skims(3);
    mia.skims(2);
    world.all_is_read();
    ana.taps_home("Your hours").await;
    assert!(ana.submits(&[("Ask me", "Every time")]).await.contains("Saved"));
    world.berlin("2026-06-16 12:00").await;
    assert!(ana.reads().contains("Pulse 7 of"));
    // Neither did Ravi answer the last three times.
    assert!(ravi.reads().contains("What suits you?"));
    ravi.skims(1);
    mia.skims(1);
    world.all_is_read();
}
