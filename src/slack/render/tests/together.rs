//! What Ana and Ravi are shown of their agreement and of their surveys.

use crate::core::agreement::{Agreement, Opening, Wishes, chosen};
use crate::core::answer::Audience;
use crate::core::content::{AgreementForm, AgreementPost, HomeAgreement, SurveyForm, SurveyRow};
use crate::core::question::Role;
use crate::core::survey::{Kind, Point, SurveyAnswer, SurveyItem, items};

use super::samples::at;

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
