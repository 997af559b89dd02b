//! The buttons on the lines of a digest: what a coordinator does, what the others learn, and what the pair gets.

use std::time::Duration;

use chrono::TimeDelta;
use insta::assert_snapshot;
use rapport::core::care::{About, Care};
use rapport::core::content::Said;
use rapport::core::decision::Reply;
use rapport::core::event::{Act, What};
use rapport::core::id::{DigestId, PairId, PersonId};
use rapport::core::refusal::Refusal;
use rapport::core::scoring::digest::{LineId, Subject};
use rapport::sim::Fault;

use crate::world::{Plan, Reader, World};

const BERLIN: &str = "Europe/Berlin";

/// Ana and Ravi are unhappy for four weeks and never meet; Bea and Sam are content. Mia and Noa coordinate, and so does
/// Sam, who is in a pair. On Tuesday 26 May Ana asks for help.
pub async fn four_weeks() -> World {
    let people = [("Ana", BERLIN), ("Ravi", BERLIN), ("Bea", BERLIN), ("Sam", BERLIN)];
    let plan = Plan::of(&people, &[("Ana", "Ravi"), ("Bea", "Sam")]);
    let world = plan.coordinators(&[("Mia", BERLIN), ("Noa", BERLIN), ("Sam", BERLIN)]).begin().await;
    world.all_start().await;
    for tuesday in ["2026-05-05 10:00", "2026-05-12 10:00", "2026-05-19 10:00", "2026-05-26 10:00"] {
        world.berlin(tuesday).await;
        for (name, value) in [("Ana", "answer.1"), ("Ravi", "answer.1"), ("Bea", "answer.4"), ("Sam", "answer.4")] {
            let mut person = world.person(name);
            while !person.reads().contains("Pulse ") {}
            let post = person.front();
            person.taps(value).await;
            person.skims(1);
            if name == "Ana" && tuesday.contains("05-26") {
                person.turns_to(&post);
                person.chooses("I need help").await;
                person.submits(&[("words", "We do not get along.")]).await;
            }
        }
    }
    world.berlin("2026-06-01 08:00").await;
    world.sim.people().iter().for_each(|person| person.read_all());
    world.berlin("2026-06-01 09:00").await;
    world
}

/// Presses a button of the form on top.
async fn taps_form(world: &World, person: &Reader<'_>, button: &str) {
    let tapped = person.someone.act_on_modal(button, None).await;
    assert_eq!(tapped.warning, None, "{button:?} was not acknowledged");
    world.settle().await;
}

