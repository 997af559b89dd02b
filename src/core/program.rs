//! A mentoring programme: who coordinates it, when it asks, and how much it may show.

pub mod file;

use std::borrow::Cow;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::cadence::Cadence;
use super::guide::{self, Guide};
use super::help::HelpTo;
use super::holidays::Country;
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
    /// Whose public holidays people have who named no country of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
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
    /// Its own questions beside those of the bank.
    #[serde(default, skip_serializing_if = "Own::is_empty")]
    pub own: Own,
    /// Its own session guides, in place of those that come with the product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guides: Vec<Guide>,
    /// Shown on every form that asks for help.
    pub safety: Option<String>,
    /// Who is asked for help, and who stands in.
    #[serde(default)]
    pub help: HelpTo,
}

/// A programme's own questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Those of its file.
    pub asked: Vec<Question>,
    /// Those that were in its file once. Nobody is asked them again, and what was answered counts on.
    pub past: Vec<Question>,
}

impl Own {
    fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.past.is_empty()
    }

    fn all(&self) -> impl Iterator<Item = &Question> {
        self.asked.iter().chain(&self.past)
    }
}

impl Program {
    /// These settings in place of `before`. What it has asked already stays known.
    pub fn in_place_of(mut self, before: &Self) -> Self {
        let is_gone = |question: &&Question| self.question(question.id.as_str()).is_none();
        let gone: Vec<Question> = before.own.all().filter(is_gone).cloned().collect();
        self.own.past.extend(gone);
        self
    }

    /// What its pairs may talk about in a session.
    pub fn guides(&self) -> &[Guide] {
        if self.guides.is_empty() { guide::built_in() } else { &self.guides }
    }

    /// What this programme asks from.
    pub fn bank(&self) -> Cow<'static, Bank> {
        let mut bank = Bank::built_in().without(&self.leave_out);
        if !self.own.asked.is_empty() {
            bank.to_mut().questions.extend_from_slice(&self.own.asked);
        }
        bank
    }

    /// The question of that name, whether it is still asked or left out by now.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id.as_str() == id)
    }

    /// All questions whose answers this programme understands.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        Bank::built_in().questions.iter().chain(self.own.all())
    }
}

/// How many messages the bot starts in a week where nobody said otherwise.
pub fn weekly() -> u8 {
    super::attention::WEEKLY
}

/// How often pairs meet where nobody said otherwise, in days.
pub fn two_weeks() -> u8 {
    14
}
