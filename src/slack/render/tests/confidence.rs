//! What is said in confidence, and when a pair ends: samples, and one of every kind for the properties.

use super::samples as sample;
use crate::core::content::{
    Closing, Content, EndForm, EndSaid, EndedNote, FitNote, FitQuestion, FitSaid, Form, HelpForm, HelpNote,
    HelpReceipt, HelpSaid, HomeFormer, Note, Said,
};
use crate::core::ending::EndReason;
use crate::core::fit::{Fit, FitState, MayKnow};
use crate::core::help::{Topic, Urgency};
use crate::core::id::{HelpId, PersonId};
use crate::core::question::Role;
use crate::core::scoring::digest::What;

/// `name` and `text` may be shown anywhere; `secret` must not be on a lock screen.
pub fn contents(name: &str, text: &str, secret: &str, flag: bool, count: usize) -> Vec<Content> {
    let (name, secret) = (name.to_owned(), secret.to_owned());
    let names = vec![name.clone(); count % 30];
    vec![
        Content::Note(Note::Help(HelpNote {
            program_name: "P".to_owned(),
            name: secret.clone(),
            partner: secret.clone(),
            opened: vec![(secret.clone(), sample::at(19, 9)); count],
            as_deputy: flag,
            ..help_note(Some(&format!("{text}{secret}")))
        })),
        Content::FitQuestion(fit_question(&secret, &names)),
        Content::Note(Note::Fit(FitNote {
            program_name: "P".to_owned(),
            name: secret.clone(),
            user: "U1".to_owned(),
            team: "T1".to_owned(),
            partner: secret.clone(),
            otherwise: flag,
        })),
        Content::Note(Note::Ended(EndedNote {
            program_name: "P".to_owned(),
            name: secret.clone(),
            user: "U1".to_owned(),
            partner: secret.clone(),
            reason: EndReason::NoTime,
        })),
        Content::Closing(Closing {
            program_name: name.clone(),
            mentee: name.clone(),
            mentor: name.clone(),
            coordinators: vec![secret.clone(); count],
        }),
        Content::HelpReceipt(HelpReceipt {
            partner: secret.clone(),
            receivers: vec![secret.clone(); count],
            safety: Some(secret.clone()),
            ..help_receipt()
        }),
        Content::HelpLate(HelpReceipt {
            partner: secret.clone(),
            receivers: vec![secret.clone(); count],
            passed_on: Some((sample::at(20, 9), flag.then(|| secret.clone()))),
            ..help_receipt()
        }),
    ]
}

pub fn said(name: &str, secret: &str, count: usize) -> Vec<Said> {
    let (names, secret) = (vec![name.to_owned(); count % 30], secret.to_owned());
    vec![
        Said::Help(HelpSaid::Sent { coordinators: names.clone(), partner: secret.clone() }),
        Said::Fit(FitSaid::WhoMayKnow { pair: sample::pair(1), coordinators: names.clone() }),
        Said::Fit(FitSaid::Saved { fit: Fit::Good, partner: secret.clone() }),
        Said::Fit(FitSaid::Known { coordinators: names.clone(), partner: secret.clone() }),
        Said::End(EndSaid::Ended { pair_name: secret.clone() }),
        Said::Help(HelpSaid::Handled { name: secret.clone() }),
    ]
}

pub fn forms(name: &str, text: &str, flag: bool, count: usize) -> Vec<Form> {
    let (name, text) = (name.to_owned(), text.to_owned());
    vec![
        Form::Help(HelpForm::Ask {
            pair: sample::pair(1),
            partner: name.clone(),
            coordinators: vec![name.clone(); count],
            safety: flag.then(|| text.clone()),
        }),
        Form::Fit(fit_question(&name, &vec![name.clone(); count])),
        Form::End(EndForm {
            pair: sample::pair(1),
            pair_name: name.clone(),
            partner: flag.then(|| name.clone()),
            coordinators: vec![name.clone(); count],
        }),
        Form::Help(HelpForm::Read(HelpNote { name: name.clone(), ..help_note(Some(&text)) })),
    ]
}

pub fn former(name: &str, count: usize) -> Vec<HomeFormer> {
    let name = name.to_owned();
    vec![HomeFormer { program_name: name.clone(), role: Role::Mentee, partner: name, ended: sample::at(19, 9) }; count]
}

fn fit_question(partner: &str, coordinators: &[String]) -> FitQuestion {
    FitQuestion {
        pair: sample::pair(1),
        program_name: "P".to_owned(),
        partner: partner.to_owned(),
        state: FitState { times: 1, answer: Some(Fit::NotGood), may_know: Some(MayKnow::Nobody), at: None },
        coordinators: coordinators.to_vec(),
        safety: Some(partner.to_owned()),
    }
}

/// Ana's request for help, as Mia reads it.
pub fn help_note(words: Option<&str>) -> HelpNote {
    HelpNote {
        help: "h1".into(),
        program_name: "Engineering".to_owned(),
        name: "Ana".to_owned(),
        user: "U1".to_owned(),
        team: "T1".to_owned(),
        partner: "Ravi".to_owned(),
        topic: Topic::Time,
        urgency: Urgency::Today,
        at: sample::at(19, 9),
        words: words.map(str::to_owned),
        as_deputy: false,
        safety: Some("In danger? Call 112.".to_owned()),
        opened: Vec::new(),
        handled: Vec::new(),
    }
}

/// The same in a digest.
pub fn help_line(n: usize, person: &PersonId) -> What {
    let (help, pair) = (HelpId::from(format!("h{n}")), sample::pair(n));
    What::Help { help, person: person.clone(), pair, at: sample::at(19, 9), topic: None }
}

/// What became of it, for Ana.
pub fn help_receipt() -> HelpReceipt {
    HelpReceipt {
        program_name: "Engineering".to_owned(),
        partner: "Ravi".to_owned(),
        topic: Topic::Time,
        at: sample::at(19, 9),
        receivers: vec!["Mia".to_owned()],
        opened: Vec::new(),
        passed_on: None,
        safety: Some("In danger? Call 112.".to_owned()),
    }
}
