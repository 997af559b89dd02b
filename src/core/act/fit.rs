//! One of the two says whether the pairing is right for them.

use chrono::{DateTime, Utc};

use super::{mend, open, refuse, say};
use crate::core::case::FitCase;
use crate::core::content::{FitQuestion, FitSaid, Form, Said};
use crate::core::decision::{Change, Decision, Field};
use crate::core::event::Act;
use crate::core::fit::{Fit, FitAct, FitChange, MayKnow, again};
use crate::core::help::confidants;
use crate::core::message::Message;
use crate::core::question::Role;
use crate::core::refusal::Refusal;

/// An act about the fit of a pair. The partner is told nothing, and nothing of theirs changes.
pub fn on_fit(case: &FitCase, act: &Act, what: &FitAct, now: DateTime<Utc>) -> Decision {
    let Some(role) = case.pair.role_of(&act.by) else {
        return refuse(Refusal::NotYourPair);
    };
    if case.pair.ended.is_some() {
        return refuse(Refusal::Ended);
    }
    let partner = match role {
        Role::Mentee => case.mentor.name.clone(),
        Role::Mentor => case.mentee.name.clone(),
    };
    let told = confidants(&case.program, &case.pair, &case.coordinators, case.deputy.as_ref());
    let coordinators: Vec<String> = told.iter().map(|one| one.name.clone()).collect();
    let (pair, person, at) = (case.pair.id.clone(), act.by.clone(), act.at);
    let (fit, may_know) = match what {
        FitAct::Open { .. } => {
            let (program_name, state, safety) = (case.program.name.clone(), case.state, case.program.safety.clone());
            return open(Form::Fit(FitQuestion { pair, program_name, partner, state, coordinators, safety }));
        }
        FitAct::Answer { fit, .. } => (*fit, case.state.may_know.filter(|_| *fit == Fit::NotGood)),
        FitAct::Know { may_know: None, .. } => {
            return mend(Field::MayKnow, "Please choose who may know.".to_owned());
        }
        FitAct::Know { may_know: Some(MayKnow::Coordinator), .. } if told.is_empty() => {
            let nobody = "Nobody else than you two could read it here, so please choose another answer.";
            return mend(Field::MayKnow, nobody.to_owned());
        }
        FitAct::Know { may_know, .. } => (Fit::NotGood, *may_know),
    };
    let said = match (fit, may_know) {
        (Fit::NotGood, None) => FitSaid::WhoMayKnow { pair: pair.clone(), coordinators },
        (Fit::NotGood, Some(MayKnow::Coordinator)) => FitSaid::Known { coordinators, partner },
        (Fit::NotGood, Some(MayKnow::Nobody)) => FitSaid::Known { coordinators: Vec::new(), partner },
        _ => FitSaid::Saved { fit, partner },
    };
    // Of two words the later counts, in whatever order they arrive.
    if case.state.at.is_some_and(|said| said > at) {
        return say(Said::Fit(said));
    }
    let again = again(&case.state, fit, at);
    let mut messages = Vec::new();
    if case.state.times > 0 {
        let times = case.state.times;
        messages.push(Message::FitQuestion { pair: pair.clone(), person: person.clone(), times }.at(now));
    }
    // Whoever was let know sees it, and sees it change.
    if may_know == Some(MayKnow::Coordinator) || case.state.may_know == Some(MayKnow::Coordinator) {
        messages.extend(told.iter().map(|one| {
            let (pair, person, coordinator) = (pair.clone(), person.clone(), one.id.clone());
            Message::FitNote { pair, person, coordinator }.at(now)
        }));
    }
    messages.extend(case.homes.contains(&person).then(|| Message::Home { person: person.clone() }.at(now)));
    let changes = vec![Change::Fit(FitChange::Said { pair, person, fit, may_know, at, again })];
    Decision { changes, messages, ..say(Said::Fit(said)) }
}
