//! What a modal shows.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Agenda, AgreementForm, AnswersPage, EndForm, FitQuestion, GoalForm, HelpForm, MessageForm, MorePage, PairPage,
    RecordForm, ReplyForm, RestForm, SurveyForm, ThanksForm,
};
use crate::core::answer::Audience;
use crate::core::id::{PairId, PulseId, QuestionId};

/// A form that opens on a tap.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A comment on an answer; `words` are what stands there now.
    Comment { pulse: PulseId, question: QuestionId, text: String, words: String, audience: Audience, partner: String },
    /// Who sees an answer.
    Audience { pulse: PulseId, question: QuestionId, text: String, audience: Audience, partner: String, threshold: u8 },
    /// A session: of one of these pairs; `day` and `minutes` are what stands there now, `was` the logged day to correct.
    Session { pairs: Vec<(PairId, String)>, was: Option<NaiveDate>, day: NaiveDate, minutes: Option<u16> },
    /// Up to three dates for the next session.
    Dates { pair: PairId, partner: String, first: DateTime<Utc> },
    /// A person's own time.
    Rest(RestForm),
    /// What one of a pair wants to agree on.
    Agreement(Box<AgreementForm>),
    /// A survey, for one of the two.
    Survey(Box<SurveyForm>),
    /// A coordinator's words to both of a pair.
    Message(MessageForm),
    /// The answer to what a coordinator asked of one alone.
    Reply(ReplyForm),
    /// The pair's page, for a coordinator.
    Pair(Box<PairPage>),
    /// What found no place in a digest.
    More(Box<MorePage>),
    /// Named answers of the pair, for a coordinator.
    Answers(Box<AnswersPage>),
    /// A goal, or goals.
    Goal(GoalForm),
    /// Asking for help, and reading what is asked.
    Help(HelpForm),
    /// "This match is not right."
    Fit(FitQuestion),
    /// Ending a pair.
    End(EndForm),
    /// What to prepare for the next session.
    Agenda(Box<Agenda>),
    /// Thanks to the other of the pair.
    Thanks(ThanksForm),
    /// A record, one's own or a shared one.
    Record(Box<RecordForm>),
}
