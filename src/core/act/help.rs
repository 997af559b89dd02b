//! A person of the pair asks for help, and somebody who is asked reads it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{mend, open, refuse, say, too_long};
use crate::core::case::{AskingCase, HelpCase};
use crate::core::content::{Form, HelpForm, HelpSaid, Said};
use crate::core::decision::{Change, Decision, Field, Reply};
use crate::core::event::Act;
use crate::core::help::{HelpAct, HelpChange, Request, confidants, may_open, passes_on};
use crate::core::id::HelpId;
use crate::core::message::{Message, Send};
use crate::core::person::Person;
use crate::core::question::Role;
use crate::core::refusal::Refusal;

/// The same words again within this time are the same request, sent twice.
const TWICE: TimeDelta = TimeDelta::hours(1);

/// Somebody asks for help, or opens the form. The partner is never told, also not as a coordinator. A pair that has
/// ended is no reason not to be heard.
pub fn on_asking(asking: &AskingCase, act: &Act, what: &HelpAct, now: DateTime<Utc>) -> Decision {
    let case = &asking.about;
    let Some(role) = case.pair.role_of(&act.by) else {
        return refuse(Refusal::NotYourPair);
    };
    let partner = match role {
        Role::Mentee => case.mentor.name.clone(),
        Role::Mentor => case.mentee.name.clone(),
    };
    let told = confidants(&case.program, &case.pair, &case.coordinators, case.deputy.as_ref());
    let safety = case.program.safety.clone();
    if told.is_empty() {
        return refuse(Refusal::NobodyToAsk { partner, safety });
    }
    let coordinators: Vec<String> = told.iter().map(|one| one.name.clone()).collect();
    match what {
        HelpAct::Open { pair } => open(Form::Help(HelpForm::Ask { pair: pair.clone(), partner, coordinators, safety })),
        HelpAct::Ask { pair, topic, urgency, words } => {
            let words = words.trim();
            let Some(topic) = *topic else {
                return mend(Field::Topic, "Please choose what it is about.".to_owned());
            };
            let Some(urgency) = *urgency else {
                return mend(Field::Urgency, "Please choose how soon.".to_owned());
            };
            if let Some(mend) = too_long(words) {
                return mend;
            }
            if words.is_empty() {
                return mend(Field::Words, "A word or two are needed here.".to_owned());
            }
            let said = say(Said::Help(HelpSaid::Sent { coordinators, partner }));
            let is_same = |one: &&Request| one.words == words && one.topic == topic && one.at + TWICE > act.at;
            if asking.requests.iter().any(|one| is_same(&one)) {
                return said;
            }
            let (id, person) = (HelpId::new(&act.id), act.by.clone());
            let receivers = told.iter().map(|one| one.id.clone()).collect();
            let passes_on = passes_on(&case.program, &told, &asking.rests, now);
            let mut messages = notes(&id, &told, now);
            messages.push(Message::HelpReceipt { help: id.clone(), person: person.clone() }.at(now));
            messages.extend(case.homes.contains(&act.by).then(|| Message::Home { person: person.clone() }.at(now)));
            let (pair, words) = (pair.clone(), words.to_owned());
            let request = Request { id, pair, person, topic, urgency, words, at: act.at };
            let asked = Change::Help(HelpChange::Asked { request, receivers, passes_on });
            Decision { changes: vec![asked], messages, ..said }
        }
        HelpAct::Read { .. } | HelpAct::Handle { .. } => refuse(Refusal::Unknown),
    }
}

/// One of those whom a request went to opens it, or has dealt with it. Nobody else may.
pub fn on_request(case: &HelpCase, act: &Act, what: &HelpAct, now: DateTime<Utc>) -> Decision {
    let own = case.receivers.iter().find(|one| one.person.id == act.by);
    let Some(own) = own.filter(|_| may_open(&case.program, &case.pair, &act.by)) else {
        return refuse(Refusal::Gone);
    };
    let (help, by, at) = (case.note.help.clone(), act.by.clone(), act.at);
    let mut changes = Vec::new();
    if own.opened.is_none() {
        changes.push(Change::Help(HelpChange::Opened { help: help.clone(), by: by.clone(), at }));
    }
    let reply = match what {
        HelpAct::Read { .. } => {
            let mut note = case.note.clone();
            if own.opened.is_none() {
                note.opened.push((own.person.name.clone(), at));
            }
            Reply::Open(Form::Help(HelpForm::Read(note)))
        }
        HelpAct::Handle { .. } => {
            if own.handled.is_none() {
                changes.push(Change::Help(HelpChange::Handled { help: help.clone(), by, at }));
            }
            Reply::Say(Said::Help(HelpSaid::Handled { name: case.note.name.clone() }))
        }
        HelpAct::Open { .. } | HelpAct::Ask { .. } => return refuse(Refusal::Unknown),
    };
    if changes.is_empty() {
        return Decision { reply, ..Decision::default() };
    }
    let people: Vec<&Person> = case.receivers.iter().map(|one| &one.person).collect();
    let mut messages = notes(&help, &people, now);
    // That somebody has dealt with it is the coordinators' own note; the person hears it from them.
    if own.opened.is_none() {
        messages.push(Message::HelpReceipt { help, person: case.asker.clone() }.at(now));
        messages.extend(case.home_opened.then(|| Message::Home { person: case.asker.clone() }.at(now)));
    }
    Decision { changes, messages, reply }
}

fn notes(help: &HelpId, people: &[&Person], now: DateTime<Utc>) -> Vec<Send> {
    let note = |one: &&Person| Message::HelpNote { help: help.clone(), coordinator: one.id.clone() }.at(now);
    people.iter().map(note).collect()
}
