//! What leaves with `rapport export`: people by their Slack ids, and only what their authors let a coordinator see.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::core::answer::Audience;
use crate::core::care::StepKind;
use crate::core::id::{PairId, PulseId, QuestionId};
use crate::core::nudge::Kind;
use crate::core::nudge::effect::Verdict;
use crate::core::question::{Indicator, Role};
use crate::core::survey::Point;

/// A pair that leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairLine {
    pub pair: PairId,
    /// Slack user ids.
    pub mentor: String,
    pub mentee: String,
    /// Civil date.
    pub starts: String,
    pub connection: Option<String>,
    pub group: Option<String>,
    /// UTC, as all times here.
    pub ended: Option<String>,
    /// Why: a kind, as somebody chose it.
    pub ended_reason: Option<String>,
}

/// A pulse that leaves; folded ones were never asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PulseLine {
    pub pulse: PulseId,
    pub pair: PairId,
    pub number: u32,
    pub strike: String,
    pub closed: Option<String>,
}

/// An answer that leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerLine {
    pub pulse: PulseId,
    pub pair: PairId,
    /// Slack user id.
    pub person: String,
    pub role: Role,
    pub question: QuestionId,
    /// 1 (left) to 5 (right), as tapped.
    pub value: u8,
    pub audience: Audience,
    pub at: String,
}

/// A released total of named answers that leaves: one week, one indicator, and whose answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TotalLine {
    /// The cut-off of the digest that released it.
    pub cutoff: String,
    pub indicator: Indicator,
    /// `programme`, `mentee`, `mentor` or `group`.
    pub of: &'static str,
    pub group: Option<String>,
    pub people: u32,
    pub answers: u32,
    /// The sum of the answers, 1 to 5 each, reversed ones turned round.
    pub points: u32,
}

/// A sealed batch of answers for totals only that leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BatchLine {
    pub cutoff: String,
    pub indicator: Indicator,
    pub role: Role,
    pub people: u32,
    /// The sum over people of their own mean, a whole number from 1 to 5 each.
    pub points: u32,
}

/// What somebody answered in a survey, for themselves alone: the place of the label, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnValue {
    pub pair: PairId,
    pub point: Point,
    pub role: Role,
    pub item: QuestionId,
    pub value: u8,
    pub at: DateTime<Utc>,
}

/// An answer to a survey that leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveyAnswerLine {
    pub pair: PairId,
    /// `start`, `mid` or `end`.
    pub point: Point,
    /// Slack user id.
    pub person: String,
    pub role: Role,
    pub item: QuestionId,
    /// The place of the label, from 1 (left).
    pub value: u8,
    pub audience: Audience,
    pub at: String,
}

/// A released total of surveys that leaves: one item, one side, one kind of answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveyTotalLine {
    /// The cut-off of the digest that released it.
    pub cutoff: String,
    pub point: Point,
    pub item: QuestionId,
    pub role: Role,
    /// `named`, or `totals` for answers that are for totals only.
    pub of: &'static str,
    pub people: u32,
    /// The sum over people of their own mean, a whole number from 1 to 5 each.
    pub points: u32,
}

/// What a coordinator said of a line about a pair that leaves, with what the rules had seen when they named it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelLine {
    pub pair: PairId,
    /// The digest's cut-off.
    pub cutoff: String,
    /// `needed_help` or `all_well`.
    pub label: StepKind,
    pub at: String,
    /// The rules' version; this and the rest is empty where the pair was not looked at.
    pub rules: Option<i64>,
    pub health: Option<i64>,
    pub without_worst_day: Option<i64>,
    pub ready: Option<i64>,
    pub thin: Option<i64>,
    pub state: Option<String>,
    /// What the Health was the sum of, as JSON.
    pub parts: Option<String>,
}

/// How often thanks was said in a pair, which leaves without its words. What waits still is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThanksLine {
    pub pair: PairId,
    pub by_mentee: u32,
    pub by_mentor: u32,
}

/// Days on which nothing was asked of a pair or of one of its two; for no reason that anybody was asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PauseLine {
    pub pair: PairId,
    /// `pair`, `mentee` or `mentor`.
    pub of: String,
    pub why: String,
    pub from: String,
    /// The first day on which it is asked again.
    pub until: String,
}

/// Whether a mentee shares the own record with the mentor, as they said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShareLine {
    pub pair: PairId,
    pub shared: bool,
    pub at: String,
}

/// How many goals a pair has had, which leaves without their words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoalLine {
    pub pair: PairId,
    pub open: u32,
    pub reached: u32,
    pub dropped: u32,
    /// When one was set, moved or reached last.
    pub moved: String,
}

/// What one look at a kind of nudge showed in the workspace, all programmes together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NudgeLine {
    pub kind: Kind,
    /// The number of episodes that was passed.
    pub mark: u32,
    pub at: String,
    pub sent_good: u32,
    pub sent: u32,
    pub held_good: u32,
    pub held: u32,
    /// The effect and its interval, in tenths of a point of a hundred.
    pub effect: i32,
    pub from: i32,
    pub until: i32,
    pub verdict: Option<Verdict>,
    /// When a coordinator took the verdict back.
    pub revived: Option<String>,
}
