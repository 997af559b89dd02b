//! What a message says, before it has words: facts for the renderers, which own every sentence.

mod agenda;
mod agreement;
mod care;
mod ending;
mod fit;
mod form;
mod goal;
mod help;
mod home;
mod nudge;
mod record;
mod rest;
mod survey;
mod thanks;

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Audience;
use super::event::Receipt;
use super::id::{PairId, ProgramId, PulseId, QuestionId};
use super::question::Role;
use super::refusal::Refusal;
use super::scoring::digest::DigestPage;
use super::session::Proposal;

pub use agenda::Agenda;
pub use agreement::{AgreementForm, AgreementPost, AgreementSaid, HomeAgreement};
pub use care::{
    AnswersPage, Cared, LookShown, MessageForm, MorePage, NamedAnswer, PairPage, PauseShown, PrivateQuestion,
    ReplyForm, Sheet, SheetRow, Side, StepShown, WordToBoth,
};
pub use ending::{Closing, EndForm, EndSaid, EndedNote, HomeFormer};
pub use fit::{FitNote, FitQuestion, FitSaid};
pub use form::Form;
pub use goal::{GoalForm, GoalSaid, PairGoals, WriteGoal};
pub use help::{HelpForm, HelpNote, HelpReceipt, HelpSaid};
pub use home::{Home, HomeAnswer, HomeAttention, HomeItem, HomePair, HomePulse, HomeSessions, HomeShared};
pub use nudge::{NudgePage, NudgeSaid};
pub use record::{HomeRecord, ReceivedThanks, RecordForm, RecordPage, RecordPair, RecordPost, SessionSum};
pub use rest::{HomeRest, PairPaused, RestForm, RestSaid, SilenceAsked};
pub use survey::{SurveyForm, SurveyRow, SurveySaid, SurveysPost};
pub use thanks::{ThanksForm, ThanksPost, ThanksSaid, WaitingThanks};

/// The content of a message that the outbox delivers.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The welcome, to one person alone.
    Welcome(Welcome),
    /// A pulse in the pair's group DM.
    Pulse(SharedPulse),
    /// A pulse to one person alone.
    PrivatePulse(PrivatePulse),
    /// A mentor's pulses about each of many mentees.
    MentorPulses(MentorPulses),
    /// Words for the person who tapped.
    Said(Said),
    /// App Home.
    Home(Home),
    /// Dates for the next session.
    Dates(Dates),
    /// A nudge to one person alone.
    Nudge(NudgePage),
    /// What suits somebody who has not answered?
    Silence(SilenceAsked),
    /// Somebody paused the pair.
    PairPaused(PairPaused),
    /// The agreement of a pair.
    Agreement(Box<AgreementPost>),
    /// Surveys of one person and day.
    Surveys(SurveysPost),
    /// Thanks that the other of the pair said.
    Thanks(ThanksPost),
    /// A person's own record.
    Record(Box<RecordPost>),
    /// A word to a coordinator.
    Note(Note),
    /// To the person who asks for help: what became of it.
    HelpReceipt(HelpReceipt),
    /// To the same: nobody has opened it in time.
    HelpLate(HelpReceipt),
    /// A coordinator's words to both of a pair.
    WordToBoth(WordToBoth),
    /// What a coordinator asks of one of the two, alone.
    PrivateQuestion(PrivateQuestion),
    /// Whether the pairing is right, to one of the two alone.
    FitQuestion(FitQuestion),
    /// Kind words to both of a pair that has ended.
    Closing(Closing),
    /// The weekly digest.
    Digest(Box<DigestPage>),
    /// A file with the numbers of a digest's pairs.
    Sheet(Sheet),
    /// Takes a message back.
    Withdrawal(Receipt),
}

/// Before any question: who, what, how often, who sees what.
#[derive(Clone, Debug, PartialEq)]
pub struct Welcome {
    pub program: ProgramId,
    pub program_name: String,
    /// The person's pairs: own role, and the partner's name.
    pub pairs: Vec<(Role, String)>,
    /// Names of those who put the person in and read the digest, without the person.
    pub coordinators: Vec<String>,
    /// The person is a coordinator too.
    pub coordinates: bool,
    /// Those of the others who are told of a `Not for me`: the partner is not.
    pub told: Vec<String>,
    /// Messages that the bot starts, at most, in a week.
    pub weekly: u32,
    /// Totals are shown of this many people or more.
    pub threshold: u8,
    /// What the person said to it.
    pub said: Option<Started>,
}

/// What a person said to the welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    Yes,
    No,
}

/// One question as one side reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub question: QuestionId,
    pub text: String,
    /// The five values, left to right.
    pub labels: [String; 5],
    /// Who sees the answer unless the person says otherwise.
    pub audience: Audience,
}

/// What stands around every pulse.
#[derive(Clone, Debug, PartialEq)]
pub struct PulseFrame {
    pub pulse: PulseId,
    pub pair: PairId,
    pub program: ProgramId,
    /// Given when one of the two is in more than one programme.
    pub program_name: Option<String>,
    pub number: u32,
    pub of: Option<u32>,
    /// "Did you two meet since …?"
    pub since: NaiveDate,
    pub closes: DateTime<Utc>,
    /// The pulse is over: the question stays, the buttons go.
    pub closed: bool,
}

