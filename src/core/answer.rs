//! What a person said to a question, and who may see it.

use chrono::{DateTime, Utc};

use super::id::{PersonId, PulseId, QuestionId};
use super::words::words;

words! {
    /// Who may see an answer. Said on the message, changeable per answer until the pulse closes (docs/PRIVACY.md).
    pub enum Audience: "an audience" {
        /// The programme's coordinators, by name.
        Coordinator = "Coordinator",
        /// The coordinators and the partner.
        Partner = "Partner",
        /// Nobody by name: it enters totals of enough people only, and no trace of it anything else.
        OnlyTotals = "OnlyTotals",
    }
}

impl Audience {
    /// From the fewest who see it to the most: totals only, coordinators, coordinators and partner.
    pub fn width(self) -> u8 {
        match self {
            Self::OnlyTotals => 0,
            Self::Coordinator => 1,
            Self::Partner => 2,
        }
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
    /// When the person chose that; `None` while it is what the question says by itself.
    pub audience_at: Option<DateTime<Utc>>,
    /// When it was tapped, by Slack's clock.
    pub at: DateTime<Utc>,
}

impl Answer {
    /// Who sees it once the person has chosen `audience` at `at`: the later choice counts, in whatever order they
    /// arrive, and of two at the same moment the narrower.
    pub fn audience_after(&self, audience: Audience, at: DateTime<Utc>) -> Audience {
        match self.audience_at {
            Some(chosen) if chosen > at => self.audience,
            Some(chosen) if chosen == at && self.audience.width() < audience.width() => self.audience,
            _ => audience,
        }
    }
}

/// A person's own words to an answer, as they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// What they are about.
    pub question: QuestionId,
    /// Empty where the person took them back.
    pub words: String,
    /// When they were sent, or taken back.
    pub at: DateTime<Utc>,
}

impl Comment {
    /// Whether this counts for more than what is sent at `at`: the later does, and at the same moment what is taken
    /// back stays so.
    pub fn counts_over(&self, at: DateTime<Utc>) -> bool {
        self.at > at || (self.at == at && self.words.is_empty())
    }
}
