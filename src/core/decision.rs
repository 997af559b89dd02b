//! What was decided: rows to write, messages to send, and what to answer in the act.

use chrono::{DateTime, NaiveDate, Utc};

use super::agreement::AgreementChange;
use super::answer::{Answer, Audience};
use super::attention::Spent;
use super::care::{Looked, Step};
use super::content::{Form, Said};
use super::ending::Ending;
use super::event::Receipt;
use super::fit::FitChange;
use super::goal::{GoalChange, GoalField};
use super::help::HelpChange;
use super::id::{EventId, MessageName, PairId, PersonId, ProgramId, ProposalId, PulseId, QuestionId, StepId};
use super::message::Send;
use super::nudge::NudgeChange;
use super::pause::Pause;
use super::pulse::Pulse;
use super::question::Role;
use super::record::RecordChange;
use super::rest::{RestChange, RestField};
use super::session::Session;
use super::survey::SurveyChange;
use super::thanks::ThanksChange;

/// The result of a decision, committed in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Rows.
    pub changes: Vec<Change>,
    /// Outgoing messages.
    pub messages: Vec<Send>,
    /// The answer in the act.
    pub reply: Reply,
}

/// What the person who acted is answered at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reply {
    /// Just the acknowledgement.
    #[default]
    Nothing,
    /// Words for this person only.
    Say(Said),
    /// A form, opened with the tap's trigger.
    Open(Form),
    /// The form on which the tap was, drawn anew.
    Redraw(Form),
    /// The form stays open with this sentence at one of its fields.
    Mend { field: Field, sentence: String },
}

/// A field of a form that may have to be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The words of a comment or of a request for help.
    Words,
    /// The day of a session.
    Day,
    /// The length of a session.
    Minutes,
    /// What help is wanted with, and how soon.
    Topic,
    Urgency,
    /// Who may know that a match is not right.
    MayKnow,
    /// Why a pair ends.
    Reason,
    /// A suggested date, by its place from 0.
    Date(usize),
    /// A field about a person's own time.
    Rest(RestField),
    /// A field of the form of a goal.
    Goal(GoalField),
    /// An item of the agreement or of a survey, by its place from 0.
    Item(usize),
}

/// One fact that became true. Writing it twice changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A pulse was planned, or folded before it was asked. The pair is looked at again at `next`. `spends`: the slots that
    /// its messages take.
    Planned { pulse: Box<Pulse>, spends: Vec<Spent>, next: DateTime<Utc> },
    /// Nothing to ask now; the pair is looked at again at `next`.
    LookAgain { pair: PairId, next: DateTime<Utc> },
    /// An answer, or a changed one. The later `at` wins.
    Answered(Answer),
    /// The person's part of the pulse is answered, as a state.
    AskAnswered { pulse: PulseId, role: Role, at: DateTime<Utc> },
    /// "Not this week."
    AskSkipped { pulse: PulseId, role: Role, at: DateTime<Utc> },
    /// "Ask me tomorrow", said at `at`: the person is reminded at `until`.
    AskSnoozed { pulse: PulseId, role: Role, until: DateTime<Utc>, at: DateTime<Utc> },
    /// This person's part was folded and is open after all: its message stands.
    AskUnfolded { pulse: PulseId, person: PersonId },
    /// This person's part was never asked, because it came too late. With both parts folded the pulse is.
    AskFolded { pulse: PulseId, role: Role, at: DateTime<Utc> },
    /// Something about a person's own time.
    Rested(RestChange),
    /// Words to an answer, sealed when they are stored; empty words withdraw them.
    Commented { pulse: PulseId, person: PersonId, question: QuestionId, words: String, at: DateTime<Utc> },
    /// Another audience for an answer, or the same again. An older choice changes nothing.
    AudienceChosen { pulse: PulseId, person: PersonId, question: QuestionId, audience: Audience, at: DateTime<Utc> },
    /// Whether the two have met since the last pulse, as this person says.
    Met { pulse: PulseId, person: PersonId, met: bool, at: DateTime<Utc> },
    /// A pulse closed: open asks are missed from now on, answers and audiences are frozen.
    Closed { pulse: PulseId, at: DateTime<Utc> },
    /// A programme's welcome reached the person.
    Welcomed { program: ProgramId, person: PersonId, at: DateTime<Utc> },
    /// The person is in. Said again, that is the later word and nothing else.
    Started { program: ProgramId, person: PersonId, at: DateTime<Utc> },
    /// The person is out. Said again, that is the later word and nothing else.
    Declined { program: ProgramId, person: PersonId, at: DateTime<Utc> },
    /// Something about help.
    Help(HelpChange),
    /// Something about whether a pairing is right.
    Fit(FitChange),
    /// A pair has ended.
    Ended(Ending),
    /// The two met on that day, as one of them says. `in_place_of`: the day under which it was logged before.
    SessionLogged { pair: PairId, session: Session, in_place_of: Option<NaiveDate> },
    /// The session of that day did not take place.
    SessionWithdrawn { pair: PairId, day: NaiveDate, at: DateTime<Utc> },
    /// What a person answered after a session; nobody else sees it.
    SessionRated { pair: PairId, day: NaiveDate, person: PersonId, item: QuestionId, value: u8, at: DateTime<Utc> },
    /// Dates for the next session; they take the place of what was suggested before.
    DatesSuggested { pair: PairId, proposal: ProposalId, by: PersonId, dates: Vec<DateTime<Utc>>, at: DateTime<Utc> },
    /// The other's tap: the two meet then.
    DateSet { proposal: ProposalId, date: DateTime<Utc>, at: DateTime<Utc> },
    /// The suggestion, or the date that came of it, does not hold any more.
    DatesOver { proposal: ProposalId, at: DateTime<Utc> },
    /// Something about the agreement of a pair.
    Agreement(AgreementChange),
    /// Something about a survey.
    Survey(SurveyChange),
    /// Slack refuses messages to this pair, by its code. It is asked again a week later, or when a coordinator mends it.
    Unreachable { pair: PairId, why: String, at: DateTime<Utc> },
    /// Nothing is asked for some days.
    Paused { pause: Pause, at: DateTime<Utc> },
    /// The pair's pause ends early: `day` is the first that is not paused any more.
    Resumed { pair: PairId, day: NaiveDate, by: PersonId, at: DateTime<Utc> },
    /// A coordinator took a step; words are sealed when they are stored.
    Stepped { step: Step, program: ProgramId, words: Option<String> },
    /// Somebody answers what a coordinator asked of them alone; the words are sealed when they are stored.
    Replied { step: StepId, person: PersonId, words: String, at: DateTime<Utc> },
    /// A coordinator looks at what the two of a pair gave by name.
    Looked { event: EventId, pair: PairId, by: PersonId, what: Looked, at: DateTime<Utc> },
    /// Something about a goal.
    Goal(GoalChange),
    /// Something about thanks.
    Thanks(ThanksChange),
    /// Something about a record.
    Record(RecordChange),
    /// The person has looked at App Home, so it is kept up to date from now on.
    HomeOpened { person: PersonId, at: DateTime<Utc> },
    /// Something about nudges.
    Nudge(NudgeChange),
    /// A message was seen in Slack: it exists, here.
    Found { message: MessageName, receipt: Receipt },
}
