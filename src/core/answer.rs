//! What a person said to a question, and who may see it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{PersonId, PulseId, QuestionId};

/// Who may see an answer. Said on the message, changeable per answer until the pulse closes (docs/PRIVACY.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// The programme's coordinators, by name.
    Coordinator,
    /// The coordinators and the partner.
    Partner,
    /// Nobody by name: it enters totals of enough people only, and no trace of it anything else.
    OnlyTotals,
}

impl Audience {
    /// The three, in the order in which a person is offered them.
    pub const ALL: [Self; 3] = [Self::Coordinator, Self::Partner, Self::OnlyTotals];

    /// The name in a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coordinator => "Coordinator",
            Self::Partner => "Partner",
            Self::OnlyTotals => "OnlyTotals",
        }
    }

    /// Reads [`Audience::as_str`] back.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.as_str() == name)
    }
}

/// One answer as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The pulse in which it was asked.
    pub pulse: PulseId,
    /// Who answered.
    pub person: PersonId,
    /// What was asked.
    pub question: QuestionId,
    /// 1 (left) to 5 (right), as tapped: reversed items are turned round by the scoring.
    pub value: u8,
    /// Who may see it.
    pub audience: Audience,
    /// When it was tapped, by Slack's clock.
    pub at: DateTime<Utc>,
}
