//! What Ana and Ravi are shown of their agreement and of their surveys.

use crate::core::agreement::{Agreement, Opening, Wishes, chosen};
use crate::core::answer::Audience;
use crate::core::content::{
    Agenda, AgreementForm, AgreementPost, Form, HomeAgreement, ReceivedThanks, RecordForm, RecordPage, RecordPair,
    SessionSum, SurveyForm, SurveyRow, ThanksForm, WaitingThanks,
};
use crate::core::goal::{Confidence, Goal, GoalState, When, Words};
use crate::core::id::{PersonId, ProposalId};
use crate::core::question::Role;
use crate::core::session::{Proposal, ProposalState};
use crate::core::survey::{Kind, Point, SurveyAnswer, SurveyItem, items};

use super::samples::{at, date};

/// Two who differ about everything, each with these words.
pub fn agreement(words: &str) -> Agreement {
    let wishes = |place: u8| Wishes {
        choices: chosen().map(|item| (item.id.clone(), place)).collect(),
        words: [("goal".to_owned(), words.to_owned())].into(),
    };
    let mut agreement = Agreement::new("p1".into());
    agreement.openings = vec![(Opening::Start, true)];
    agreement.wishes = [wishes(1), wishes(2)];
    agreement
}

pub fn agreement_post(name: &str, words: &str, ended: bool) -> AgreementPost {
    let names = [name.to_owned(), name.to_owned()];
    let program_name = ended.then(|| name.to_owned());
    AgreementPost { opening: Opening::Start, agreement: agreement(words), names, program_name, ended }
}

pub fn agreement_form(name: &str, words: &str) -> AgreementForm {
    let [offered, theirs] = agreement(words).wishes;
    AgreementForm { pair: "p1".into(), partner: name.to_owned(), offered, theirs }
}

/// What to prepare, with all that can stand there.
pub fn agenda(partner: &str, words: &str) -> Agenda {
    let own = |words: &str| words.to_owned();
    Agenda {
        partner: own(partner),
        next: Some(at(19, 9)),
        title: own(words),
        ask: vec![own(words); 3],
        prepare: own(words),
        goals: Vec::new(),
        own: true,
        source: own(words),
    }
}

/// Forms of what the two have for each other and for themselves.
pub fn between(name: &str, words: &str, audience: Audience) -> Vec<Form> {
    let thanks =
        ThanksForm { pair: "p1".into(), partner: name.to_owned(), thanks: "t".into(), words: words.to_owned() };
    vec![
        Form::Survey(Box::new(survey_form(name, words, audience))),
        Form::Agreement(Box::new(agreement_form(name, words))),
        Form::Agenda(Box::new(agenda(name, words))),
        Form::Thanks(thanks),
        Form::Record(Box::new(RecordForm::Own(record(name, words)))),
        Form::Record(Box::new(RecordForm::Shared(record_pair(name, words)))),
    ]
}

/// A record of many long words.
pub fn record(partner: &str, words: &str) -> RecordPage {
    let sum = SessionSum { count: 3, minutes: 135, last: Some(date(12)) };
    let thanks = ReceivedThanks { from: partner.to_owned(), at: at(19, 9), words: words.to_owned() };
    RecordPage {
        pairs: vec![record_pair(partner, words); 6],
        mentoring: vec![(partner.to_owned(), sum); 20],
        thanks: vec![thanks; 30],
    }
}

pub fn record_pair(partner: &str, words: &str) -> RecordPair {
    let goal = |n: usize| Goal {
        id: format!("g{n}").as_str().into(),
        pair: "p1".into(),
        words: Words { title: words.to_owned(), skill: (n > 0).then(|| words.to_owned()) },
        steps: Vec::new(),
        by: None,
        state: GoalState::Open,
        set: at(5, 9),
        moved: at(5, 9),
        state_at: at(5, 9),
        written: at(5, 9),
    };
    let goals: Vec<Goal> = (0..9).map(goal).collect();
    let sure = |goal: &Goal| {
        let at_each = [(When::Start, 2), (When::Middle, 3), (When::End, 5)];
        at_each.map(|(when, value)| Confidence { goal: goal.id.clone(), when, value, at: at(5, 9) })
    };
    RecordPair {
        pair: "p1".into(),
        partner: partner.to_owned(),
        program_name: partner.to_owned(),
        running: true,
        confidence: goals.iter().flat_map(sure).collect(),
        goals,
        sessions: SessionSum { count: 3, minutes: 135, last: Some(date(12)) },
        shared: false,
    }
}

pub fn waiting(partner: &str, words: &str) -> WaitingThanks {
    let (pair, thanks, partner, words) = ("p1".into(), "t".into(), partner.to_owned(), words.to_owned());
    WaitingThanks { pair, thanks, partner, words, due: at(19, 9) }
}

pub fn home_agreement(name: &str, ready: bool) -> HomeAgreement {
    let (pair, partner) = ("p1".into(), name.to_owned());
    HomeAgreement { pair, partner, version: 3, ready, own: false, signed: false, agreed: None }
}

pub fn survey_row(partner: &str, closed: bool) -> SurveyRow {
    let (survey, partner) = ("survey:p1:mid".into(), partner.to_owned());
    SurveyRow {
        survey,
        point: Point::Mid,
        partner,
        closes: at(7, 15),
        closed,
        early: false,
        since: "2026-04-28".parse().expect("a day"),
        taps: (2, 7),
    }
}

/// The longest of the three, with words in each answer.
pub fn survey_form(partner: &str, words: &str, audience: Audience) -> SurveyForm {
    let answer = |item: &SurveyItem| SurveyAnswer {
        item: item.id.clone(),
        value: Some(2),
        words: matches!(item.kind, Kind::Words { .. }).then(|| words.to_owned()),
        audience,
        audience_at: None,
        at: at(5, 8),
    };
    let items = items(Point::End, Role::Mentee, true, &[]);
    SurveyForm {
        survey: "survey:p1:end".into(),
        partner: partner.to_owned(),
        threshold: 5,
        closes: at(7, 15),
        items: items.into_iter().map(|item| (item.clone(), Some(answer(&item)))).collect(),
    }
}

pub fn proposal(state: ProposalState) -> Proposal {
    let dates = vec![at(26, 8), at(27, 8), at(28, 13)];
    Proposal { id: ProposalId::from("d".repeat(32)), by: PersonId::from("T1:U1"), dates, state }
}
