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

/// The one policy: what each audience promises. Every surface asks here, or takes numbers from `core::scoring`, which does.
impl Audience {
    /// Those of which coordinators may read answer and comment with the name.
    pub const NAMED: [Self; 2] = [Self::Coordinator, Self::Partner];

    /// From the fewest who see it to the most: totals only, coordinators, coordinators and partner.
    pub fn width(self) -> u8 {
        match self {
            Self::OnlyTotals => 0,
            Self::Coordinator => 1,
            Self::Partner => 2,
        }
    }

    /// Whether coordinators may read it with the name, and whether it may enter what is told of a pair and blocks of totals.
    pub fn is_named(self) -> bool {
        Self::NAMED.contains(&self)
    }

    /// Whether the partner may read it, once the pulse is closed.
    pub fn shows_partner(self) -> bool {
        self == Self::Partner
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
    /// When the person was shown the line that follows a low answer: once, however often the answer is changed.
    pub followed_up: Option<DateTime<Utc>>,
    /// When it was tapped, by Slack's clock.
    pub at: DateTime<Utc>,
}

impl Answer {
    /// Who sees it once the person has chosen `audience` at `at`: the later choice counts, in whatever order they
    /// arrive. What was narrowed is never widened by an older act.
    pub fn audience_after(&self, audience: Audience, at: DateTime<Utc>) -> Audience {
        if self.audience_at.is_some_and(|chosen| chosen > at) { self.audience } else { audience }
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