/// The lines of "do this week", with their buttons and what was done.
fn lines(digest: &str) -> String {
    let from = digest.lines().skip_while(|line| !line.contains("DO THIS WEEK"));
    from.take_while(|line| !line.starts_with("*INDICATORS") && !line.starts_with("*WATCH"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn each_line_can_be_acted_on_and_shows_what_was_done_by_whom() {
    let world = four_weeks().await;
    let (mut mia, mut noa, mut ana) = (world.person("Mia"), world.person("Noa"), world.person("Ana"));
    assert_snapshot!(lines(&mia.reads()), @"
    *DO THIS WEEK*
    1. *Ana* asks for help (Tuesday; the partner is not told).
    [Write to Ana] [Handled]
    2. *Ana & Ravi* · 35 (23-47), needs you; 52 three weeks ago: Guidance -20, Meetings -8, Growth +11.
    [Message both] [Ask each privately] [Pause 2 weeks] [Handled] [Show] [...]
    ");
    noa.reads();
    let digest = mia.front();
    mia.taps("Message both").await;
    assert_eq!(mia.submits(&[("words", "Shall we talk this week?")]).await.lines().next(), Some("# Done"));
    mia.someone.reload();
    assert!(ana.reads().contains("> Shall we talk this week?"));
    mia.taps("Pause 2 weeks").await;
    assert_snapshot!(mia.reads(), @"
    Mon 1 Jun 09:00, alone with rapport, only visible to you
    Ana & Ravi are paused: nothing is asked until Monday 15 June, and then it goes on by itself. Both see it in their Home tab.
    ");
    mia.turns_to(&digest);
    let option = mia.someone.choose(&mia.front(), "...", "It needed help").await;
    assert_eq!(option.warning, None);
    world.settle().await;
    mia.skims(1);
    // One message a second goes to a place.
    world.berlin("2026-06-01 09:01").await;
    mia.turns_to(&digest);
    assert_snapshot!(lines(&mia.sees()), @"
    *DO THIS WEEK*
    1. *Ana* asks for help (Tuesday; the partner is not told).
    [Write to Ana] [Handled]
    2. *Ana & Ravi* · 35 (23-47), needs you; 52 three weeks ago: Guidance -20, Meetings -8, Growth +11.
    [Ask each privately] [Handled] [Show] [...]
    Mia noted that it needed help today 09:00 · Mia paused the pair today 09:00, until Monday 15 June · Mia wrote to both today 09:00
    ");
    assert_eq!(lines(&noa.sees()), lines(&mia.sees()), "the other coordinator sees the same");
    world.person("Ravi").skims(1);
    world.person("Sam").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn two_who_tap_the_same_at_once_do_it_once_and_the_second_learns_who_was_first() {
    let world = four_weeks().await;
    let (mut mia, mut noa) = (world.person("Mia"), world.person("Noa"));
    mia.reads();
    noa.reads();
    let button = |reader: &Reader<'_>| {
        let controls = reader.front().controls();
        let control = controls.iter().rfind(|control| control.label == "Handled").expect("a button").clone();
        format!("{}/{}", control.block_id, control.action_id)
    };
    let (of_mia, of_noa, front) = (button(&mia), button(&noa), mia.front());
    let tapped = mia.someone.tap(&mia.front(), &of_mia).await;
    // Before anything is drawn anew.
    let second = noa.someone.tap(&noa.front(), &of_noa).await;
    let again = mia.someone.tap(&front, &of_mia).await;
    world.settle().await;
    assert!(tapped.acknowledged && second.acknowledged);
    assert_snapshot!([mia.reads(), noa.reads()].join("\n"), @"
    Mon 1 Jun 09:00, alone with rapport, only visible to you
    Marked as handled. The line stays, so that all coordinators see that it is done.
    Mon 1 Jun 09:00, alone with rapport, only visible to you
    Mia marked it as handled already, today 09:00. Nothing more was done now.
    ");
    if again.acknowledged {
        assert!(mia.reads().contains("You marked it as handled already"));
    }
    world.person("Sam").skims(1);
    world.all_is_read();
}

#[tokio::test]
async fn a_coordinator_who_is_in_a_pair_and_people_of_the_pair_cannot_act() {
    let world = four_weeks().await;
    let mut sam = world.person("Sam");
    let own = sam.reads();
    assert!(own.contains("Ana & Ravi") && !own.contains("Bea & Sam"), "{own}");
    // What somebody else's buttons carry, tapped by somebody who was never shown them.
    let program = world.program("Engineering");
    let person = |name: &str| PersonId::new(&world.us.workspace, world.person(name).someone.id());
    let pair = |mentee: &str, mentor: &str| PairId::new(&program, &person(mentor), &person(mentee));
    let (of_ana, of_bea) = (pair("Ana", "Ravi"), pair("Bea", "Sam"));
    let cutoff = crate::world::berlin("2026-06-01 09:00");
    let line = |pair: &PairId| LineId::new(cutoff, &Subject::Pair(pair.clone()));
    let digest = DigestId::new(&program, cutoff.date_naive(), None);
    let about = |pair: &PairId| About { pair: pair.clone(), line: Some(line(pair)) };
    let own_copy = DigestId::new(&program, cutoff.date_naive(), Some(&person("Sam")));
    for (n, (name, care, refusal)) in [
        ("Bea", Care::OpenMessage(about(&of_ana)), Refusal::NotYourProgram),
        ("Ana", Care::Pause(about(&of_ana)), Refusal::NotYourProgram),
        ("Ana", Care::OpenPair(of_ana.clone()), Refusal::NotYourProgram),
        ("Ravi", Care::OpenAnswers { pair: of_ana.clone(), skip: 0 }, Refusal::NotYourProgram),
        ("Ravi", Care::OpenMore { digest: digest.clone(), skip: 0 }, Refusal::NotYourProgram),
        ("Sam", Care::OpenPair(of_bea.clone()), Refusal::YourOwnPair),
        ("Sam", Care::OpenAnswers { pair: of_bea.clone(), skip: 0 }, Refusal::YourOwnPair),
        ("Sam", Care::Handle(line(&of_bea)), Refusal::YourOwnPair),
        // The line is about the pair in its name, whatever stands beside it.
        ("Sam", Care::AskEach(About { pair: of_ana.clone(), line: Some(line(&of_bea)) }), Refusal::YourOwnPair),
        ("Sam", Care::Export(digest.clone()), Refusal::YourOwnPair),
        ("Mia", Care::Export(own_copy.clone()), Refusal::YourOwnPair),
    ]
    .into_iter()
    .enumerate()
    {
        let act = Act {
            id: format!("forged.{n}").into(),
            by: person(name),
            at: world.now(),
            proof: None,
            what: What::Cared(care.clone()),
        };
        let acted = world.store.act(act, &world.vault, false, world.now()).await.expect("the database works");
        assert_eq!(acted.reply, Reply::Say(Said::Refused(refusal)), "{name} {care:?}");
    }
    assert!(!world.person("Ana").opens_home().await.contains("Who looked"));
}

#[tokio::test]
async fn a_digest_shows_its_rest_and_comes_as_a_file_without_anybodys_answers() {
    let world = four_weeks().await;
    let (mut mia, mut sam) = (world.person("Mia"), world.person("Sam"));
    mia.reads();
    let digest = mia.front();
    mia.taps("Export CSV").await;
    world.berlin("2026-06-01 09:01").await;
    assert_snapshot!(mia.reads(), @"
    Mon 1 Jun 09:00, alone with rapport, only visible to you
    The file comes in a message of its own in a moment. If none comes, this workspace does not let rapport send files.
    ");
    assert_snapshot!(mia.reads(), @"
    Mon 1 Jun 09:00, alone with rapport
    The numbers of 2 pairs in the week to 2026-05-31, as far as the digest may show them. Nobody's answers are in it.
    [file: Engineering, week to 2026-05-31]
    ");
    let file = |reader: &Reader<'_>| {
        let id = reader.front().files[0]["id"].as_str().expect("a file").to_owned();
        String::from_utf8(world.sim.file(&id).expect("it was handed over")).expect("text")
    };
    let content = file(&mia);
    assert_snapshot!(without_ids(&content), @"
    mentee,mentor,state,health,health_from,health_to,growth,communication,guidance,feedback,organisation,meetings,answering,goals,limit,thin,trend,health_before,last_met,mentee_answered,mentee_asked,mentor_answered,mentor_asked,paused_until,rules
    Ana,Ravi,needs_you,35,23,47,-17,0,-20,0,0,-8,0,0,0,no,,52,,4,4,4,4,,2
    Bea,Sam,on_track,72,60,84,0,0,0,0,0,-8,0,0,0,no,,80,,4,4,4,4,,2
    ");
    mia.turns_to(&digest);
    mia.taps("Export CSV").await;
    assert!(mia.reads().contains("You had the numbers sent as a file already"));
    sam.reads();
    sam.taps("Export CSV").await;
    world.berlin("2026-06-01 09:02").await;
    sam.skims(2);
    assert!(!file(&sam).contains("Bea"), "a coordinator's own pair is not in their file");
    // The pair's page from the line, and Health over time.
    mia.turns_to(&digest);
    mia.taps("care.pair").await;
    assert_snapshot!(mia.form(), @"
    # Pair
    # Ana & Ravi
    Engineering · since 4 May · mentee Ana (@Ana) · mentor Ravi (@Ravi)
    *Health 35* (23-47), needs you
    ▄▃  39 35 (oldest first, each +-12)
    Against four looks before, or the first: 52 -> 35: Guidance -20, Meetings -8, Growth +11
    Last look to this: 39 -> 35: Guidance -8, Meetings -4, Growth +8
    Counted answers so far: 4 of Ana, 4 of Ravi.
    *Meetings*
    No meeting is known; they may have met without saying so.
    *Agreement*
    They have not agreed on how they work together yet.
    *Answering*
    4 pulses so far. Ana answered 4 of the last 4, Ravi answered 4 of the last 4. Silence has many reasons.
    *Feedback*
    8 answers that you may read by name: 4 of Ana, 4 of Ravi. Both will see in their Home tab that you looked, and when.  [Show answers]
    *What was done*
    Nothing yet.
    [Message both] [Ask each privately] [Pause 2 weeks]
    [Close]
    ");
    taps_form(&world, &mia, "Show answers").await;
    assert!(mia.form().contains("*Ana*"));
}

/// Opaque ids are the same in every run, and long.
#[tokio::test]
async fn a_file_whose_sender_ended_on_the_way_does_not_come_twice() {
    let world = four_weeks().await;
    let mut mia = world.person("Mia");
    mia.reads();
    let digest = mia.front();
    world.sim.faults().once("files.completeUploadExternal", Fault::Slow(Duration::from_secs(60)));
    assert!(mia.someone.tap(&digest, "Export CSV").await.acknowledged);
    // A second after the digest, which went to the same place.
    world.clock.set(world.now() + TimeDelta::seconds(2));
    let app = world.app.clone();
    let sharing = tokio::spawn(async move { app.rest().await });
    assert!(world.sim.until(|| files(&world) == 1).await, "it is shared, and nobody has heard so");
    sharing.abort();
    assert!(sharing.await.is_err_and(|end| end.is_cancelled()));

    let world = world.restart().await;
    world.pass(TimeDelta::minutes(10)).await;
    assert_eq!(files(&world), 1);
    assert_eq!(world.outbox().await.waiting, 0);
}

/// How many files Mia was sent.
fn files(world: &World) -> usize {
    world.all("Mia", "").iter().filter(|message| !message.files.is_empty()).count()
}

fn without_ids(csv: &str) -> String {
    let shown = |line: &str| line.split_once(',').map_or_else(String::new, |(_, rest)| rest.to_owned());
    csv.lines().map(shown).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn labels_leave_with_what_the_rules_had_seen() {
    let world = four_weeks().await;
    let mut mia = world.person("Mia");
    mia.reads();
    let digest = mia.front();
    for (option, label) in [("All was well", "all_well"), ("It needed help", "needed_help")] {
        mia.turns_to(&digest);
        let chosen = mia.someone.choose(&mia.front(), "...", option).await;
        assert_eq!(chosen.warning, None);
        world.settle().await;
        mia.skims(1);
        let labels = world.store.export_labels(world.program("Engineering")).await.expect("readable");
        let [one] = &labels[..] else { panic!("a line has one label") };
        assert_eq!(one.label.as_str(), label);
        assert_eq!(one.cutoff, "2026-06-01T07:00:00Z");
        assert_eq!(one.state.as_deref(), Some("needs_you"));
        assert!(one.health.is_some() && one.parts.is_some());
    }
}

#[tokio::test]
async fn a_pair_that_somebody_left_is_told_as_that_and_not_who_it_was() {
    let world = four_weeks().await;
    let (ravi, mut mia) = (world.person("Ravi"), world.person("Mia"));
    mia.reads();
    ravi.opens_home().await;
    ravi.taps_home("Not for me").await;
    world.berlin("2026-06-08 09:00").await;
    let mut digest = mia.reads();
    while !digest.contains("LAST WEEK'S LIST") {
        digest = mia.reads();
    }
    let told = digest.lines().skip_while(|line| !line.contains("LAST WEEK'S LIST")).nth(2).unwrap_or_default();
    assert_snapshot!(told, @"2 not taking part any more: help for one of Ana & Ravi · Ana & Ravi.");
}
