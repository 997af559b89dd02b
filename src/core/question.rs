//! The questions that people are asked, and the words of which they are made.

mod bank;
mod check;
mod draft;
mod fields;
mod item;
mod nudge;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use super::answer::Audience;
pub use super::id::QuestionId;
use super::words::words;
pub use bank::{Agreement, Bank, Fit, Met, Scales, Session, Silence, Skip, Survey};
pub use check::{BankError, Problem};
pub use item::{Form, Item};
pub use nudge::{Input, Nudge, Recipient};

words! {
    /// One of the five things that a good mentoring relationship shows in.
    pub enum Indicator: "an indicator" {
        Growth = "growth",
        Communication = "communication",
        Guidance = "guidance",
        Feedback = "feedback",
        Organisation = "organisation",
    }
}

words! {
    /// One side of an [`Indicator`].
    pub enum Facet: "a facet" {
        Goals = "goals",
        Skills = "skills",
        Confidence = "confidence",
        Performance = "performance",
        Satisfaction = "satisfaction",
        SelfWorth = "self-worth",
        Openness = "openness",
        Honesty = "honesty",
        Trust = "trust",
        Respect = "respect",
        Perspective = "perspective",
        Knowledge = "knowledge",
        Patience = "patience",
        Time = "time",
        Advice = "advice",
        Resources = "resources",
        Advocacy = "advocacy",
        Regularity = "regularity",
        Progress = "progress",
        Improvement = "improvement",
        ProgrammeSatisfaction = "programme-satisfaction",
        Retention = "retention",
        Productivity = "productivity",
        Inclusion = "inclusion",
    }
}

words! {
    /// A person's side of a pair.
    pub enum Role: "a role" {
        Mentee = "mentee",
        Mentor = "mentor",
    }
}

words! {
    /// Whom a question is for.
    pub enum Asked: "one of those asked" {
        Both = "both",
        Mentee = "mentee",
        Mentor = "mentor",
    }
}

words! {
    /// The five labels from which an answer is chosen.
    pub enum Scale: "a scale" {
        Agree = "agree",
        Often = "often",
        Amount = "amount",
    }
}

words! {
    /// Where a question is asked.
    pub enum Channel: "a channel" {
        /// Under a post in the pair's group DM; answers are private all the same.
        Pair = "pair",
        /// In a direct message, or after a tap, for one person.
        Private = "private",
    }
}

words! {
    /// The part of a programme in which a question is asked.
    pub enum Stage: "a stage" {
        /// The first 4 weeks.
        Start = "start",
        /// From week 8 on, to the end.
        Mid = "mid",
        /// The last 4 weeks.
        End = "end",
        /// Always.
        Any = "any",
    }
}

words! {
    /// What must be known of a pair before a question makes sense.
    pub enum Need: "a need" {
        /// They have met.
        Met = "met",
        /// They have a goal.
        Goal = "goal",
    }
}

/// One question, worded for each side that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: QuestionId,
    pub indicator: Indicator,
    pub facet: Facet,
    #[serde(rename = "audience")]
    pub asked: Asked,
    mentee: Option<String>,
    mentor: Option<String>,
    pub scale: Scale,
    pub stage: Stage,
    #[serde(default)]
    pub needs: Vec<Need>,
    /// "Yes" is bad; the scoring turns the answer round.
    pub reverse: bool,
    pub channel: Channel,
    /// Who sees an answer, unless its author chooses otherwise.
    pub default_audience: Audience,
    /// One line for the person who gave 1 or 2 (4 or 5 when reversed), never for the partner.
    pub follow_up: String,
    /// The idea behind the question, never its text.
    pub source: String,
}

impl Question {
    /// The wording for `role`; `None` where that side is not asked.
    pub fn text(&self, role: Role) -> Option<&str> {
        match role {
            Role::Mentee => self.mentee.as_deref(),
            Role::Mentor => self.mentor.as_deref(),
        }
    }

    /// Whether both sides are asked, so that their answers can be compared.
    pub fn is_paired(&self) -> bool {
        self.asked == Asked::Both
    }

    /// Whether it can stand in the pair's group DM: for both sides, and not private.
    pub fn is_shared(&self) -> bool {
        self.is_paired() && self.channel == Channel::Pair
    }

    /// An answer of 1 to 5 where more is better: a reversed question's is turned round.
    pub fn upright(&self, answer: u8) -> u8 {
        upright(answer, self.reverse)
    }

    /// Whether an answer of 1 to 5 is a low one, for which the follow-up is meant.
    pub fn is_low(&self, answer: u8) -> bool {
        if self.reverse { answer >= 4 } else { answer <= 2 }
    }
}

/// An answer of 1 to 5 where more is better, to a question that may be `reverse`.
pub fn upright(answer: u8, reverse: bool) -> u8 {
    if reverse { 6 - answer.min(5) } else { answer }
}

impl Role {
    /// The other side of the pair.
    pub fn partner(self) -> Self {
        match self {
            Self::Mentee => Self::Mentor,
            Self::Mentor => Self::Mentee,
        }
    }
}

impl Facet {
    /// The indicator of which this is a side.
    pub fn indicator(self) -> Indicator {
        use Facet::*;
        match self {
            Goals | Skills | Confidence | Performance | Satisfaction | SelfWorth => Indicator::Growth,
            Openness | Honesty | Trust | Respect | Perspective => Indicator::Communication,
            Knowledge | Patience | Time | Advice | Resources | Advocacy => Indicator::Guidance,
            Regularity | Progress | Improvement | ProgrammeSatisfaction => Indicator::Feedback,
            Retention | Productivity | Inclusion => Indicator::Organisation,
        }
    }
}
