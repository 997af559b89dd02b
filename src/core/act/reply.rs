//! Somebody of a pair answers what a coordinator asked of each alone.

use chrono::{DateTime, Utc};

use super::{mend, open, refuse, say, too_long};
use crate::core::care::StepKind;
use crate::core::case::ReplyCase;
use crate::core::content::{Form, ReplyForm, Said};
use crate::core::decision::{Change, Decision, Field};
use crate::core::event::{Act, What};
use crate::core::message::Message;
use crate::core::refusal::Refusal;

/// Somebody of the two answers what a coordinator asked of each alone. The partner learns nothing of it.
pub fn on_reply(case: &ReplyCase, act: &Act, now: DateTime<Utc>) -> Decision {
    if case.pair.role_of(&act.by).is_none() || case.step.kind != StepKind::AskedEach {
        return refuse(Refusal::NotYourPair);
    }
    let still = case.program.coordinators.contains(&case.coordinator.id);
    if !still || case.pair.role_of(&case.coordinator.id).is_some() {
        return refuse(Refusal::Gone);
    }
    let (step, coordinator) = (case.step.id.clone(), case.coordinator.name.clone());
    match &act.what {
        What::OpenedReply { .. } => {
            let safety = case.program.safety.clone();
            open(Form::Reply(ReplyForm { step, coordinator, partner: case.partner.clone(), safety }))
        }
        What::Replied { words, .. } => {
            let words = words.trim();
            if let Some(mend) = too_long(words) {
                return mend;
            }
            if words.is_empty() {
                return mend(Field::Words, "A word or two are needed here.".to_owned());
            }
            let (person, reader) = (act.by.clone(), case.coordinator.id.clone());
            let messages = vec![
                Message::ReplyNote { step: step.clone(), person: person.clone(), coordinator: reader }.at(now),
                Message::PrivateQuestion { step: step.clone(), person: person.clone() }.at(now),
            ];
            let changes = vec![Change::Replied { step, person, words: words.to_owned(), at: act.at }];
            let said = Said::Replied { coordinator, partner: case.partner.clone() };
            Decision { changes, messages, ..say(said) }
        }
        _ => refuse(Refusal::Unknown),
    }
}
