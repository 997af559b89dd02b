//! When something happens again and again: a cron line over civil time, mapped to instants with a person's zone.

mod fields;
#[cfg(test)]
mod tests;
mod zoned;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use fields::CadenceError;
pub use zoned::{civil, instant};

/// A recurring civil time, written as the five cron fields that people know: `0 10 * * TUE` is Tuesdays at ten.
///
/// Weekday numbers are Unix's: 0 and 7 are Sunday, 1 is Monday. Where day of month and weekday are both restricted
/// (neither begins with `*`), a day counts if *either* fits, as on Unix. `@weekly` and its siblings are understood.
///
/// A civil time that a clock change skips moves forward by the length of the gap; one that occurs twice counts once,
/// the first time. Strikes lie in the years 1970 to 2100.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cadence {
    line: String,
    /// One schedule over floating civil time, or two when either day field may fit. Shared, as programmes are copied often.
    schedules: Arc<[cron::Schedule]>,
}

/// One strike of a [`Cadence`] in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Strike {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The civil date by the rule: what a pulse is named by. It stays the same whatever becomes of the zone.
    pub occurrence: NaiveDate,
}

impl Cadence {
    /// Reads a cron line of five fields, or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.
    ///
    /// # Errors
    /// A sentence that names the field and says what is allowed there; also for a rule that never strikes.
    pub fn parse(line: &str) -> Result<Self, CadenceError> {
        let line = line.trim();
        let schedules = fields::schedules(line)?.into();
        let cadence = Self { line: line.to_owned(), schedules };
        let first = cadence.civil_times(NaiveDate::MIN.into()).next();
        first.map(|_| cadence).ok_or_else(|| CadenceError::never(line))
    }

    /// The line as it was written.
    pub fn as_str(&self) -> &str {
        &self.line
    }

    /// All strikes in `zone` later than `after`, strictly rising.
    pub fn strikes(&self, zone: Tz, after: DateTime<Utc>) -> impl Iterator<Item = Strike> + use<> {
        // A strike that a gap moved has a civil time before `after`'s. No zone ever skipped more than a day.
        let start = civil(zone, after).checked_sub_signed(TimeDelta::days(2));
        zoned::Strikes::new(self.civil_times(start.unwrap_or(NaiveDateTime::MIN)), zone)
            .filter(move |strike| strike.at > after)
    }

    /// The first strike in `zone` later than `after`; `None` only after the year 2100.
    pub fn next(&self, zone: Tz, after: DateTime<Utc>) -> Option<Strike> {
        self.strikes(zone, after).next()
    }

    /// The latest strike that is later than `after` and not later than `now`: after downtime, at most one is due.
    pub fn latest_due(&self, zone: Tz, after: DateTime<Utc>, now: DateTime<Utc>) -> Option<Strike> {
        let latest_since = |from| self.strikes(zone, from).take_while(|strike| strike.at <= now).last();
        // Looks back a day, then further, so that a year of downtime does not cost a year of strikes.
        let looks = [1, 8, 32, 367].into_iter().filter_map(|days| now.checked_sub_signed(TimeDelta::days(days)));
        looks.filter(|from| *from > after).find_map(latest_since).or_else(|| latest_since(after))
    }

    /// The instants whose local date in `zone` lies between `from` and `until`, both included.
    pub fn between(&self, zone: Tz, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = DateTime<Utc>> + use<> {
        let date = move |at: &DateTime<Utc>| civil(zone, *at).date();
        // No zone is a whole day and a half away from UTC.
        let midnight = Utc.from_utc_datetime(&from.into());
        let after = midnight.checked_sub_signed(TimeDelta::hours(36)).unwrap_or(midnight);
        self.strikes(zone, after)
            .map(|strike| strike.at)
            .skip_while(move |at| date(at) < from)
            .take_while(move |at| date(at) <= until)
    }

    /// The civil times later than `after` at which the rule strikes, strictly rising.
    fn civil_times(&self, after: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + use<> {
        // The schedule runs over civil time written as if it were UTC, which has no clock changes. On a zone itself
        // the crate would skip the day at every gap and run twice at every fold.
        let first = NaiveDate::from_ymd_opt(1969, 12, 31).expect("a date of the calendar").into();
        let floating = Utc.from_utc_datetime(&after.max(first));
        let mut sides: Vec<_> =
            self.schedules.iter().map(|rule| rule.after_owned(floating).map(|at| at.naive_utc()).peekable()).collect();
        std::iter::from_fn(move || {
            let earliest = sides.iter_mut().filter_map(|side| side.peek().copied()).min()?;
            for side in &mut sides {
                side.next_if_eq(&earliest);
            }
            Some(earliest)
        })
    }
}

impl PartialEq for Cadence {
    fn eq(&self, other: &Self) -> bool {
        self.line == other.line
    }
}

impl Eq for Cadence {}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

impl FromStr for Cadence {
    type Err = CadenceError;

    fn from_str(line: &str) -> Result<Self, CadenceError> {
        Self::parse(line)
    }
}

impl TryFrom<String> for Cadence {
    type Error = CadenceError;

    fn try_from(line: String) -> Result<Self, CadenceError> {
        Self::parse(&line)
    }
}

impl From<Cadence> for String {
    fn from(cadence: Cadence) -> Self {
        cadence.line
    }
}
