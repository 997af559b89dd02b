//! What our forms carry: the words that the renderer writes into a modal and the parser reads back when it is sent.
//!
//! A form says its kind in `callback_id` and what it is about in `private_metadata` (ids, one space between them). What
//! the person entered stands under the block and action ids below.

pub mod rest;

use chrono::NaiveDate;

use crate::core::care::About;
use crate::core::decision::Field;
use crate::core::goal::GoalField;
use crate::core::id::{GoalId, PairId, PulseId, QuestionId, StepId, SurveyId, ThanksId};

use super::action::{care, one, two};

/// `block_id` and `action_id` of the text input of the comment and help forms.
pub const WORDS: &str = "words";

/// `block_id` and `action_id` of the three radio buttons of the audience form; an option's value is
/// [`Audience::as_str`](crate::core::answer::Audience::as_str).
pub const AUDIENCE: &str = "audience";

/// `block_id` and `action_id` of the choice of a pair; an option's value is the pair's id.
pub const PAIR: &str = "pair";

/// `block_id` and `action_id` of the day of a session.
pub const DAY: &str = "day";

/// `block_id` and `action_id` of the length of a session, in minutes.
pub const MINUTES: &str = "minutes";

/// `block_id` and `action_id` of the choice whether a session took place; its options' values are `yes` and `no`.
pub const TOOK_PLACE: &str = "took_place";

/// `block_id` and `action_id` of what help is wanted with, and of how soon; an option's value is the word of it.
pub const TOPIC: &str = "topic";
pub const URGENCY: &str = "urgency";

/// `block_id` and `action_id` of why a pair ends; an option's value is the word of it.
pub const REASON: &str = "reason";

/// `block_id` and `action_id` of who may know that a match is not right; an option's value is the word of it, or [`FITS`].
pub const MAY_KNOW: &str = "may_know";

/// The value of "it fits after all".
pub const FITS: &str = "fits";
/// `block_id` and `action_id` of the inputs of a goal: an idea, its words, skill, steps, day, how sure one feels, and
/// whether it is kept.
pub const IDEA: &str = "idea";
pub const GOAL: &str = "goal";
pub const SKILL: &str = "skill";
pub const STEPS: &str = "steps";
pub const BY: &str = "by";
pub const SURE: &str = "sure";
pub const KEEP: &str = "keep";

/// `block_id` and `action_id` of the suggested dates.
pub const DATES: [&str; 3] = ["date1", "date2", "date3"];

/// `block_id` and `action_id` of the items of the agreement or of a survey, by their place.
pub const ITEMS: [&str; 12] =
    ["item1", "item2", "item3", "item4", "item5", "item6", "item7", "item8", "item9", "item10", "item11", "item12"];

/// `block_id` and `action_id` of how far somebody's words may be shared.
pub const CONSENT: &str = "consent";

/// The field of ours that has to be mended, as its `block_id`.
pub fn block_of(field: Field) -> &'static str {
    match field {
        Field::Words => WORDS,
        Field::Day => DAY,
        Field::Minutes => MINUTES,
        Field::MayKnow => MAY_KNOW,
        Field::Reason => REASON,
        Field::Topic => TOPIC,
        Field::Urgency => URGENCY,
        Field::Rest(field) => rest::block_of(field),
        Field::Goal(GoalField::Title) => GOAL,
        Field::Goal(GoalField::Skill) => SKILL,
        Field::Goal(GoalField::Steps) => STEPS,
        Field::Goal(GoalField::By) => BY,
        Field::Date(place) => DATES.get(place).copied().unwrap_or(DATES[0]),
        Field::Item(place) => ITEMS.get(place).copied().unwrap_or(ITEMS[0]),
    }
}

/// The most characters that a person can write into one of our inputs (`max_length`). More is cut.
pub const WORDS_MAX: usize = 3_000;

/// The forms that we open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A comment on an answer.
    Comment { pulse: PulseId, question: QuestionId },
    /// Who sees an answer.
    Audience { pulse: PulseId, question: QuestionId },
    /// "I need help."
    Help { pair: PairId },
    /// "This match is not right."
    Fit { pair: PairId },
    /// "End this pair."
    End { pair: PairId },
    /// A session; without a pair where the form asks which. `was`: the logged day that is corrected.
    Session { pair: Option<PairId>, was: Option<NaiveDate> },
    /// Dates for the next session.
    Dates { pair: PairId },
    /// What one of a pair wants to agree on.
    Agreement { pair: PairId },
    /// A survey.
    Survey { survey: SurveyId },
    /// A coordinator's words to both of a pair.
    Message { about: About },
    /// A pause, or days away.
    Pause,
    /// A person's days and hours.
    Time,
    /// A goal, new or not: a new one has its name before it is sent.
    Goal { pair: PairId, goal: GoalId },
    /// Thanks, which has its name before it is sent.
    Thanks { pair: PairId, thanks: ThanksId },
    /// The answer to what a coordinator asked.
    Reply { step: StepId },
}

