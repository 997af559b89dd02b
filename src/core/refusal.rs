//! A kind "no": each says what is not possible and, where there is something, what the person can do.

use chrono::{DateTime, Utc};

use super::agreement::AgreementTrouble;
use super::goal::GoalRefusal;
use super::record::RecordRefusal;
use super::rest;
use super::session::Trouble;
use super::survey::SurveyTrouble;
use super::thanks::ThanksRefusal;

/// Why an act was not done. The renderer gives each its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The person is not one of the two.
    NotYourPair,
    /// The pulse is over.
    PulseClosed { at: DateTime<Utc> },
    /// The pulse, pair or programme is not known here (any more).
    Gone,
    /// This question was not asked of this person in this pulse.
    NotAsked,
    /// There is no answer yet that a comment or an audience could belong to.
    AnswerFirst,
    /// There is nothing to skip or to put off: the pulse is answered.
    AnsweredAlready,
    /// Tomorrow the pulse is closed already.
    ClosesBefore { at: DateTime<Utc> },
    /// A button or command this version does not know.
    Unknown,
    /// The pair has ended.
    Ended,
    /// Nobody else than the two themselves could read it. The programme's own safety text is said too.
    NobodyToAsk { partner: String, safety: Option<String> },
    /// A session or date that cannot be noted.
    Session(Trouble),
    /// A pause or hours of one's own that cannot be noted.
    Rest(rest::Trouble),
    /// The person is in no pair.
    NoPair,
    /// It is not clear which of the person's pairs is meant.
    WhichPair { names: Vec<String> },
    /// A word of a command that is not known.
    NotUnderstood { word: String },
    /// One's own suggestion: the other's tap sets the date.
    OwnSuggestion { partner: String },
    /// The suggestion is over: a date is set, or another one took its place.
    SuggestionOver,
    /// Something about an agreement.
    Agreement(AgreementTrouble),
    /// Something about a survey.
    Survey(SurveyTrouble),
    /// Only coordinators of the programme may do that.
    NotYourProgram,
    /// A coordinator cannot act on a pair of their own, nor open it.
    YourOwnPair,
    /// One of the two has said `Not for me`: nothing is written to them.
    OutOfProgram,
    /// Nothing is written to this pair for now. It says no more: the actor may be a partner who is not to learn why.
    CannotWrite,
    /// No pair of the coordinator's is called so.
    NoPairCalled { words: String },
    /// Several pairs of the coordinator's are.
    SeveralPairs { names: Vec<String> },
    /// There is no pause that could end.
    NotPaused,
    /// Something about goals.
    Goal(GoalRefusal),
    /// Something about thanks.
    Thanks(ThanksRefusal),
    /// Something about a record.
    Record(RecordRefusal),
    /// It could not be stored in time; nothing was saved.
    TryAgain,
}
