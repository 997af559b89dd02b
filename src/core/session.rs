//! Sessions: that the two of a pair met, on which day and for how long, and when they will meet next.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::id::{PersonId, ProposalId};

/// The longest session that is believed, in minutes.
pub const LONGEST: u16 = 600;

/// How far back a session can still be logged, in days.
pub const BACK: u64 = 90;

/// How far ahead a session can be planned, in days.
pub const AHEAD: i64 = 120;

/// The most dates in one suggestion.
pub const DATES: usize = 3;

/// One session as it was logged. A pair has one on a day, at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// By the clock of the one who logged it.
    pub day: NaiveDate,
    /// How long, if that was said.
    pub minutes: Option<u16>,
    /// Who logged it first, or corrected it last.
    pub by: PersonId,
    /// By Slack's clock: of two sayings the later one counts.
    pub at: DateTime<Utc>,
}

/// Dates that one of the two suggested for the next session; the other's first tap sets one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub by: PersonId,
    /// One to three, earliest first.
    pub dates: Vec<DateTime<Utc>>,
    pub state: ProposalState,
}

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalState {
    /// Waits for the other's tap.
    Open,
    /// The two meet then.
    Set { date: DateTime<Utc> },
    /// A later suggestion took its place, or it was called off.
    Over,
}

impl Proposal {
    /// When the two meet, if that is set and still to come.
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.state {
            ProposalState::Set { date } if date > now => Some(date),
            _ => None,
        }
    }
}

/// Why a session or a date cannot be noted, for the field at which it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The day is still to come.
    Future,
    /// Before the first day that can be logged.
    Before { first: NaiveDate },
    /// No such length.
    Length,
    /// A date of the next session has passed.
    Past,
    /// Further away than can be planned.
    Far,
    /// Another session stands on that day.
    Taken,
}

impl Trouble {
    /// The sentence at the field.
    pub fn sentence(self) -> String {
        match self {
            Self::Future => "That day is still to come; please log a session once you have met.".to_owned(),
            Self::Before { first } => format!("Sessions can be logged from {first} on."),
            Self::Length => format!("Please give the length in minutes, 1 to {LONGEST}."),
            Self::Past => "That time has passed; please suggest one that is still to come.".to_owned(),
            Self::Taken => {
                "Another session is logged for that day already; you can correct that one instead.".to_owned()
            }
            Self::Far => format!("Please suggest a date within the next {AHEAD} days."),
        }
    }
}

/// Whether a session of that day can be logged today, in a pair that began on `begins`.
///
/// # Errors
/// The day is to come, or is too long ago.
pub fn check_day(day: NaiveDate, begins: NaiveDate, today: NaiveDate) -> Result<(), Trouble> {
    let first = begins.max(today - Days::new(BACK));
    if day > today {
        Err(Trouble::Future)
    } else if day < first {
        Err(Trouble::Before { first })
    } else {
        Ok(())
    }
}

/// A length that can be believed.
///
/// # Errors
/// It is 0, or longer than [`LONGEST`].
pub fn check_length(minutes: Option<u16>) -> Result<(), Trouble> {
    if minutes.is_none_or(|minutes| (1..=LONGEST).contains(&minutes)) { Ok(()) } else { Err(Trouble::Length) }
}

/// The session that a new log is about: one of the same day, or one that the other side logged a day before or after,
/// since two people and two zones do not always call a day the same.
pub fn same<'a>(sessions: &'a [Session], day: NaiveDate, by: &PersonId) -> Option<&'a Session> {
    let exact = sessions.iter().find(|session| session.day == day);
    exact.or_else(|| sessions.iter().find(|one| one.by != *by && (one.day - day).num_days().abs() == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_session_is_logged_after_it_was_and_not_too_long_after() {
        let check = |at: &str| check_day(day(at), day("2026-05-04"), day("2026-05-20")).map_err(Trouble::sentence);
        assert_eq!(check("2026-05-20"), Ok(()));
        assert_eq!(check("2026-05-04"), Ok(()));
        assert_eq!(check("2026-05-03"), Err("Sessions can be logged from 2026-05-04 on.".to_owned()));
        let to_come = "That day is still to come; please log a session once you have met.";
        assert_eq!(check("2026-05-21"), Err(to_come.to_owned()));
        let late = check_day(day("2026-05-05"), day("2026-05-04"), day("2026-12-01"));
        assert_eq!(late, Err(Trouble::Before { first: day("2026-09-02") }));
    }

    #[test]
    fn two_logs_of_one_session_are_one() {
        let (ana, ravi) = (PersonId::from("T:A"), PersonId::from("T:R"));
        let logged = Session { day: day("2026-05-12"), minutes: None, by: ana.clone(), at: DateTime::UNIX_EPOCH };
        let sessions = [logged];
        let found = |at: &str, by: &PersonId| same(&sessions, day(at), by).is_some();
        assert!(found("2026-05-12", &ana) && found("2026-05-12", &ravi));
        assert!(found("2026-05-13", &ravi) && found("2026-05-11", &ravi));
        assert!(!found("2026-05-13", &ana), "somebody who logs two days means two sessions");
        assert!(!found("2026-05-14", &ravi));
    }
}
