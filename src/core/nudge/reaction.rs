//! What somebody does about a nudge, and what is kept of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Kind;
use super::facts::Nudged;
use crate::core::attention::Spent;
use crate::core::id::{MessageName, NudgeId, PersonId, WorkspaceId};
use crate::core::words::words;

words! {
    /// What the reader said to a nudge.
    pub enum Reaction: "a reaction" {
        Done = "done",
        /// It comes once more on the next working day.
        Tomorrow = "tomorrow",
        /// The kind rests for this person.
        NotHelpful = "not-helpful",
        /// The kind does not come to this person any more.
        Stopped = "stopped",
    }
}

/// What somebody wants of nudges from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// None of this kind; `None`: none at all.
    Stop(Option<Kind>),
    /// This kind again; `None`: all of them.
    Again(Option<Kind>),
    /// So many messages a week at most, of whatever kind.
    Weekly(u8),
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NudgeAct {
    /// A button of the nudge.
    Reacted { nudge: NudgeId, reaction: Reaction },
    /// A choice for all that is to come.
    Chose(Wanted),
    /// A coordinator has a retired kind sent again.
    Revived(Kind),
}

/// One fact about nudges that became true.
#[derive(Clone, Debug, PartialEq)]
pub enum NudgeChange {
    /// The person's nudges were looked at; the next look is then.
    Looked { person: PersonId, next: DateTime<Utc> },
    /// A nudge is sent, and takes this slot; or it is held back and takes none. `measured`: it counts for the effect.
    Drawn { person: PersonId, nudge: Box<Nudged>, days: u32, measured: bool, spent: Option<Spent> },
    /// It is not sent after all; the slot that this message took is free again.
    Dropped { nudge: NudgeId, person: PersonId, message: MessageName, at: DateTime<Utc> },
    /// It came to what it is for, or did not.
    Ended { nudge: NudgeId, good: bool, at: DateTime<Utc> },
    /// The reader said something to it; the later word counts.
    Reacted { nudge: NudgeId, reaction: Reaction, again: Option<NaiveDate>, at: DateTime<Utc> },
    /// The reader chose what comes.
    Wanted { person: PersonId, wanted: Wanted, at: DateTime<Utc> },
    /// A coordinator took back what the newest look at a kind said.
    Revived { workspace: WorkspaceId, kind: Kind, at: DateTime<Utc> },
}
