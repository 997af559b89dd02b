//! What our buttons carry: the words that the renderer writes into a message and the parser reads back from a tap.
//!
//! A button says its kind in `action_id` (`answer.4`) and what it is about in `value` (ids, one space between them).
//! An option of an overflow menu has a value only, so there the kind stands in front of the ids.

use chrono::{DateTime, NaiveDate, Utc};

pub mod agreement;
pub mod care;
pub mod ending;
pub mod fit;
pub mod goal;
pub mod help;
pub mod nudge;
pub mod record;
pub mod rest;
pub mod survey;
#[cfg(test)]
mod tests;
pub mod thanks;

use agreement::AgreementTap;
use survey::SurveyTap;

use crate::core::answer::Audience;
use crate::core::care::Care;
use crate::core::ending::EndAct;
use crate::core::fit::FitAct;
use crate::core::goal::GoalAct;
use crate::core::help::HelpAct;
use crate::core::id::{MessageKey, PairId, ProgramId, ProposalId, PulseId, QuestionId, StepId};
use crate::core::nudge::NudgeAct;
use crate::core::record::RecordAct;
use crate::core::thanks::ThanksAct;

/// The `action_id` of an overflow menu. The chosen option's value says the rest.
pub const MENU: &str = "menu";

/// The `action_id` of a button that only opens a link, or its part before a dot: acknowledged, and nothing else happens.
pub const LINK: &str = "link";

/// The most characters that Slack takes in a button's `value`.
pub const VALUE_MAX: usize = 2_000;

/// The most characters that Slack takes in the value of an option.
pub const OPTION_MAX: usize = 150;

/// Everything that a person can tap in a message of ours or in App Home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A value of a question's scale, 1 (left) to 5 (right).
    Answer { pulse: PulseId, question: QuestionId, value: u8 },
    /// "Did you two meet": yes or not yet.
    Met { pulse: PulseId, met: bool },
    /// "Not this week."
    Skip { pulse: PulseId },
    /// "Ask me tomorrow."
    Snooze { pulse: PulseId },
    /// "Change": show the buttons of this question again.
    Reopen { pulse: PulseId, question: QuestionId },
    /// "Add a comment."
    OpenComment { pulse: PulseId, question: QuestionId },
    /// "Who sees this."
    OpenAudience { pulse: PulseId, question: QuestionId },
    /// One of the three audiences, where they are offered as buttons.
    ChooseAudience { pulse: PulseId, question: QuestionId, audience: Audience },
    /// "I need help", and what those do who are asked.
    Help(HelpAct),
    /// "This match is not right", and the answers to whether it is.
    Fit(FitAct),
    /// "End this pair."
    End(EndAct),
    /// "We met today."
    MetToday { pair: PairId },
    /// "Log a session", or "Correct" the one of that day.
    OpenSession { pair: PairId, day: Option<NaiveDate> },
    /// A label of a question after a session, by its place from 1.
    Rate { pair: PairId, day: NaiveDate, item: QuestionId, value: u8 },
    /// "Suggest dates."
    OpenDates { pair: PairId },
    /// "Works", on one of the suggested dates, by its place from 1.
    Choose { pair: PairId, proposal: ProposalId, place: u8, date: DateTime<Utc> },
    /// "Call it off."
    CallOff { pair: PairId, proposal: ProposalId },
    /// Something about a person's own time.
    Rest(rest::RestAction),
    /// Something about the agreement of a pair.
    Agreement(AgreementTap),
    /// Something about a survey.
    Survey(SurveyTap),
    /// Something that a coordinator does about a line of the digest or about a pair.
    Care(Care),
    /// A button of a nudge, or a choice of what comes.
    Nudge(NudgeAct),
    /// Something about goals.
    Goal(GoalAct),
    /// Something about thanks.
    Thanks(ThanksAct),
    /// Something about a record.
    Record(RecordAct),
    /// "What to prepare."
    OpenAgenda { pair: PairId },
    /// "Answer", below what a coordinator asks of one alone.
    OpenReply { step: StepId },
    /// "How this works."
    How { program: ProgramId },
    /// "Start" on the welcome.
    Start { program: ProgramId },
    /// "Not for me" on the welcome.
    Decline { program: ProgramId },
    /// "Who sees what" on the welcome.
    WhoSeesWhat { program: ProgramId },
}

