//! What the buttons of a survey carry: the survey, and in its form the item and what was chosen.

use super::{one, two};
use crate::core::answer::Audience;
use crate::core::id::{QuestionId, SurveyId};
use crate::core::survey::{SurveyAct, Typed};

/// A button or a choice of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyTap {
    /// "Answer": opens the form.
    Open { survey: SurveyId },
    /// A label of an item, by its place from 1.
    Tap { survey: SurveyId, item: QuestionId, value: u8 },
    /// Whether the two have met.
    Met { survey: SurveyId, met: bool },
    /// Who sees an answer.
    Audience { survey: SurveyId, item: QuestionId, audience: Audience },
}

/// The part of the `action_id` behind the dot.
pub fn kind(tap: &SurveyTap) -> String {
    match tap {
        SurveyTap::Open { .. } => "open".to_owned(),
        SurveyTap::Met { met: true, .. } => "met.yes".to_owned(),
        SurveyTap::Met { met: false, .. } => "met.no".to_owned(),
        SurveyTap::Tap { value, .. } => format!("tap.{value}"),
        SurveyTap::Audience { audience, .. } => format!("audience.{audience}"),
    }
}

/// What a button's `value` says.
pub fn value(tap: &SurveyTap) -> String {
    match tap {
        SurveyTap::Open { survey } | SurveyTap::Met { survey, .. } => survey.to_string(),
        SurveyTap::Tap { survey, item, .. } | SurveyTap::Audience { survey, item, .. } => format!("{survey} {item}"),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<SurveyTap> {
    match kind.split_once('.') {
        None if kind == "open" => Some(SurveyTap::Open { survey: one(value)? }),
        Some(("met", met @ ("yes" | "no"))) => Some(SurveyTap::Met { survey: one(value)?, met: met == "yes" }),
        Some(("tap", place)) => {
            let (survey, item) = two(value)?;
            Some(SurveyTap::Tap { survey, item, value: place.parse().ok()? })
        }
        Some(("audience", audience)) => {
            let (survey, item) = two(value)?;
            Some(SurveyTap::Audience { survey, item, audience: audience.parse().ok()? })
        }
        _ => None,
    }
}

/// What the tap says, with what was typed by then.
pub fn said(tap: SurveyTap, typed: Typed) -> SurveyAct {
    match tap {
        SurveyTap::Open { survey } => SurveyAct::Opened { survey },
        SurveyTap::Met { survey, met } => SurveyAct::Met { survey, met },
        SurveyTap::Tap { survey, item, value } => SurveyAct::Tapped { survey, item, value, typed },
        SurveyTap::Audience { survey, item, audience } => SurveyAct::Audience { survey, item, audience, typed },
    }
}
