//! Names of things. Each is natural: made of what the thing is about, so that making it twice makes the same name.

use std::borrow::Borrow;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::nudge::Kind;
use super::pause::Of;
use super::survey::Point;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as it stands in a row.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(name)
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A Slack workspace, by its team id (`T…`).
    WorkspaceId
}
id! {
    /// A person of a workspace: `{workspace}:{user}`. User ids are opaque and may begin with any letter.
    PersonId
}
id! {
    /// A mentoring programme: `{workspace}:{slug}`.
    ProgramId
}
id! {
    /// A mentor and a mentee in one programme. Opaque: it stands in buttons and in logs.
    PairId
}
id! {
    /// One asking of one pair: `pulse:{pair}:{civil date of its occurrence}`, at most one a day.
    PulseId
}
id! {
    /// A question of the bank, for example `comm-openness`.
    QuestionId
}
id! {
    /// A digest of one programme and week, or a coordinator's own copy of it.
    DigestId
}
id! {
    /// A person's request for help.
    HelpId
}
id! {
    /// A pause, by whose it is and the day on which it begins.
    PauseId
}
id! {
    /// A step of a coordinator: of which kind, and about what.
    StepId
}
id! {
    /// Dates that somebody suggested for the next session.
    ProposalId
}
id! {
    /// Thanks that one of a pair says to the other.
    ThanksId
}
id! {
    /// A nudge to somebody, sent or held back.
    NudgeId
}
id! {
    /// A goal of a pair.
    GoalId
}
id! {
    /// A survey of one pair: `survey:{pair}:{start, mid or end}`.
    SurveyId
}
id! {
    /// What a repeated delivery of the same event is recognised by.
    EventId
}
id! {
    /// The name of an outgoing message, unique in the outbox.
    MessageName
}
id! {
    /// The opaque form of a [`MessageName`] that travels in metadata, in block ids and as `client_msg_id`: a UUID.
    MessageKey
}

/// The name space of every UUID that is derived from one of our names.
const SPACE: Uuid = Uuid::from_u128(0x6d1f_3c1e_52f7_4d0a_9c7e_8a1b_70d2_99b4);

impl PersonId {
    /// The person with this Slack user id in this workspace.
    pub fn new(workspace: &WorkspaceId, user: &str) -> Self {
        Self(format!("{workspace}:{user}"))
    }

    /// The Slack user id.
    pub fn user(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, user)| user)
    }

    /// The workspace the person belongs to.
    pub fn workspace(&self) -> WorkspaceId {
        WorkspaceId::from(self.0.split_once(':').map_or("", |(workspace, _)| workspace))
    }
}

impl ProgramId {
    /// The programme of this workspace whose name makes this slug: lower-case letters, digits and single hyphens.
    pub fn new(workspace: &WorkspaceId, name: &str) -> Self {
        Self(format!("{workspace}:{}", slug(name)))
    }

    /// The part that a person types, for example `engineering-spring-cohort`.
    pub fn slug(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, slug)| slug)
    }

    /// The workspace the programme belongs to.
    pub fn workspace(&self) -> WorkspaceId {
        WorkspaceId::from(self.0.split_once(':').map_or("", |(workspace, _)| workspace))
    }
}

impl PairId {
    /// The pair of these two in this programme.
    pub fn new(program: &ProgramId, mentor: &PersonId, mentee: &PersonId) -> Self {
        Self(opaque(&format!("pair:{program}:{mentor}:{mentee}")))
    }
}

impl PulseId {
    /// The pulse of this pair whose occurrence falls on this civil date.
    pub fn new(pair: &PairId, occurrence: NaiveDate) -> Self {
        Self(format!("pulse:{pair}:{occurrence}"))
    }

    /// The pair that is asked.
    pub fn pair(&self) -> PairId {
        PairId::from(self.0.split(':').nth(1).unwrap_or_default())
    }

    /// The civil date of the occurrence, if this is a well-formed name.
    pub fn occurrence(&self) -> Option<NaiveDate> {
        self.0.rsplit_once(':').and_then(|(_, date)| date.parse().ok())
    }
}

