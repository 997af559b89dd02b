//! What the label of an answer promises, held against every surface: two worlds differ in one answer and its comment, and
//! whoever may not see it finds no difference.

pub mod surfaces;

use std::collections::BTreeMap;

use rapport::core::answer::Audience;

use crate::agreement::{GOAL, agrees};
use crate::survey::{label, shows, taps_form};
use crate::world::{Plan, Reader};
use surfaces::{Eyes, Watch};

const BERLIN: &str = "Europe/Berlin";

/// Six pairs, mentee and mentor, so that mentees alone are enough people for a total.
const PAIRS: [(&str, &str); 6] =
    [("Ana", "Ravi"), ("Bea", "Sam"), ("Cleo", "Tom"), ("Dan", "Uma"), ("Eli", "Vic"), ("Fay", "Will")];

/// What everybody saw, by moment, surface and reader.
type Seen = BTreeMap<(&'static str, &'static str, String), String>;

/// One week in which everybody answers `Mostly`, but `author` with `value` and a comment.
async fn week(author: &str, audience: Audience, value: u8, others: Audience) -> Seen {
    let recorder = surfaces::recorder();
    let _numbers = metrics::set_default_local_recorder(&recorder);
    let watch = Watch::begin(recorder.handle());
    let people: Vec<_> = PAIRS.iter().flat_map(|(mentee, mentor)| [(*mentee, BERLIN), (*mentor, BERLIN)]).collect();
    let world = Plan::of(&people, &PAIRS).begin().await;
    world.all_start().await;
    world.berlin("2026-05-05 10:00").await;
    for (mentee, mentor) in PAIRS {
        for (name, role_hides) in [(mentee, true), (mentor, false)] {
            let mut person = world.person(name);
            if name == author {
                answers(&mut person, value, audience).await;
                comments(&mut person, value).await;
            } else {
                answers(&mut person, 4, if role_hides { others } else { Audience::Coordinator }).await;
            }
        }
    }
    let eyes = Eyes::of(&world, author, &watch);
    let mut seen = Seen::new();
    let mut look = async |moment| {
        for sight in eyes.look().await {
            seen.insert((moment, sight.surface, sight.reader), sight.text);
        }
    };
    look("open").await;
    world.berlin("2026-05-08 18:00").await;
    look("closed").await;
    world.berlin("2026-05-11 10:00").await;
    look("told").await;
    seen
}

/// Answers the question in front, and the next one if there is one, for this audience.
async fn answers(person: &mut Reader<'_>, value: u8, audience: Audience) {
    person.reads();
    loop {
        person.taps(&format!("answer.{value}")).await;
        let saved = person.reads();
        let front = person.front();
        if audience != Audience::Coordinator {
            person.taps("Who sees this").await;
            let form = person.form();
            let label = match audience {
                Audience::Coordinator => "My coordinator",
                Audience::Partner => form.split(" ( ) ").nth(1).expect("three choices"),
                Audience::OnlyTotals => "Nobody by name",
            };
            person.submits(&[("Who sees this answer", label)]).await;
            person.turns_to(&front);
        }
        if !saved.contains("One more, only for you") {
            return;
        }
    }
}

/// Writes words that tell the value.
async fn comments(person: &mut Reader<'_>, value: u8) {
    person.taps("Add a comment").await;
    person.submits(&[("Your words", &format!("The words to {value}."))]).await;
}

