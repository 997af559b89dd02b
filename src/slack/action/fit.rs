//! What the buttons carry by which somebody says whether the pairing is right.

use crate::core::fit::{Fit, FitAct, MayKnow};

use super::one;

/// The `action_id`.
pub fn kind(what: &FitAct) -> String {
    match what {
        FitAct::Open { .. } | FitAct::Know { may_know: None, .. } => "fit".to_owned(),
        FitAct::Answer { fit, .. } => format!("fit.{fit}"),
        FitAct::Know { may_know: Some(may_know), .. } => format!("fit.{may_know}"),
    }
}

/// The id.
pub fn value(what: &FitAct) -> String {
    let (FitAct::Open { pair } | FitAct::Answer { pair, .. } | FitAct::Know { pair, .. }) = what;
    pair.to_string()
}

/// Reads [`kind`], behind its dot, and [`value`] back.
pub fn parse(choice: Option<&str>, value: &str) -> Option<FitAct> {
    let pair = one(value)?;
    let Some(choice) = choice else { return Some(FitAct::Open { pair }) };
    if let Ok(fit) = choice.parse::<Fit>() {
        return Some(FitAct::Answer { pair, fit });
    }
    let may_know = choice.parse::<MayKnow>().ok()?;
    Some(FitAct::Know { pair, may_know: Some(may_know) })
}
