//! What a coordinator does about a pair: from a line of the digest, or from the pair's page.

use chrono::{DateTime, NaiveDate, Utc};

use super::id::{DigestId, PairId, PersonId, StepId};
use super::scoring::digest::LineId;
use super::words::words;

/// A pair, and the line of a digest from which somebody acts on it, if it began there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub pair: PairId,
    pub line: Option<LineId>,
}

/// What a coordinator can tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Care {
    /// "Message both": opens a form for the words.
    OpenMessage(About),
    /// "Ask each privately."
    AskEach(About),
    /// "Pause 2 weeks."
    Pause(About),
    /// The pair's pause ends now.
    Resume(PairId),
    /// "Handled": nothing more is to be done about this line.
    Handle(LineId),
    /// "It needed help" or "All was well".
    Label { line: LineId, needed_help: bool },
    /// "Show": opens the pair's page.
    OpenPair(PairId),
    /// Named answers, on the pair's page; `skip` of the newest are left out. The two see that somebody looked.
    OpenAnswers { pair: PairId, skip: u32 },
    /// The lines and pairs of a digest that found no place in it; `skip` of the first are left out.
    OpenMore { digest: DigestId, skip: u32 },
    /// "Export CSV."
    Export(DigestId),
}

impl Care {
    /// The pair that it names, if it names one.
    pub fn pair(&self) -> Option<&PairId> {
        match self {
            Self::OpenMessage(about) | Self::AskEach(about) | Self::Pause(about) => Some(&about.pair),
            Self::Resume(pair) | Self::OpenPair(pair) | Self::OpenAnswers { pair, .. } => Some(pair),
            Self::Handle(_) | Self::Label { .. } | Self::OpenMore { .. } | Self::Export(_) => None,
        }
    }

    /// The line from which it began, if it began there.
    pub fn line(&self) -> Option<&LineId> {
        match self {
            Self::OpenMessage(about) | Self::AskEach(about) | Self::Pause(about) => about.line.as_ref(),
            Self::Handle(line) | Self::Label { line, .. } => Some(line),
            _ => None,
        }
    }
}

words! {
    /// What a coordinator did about a line or a pair. Each is done once for a line, whoever does it.
    pub enum StepKind: "a step" {
        /// Wrote to both in their group DM.
        WroteToBoth = "wrote_to_both",
        /// Had each of the two asked alone how it goes.
        AskedEach = "asked_each",
        /// Paused the pair.
        Paused = "paused",
        /// Dealt with it in another way.
        Handled = "handled",
        /// Had the numbers of a digest's pairs sent as a file.
        Exported = "exported",
        /// Found that the pair had needed somebody.
        NeededHelp = "needed_help",
        /// Found that all was well.
        AllWell = "all_well",
    }
}

impl StepKind {
    /// Whether it says how the rules did, rather than what was done.
    pub fn is_label(self) -> bool {
        matches!(self, Self::NeededHelp | Self::AllWell)
    }
}

/// One step, as it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: StepId,
    pub kind: StepKind,
    /// Where it began, if it began in a digest.
    pub line: Option<LineId>,
    /// The pair that it is about; `None` for a line about a person.
    pub pair: Option<PairId>,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

impl StepId {
    /// The step of this kind about a line, or, where it began on a pair's page, about the pair on this day. A line has
    /// one label: a later one takes its place.
    pub fn new(kind: StepKind, about: &Whereof, day: NaiveDate) -> Self {
        let kind = if kind.is_label() { "label" } else { kind.as_str() };
        Self::from(match about {
            Whereof::Line(line) => format!("step:{kind}:{line}"),
            Whereof::Pair(pair) => format!("step:{kind}:{pair}:{day}"),
            Whereof::Digest(digest, reader) => format!("step:{kind}:{digest}:{}:{day}", reader.user()),
        })
    }
}

/// Where a step begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereof {
    Line(LineId),
    Pair(PairId),
    /// A whole digest, as one coordinator reads it.
    Digest(DigestId, PersonId),
}

impl About {
    /// Where a step about it begins.
    pub fn whereof(&self) -> Whereof {
        match &self.line {
            Some(line) => Whereof::Line(line.clone()),
            None => Whereof::Pair(self.pair.clone()),
        }
    }
}

words! {
    /// What a coordinator looked at that the two of a pair gave by name. They see who did, and when.
    pub enum Looked: "something to look at" {
        /// Answers by name, on the pair's page.
        Answers = "answers",
    }
}
