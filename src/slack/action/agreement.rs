//! What the buttons of the agreement carry: the pair, and for a yes the version that it is said to.

use super::one;
use crate::core::agreement::AgreementAct;
use crate::core::id::PairId;

/// A button of the agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementTap {
    /// "Fill in", or "Change".
    Open { pair: PairId },
    /// "We agree."
    Sign { pair: PairId, version: u32 },
}

/// The part of the `action_id` behind the dot.
pub fn kind(tap: &AgreementTap) -> &'static str {
    match tap {
        AgreementTap::Open { .. } => "open",
        AgreementTap::Sign { .. } => "sign",
    }
}

/// What a button's `value` says.
pub fn value(tap: &AgreementTap) -> String {
    match tap {
        AgreementTap::Open { pair } => pair.to_string(),
        AgreementTap::Sign { pair, version } => format!("{pair} {version}"),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<AgreementTap> {
    match kind {
        "open" => Some(AgreementTap::Open { pair: one(value)? }),
        "sign" => {
            let (pair, version) = value.split_once(' ')?;
            Some(AgreementTap::Sign { pair: one(pair)?, version: version.parse().ok()? })
        }
        _ => None,
    }
}

/// What the tap says.
pub fn said(tap: AgreementTap) -> AgreementAct {
    match tap {
        AgreementTap::Open { pair } => AgreementAct::Opened { pair },
        AgreementTap::Sign { pair, version } => AgreementAct::Signed { pair, version },
    }
}
