//! A person of the pair asks for help.

use chrono::{DateTime, Utc};

use super::{open, refuse, say, too_long};
use crate::core::case::PairCase;
use crate::core::content::{Form, Said};
use crate::core::decision::{Change, Decision};
use crate::core::event::{Act, What};
use crate::core::id::HelpId;
use crate::core::message::Message;
use crate::core::question::Role;
use crate::core::refusal::Refusal;

/// An act about a pair: asking for help. The partner is never told, also not as a coordinator.
pub fn on_pair(case: &PairCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some(role) = case.pair.role_of(&act.by) else {
        return refuse(Refusal::NotYourPair);
    };
    let partner = match role {
        Role::Mentee => case.mentor.name.clone(),
        Role::Mentor => case.mentee.name.clone(),
    };
    let told: Vec<_> = case.coordinators.iter().filter(|one| case.pair.role_of(&one.id).is_none()).collect();
    let coordinators: Vec<String> = told.iter().map(|one| one.name.clone()).collect();
    if told.is_empty() {
        return refuse(Refusal::NobodyToAsk);
    }
    match &act.what {
        What::OpenedHelp { .. } => {
            open(Form::Help { pair: case.pair.id.clone(), partner, coordinators, safety: case.program.safety.clone() })
        }
        What::AskedForHelp { words, .. } => {
            let words = words.trim();
            if let Some(mend) = too_long(words) {
                return mend;
            }
            let help = HelpId::new(&act.id);
            let notes = told.iter().map(|one| Message::HelpNote { help: help.clone(), coordinator: one.id.clone() });
            let messages = notes.map(|note| note.at(now)).collect();
            let (pair, person, words) = (case.pair.id.clone(), act.by.clone(), words.to_owned());
            let asked = Change::HelpAsked { help, pair, person, words, at: act.at };
            Decision { changes: vec![asked], messages, ..say(Said::HelpSent { coordinators, partner }) }
        }
        _ => refuse(Refusal::Unknown),
    }
}
