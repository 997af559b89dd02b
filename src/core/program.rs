//! A mentoring programme: who coordinates it, when it asks, and how much it may show.

pub mod file;

use std::borrow::Cow;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::cadence::Cadence;
use super::hours::WorkingHours;
use super::id::{PersonId, ProgramId, QuestionId};
use super::question::{Bank, Question};

/// A programme's settings. Stored whole; the JSON form is the stored form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// Workspace and slug.
    pub id: ProgramId,
    /// What people read.
    pub name: String,
    /// First day.
    pub starts: NaiveDate,
    /// Last day, if it is known.
    pub ends: Option<NaiveDate>,
    /// Who reads the digest and is told when somebody needs them.
    pub coordinators: Vec<PersonId>,
    /// When pairs are asked, in the mentee's own zone.
    pub cadence: Cadence,
    /// When people may be written to, in each person's own zone.
    pub hours: WorkingHours,
    /// The zone of the programme's own dates.
    pub zone: Tz,
    /// A pulse closes at the end of this many working days after the day it was due (at least 1).
    pub open_days: u16,
    /// When each coordinator gets the digest, in their own zone.
    pub digest: Cadence,
    /// Days within which a pair should meet: 7, 14 or 28. Settings that were stored without it mean two weeks.
    #[serde(default = "two_weeks")]
    pub rhythm: u8,
    /// Messages that the bot starts to one person in a week, at most: 1 to 3, whatever other programmes allow.
    #[serde(default = "weekly")]
    pub weekly: u8,
    /// A number about fewer people than this is withheld: 3 to 10.
    pub threshold: u8,
    /// Questions of the bank that this programme does not ask.
    pub leave_out: Vec<QuestionId>,
    /// Questions that this programme asks beside those of the bank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<Question>,
    /// Shown on every form that asks for help.
    pub safety: Option<String>,
}

/// How many messages the bot starts in a week where nobody said otherwise.
pub fn weekly() -> u8 {
    super::attention::WEEKLY
}

impl Program {
    /// What this programme asks from.
    pub fn bank(&self) -> Cow<'static, Bank> {
        let mut bank = Bank::built_in().without(&self.leave_out);
        if !self.own.is_empty() {
            bank.to_mut().questions.extend_from_slice(&self.own);
        }
        bank
    }

    /// The question of that name, whether it is still asked or left out by now.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id.as_str() == id)
    }

    /// All questions whose answers this programme understands.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        Bank::built_in().questions.iter().chain(&self.own)
    }
}

/// How often pairs meet where nobody said otherwise, in days.
pub fn two_weeks() -> u8 {
    14
}