impl Action {
    /// The kind, for a button's `action_id`. Distinct for all buttons about one question, as Slack asks within a block.
    pub fn action_id(&self) -> String {
        match self {
            Self::Answer { value, .. } => format!("answer.{value}"),
            Self::Met { met: true, .. } => "met.yes".to_owned(),
            Self::Met { met: false, .. } => "met.no".to_owned(),
            Self::Skip { .. } => "skip".to_owned(),
            Self::Snooze { .. } => "snooze".to_owned(),
            Self::Reopen { .. } => "reopen".to_owned(),
            Self::OpenComment { .. } => "comment".to_owned(),
            Self::OpenAudience { .. } => "audience".to_owned(),
            Self::ChooseAudience { audience, .. } => format!("audience.{}", audience.as_str()),
            Self::Help(what) => help::kind(what).to_owned(),
            Self::Fit(what) => fit::kind(what),
            Self::End(_) => ending::END.to_owned(),
            Self::MetToday { .. } => "session.today".to_owned(),
            Self::OpenSession { day: None, .. } => "session".to_owned(),
            Self::OpenSession { day: Some(_), .. } => "session.correct".to_owned(),
            Self::Rate { item, value, .. } => format!("rate.{value}.{item}"),
            Self::OpenDates { .. } => "dates".to_owned(),
            Self::Choose { place, .. } => format!("works.{place}"),
            Self::CallOff { .. } => "calloff".to_owned(),
            Self::Rest(action) => format!("rest.{}", rest::kind(action)),
            Self::Agreement(tap) => format!("agreement.{}", agreement::kind(tap)),
            Self::Survey(tap) => format!("survey.{}", survey::kind(tap)),
            Self::Care(care) => format!("care.{}", care::kind(care)),
            Self::Nudge(act) => format!("nudge.{}", nudge::kind(act)),
            Self::Goal(act) => format!("goal.{}", goal::kind(act)),
            Self::Thanks(act) => format!("thanks.{}", thanks::kind(act)),
            Self::Record(act) => format!("record.{}", record::kind(act)),
            Self::OpenAgenda { .. } => "agenda".to_owned(),
            Self::OpenReply { .. } => "reply".to_owned(),
            Self::How { .. } => "how".to_owned(),
            Self::Start { .. } => "start".to_owned(),
            Self::Decline { .. } => "decline".to_owned(),
            Self::WhoSeesWhat { .. } => "who".to_owned(),
        }
    }

    /// The ids, for a button's `value`: at most [`VALUE_MAX`] characters, since an id has at most 255.
    pub fn value(&self) -> String {
        match self {
            Self::Answer { pulse, question, .. }
            | Self::Reopen { pulse, question }
            | Self::OpenComment { pulse, question }
            | Self::OpenAudience { pulse, question }
            | Self::ChooseAudience { pulse, question, .. } => format!("{pulse} {question}"),
            Self::Met { pulse, .. } | Self::Skip { pulse } | Self::Snooze { pulse } => pulse.to_string(),
            Self::Help(what) => help::value(what),
            Self::Fit(what) => fit::value(what),
            Self::End(what) => ending::value(what),
            Self::MetToday { pair }
            | Self::OpenDates { pair }
            | Self::OpenAgenda { pair }
            | Self::OpenSession { pair, day: None } => pair.to_string(),
            Self::OpenSession { pair, day: Some(day) } | Self::Rate { pair, day, .. } => format!("{pair} {day}"),
            Self::Choose { pair, proposal, date, .. } => format!("{pair} {proposal} {}", date.timestamp()),
            Self::CallOff { pair, proposal } => format!("{pair} {proposal}"),
            Self::Rest(action) => rest::value(action),
            Self::Agreement(tap) => agreement::value(tap),
            Self::Survey(tap) => survey::value(tap),
            Self::Care(care) => care::value(care),
            Self::Nudge(act) => nudge::value(act),
            Self::Goal(act) => goal::value(act),
            Self::Thanks(act) => thanks::value(act),
            Self::Record(act) => record::value(act),
            Self::OpenReply { step } => step.to_string(),
            Self::How { program }
            | Self::Start { program }
            | Self::Decline { program }
            | Self::WhoSeesWhat { program } => program.to_string(),
        }
    }

    /// Kind and ids in one, for the value of an option. It is the renderer's part to keep within [`OPTION_MAX`]: all
    /// but programmes with a very long name do.
    pub fn option_value(&self) -> String {
        format!("{} {}", self.action_id(), self.value())
    }