/// Where the label lets somebody see the answer; everything else has to look the same.
fn may_see(audience: Audience, moment: &str, surface: &str, reader: Kind) -> bool {
    let closed = moment != "open";
    match (reader, surface) {
        (Kind::Author, _) => true,
        (Kind::Partner, "App Home") => closed && audience.shows_partner(),
        (Kind::Coordinator, "messages") => moment == "told" && audience.is_named(),
        (Kind::Coordinator, "pair's page") => closed && audience.is_named(),
        (Kind::Operator, "export" | "digest in the terminal" | "score explained") => closed && audience.is_named(),
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Author,
    Partner,
    Coordinator,
    Operator,
    Other,
}

fn kind(author: &str, reader: &str) -> Kind {
    let of_author = |(mentee, mentor): &&(&str, &str)| *mentee == author || *mentor == author;
    let pair = PAIRS.iter().find(of_author).expect("in a pair");
    match reader {
        "operator" => Kind::Operator,
        "Mia" => Kind::Coordinator,
        reader if reader == author => Kind::Author,
        reader if reader == pair.0 || reader == pair.1 => Kind::Partner,
        _ => Kind::Other,
    }
}

#[tokio::test]
async fn every_surface_shows_what_the_label_promised() {
    for author in ["Ana", "Ravi"] {
        for audience in Audience::ALL {
            let one = week(author, audience, 2, Audience::Coordinator).await;
            let two = week(author, audience, 5, Audience::Coordinator).await;
            assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
            for ((moment, surface, reader), text) in &one {
                let kind = kind(author, reader);
                let told = format!("{audience} by {author}, {moment}: {surface} of {reader}");
                if *surface == "logs" {
                    // Two runs log in another order; but never a word.
                    assert!(!text.contains("The words") && !text.contains("Not really"), "{told}");
                    assert!(text.contains("pulses were closed") || *moment == "open", "{told}: logs are caught");
                    continue;
                }
                let other = &two[&(*moment, *surface, reader.clone())];
                let may = may_see(audience, moment, surface, kind);
                assert!(may || text == other, "{told} differs:\n{text}\n=====\n{other}");
                // Health rounds; everything else that may be seen is to be seen.
                if may && kind != Kind::Author && *surface != "score explained" {
                    assert_ne!(text, other, "{told} hides what may be seen");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_answer_for_totals_only_is_seen_in_its_batch_alone() {
    let one = week("Ana", Audience::OnlyTotals, 2, Audience::OnlyTotals).await;
    let two = week("Ana", Audience::OnlyTotals, 3, Audience::OnlyTotals).await;
    let is_batch = |line: &str| line.contains("from 6 people") || line.trim_start().starts_with("points: ");
    let mut batches = 0;
    for ((moment, surface, reader), text) in one.iter().filter(|((_, surface, _), _)| *surface != "logs") {
        if kind("Ana", reader) == Kind::Author {
            continue;
        }
        let other = &two[&(*moment, *surface, reader.clone())];
        let without = |text: &str| text.lines().filter(|line| !is_batch(line)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(without(text), without(other), "{moment}: {surface} of {reader}");
        if text != other {
            assert_eq!(*moment, "told", "{surface} of {reader}");
            batches += 1;
        }
    }
    // The coordinator's digest, the same in the terminal, and the export.
    assert_eq!(batches, 3);
    let digest = &one[&("told", "messages", "Mia".to_owned())];
    assert!(digest.contains("growth, mentees: 3.7 from 6 people"), "{digest}");
}

/// One week in which Ana and Ravi have agreed, and Ana answers the first question of their survey.
async fn survey(audience: Audience, value: u8) -> Seen {
    let recorder = surfaces::recorder();
    let _numbers = metrics::set_default_local_recorder(&recorder);
    let watch = Watch::begin(recorder.handle());
    let world = Plan::of(&[("Ana Lopez", BERLIN), ("Ravi Rao", BERLIN)], &[("Ana", "Ravi")]).begin().await;
    world.all_start().await;
    agrees(&world).await;
    world.berlin("2026-05-05 10:00").await;
    let mut ana = world.person("Ana");
    ana.reads();
    ana.taps("Answer").await;
    if audience != Audience::Coordinator {
        let choice = if audience == Audience::Partner { "Ravi sees it too" } else { "Nobody sees it by name" };
        shows(&world, &ana, 0, choice).await;
    }
    taps_form(&world, &ana, &label(&ana.someone, 0, value)).await;
    ana.someone.reload();
    let eyes = Eyes::of(&world, "Ana", &watch);
    let mut seen = Seen::new();
    for (moment, until) in [("open", "2026-05-05 11:00"), ("closed", "2026-05-08 18:00"), ("told", "2026-05-11 10:00")]
    {
        world.berlin(until).await;
        for sight in eyes.look().await {
            seen.insert((moment, sight.surface, sight.reader), sight.text);
        }
    }
    seen
}

#[tokio::test]
async fn a_survey_and_an_agreement_are_seen_as_far_as_was_promised() {
    for audience in Audience::ALL {
        let (one, two) = (survey(audience, 2).await, survey(audience, 5).await);
        for ((moment, surface, reader), text) in one.iter().filter(|((_, surface, _), _)| *surface != "logs") {
            let told = format!("{audience}, {moment}: {surface} of {reader}");
            if reader == "Ana" {
                continue;
            }
            let closed = *moment != "open";
            let may = match (reader.as_str(), *surface) {
                ("Ravi", "App Home") => closed && audience.shows_partner(),
                ("Mia", "pair's page") | ("operator", "export") => closed && audience.is_named(),
                _ => false,
            };
            let other = &two[&(*moment, *surface, reader.clone())];
            assert_eq!(text == other, !may, "{told}:\n{text}\n=====\n{other}");
            assert!(reader == "Ravi" || !text.contains(GOAL), "{told} tells what the two agreed on");
        }
    }
}
