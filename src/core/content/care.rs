//! What coordinators read and are told when they act on a pair, and what reaches the pair of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Started;
use crate::core::answer::Audience;
use crate::core::care::{About, Looked, StepKind};
use crate::core::id::{PairId, StepId};
use crate::core::question::Role;
use crate::core::scoring::digest::{DigestPage, LineId, Rate};
use crate::core::scoring::evaluation::Evaluation;
use crate::core::scoring::record::Weekly;
use crate::core::scoring::trend::Trend;

/// What a coordinator is told who did something about a pair.
#[derive(Clone, Debug, PartialEq)]
pub enum Cared {
    /// The words reach the two then.
    WroteToBoth { pair_name: String, due: DateTime<Utc> },
    /// Each of the two is asked alone, in their own working hours.
    AskedEach { mentee: String, mentor: String },
    /// Nothing is asked until then; a pulse that is open stays until it closes.
    Paused { pair_name: String, until: NaiveDate, open: Option<DateTime<Utc>> },
    /// The pause is over.
    Resumed { pair_name: String },
    /// The line is dealt with.
    Handled,
    /// The label is stored.
    Labelled { needed_help: bool },
    /// It was done before: by whom, unless it was the reader.
    Before { kind: StepKind, by: Option<String>, at: DateTime<Utc> },
    /// The pair is paused already, until then, by whom unless it was the reader.
    PausedBefore { pair_name: String, until: NaiveDate, by: Option<String> },
    /// The file comes in a message.
    Exported,
}

/// A coordinator's words to both of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct WordToBoth {
    pub program_name: String,
    pub coordinator: String,
    pub words: String,
}

/// What a coordinator asks of one of the two, alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PrivateQuestion {
    pub step: StepId,
    pub program_name: String,
    pub coordinator: String,
    pub partner: String,
    /// The person has answered.
    pub replied: bool,
}

/// The form of "Message both".
#[derive(Clone, Debug, PartialEq)]
pub struct MessageForm {
    pub about: About,
    pub pair_name: String,
    pub program_name: String,
}

/// The form that answers a coordinator's question.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyForm {
    pub step: StepId,
    pub coordinator: String,
    pub partner: String,
    pub safety: Option<String>,
}

/// A step as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct StepShown {
    pub kind: StepKind,
    /// The line from which it began.
    pub line: Option<LineId>,
    /// The coordinator's name.
    pub by: String,
    pub at: DateTime<Utc>,
    /// Of the two, who has answered a question to each alone.
    pub replied: u32,
    /// The day on which the pause goes on by itself.
    pub until: Option<NaiveDate>,
}

/// A pause as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PauseShown {
    /// The day on which it goes on by itself.
    pub until: NaiveDate,
    /// The name of who wanted it, if that was a person.
    pub by: Option<String>,
}

/// One of the two on the pair's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub name: String,
    /// The Slack user id.
    pub user: String,
    pub role: Role,
    pub said: Option<Started>,
    /// Pulses of the last four that closed without an answer, of how many that were asked.
    pub missed: (u32, u32),
    /// Answers of closed pulses that a coordinator may read by name.
    pub named: u32,
}

/// The pair's page: what a coordinator may know of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct PairPage {
    pub pair: PairId,
    pub pair_name: String,
    pub program_name: String,
    /// Mentee and mentor.
    pub sides: [Side; 2],
    pub starts: NaiveDate,
    pub ended: Option<DateTime<Utc>>,
    pub unreachable: bool,
    pub paused: Option<PauseShown>,
    /// Pulses so far that were not folded.
    pub pulses: u32,
    /// The weekly looks, newest first, at most 20.
    pub weeks: Vec<Weekly>,
    /// Days on which they are known to have met, and the last of them.
    pub meetings: u32,
    pub last_met: Option<DateTime<Utc>>,
    /// When both last agreed on how they work together. On what stays between them.
    pub agreed: Option<DateTime<Utc>>,
    /// What was done, newest first, at most 10.
    pub steps: Vec<StepShown>,
    /// What the reader did just now, on this page.
    pub done: Option<Cared>,
}

/// What found no place in a digest; the first `skip` are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct MorePage {
    pub page: DigestPage,
    pub skip: u32,
}

/// The numbers of a digest's pairs, for a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Words that make a file's name: the programme's short name and the last day.
    pub slug: String,
    pub until: NaiveDate,
    pub program_name: String,
    pub rows: Vec<SheetRow>,
}

/// A pair in that file: what its coordinators may know, and nobody's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    pub pair: PairId,
    pub mentee: String,
    pub mentor: String,
    pub paused_until: Option<NaiveDate>,
    /// The weekly look of that digest; `None` while the pair was paused.
    pub evaluation: Option<Evaluation>,
    /// Health of four looks before, or of the first, where the one of now may be shown.
    pub before: Option<u8>,
    pub trend: Option<Trend>,
    pub last_met: Option<NaiveDate>,
    /// Pulses that closed in the four weeks before, answered of asked: mentee, mentor.
    pub answered: [Rate; 2],
}

/// Named answers, as many as stand on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswersPage {
    pub pair: PairId,
    pub pair_name: String,
    pub answers: Vec<NamedAnswer>,
    /// How many newer ones are left out.
    pub skip: u32,
    /// There are older ones.
    pub more: bool,
}

/// An answer of a closed pulse that its writer did not keep to totals.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedAnswer {
    pub name: String,
    /// The question as the writer read it, and the label of the answer.
    pub question: String,
    pub label: String,
    pub words: Option<String>,
    pub audience: Audience,
    pub closed: DateTime<Utc>,
}

/// That somebody looked, as the two of the pair see it.
#[derive(Clone, Debug, PartialEq)]
pub struct LookShown {
    pub partner: String,
    pub coordinator: String,
    pub what: Looked,
    pub at: DateTime<Utc>,
}
