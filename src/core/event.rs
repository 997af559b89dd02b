//! Everything that comes in: a person did something in Slack, or Slack tells of the app itself.

use chrono::{DateTime, NaiveDate, Utc};

use super::agreement::AgreementAct;
use super::answer::Audience;
use super::care::{About, Care};
use super::ending::EndAct;
use super::fit::FitAct;
use super::goal::GoalAct;
use super::help::HelpAct;
use super::id::{EventId, MessageKey, PairId, PersonId, ProgramId, ProposalId, PulseId, QuestionId, StepId};
use super::nudge::NudgeAct;
use super::record::RecordAct;
use super::rest::RestAct;
use super::survey::SurveyAct;
use super::thanks::ThanksAct;

/// One thing that came in, already understood. What is not understood is [`Event::Ignored`], never an error.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A person tapped, typed or opened something.
    Acted(Act),
    /// One of our own posts came back to us: it exists.
    Echoed(Proof),
    /// The app was removed from the workspace, or its tokens were revoked: stop posting.
    Uninstalled,
    /// Slack drops events of this workspace for the minute that it names.
    EventsLimited,
    /// Something we do not know or do not want, by its kind (`message`, `reaction_added` …). Counted and acknowledged.
    Ignored(String),
}

/// What a person did.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Recognises a repeated delivery.
    pub id: EventId,
    /// Who did it.
    pub by: PersonId,
    /// When, by Slack's clock: of two acts about the same thing, the later one counts, in whatever order they arrive.
    pub at: DateTime<Utc>,
    /// The message that was tapped, when it is one of ours that everybody in the conversation can see.
    pub proof: Option<Proof>,
    /// What it was.
    pub what: What,
}

/// A message of ours seen in Slack. It settles a post whose reply was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The opaque key that the message carries.
    pub key: MessageKey,
    /// Where it stands.
    pub receipt: Receipt,
}

/// Where a message stands in Slack.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Receipt {
    /// Conversation id.
    pub channel: String,
    /// The message's `ts`.
    pub ts: String,
}

impl Receipt {
    /// When the message was posted: Slack's `ts` says so. `None` where it is no such text.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        let seconds = self.ts.split('.').next()?.parse().ok()?;
        DateTime::from_timestamp(seconds, 0)
    }
}

/// The acts that the product knows.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Tapped a value of a question's scale, 1 (left) to 5 (right).
    Answered { pulse: PulseId, question: QuestionId, value: u8 },
    /// Said whether the two have met.
    Met { pulse: PulseId, met: bool },
    /// "Not this week."
    Skipped { pulse: PulseId },
    /// "Ask me tomorrow."
    Snoozed { pulse: PulseId },
    /// Wants to see the buttons again in order to change an answer.
    Reopened { pulse: PulseId, question: QuestionId },
    /// Opens the form for a comment.
    OpenedComment { pulse: PulseId, question: QuestionId },
    /// Sent the comment form. Empty words withdraw the comment.
    Commented { pulse: PulseId, question: QuestionId, words: String },
    /// Opens "who sees this" of an answer.
    OpenedAudience { pulse: PulseId, question: QuestionId },
    /// Chose who sees an answer.
    ChoseAudience { pulse: PulseId, question: QuestionId, audience: Audience },
    /// Asks for help, or reads what somebody asks.
    Help(HelpAct),
    /// Says whether the pairing is right.
    Fit(FitAct),
    /// Ends a pair.
    End(EndAct),
    /// Opens the form for a session; of no pair yet where that is to be chosen. `day`: the logged one to correct.
    OpenedSession { pair: Option<PairId>, day: Option<NaiveDate> },
    /// Logged a session by a button or a command: today, where no day is given.
    LoggedSession { pair: PairId, day: Option<NaiveDate>, minutes: Option<u16> },
    /// Sent that form. `was`: the logged session that is corrected; no `day`: it did not take place.
    FilledSession { pair: PairId, was: Option<NaiveDate>, day: Option<NaiveDate>, minutes: Option<u16> },
    /// Answered one of the two questions after a session: the label's place, from 1.
    RatedSession { pair: PairId, day: NaiveDate, item: QuestionId, value: u8 },
    /// Opens the form for suggesting dates.
    OpenedDates { pair: PairId },
    /// Suggested dates for the next session: one for each field of the form, which may be left empty.
    SuggestedDates { pair: PairId, dates: Vec<Option<DateTime<Utc>>> },
    /// "Works" on one of the suggested dates.
    ChoseDate { pair: PairId, proposal: ProposalId, date: DateTime<Utc> },
    /// Calls the next session, or a suggestion, off.
    CalledOff { pair: PairId, proposal: ProposalId },
    /// Does something about their own time.
    Rested(RestAct),
    /// Does something about the agreement of a pair.
    Agreement(AgreementAct),
    /// Does something about a survey.
    Survey(SurveyAct),
    /// A coordinator does something about a pair or a line of the digest.
    Cared(Care),
    /// Sent the form of "Message both".
    WroteToBoth { about: About, words: String },
    /// Opens the form that answers what a coordinator asked of each alone.
    OpenedReply { step: StepId },
    /// Sent that form.
    Replied { step: StepId, words: String },
    /// Does something about goals.
    Goal(GoalAct),
    /// Opens what to prepare for the next session of a pair.
    OpenedAgenda { pair: PairId },
    /// Does something about thanks.
    Thanks(ThanksAct),
    /// Does something about a record.
    Record(RecordAct),
    /// "How this works", or "Who sees what" of the welcome.
    AskedHow { program: ProgramId },
    /// "Start" on the welcome.
    Started { program: ProgramId },
    /// "Not for me" on the welcome.
    Declined { program: ProgramId },
    /// Does something about a nudge, or chooses what comes.
    Nudge(NudgeAct),
    /// Opened the app's Home tab.
    OpenedHome,
    /// Typed `/rapport` with this text, or used it without any.
    Commanded { text: String },
    /// Tapped something that looks like ours but is not known to this version.
    Unknown { kind: String },
}
