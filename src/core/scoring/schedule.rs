//! When a digest is computed, and when each coordinator gets it.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::core::id::DigestId;
use crate::core::message::{Message, Send};
use crate::core::person::Person;
use crate::core::program::Program;

/// A programme younger than this many days has nothing to tell yet.
const FIRST_AFTER: i64 = 3;

/// One digest that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// The civil date it is named by.
    pub occurrence: NaiveDate,
    /// Rows up to this instant count: the earliest of the coordinators' digest times.
    pub cutoff: DateTime<Utc>,
}

/// The newest digest that is due and not computed yet; `last` is the occurrence of the newest one that is.
pub fn due(program: &Program, coordinators: &[Person], last: Option<NaiveDate>, now: DateTime<Utc>) -> Option<Due> {
    let begin = super::super::cadence::instant(program.zone, program.starts.into());
    let newest = coordinators.iter().filter_map(|one| program.digest.latest_due(one.zone, begin, now));
    let occurrence = newest.map(|strike| strike.occurrence).max()?;
    let has_begun = occurrence >= program.starts + Duration::days(FIRST_AFTER);
    let runs = has_begun && program.ends.is_none_or(|ends| occurrence <= ends + Duration::days(7));
    let cutoff = coordinators.iter().filter_map(|one| strike_on(program, one, occurrence)).min()?;
    (runs && last.is_none_or(|last| occurrence > last)).then_some(Due { occurrence, cutoff })
}

/// The cut-off of the digest about this week of the programme, from 1.
pub fn cutoff_of(program: &Program, coordinators: &[Person], week: u32) -> Option<DateTime<Utc>> {
    // A digest is about the days before its own.
    let first = program.starts + Duration::weeks(i64::from(week.checked_sub(1)?)) + Duration::days(1);
    let after = super::super::cadence::instant(program.zone, first.into()) - Duration::seconds(1);
    let strikes = coordinators.iter().filter_map(|one| program.digest.strikes(one.zone, after).next());
    let occurrence =
        strikes.map(|strike| strike.occurrence).filter(|day| *day >= program.starts + Duration::days(FIRST_AFTER));
    let occurrence = occurrence.min()?;
    coordinators.iter().filter_map(|one| strike_on(program, one, occurrence)).min()
}

/// When to look again.
pub fn next(program: &Program, coordinators: &[Person], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    coordinators.iter().filter_map(|one| program.digest.next(one.zone, now)).map(|strike| strike.at).min()
}

/// The message to one coordinator, at their own digest time, or at their next working hour when that has passed.
pub fn post(program: &Program, reader: &Person, occurrence: NaiveDate, digest: DigestId, now: DateTime<Utc>) -> Send {
    let message = Message::Digest { digest, coordinator: reader.id.clone() };
    let own = strike_on(program, reader, occurrence).unwrap_or(now);
    let due = if own < now - Duration::hours(1) { program.hours.next_open(reader.zone, now) } else { own };
    message.at(due)
}

fn strike_on(program: &Program, person: &Person, occurrence: NaiveDate) -> Option<DateTime<Utc>> {
    let day_before = super::super::cadence::instant(person.zone, occurrence.into()) - Duration::days(1);
    let mut strikes = program.digest.strikes(person.zone, day_before);
    strikes.find(|strike| strike.occurrence >= occurrence).filter(|s| s.occurrence == occurrence).map(|s| s.at)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::core::sample::{date, person, program, short, utc};

    /// Mia in Berlin, and Noa in New York.
    fn coordinators() -> [Person; 2] {
        [person("Mia"), Person { zone: Tz::America__New_York, ..person("Noa") }]
    }

    #[test]
    fn a_digest_is_due_once_a_week_at_the_earliest_nine() {
        let check = |last: Option<&str>, now: &str, expected: Option<(&str, &str)>| {
            let due = due(&program(), &coordinators(), last.map(date), utc(now));
            let expected = expected.map(|(day, cutoff)| Due { occurrence: date(day), cutoff: utc(cutoff) });
            assert_eq!(due, expected, "{now}");
        };
        check(None, "2026-05-04 07:00", None);
        check(None, "2026-05-11 06:59", None);
        check(None, "2026-05-11 07:00", Some(("2026-05-11", "2026-05-11 07:00")));
        check(Some("2026-05-11"), "2026-05-11 13:00", None);
        check(Some("2026-05-11"), "2026-06-03 12:00", Some(("2026-06-01", "2026-06-01 07:00")));
        check(Some("2026-10-26"), "2026-11-02 08:00", Some(("2026-11-02", "2026-11-02 08:00")));
        check(Some("2026-11-02"), "2026-11-09 08:00", None);
    }

    #[test]
    fn the_digest_of_a_week_has_the_cut_off_that_it_had() {
        let check = |week: u32, expected: Option<&str>| {
            let cutoff = cutoff_of(&program(), &coordinators(), week);
            assert_eq!(cutoff, expected.map(utc), "week {week}");
        };
        check(0, None);
        check(1, Some("2026-05-11 07:00"));
        check(2, Some("2026-05-18 07:00"));
        check(25, Some("2026-10-26 08:00"));
    }

    #[test]
    fn each_reads_it_at_their_own_nine_or_in_their_next_working_hour() {
        let check = |who: usize, now: &str, expected: &str| {
            let (day, reader) = (date("2026-05-11"), &coordinators()[who]);
            let id = DigestId::new(&program().id, day, None);
            assert_eq!(short(post(&program(), reader, day, id, utc(now)).due), expected);
        };
        check(0, "2026-05-11 07:00", "Mon 11 May 07:00");
        check(1, "2026-05-11 07:00", "Mon 11 May 13:00");
        check(0, "2026-05-11 10:00", "Mon 11 May 10:00");
        check(0, "2026-05-11 20:00", "Tue 12 May 07:00");
    }
}