    /// Reads [`Action::action_id`] and [`Action::value`] back. `None`: not one of ours, or of another version.
    pub fn parse(action_id: &str, value: &str) -> Option<Self> {
        let (kind, choice) = match action_id.split_once('.') {
            Some((kind, choice)) => (kind, Some(choice)),
            None => (action_id, None),
        };
        match (kind, choice) {
            ("answer", Some(choice)) => {
                let (pulse, question) = two(value)?;
                let value = scale(choice)?;
                Some(Self::Answer { pulse, question, value })
            }
            ("met", Some(choice)) => {
                let met = match choice {
                    "yes" => true,
                    "no" => false,
                    _ => return None,
                };
                Some(Self::Met { pulse: one(value)?, met })
            }
            ("skip", None) => Some(Self::Skip { pulse: one(value)? }),
            ("snooze", None) => Some(Self::Snooze { pulse: one(value)? }),
            ("reopen", None) => two(value).map(|(pulse, question)| Self::Reopen { pulse, question }),
            ("comment", None) => two(value).map(|(pulse, question)| Self::OpenComment { pulse, question }),
            ("audience", None) => two(value).map(|(pulse, question)| Self::OpenAudience { pulse, question }),
            ("audience", Some(choice)) => {
                let (pulse, question) = two(value)?;
                Some(Self::ChooseAudience { pulse, question, audience: choice.parse().ok()? })
            }
            ("fit", choice) => fit::parse(choice, value).map(Self::Fit),
            (ending::END, None) => ending::parse(value).map(Self::End),
            ("help", choice) => help::parse(choice, value).map(Self::Help),
            ("session", Some("today")) => Some(Self::MetToday { pair: one(value)? }),
            ("session", None) => Some(Self::OpenSession { pair: one(value)?, day: None }),
            ("session", Some("correct")) => {
                let (pair, day) = value.split_once(' ')?;
                Some(Self::OpenSession { pair: one(pair)?, day: Some(day.parse().ok()?) })
            }
            ("rate", Some(choice)) => {
                let (choice, item) = choice.split_once('.')?;
                let (pair, day) = value.split_once(' ')?;
                let (item, value) = (one(item)?, scale(choice)?);
                Some(Self::Rate { pair: one(pair)?, day: day.parse().ok()?, item, value })
            }
            ("dates", None) => Some(Self::OpenDates { pair: one(value)? }),
            ("works", Some(place)) => {
                let (ids, date) = value.rsplit_once(' ')?;
                let (pair, proposal) = two(ids)?;
                let date = DateTime::from_timestamp(date.parse().ok()?, 0)?;
                Some(Self::Choose { pair, proposal, place: scale(place)?, date })
            }
            ("calloff", None) => two(value).map(|(pair, proposal)| Self::CallOff { pair, proposal }),
            ("rest", Some(choice)) => rest::parse(choice, value).map(Self::Rest),
            ("survey", Some(choice)) => survey::parse(choice, value).map(Self::Survey),
            ("agreement", Some(choice)) => agreement::parse(choice, value).map(Self::Agreement),
            ("care", Some(choice)) => care::parse(choice, value).map(Self::Care),
            ("nudge", Some(choice)) => nudge::parse(choice, value).map(Self::Nudge),
            ("goal", Some(choice)) => goal::parse(choice, value).map(Self::Goal),
            ("thanks", Some(choice)) => thanks::parse(choice, value).map(Self::Thanks),
            ("record", Some(choice)) => record::parse(choice, value).map(Self::Record),
            ("agenda", None) => Some(Self::OpenAgenda { pair: one(value)? }),
            ("reply", None) => Some(Self::OpenReply { step: one(value)? }),
            ("how", None) => Some(Self::How { program: one(value)? }),
            ("start", None) => Some(Self::Start { program: one(value)? }),
            ("decline", None) => Some(Self::Decline { program: one(value)? }),
            ("who", None) => Some(Self::WhoSeesWhat { program: one(value)? }),
            _ => None,
        }
    }

    /// Reads [`Action::option_value`] back.
    pub fn parse_option(option: &str) -> Option<Self> {
        let (action_id, value) = option.split_once(' ')?;
        Self::parse(action_id, value)
    }
}

/// The `block_id` of block `n` of a message of ours. It is new with each revision, or old input would stick to it.
pub fn block_id(key: &MessageKey, revision: i64, n: usize) -> String {
    format!("{key}.{revision}.{n}")
}

/// The message's key in a [`block_id`] of ours: a UUID in front of two numbers.
pub fn key_of(block_id: &str) -> Option<MessageKey> {
    let mut parts = block_id.split('.');
    let (key, revision, n) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && revision.parse::<i64>().is_ok() && n.parse::<usize>().is_ok();
    if whole { message_key(key) } else { None }
}

/// A message's key, if this is one: they are UUIDs, so anything else is somebody else's.
pub fn message_key(key: &str) -> Option<MessageKey> {
    uuid::Uuid::try_parse(key).ok().map(|_| MessageKey::from(key))
}

/// An id as we accept it from outside: 1 to 255 bytes, no white space, no control characters.
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255 && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}

pub(super) fn one<'a, T: From<&'a str>>(value: &'a str) -> Option<T> {
    is_id(value).then(|| T::from(value))
}

pub(super) fn two<'a, A: From<&'a str>, B: From<&'a str>>(value: &'a str) -> Option<(A, B)> {
    let (first, second) = value.split_once(' ')?;
    Some((one(first)?, one(second)?))
}

fn scale(choice: &str) -> Option<u8> {
    match choice {
        "1" => Some(1),
        "2" => Some(2),
        "3" => Some(3),
        "4" => Some(4),
        "5" => Some(5),
        _ => None,
    }
}
