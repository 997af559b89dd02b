//! Whether the pairing is right: asked alone, and the partner's Slack is the same whoever says what.

use insta::assert_snapshot;

use crate::care::taps_form;
use crate::world::{Reader, World};

/// Ana and Ravi met in their first week; it is Monday of the third, and nothing is unread.
async fn third_week() -> World {
    let world = World::started().await;
    world.berlin("2026-05-05 10:00").await;
    let (mut ana, mut ravi) = (world.person("Ana"), world.person("Ravi"));
    ana.skims(1);
    ravi.skims(1);
    ravi.types("log today").await;
    for monday in ["2026-05-12 10:00", "2026-05-17 23:00"] {
        world.berlin(monday).await;
        world.sim.people().iter().for_each(|person| person.read_all());
    }
    world
}

/// All that this person can look at: every conversation with its messages and times, and App Home.
async fn all_of(world: &World, person: &Reader<'_>) -> String {
    let places = person.someone.conversations().into_iter();
    let messages = places
        .flat_map(|place| person.someone.messages(&place.id).into_iter().map(move |one| (place.title.clone(), one)));
    let text = messages
        .map(|(place, one)| format!("{place} {} {}\n{}\n{}", one.posted(), one.ephemeral, one.text, one.as_text()));
    let mut text: Vec<String> = text.collect();
    text.push(person.opens_home().await);
    world.settle().await;
    text.join("\n---\n")
}

#[derive(Clone, Copy, PartialEq)]
enum Ana {
    Silent,
    FitsWell,
    FindingOut,
    TellsMia,
    TellsNobody,
    OpensTheForm,
}

/// What Ravi sees of three months in which Ana does this about the fit.
async fn ravi_sees(what: Ana) -> String {
    let world = third_week().await;
    let (mut ana, ravi) = (world.person("Ana"), world.person("Ravi"));
    ravi.opens_home().await;
    world.berlin("2026-05-18 09:00").await;
    ana.reads();
    let question = ana.front();
    match what {
        Ana::Silent => {}
        Ana::FitsWell => ana.taps("Good fit").await,
        Ana::FindingOut => ana.taps("Still finding out").await,
        Ana::TellsMia | Ana::TellsNobody => {
            ana.taps("Not a good fit").await;
            ana.skims(1);
            ana.taps(if what == Ana::TellsMia { "Coordinator only" } else { "Nobody yet" }).await;
        }
        Ana::OpensTheForm => {
            ana.opens_home().await;
            ana.taps_home("This match is not right").await;
            ana.submits(&[("may_know", "coordinator")]).await;
        }
    }
    ana.turns_to(&question);
    world.berlin("2026-07-20 12:00").await;
    all_of(&world, &ravi).await
}

#[tokio::test]
async fn the_partner_sees_the_same_whatever_somebody_says_about_the_fit() {
    let silent = ravi_sees(Ana::Silent).await;
    assert!(silent.contains("Is this pairing right for you?"), "Ravi is asked too: {silent}");
    for what in [Ana::FitsWell, Ana::FindingOut, Ana::TellsMia, Ana::TellsNobody, Ana::OpensTheForm] {
        assert!(ravi_sees(what).await == silent, "something of Ravi's changed");
    }
}

#[tokio::test]
async fn it_is_asked_alone_in_the_third_week_and_again_only_of_who_is_finding_out() {
    let world = third_week().await;
    let (mut ana, mut ravi, mut mia) = (world.person("Ana"), world.person("Ravi"), world.person("Mia"));
    world.berlin("2026-05-18 09:00").await;
    mia.skims(1);
    assert_snapshot!(ana.reads(), @"
    Mon 18 May 09:00, alone with rapport
    *Is this pairing right for you?* You and Ravi, in Engineering.
    [Good fit] [Still finding out] [Not a good fit]
    Only you see this. Your partner is not told that you were asked or what you said. No score uses it.
    ");
    ana.taps("Still finding out").await;
    assert_snapshot!(ana.reads(), @"
    Mon 18 May 09:00, alone with rapport, only visible to you
    Noted: *Still finding out*. Ravi is told nothing of it.
    ");
    ravi.reads();
    ravi.taps("Not a good fit").await;
    assert_snapshot!(ravi.reads(), @"
    Mon 18 May 09:00, alone with rapport, only visible to you
    Thank you. Who may know?
    [Coordinator only] [Nobody yet]
    Your partner is not told that you were asked or what you said.
    ");
    ravi.taps("Coordinator only").await;
    assert_snapshot!(ravi.reads(), @"
    Mon 18 May 09:00, alone with rapport, only visible to you
    Noted. Mia knows, and speaks with you first. Ana is told nothing of it, and it is nobody's fault.
    ");
    world.berlin("2026-05-18 09:05").await;
    assert_snapshot!(mia.reads(), @"
    Mon 18 May 09:00, alone with rapport
    *Ravi* (@Ravi) says that the match with Ana in Engineering is not right for them.
    [Write to Ravi]
    They chose that coordinators may know. Ana is told nothing of it; please speak with Ravi first, alone. It is nobody's fault, and counts in no score.
    ");
    assert!(ravi.opens_home().await.contains("You said that this match is not right; coordinators may know."));
    assert!(!ana.opens_home().await.contains("You said"));
    world.all_is_read();
    world.berlin("2026-06-08 08:59").await;
    world.sim.people().iter().for_each(|person| person.read_all());
    world.berlin("2026-06-08 09:10").await;
    assert!(ana.reads().contains("Is this pairing right for you?"));
    mia.skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn it_stands_under_help_and_can_be_taken_back() {
    let world = World::started().await;
    let (mut ana, mut mia) = (world.person("Ana"), world.person("Mia"));
    world.berlin("2026-05-04 09:30").await;
    ana.types("help").await;
    taps_form(&world, &ana, "This match is not right").await;
    assert_snapshot!(ana.form(), @"
    # Not the right match
    Some pairings do not fit, and that is nobody's fault. You need give no reason. Ravi is not told that you opened this or what you say, and nothing ends by it.
    If you let them know, Mia speaks with you first, alone.
    Who may know?: ( ) Coordinator only ( ) Nobody yet
    You may also stop, without giving a reason:
    [End this pair]
    [Cancel] [Save]
    ");
    assert_snapshot!(ana.submits(&[]).await, @"
    # Not the right match
    Some pairings do not fit, and that is nobody's fault. You need give no reason. Ravi is not told that you opened this or what you say, and nothing ends by it.
    If you let them know, Mia speaks with you first, alone.
    Who may know?: ( ) Coordinator only ( ) Nobody yet
    You may also stop, without giving a reason:
    [End this pair]
    [Cancel] [Save]
    ! may_know: Please complete this required field.
    ");
    assert_snapshot!(ana.submits(&[("may_know", "coordinator")]).await, @"
    # Saved
    Noted. Mia knows, and speaks with you first. Ravi is told nothing of it, and it is nobody's fault.
    [Close]
    ");
    ana.someone.reload();
    assert!(mia.reads().contains("is not right for them"));
    world.berlin("2026-05-04 10:00").await;
    ana.opens_home().await;
    ana.taps_home("This match is not right").await;
    ana.submits(&[("may_know", "fits")]).await;
    ana.someone.reload();
    assert_snapshot!(mia.sees(), @"
    Mon 4 May 09:30, alone with rapport
    *Ana* (@Ana) has said otherwise since about the pair with Ravi in Engineering.
    ");
    world.all_is_read();
}