/// The post in the group DM. It looks the same whoever has answered.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedPulse {
    pub frame: PulseFrame,
    pub mentee_name: String,
    pub mentor_name: String,
    /// The same question as each side reads it; one row of buttons serves both.
    pub mentee: Item,
    pub mentor: Item,
}

/// The post to one person alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PrivatePulse {
    pub frame: PulseFrame,
    pub partner: String,
    pub item: Item,
    /// This is "ask me tomorrow" come true.
    pub again: bool,
}

/// One message to a mentor of more than two pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct MentorPulses {
    pub program_name: String,
    /// At most 20.
    pub rows: Vec<PrivatePulse>,
    /// Mentees who have no row any more; their pulses are in App Home.
    pub more: usize,
}

/// Words for one person, shown in the act.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// An answer is stored.
    Saved {
        pulse: PulseId,
        question: QuestionId,
        label: String,
        audience: Audience,
        partner: String,
        /// A line that may help after a low answer, shown once and only to this person.
        follow_up: Option<String>,
        /// The person has added words to it.
        commented: bool,
        /// One more, only for this person.
        second: Option<Item>,
    },
    /// The buttons of a question again, to change an answer.
    Again { pulse: PulseId, item: Item },
    /// The meeting is noted, or that there was none.
    Met { met: bool, partner: String },
    /// Not this week.
    Skipped { closes: DateTime<Utc> },
    /// Asked again then.
    Snoozed { until: DateTime<Utc> },
    /// A comment is stored, or withdrawn.
    Commented { withdrawn: bool, audience: Audience, partner: String },
    /// Something about help.
    Help(HelpSaid),
    /// Something about whether the pairing is right.
    Fit(FitSaid),
    /// A pair has ended.
    End(EndSaid),
    /// How it works and who sees what.
    How(How),
    /// A session is noted.
    SessionLogged {
        pair: PairId,
        partner: String,
        day: NaiveDate,
        minutes: Option<u16>,
        joined: bool,
        ask: Vec<SessionItem>,
    },
    /// A session did not take place after all.
    SessionWithdrawn { partner: String, day: NaiveDate },
    /// What was answered after a session; one more may follow.
    SessionRated { pair: PairId, day: NaiveDate, label: String, ask: Vec<SessionItem> },
    /// Dates go to the pair's conversation.
    DatesSuggested { partner: String, count: usize },
    /// The next session is set.
    DateSet { partner: String, date: DateTime<Utc> },
    /// The suggestion, or the next session, is called off.
    CalledOff { partner: String },
    /// Something about a person's own time.
    Rest(RestSaid),
    /// Something about the agreement is stored.
    Agreement(AgreementSaid),
    /// A survey's form was sent.
    Survey(SurveySaid),
    /// What `/rapport` can do.
    Commands,
    /// In, by the person's own word.
    Started { program_name: String },
    /// Out, by the person's own word, which these coordinators are told.
    Declined { program_name: String, coordinators: Vec<String> },
    /// A coordinator did something about a pair.
    Cared(Cared),
    /// The answer is on its way to the coordinator who asked.
    Replied { coordinator: String, partner: String },
    /// A word to a nudge, or a choice for all of them.
    Nudge(NudgeSaid),
    /// A goal is written or dropped.
    Goal(GoalSaid),
    /// Thanks waits, or was taken back.
    Thanks(ThanksSaid),
    /// The person's record comes as a message.
    RecordSent,
    /// It could not be done, and why.
    Refused(Refusal),
}

/// One of the questions after a session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionItem {
    pub item: QuestionId,
    pub text: String,
    /// Left to right; a tap says its place, from 1.
    pub labels: Vec<String>,
}

/// Suggested dates in the pair's conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Dates {
    pub pair: PairId,
    pub program_name: Option<String>,
    /// Who suggests, and who is to choose.
    pub by: String,
    pub partner: String,
    pub proposal: Proposal,
}

/// How it works and who sees what, for one programme.
#[derive(Clone, Debug, PartialEq)]
pub struct How {
    pub program_name: String,
    /// Names of the coordinators, without the reader.
    pub coordinators: Vec<String>,
    /// The reader is one too.
    pub coordinates: bool,
    pub threshold: u8,
}

/// A word to a coordinator that does not wait for the digest.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Somebody is out. The partner is not told.
    Declined { program_name: String, name: String, user: String, role: Role, partners: Vec<String> },
    /// Somebody was out and is in again.
    Back { program_name: String, name: String, user: String, role: Role },
    /// Somebody asks for help. The partner is not told.
    Help(HelpNote),
    /// One of the two says that the match is not right. The other is not told.
    Fit(FitNote),
    /// One of the two has ended the pair.
    Ended(EndedNote),
    /// Somebody answers what this coordinator asked of each of a pair alone. The partner is not told.
    Reply { program_name: String, name: String, user: String, partner: String, words: String },
    /// A pair cannot be reached, and why.
    Unreachable { program_name: String, pair_name: String, why: String },
}
