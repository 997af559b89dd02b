//! The attention budget: how many messages the bot may start, per person and own week, over all programmes and roles.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::id::{MessageName, PersonId};
use super::message::{NUDGE, SILENCE, SURVEYS};

/// Messages that the bot starts, at most, in a person's own ISO week. A programme may say fewer.
pub const WEEKLY: u8 = 3;

/// An ISO week by a person's own calendar: `2026-W19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i32,
    number: u32,
}

impl Week {
    /// The week in which `at` lies for somebody in `zone`.
    pub fn of(zone: Tz, at: DateTime<Utc>) -> Self {
        Self::on(at.with_timezone(&zone).date_naive())
    }

    /// The week of a day by the person's own calendar.
    pub fn on(day: NaiveDate) -> Self {
        let week = day.iso_week();
        Self { year: week.year(), number: week.week() }
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.number)
    }
}

/// A slot of somebody's week that a message takes. One message takes one, however often it is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    pub person: PersonId,
    /// In the form of [`Week`].
    pub week: String,
    pub message: MessageName,
}

impl Spent {
    /// The slot for this message, due then.
    pub fn on(person: &PersonId, zone: Tz, due: DateTime<Utc>, message: MessageName) -> Self {
        Self { person: person.clone(), week: Week::of(zone, due).to_string(), message }
    }

    /// Whether a nudge took it; the question after three times without an answer is one.
    pub fn is_nudge(&self) -> bool {
        self.message.as_str().starts_with(NUDGE) || self.message.as_str().starts_with(SILENCE)
    }

    /// Whether surveys took it.
    pub fn is_survey(&self) -> bool {
        self.message.as_str().starts_with(SURVEYS)
    }

    /// Whether it fits into what was spent so far, where `weekly` are allowed.
    pub fn fits(&self, so_far: &[Self], weekly: u8) -> bool {
        let mut own = so_far.iter().filter(|spent| spent.person == self.person);
        own.clone().any(|spent| spent.message == self.message)
            || own.by_ref().filter(|spent| spent.week == self.week).count() < usize::from(weekly)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{person, utc};

    #[test]
    fn a_week_is_the_persons_own() {
        // Sunday evening in London is Monday morning in Auckland.
        let at = utc("2026-05-10 20:00");
        assert_eq!(Week::of(Tz::Europe__London, at).to_string(), "2026-W19");
        assert_eq!(Week::of(Tz::Pacific__Auckland, at).to_string(), "2026-W20");
        assert_eq!(Week::of(Tz::UTC, utc("2027-01-01 12:00")).to_string(), "2026-W53");
    }

    #[test]
    fn the_last_slot_can_be_taken_and_the_same_message_takes_no_second() {
        let ana = person("Ana").id;
        let spent = |n: usize| Spent::on(&ana, Tz::UTC, utc("2026-05-05 08:00"), format!("m{n}").into());
        let so_far: Vec<Spent> = (0..2).map(spent).collect();
        assert!(spent(2).fits(&so_far, 3));
        let full: Vec<Spent> = (0..3).map(spent).collect();
        assert!(!spent(3).fits(&full, 3));
        assert!(spent(1).fits(&full, 3));
        let next_week = Spent::on(&ana, Tz::UTC, utc("2026-05-11 08:00"), "m3".into());
        assert!(next_week.fits(&full, 3));
        let ravi = Spent { person: person("Ravi").id, ..spent(3) };
        assert!(ravi.fits(&full, 3));
    }
}
