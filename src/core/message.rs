//! Everything that goes out. A message is a name and ids; its words are made when it is sent, from what is true then.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::agreement::Opening;
use super::event::Receipt;
use super::id::{
    DigestId, EventId, HelpId, MessageName, NudgeId, PairId, PersonId, ProgramId, ProposalId, PulseId, StepId, ThanksId,
};

/// What the name of every nudge begins with: by it a slot of the week is known as one that a nudge took.
pub const NUDGE: &str = "nudge:";

/// How the names of questions begin that come after three times without an answer.
pub const SILENCE: &str = "silence:";

/// How the names of messages with surveys begin.
pub const SURVEYS: &str = "surveys:";

/// One Slack message, view or deletion of ours.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// To a person alone, before anything is asked.
    Welcome { program: ProgramId, person: PersonId },
    /// A pulse in the pair's group DM.
    Pulse { pulse: PulseId },
    /// A pulse, or a reminder of it on `day`, to one of the two alone.
    PrivatePulse { pulse: PulseId, person: PersonId, day: NaiveDate },
    /// To a mentor of more than two pairs: one row for each mentee.
    MentorPulses { program: ProgramId, person: PersonId, occurrence: NaiveDate },
    /// What only the person who tapped sees, through the tap's own `response_url`.
    Said { event: EventId, person: PersonId },
    /// A person's App Home.
    Home { person: PersonId },
    /// Suggested dates in the pair's group DM, and what came of them.
    Dates { pair: PairId, proposal: ProposalId },
    /// A nudge to one person alone, or once more on `day`.
    Nudge { nudge: NudgeId, person: PersonId, day: NaiveDate },
    /// To somebody who has not answered three times in a row: what suits them?
    Silence { program: ProgramId, person: PersonId, day: NaiveDate },
    /// To the partner of somebody who paused the pair from `day` on.
    PairPaused { program: ProgramId, pair: PairId, person: PersonId, day: NaiveDate },
    /// The pair's agreement, in their group DM, or to each of them alone.
    Agreement { pair: PairId, opening: Opening, to: Option<PersonId> },
    /// To one person alone: the surveys that stand in the place of their pulses of that day, a row for each pair.
    Surveys { program: ProgramId, person: PersonId, occurrence: NaiveDate },
    /// To a coordinator: somebody pressed `Not for me`.
    DeclinedNote { program: ProgramId, person: PersonId, coordinator: PersonId },
    /// To a coordinator: somebody asks for help.
    HelpNote { help: HelpId, coordinator: PersonId },
    /// To the person who asks: to whom it went, and since when it is opened.
    HelpReceipt { help: HelpId, person: PersonId },
    /// To the person who asks: nobody has opened it in time.
    HelpLate { help: HelpId, person: PersonId },
    /// Whether the pairing is right, to one of the two alone; asked for the `times`th time.
    FitQuestion { pair: PairId, person: PersonId, times: u32 },
    /// To a coordinator whom one of the two lets know that it is not.
    FitNote { pair: PairId, person: PersonId, coordinator: PersonId },
    /// Kind words to both of a pair that has ended.
    Closing { pair: PairId },
    /// To a coordinator: one of the two has ended the pair.
    EndedNote { pair: PairId, coordinator: PersonId },
    /// To a coordinator: a pair cannot be reached.
    UnreachableNote { pair: PairId, coordinator: PersonId },
    /// A coordinator's words to both of a pair, in their group DM.
    WordToBoth { step: StepId, pair: PairId },
    /// What a coordinator asks of one of the two, alone.
    PrivateQuestion { step: StepId, person: PersonId },
    /// To that coordinator: the person's answer.
    ReplyNote { step: StepId, person: PersonId, coordinator: PersonId },
    /// The weekly digest.
    Digest { digest: DigestId, coordinator: PersonId },
    /// A file with the numbers of a digest's pairs, to one coordinator, once a day.
    Sheet { digest: DigestId, coordinator: PersonId, day: NaiveDate },
    /// To one person alone: what the other of the pair thanks them for.
    Thanks { thanks: ThanksId, person: PersonId },
    /// To one person alone: the own record, as they asked for it on that day.
    Record { person: PersonId, day: NaiveDate },
    /// Takes back a second copy of a message.
    Withdrawal { copy: Receipt },
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The pair's group DM.
    Pair(PairId),
    /// The person's DM with the app.
    Person(PersonId),
    /// The person's App Home.
    Home(PersonId),
    /// The `response_url` of a tap, which only the process that took the tap has.
    Reply(PersonId),
    /// A message that stands already.
    At(Receipt),
}

