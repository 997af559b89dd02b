//! What is said in confidence, by tables: help, fit, endings.

use super::{TUESDAY, asks};
use crate::core::act::*;
use crate::core::case::{AskingCase, CarePair, FitCase};
use crate::core::decision::Field;
use crate::core::ending::{EndAct, EndCase, EndReason};
use crate::core::fit::{FitAct, FitState, MayKnow};
use crate::core::help::{HelpChange, Topic, Urgency};
use crate::core::person::Standing;
use crate::core::sample::{act, asking_case, pair_case, person, utc};

#[test]
fn what_is_missing_in_a_request_is_said_at_its_field() {
    let long = "x".repeat(3_001);
    for (what, field) in [
        (asks(None, Some(Urgency::Today), "Words."), Some(Field::Topic)),
        (asks(Some(Topic::Time), None, "Words."), Some(Field::Urgency)),
        (asks(Some(Topic::Time), Some(Urgency::Today), "  "), Some(Field::Words)),
        (asks(Some(Topic::Time), Some(Urgency::Today), &long), Some(Field::Words)),
        (asks(Some(Topic::Time), Some(Urgency::Today), "Words."), None),
    ] {
        let decision = on_asking(&asking_case(), &act("Ana", TUESDAY, What::Help(what.clone())), &what, utc(TUESDAY));
        let mended = match decision.reply {
            Reply::Mend { field, .. } => Some(field),
            _ => None,
        };
        assert_eq!((mended, decision.changes.is_empty()), (field, field.is_some()), "{what:?}");
    }
}

#[test]
fn a_request_that_is_sent_twice_is_one_and_an_ended_pair_is_heard() {
    let what = asks(Some(Topic::Time), Some(Urgency::Today), "Please call me.");
    let ask = |case: &AskingCase| on_asking(case, &act("Ana", TUESDAY, What::Help(what.clone())), &what, utc(TUESDAY));
    let mut case = asking_case();
    case.about.pair.ended = Some(utc("2026-05-05 07:00"));
    let first = ask(&case);
    let [Change::Help(HelpChange::Asked { request, .. })] = &first.changes[..] else { panic!("{first:?}") };
    case.requests.push(request.clone());
    let again = ask(&case);
    assert_eq!((again.changes.len(), again.messages.len()), (0, 0));
    assert_eq!(again.reply, first.reply, "it was sent, and that is said");
}

#[test]
fn a_coordinator_says_why_a_pair_ends_and_one_of_the_two_need_not() {
    let started = Standing::Started { at: utc("2026-05-04 07:00") };
    let facts = CarePair {
        pair: pair_case().pair,
        mentee: person("Ana"),
        mentor: person("Ravi"),
        standings: [Some(started); 2],
        pauses: Vec::new(),
        open: None,
        home_opened: Vec::new(),
        rests: Default::default(),
    };
    let (program, coordinators) = (pair_case().program, vec![person("Mia")]);
    let mut case = EndCase { program, facts, proposal: None, coordinators, spent: Vec::new(), weekly: [3; 2] };
    let ends = |case: &EndCase, who: &str, reason| {
        let what = EndAct::End { pair: case.facts.pair.id.clone(), reason };
        let decision = on_ending(case, &act(who, TUESDAY, What::End(what.clone())), &what, utc(TUESDAY));
        match (&decision.reply, decision.changes.last()) {
            (Reply::Mend { field, .. }, None) => format!("{field:?}"),
            (Reply::Say(Said::Refused(refusal)), None) => format!("{refusal:?}"),
            (_, Some(Change::Ended(ending))) => ending.reason.to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ends(&case, "Mia", None), "Reason");
    assert_eq!(ends(&case, "Mia", Some(EndReason::Planned)), "Reason", "nobody chooses that");
    assert_eq!(ends(&case, "Mia", Some(EndReason::NoTime)), "no_time");
    assert_eq!(ends(&case, "Ana", None), "rather_not_say");
    assert_eq!(ends(&case, "Zoe", Some(EndReason::NoTime)), "NotYourPair");
    case.facts.pair.ended = Some(utc(TUESDAY));
    assert_eq!(ends(&case, "Ravi", None), "Ended");
}

#[test]
fn who_may_know_is_chosen_and_never_one_of_the_two() {
    let of = pair_case();
    let mut case = FitCase {
        program: of.program,
        pair: of.pair,
        mentee: of.mentee,
        mentor: of.mentor,
        coordinators: of.coordinators,
        deputy: None,
        state: FitState::default(),
        homes: Vec::new(),
    };
    let knows = |case: &FitCase, may_know| {
        let what = FitAct::Know { pair: case.pair.id.clone(), may_know };
        let decision = on_fit(case, &act("Ana", TUESDAY, What::Fit(what.clone())), &what, utc(TUESDAY));
        let mended = matches!(decision.reply, Reply::Mend { field: Field::MayKnow, .. });
        (mended, decision.changes.len(), decision.messages.len())
    };
    assert_eq!(knows(&case, None), (true, 0, 0));
    assert_eq!(knows(&case, Some(MayKnow::Coordinator)), (false, 1, 1));
    assert_eq!(knows(&case, Some(MayKnow::Nobody)), (false, 1, 0));
    case.coordinators = vec![person("Ravi")];
    assert_eq!(knows(&case, Some(MayKnow::Coordinator)), (true, 0, 0), "Ravi is the partner");
    case.state.at = Some(utc("2026-05-05 09:30"));
    assert_eq!(knows(&case, Some(MayKnow::Nobody)), (false, 0, 0), "a later word counts");
    case.pair.ended = Some(utc(TUESDAY));
    assert_eq!(knows(&case, Some(MayKnow::Nobody)), (false, 0, 0));
}