impl DigestId {
    /// The digest of this programme and civil date; a coordinator who is in a pair of it has an own copy.
    pub fn new(program: &ProgramId, occurrence: NaiveDate, reader: Option<&PersonId>) -> Self {
        match reader {
            Some(reader) => Self(format!("digest:{program}:{occurrence}:{}", reader.user())),
            None => Self(format!("digest:{program}:{occurrence}")),
        }
    }

    /// Whether this is a coordinator's own copy.
    pub fn is_own_copy(&self) -> bool {
        self.0.rsplit(':').next().is_some_and(|last| last.parse::<NaiveDate>().is_err())
    }

    /// The civil date of the occurrence, if this is a well-formed name.
    pub fn occurrence(&self) -> Option<NaiveDate> {
        self.0.rsplit(':').take(2).find_map(|part| part.parse().ok())
    }
}

impl HelpId {
    /// The request that began with this event.
    pub fn new(event: &EventId) -> Self {
        Self(opaque(&format!("help:{event}")))
    }
}

impl PauseId {
    /// The pause of this pair or person that begins on this day.
    pub fn new(of: &Of, from: NaiveDate) -> Self {
        match of {
            Of::Pair(pair) => Self(format!("pause:{pair}:{from}")),
            Of::Person(person) => Self(format!("pause:{person}:{from}")),
        }
    }
}

impl ProposalId {
    /// The suggestion that began with this event.
    pub fn new(event: &EventId) -> Self {
        Self(opaque(&format!("dates:{event}")))
    }
}

impl NudgeId {
    /// The `number`th nudge (from 0) of this kind to this person, about what happened in this pair on that day.
    pub fn new(person: &PersonId, pair: &PairId, kind: Kind, episode: NaiveDate, number: usize) -> Self {
        Self(opaque(&format!("nudge:{person}:{pair}:{kind}:{episode}:{number}")))
    }
}

impl GoalId {
    /// The goal whose form this event opened: sent twice, that form is still about one goal.
    pub fn new(event: &EventId) -> Self {
        Self(opaque(&format!("goal:{event}")))
    }
}

impl ThanksId {
    /// The thanks whose form this event opened: sent twice, that form is still about one.
    pub fn new(event: &EventId) -> Self {
        Self(opaque(&format!("thanks:{event}")))
    }
}

impl SurveyId {
    /// The survey of this pair at this time: one each.
    pub fn new(pair: &PairId, point: Point) -> Self {
        Self(format!("survey:{pair}:{point}"))
    }

    /// The pair that is asked about.
    pub fn pair(&self) -> PairId {
        PairId::from(self.0.split(':').nth(1).unwrap_or_default())
    }

    /// When it is asked, if this is a well-formed name.
    pub fn point(&self) -> Option<Point> {
        self.0.rsplit(':').next()?.parse().ok()
    }
}

impl MessageName {
    /// What Slack and its guests see in place of the name.
    pub fn key(&self) -> MessageKey {
        MessageKey(Uuid::new_v5(&SPACE, self.0.as_bytes()).to_string())
    }
}

fn opaque(name: &str) -> String {
    Uuid::new_v5(&SPACE, name.as_bytes()).simple().to_string()
}

fn slug(name: &str) -> String {
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_natural_and_opaque_where_strangers_see_them() {
        let workspace = WorkspaceId::from("T1");
        let program = ProgramId::new(&workspace, "Engineering, spring cohort!");
        assert_eq!(program.as_str(), "T1:engineering-spring-cohort");
        let (ann, bo) = (PersonId::new(&workspace, "U1"), PersonId::new(&workspace, "W2"));
        let pair = PairId::new(&program, &ann, &bo);
        assert_eq!(pair, PairId::new(&program, &ann, &bo));
        assert_ne!(pair, PairId::new(&program, &bo, &ann));
        assert!(!pair.as_str().contains("U1"));
        let pulse = PulseId::new(&pair, NaiveDate::from_ymd_opt(2026, 5, 19).expect("a date"));
        assert!(pulse.as_str().ends_with(":2026-05-19"));
        assert_eq!(pulse.pair(), pair);
        assert_eq!(pulse.occurrence(), NaiveDate::from_ymd_opt(2026, 5, 19));
        assert_eq!(ann.user(), "U1");
        assert_eq!(ann.workspace(), workspace);
    }
}