impl Form {
    /// The kind, for the modal's `callback_id`.
    pub fn callback_id(&self) -> &'static str {
        match self {
            Self::Comment { .. } => "comment",
            Self::Audience { .. } => "audience",
            Self::Help { .. } => "help",
            Self::Fit { .. } => "fit",
            Self::End { .. } => "end",
            Self::Session { .. } => "session",
            Self::Dates { .. } => "dates",
            Self::Agreement { .. } => "agreement",
            Self::Survey { .. } => "survey",
            Self::Message { .. } => "message",
            Self::Goal { .. } => "write_goal",
            Self::Thanks { .. } => "thanks",
            Self::Reply { .. } => "reply",
            Self::Pause => "pause",
            Self::Time => "time",
        }
    }

    /// The ids, for the modal's `private_metadata`.
    pub fn private_metadata(&self) -> String {
        match self {
            Self::Comment { pulse, question } | Self::Audience { pulse, question } => format!("{pulse} {question}"),
            Self::Fit { pair }
            | Self::End { pair }
            | Self::Help { pair }
            | Self::Dates { pair }
            | Self::Agreement { pair }
            | Self::Session { pair: Some(pair), was: None } => pair.to_string(),
            Self::Session { pair: Some(pair), was: Some(was) } => format!("{pair} {was}"),
            Self::Session { pair: None, .. } | Self::Pause | Self::Time => String::new(),
            Self::Message { about } => care::about_text(about),
            Self::Goal { pair, goal } => format!("{pair} {goal}"),
            Self::Thanks { pair, thanks } => format!("{pair} {thanks}"),
            Self::Reply { step } => step.to_string(),
            Self::Survey { survey } => survey.to_string(),
        }
    }

    /// Reads [`Form::callback_id`] and [`Form::private_metadata`] back. `None`: not ours, or of another version.
    pub fn parse(callback_id: &str, private_metadata: &str) -> Option<Self> {
        match callback_id {
            "comment" => two(private_metadata).map(|(pulse, question)| Self::Comment { pulse, question }),
            "audience" => two(private_metadata).map(|(pulse, question)| Self::Audience { pulse, question }),
            "help" => one(private_metadata).map(|pair| Self::Help { pair }),
            "fit" => one(private_metadata).map(|pair| Self::Fit { pair }),
            "end" => one(private_metadata).map(|pair| Self::End { pair }),
            "survey" => one(private_metadata).map(|survey| Self::Survey { survey }),
            "agreement" => one(private_metadata).map(|pair| Self::Agreement { pair }),
            "message" => care::about(private_metadata).map(|about| Self::Message { about }),
            "pause" => Some(Self::Pause),
            "time" => Some(Self::Time),
            "write_goal" => two(private_metadata).map(|(pair, goal)| Self::Goal { pair, goal }),
            "thanks" => two(private_metadata).map(|(pair, thanks)| Self::Thanks { pair, thanks }),
            "reply" => one(private_metadata).map(|step| Self::Reply { step }),
            "dates" => one(private_metadata).map(|pair| Self::Dates { pair }),
            "session" if private_metadata.is_empty() => Some(Self::Session { pair: None, was: None }),
            "session" => Some(match private_metadata.split_once(' ') {
                Some((pair, was)) => Self::Session { pair: Some(one(pair)?), was: Some(was.parse().ok()?) },
                None => Self::Session { pair: Some(one(private_metadata)?), was: None },
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_says_is_what_is_read() {
        let (pulse, question) = (PulseId::from("pulse:p:2026-05-19"), QuestionId::from("comm-openness"));
        for form in [
            Form::Comment { pulse: pulse.clone(), question: question.clone() },
            Form::Audience { pulse, question },
            Form::Help { pair: PairId::from("p") },
            Form::End { pair: PairId::from("p") },
            Form::Fit { pair: PairId::from("p") },
            Form::Dates { pair: PairId::from("p") },
            Form::Agreement { pair: PairId::from("p") },
            Form::Survey { survey: "survey:p:mid".into() },
            Form::Message { about: About { pair: "p".into(), line: None } },
            Form::Message { about: About { pair: "p".into(), line: Some("line:1:pair:p".into()) } },
            Form::Goal { pair: "p".into(), goal: "g".into() },
            Form::Thanks { pair: "p".into(), thanks: "t".into() },
            Form::Reply { step: "step:asked_each:p:2026-05-19".into() },
            Form::Pause,
            Form::Time,
            Form::Session { pair: None, was: None },
            Form::Session { pair: Some(PairId::from("p")), was: None },
            Form::Session { pair: Some(PairId::from("p")), was: NaiveDate::from_ymd_opt(2026, 5, 12) },
        ] {
            assert_eq!(Form::parse(form.callback_id(), &form.private_metadata()), Some(form));
        }
        assert_eq!(Form::parse("comment", "pulse"), None);
        assert_eq!(Form::parse("message", "p no-line"), None);
        assert_eq!(Form::parse("goal", "pulse question"), None);
        assert_eq!(Form::parse("", ""), None);
    }
}
