//! Forms and App Home.

use insta::assert_snapshot;

use crate::core::answer::Audience;
use crate::core::content::{Form, Home, HomePair, HomePulse, Started};
use crate::core::id::{ProgramId, QuestionId};
use crate::slack::render::{form, home, how_view};

use super::limits::check_view;
use super::outline::{blocks, modal};
use super::samples as sample;

fn read(view: &Home) -> String {
    let view = home(view, &sample::key(), 1);
    assert_eq!(check_view(&view), Ok(()));
    blocks(&view["blocks"])
}

#[test]
fn the_forms() {
    let (pulse, question) = (sample::pulse(1), QuestionId::from("comm-openness"));
    let (text, partner) = (sample::OPEN.to_owned(), "Ravi".to_owned());
    let comment = |words: &str| Form::Comment {
        pulse: pulse.clone(),
        question: question.clone(),
        text: text.clone(),
        words: words.to_owned(),
        audience: Audience::Coordinator,
        partner: partner.clone(),
    };
    assert_snapshot!(modal(&form(&comment(""))), @"");
    assert_snapshot!(modal(&form(&comment("It got *easier*."))), @"");
    let audience = Form::Audience {
        pulse: pulse.clone(),
        question: question.clone(),
        text: text.clone(),
        audience: Audience::Partner,
        partner: partner.clone(),
        threshold: 5,
    };
    assert_snapshot!(modal(&form(&audience)), @"");
    let help = |coordinators: &[&str], safety: Option<&str>| Form::Help {
        pair: sample::pair(1),
        partner: partner.clone(),
        coordinators: coordinators.iter().map(|name| (*name).to_owned()).collect(),
        safety: safety.map(str::to_owned),
    };
    assert_snapshot!(modal(&form(&help(&["Mia Chen"], None))), @"");
    assert_snapshot!(modal(&form(&help(&["Mia Chen", "Tom"], Some("In danger? Call 112 first.")))), @"");
    assert!(modal(&how_view(&sample::how())).starts_with("# How this works\n*How Engineering works*"));
}

#[test]
fn what_a_form_carries_is_what_the_parser_reads() {
    use crate::slack::form::Form as Carried;
    let view = form(&Form::Help { pair: sample::pair(1), partner: String::new(), coordinators: vec![], safety: None });
    let carried = Carried::parse(
        view["callback_id"].as_str().expect("a kind"),
        view["private_metadata"].as_str().expect("what it is about"),
    );
    assert_eq!(carried, Some(Carried::Help { pair: sample::pair(1) }));
}

#[test]
fn home_of_a_member() {
    assert_snapshot!(read(&sample::home(1)), @"");
    let skipped = HomePulse { skipped: true, items: vec![], ..sample::home_pulse(1) };
    let waiting = HomePair { said: None, ..sample::home_pair(1) };
    let out = HomePair { said: Some(Started::No), program: ProgramId::from("T1:design"), ..sample::home_pair(2) };
    let quiet = Home { open: vec![], past: vec![skipped], pairs: vec![waiting, out], coordinates: vec![] };
    assert_snapshot!(read(&quiet), @"");
}

#[test]
fn home_of_a_coordinator_and_of_nobody() {
    let coordinates = vec!["Engineering".to_owned(), "Design".to_owned()];
    assert_snapshot!(read(&Home { coordinates, ..sample::home(0) }), @"");
    assert_snapshot!(read(&sample::home(0)), @"");
}

#[test]
fn home_of_somebody_with_many_pairs() {
    let twenty = read(&sample::home(20));
    assert_eq!(twenty.matches("*Ravi* · Pulse 9 of 26 · open until").count(), 20);
    assert!(!twenty.contains("… and"));
    let many = read(&sample::home(200));
    assert!(many.contains("… and 165 more that close later."), "{many}");
    assert!(many.contains("… and 160 more"));
    assert!(many.ends_with("[Who sees what]"));
}
