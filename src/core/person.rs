//! People and the two sides of a pair.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::id::{PairId, PersonId, ProgramId};
use super::question::Role;

/// A person as Slack last described them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Workspace and Slack user id.
    pub id: PersonId,
    /// What others call this person in messages.
    pub name: String,
    /// The person's own time zone.
    pub zone: Tz,
    /// When we noticed that the account is deactivated. Slack accepts posts to such people without an error.
    pub deactivated: Option<DateTime<Utc>>,
    /// When Slack was last asked about this person.
    pub looked: DateTime<Utc>,
}

/// A mentor and a mentee in one programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Opaque name.
    pub id: PairId,
    /// The programme the pair belongs to.
    pub program: ProgramId,
    /// Who gives.
    pub mentor: PersonId,
    /// Who grows.
    pub mentee: PersonId,
    /// The pair begins on this civil date of the programme's zone.
    pub starts: NaiveDate,
    /// What the coordinator calls this pair, if not by its names.
    pub connection: Option<String>,
    /// What it is counted with: a track, a department; `None` if the programme makes no such difference.
    pub group: Option<String>,
    /// When the pair ended.
    pub ended: Option<DateTime<Utc>>,
    /// Since when Slack refuses messages to the pair.
    pub unreachable: Option<DateTime<Utc>>,
}

impl Pair {
    /// Which side this person is on; `None` for a stranger to the pair.
    pub fn role_of(&self, person: &PersonId) -> Option<Role> {
        match person {
            p if *p == self.mentee => Some(Role::Mentee),
            p if *p == self.mentor => Some(Role::Mentor),
            _ => None,
        }
    }

    /// The person on this side.
    pub fn side(&self, role: Role) -> &PersonId {
        match role {
            Role::Mentee => &self.mentee,
            Role::Mentor => &self.mentor,
        }
    }
}

/// How a person stands to a programme: welcomed alone first, then in or out by their own word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The welcome is not delivered yet.
    Invited,
    /// The welcome arrived and is not answered yet.
    Welcomed { at: DateTime<Utc> },
    /// Pressed `Start`.
    Started { at: DateTime<Utc> },
    /// Pressed `Not for me`.
    Declined { at: DateTime<Utc> },
}