impl Message {
    /// The natural name: the same message has the same name whoever plans it, and however often.
    pub fn name(&self) -> MessageName {
        let name = match self {
            Self::Welcome { program, person } => format!("welcome:{program}:{person}"),
            Self::Pulse { pulse } => pulse.to_string(),
            Self::PrivatePulse { pulse, person, day } => format!("{pulse}:{person}:{day}"),
            Self::MentorPulses { program, person, occurrence } => format!("pulses:{program}:{person}:{occurrence}"),
            Self::Said { event, .. } => format!("said:{event}"),
            Self::Home { person } => format!("home:{person}"),
            Self::Dates { proposal, .. } => format!("dates:{proposal}"),
            Self::Nudge { nudge, day, .. } => format!("{NUDGE}{nudge}:{day}"),
            Self::Silence { person, day, .. } => format!("{SILENCE}{person}:{day}"),
            Self::PairPaused { pair, person, day, .. } => format!("paused:{pair}:{person}:{day}"),
            Self::Agreement { pair, opening, to: None } => format!("agreement:{pair}:{opening}"),
            Self::Agreement { pair, opening, to: Some(person) } => format!("agreement:{pair}:{opening}:{person}"),
            Self::Surveys { program, person, occurrence } => format!("{SURVEYS}{program}:{person}:{occurrence}"),
            Self::DeclinedNote { program, person, coordinator } => format!("declined:{program}:{person}:{coordinator}"),
            Self::HelpNote { help, coordinator } => format!("help:{help}:{coordinator}"),
            Self::HelpReceipt { help, .. } => format!("receipt:{help}"),
            Self::HelpLate { help, .. } => format!("help-late:{help}"),
            Self::FitQuestion { pair, person, times } => format!("fit:{pair}:{person}:{times}"),
            Self::FitNote { pair, person, coordinator } => format!("fit-note:{pair}:{person}:{coordinator}"),
            Self::Closing { pair } => format!("closing:{pair}"),
            Self::EndedNote { pair, coordinator } => format!("ended:{pair}:{coordinator}"),
            Self::UnreachableNote { pair, coordinator } => format!("unreachable:{pair}:{coordinator}"),
            Self::WordToBoth { step, .. } => format!("word:{step}"),
            Self::PrivateQuestion { step, person } => format!("question:{step}:{person}"),
            Self::ReplyNote { step, person, .. } => format!("reply:{step}:{person}"),
            Self::Digest { digest, coordinator } => format!("{digest}:{coordinator}"),
            Self::Sheet { digest, coordinator, day } => format!("sheet:{digest}:{coordinator}:{day}"),
            Self::Thanks { thanks, .. } => format!("thanks:{thanks}"),
            Self::Record { person, day } => format!("record:{person}:{day}"),
            Self::Withdrawal { copy } => format!("withdrawal:{}:{}", copy.channel, copy.ts),
        };
        MessageName::from(name)
    }

    /// Where it goes.
    pub fn place(&self) -> Place {
        match self {
            Self::Pulse { pulse } => Place::Pair(pulse.pair()),
            Self::Dates { pair, .. } | Self::Agreement { pair, to: None, .. } => Place::Pair(pair.clone()),
            Self::Agreement { to: Some(person), .. } | Self::Surveys { person, .. } => Place::Person(person.clone()),
            Self::Welcome { person, .. } | Self::PrivatePulse { person, .. } | Self::MentorPulses { person, .. } => {
                Place::Person(person.clone())
            }
            Self::WordToBoth { pair, .. } | Self::Closing { pair } => Place::Pair(pair.clone()),
            Self::FitQuestion { person, .. } => Place::Person(person.clone()),
            Self::Silence { person, .. } | Self::PairPaused { person, .. } => Place::Person(person.clone()),
            Self::PrivateQuestion { person, .. }
            | Self::HelpReceipt { person, .. }
            | Self::HelpLate { person, .. }
            | Self::Nudge { person, .. }
            | Self::Thanks { person, .. }
            | Self::Record { person, .. } => Place::Person(person.clone()),
            Self::Said { person, .. } => Place::Reply(person.clone()),
            Self::Home { person } => Place::Home(person.clone()),
            Self::DeclinedNote { coordinator, .. }
            | Self::HelpNote { coordinator, .. }
            | Self::FitNote { coordinator, .. }
            | Self::EndedNote { coordinator, .. }
            | Self::UnreachableNote { coordinator, .. }
            | Self::ReplyNote { coordinator, .. }
            | Self::Sheet { coordinator, .. }
            | Self::Digest { coordinator, .. } => Place::Person(coordinator.clone()),
            Self::Withdrawal { copy } => Place::At(copy.clone()),
        }
    }
}

/// A message that a decision wants sent, or sent again in its new form if it stands already.
#[derive(Clone, Debug, PartialEq)]
pub struct Send {
    /// Which.
    pub message: Message,
    /// Not before.
    pub due: DateTime<Utc>,
}

impl Message {
    /// This message, not before `due`.
    pub fn at(self, due: DateTime<Utc>) -> Send {
        Send { message: self, due }
    }
}
