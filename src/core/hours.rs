//! When people work: the hours in which the bot may speak, and the working days by which it counts.

mod parse;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc, Weekday, WeekdaySet};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::cadence::{civil, instant};
pub use parse::HoursError;

/// The days and hours in which people work, by their own clocks: `Mon-Fri 09:00-17:00`.
///
/// The end is no longer working time. Hours begin and end on the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkingHours {
    days: WeekdaySet,
    from: NaiveTime,
    until: NaiveTime,
}

impl WorkingHours {
    /// Hours from `from` to `until` on each of `days`.
    ///
    /// # Errors
    /// A sentence, when there is no day or when the hours do not end later on the day on which they begin.
    pub fn new(days: WeekdaySet, from: NaiveTime, until: NaiveTime) -> Result<Self, HoursError> {
        parse::check(days, from, until)?;
        Ok(Self { days, from, until })
    }

    /// The working days of the week.
    pub fn days(&self) -> WeekdaySet {
        self.days
    }

    /// When work begins.
    pub fn from(&self) -> NaiveTime {
        self.from
    }

    /// When work ends; no longer working time.
    pub fn until(&self) -> NaiveTime {
        self.until
    }

    /// Whether `at` is working time in `zone`.
    pub fn is_open(&self, zone: Tz, at: DateTime<Utc>) -> bool {
        let local = civil(zone, at);
        self.is_working_day(local.date()) && (self.from..self.until).contains(&local.time())
    }

    /// The first instant at or after `at` that is working time in `zone`.
    pub fn next_open(&self, zone: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.is_open(zone, at) {
            return at;
        }
        // Where midnight occurs twice, a time of the day before can still come.
        let yesterday = civil(zone, at).date().pred_opt().unwrap_or(NaiveDate::MIN);
        // A clock change can swallow short hours, or a whole day, but not three weeks in a row.
        let days = yesterday.iter_days().take(23).filter(|day| self.is_working_day(*day));
        let openings = days.filter_map(|day| self.openings(zone, day).filter(|opening| *opening >= at).min());
        openings.into_iter().next().unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The same local time on the `count`th working day after the day of `at`: one is "tomorrow", if that is no
    /// weekend.
    pub fn working_days_after(&self, zone: Tz, at: DateTime<Utc>, count: u16) -> DateTime<Utc> {
        if count == 0 {
            return at;
        }
        let local = civil(zone, at);
        instant(zone, self.working_day_after(local.date(), count).and_time(local.time()))
    }

    /// When a pulse asked at `asked` closes: at the end of work, `count` working days later. With three, one that is
    /// asked on Tuesday closes on Friday at 17:00.
    pub fn closes(&self, zone: Tz, asked: DateTime<Utc>, count: u16) -> DateTime<Utc> {
        let last = self.working_day_after(civil(zone, asked).date(), count);
        instant(zone, last.and_time(self.until))
    }

    /// Whether people work on this day of the week.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        use chrono::Datelike;
        self.days.contains(date.weekday())
    }

    fn working_day_after(&self, date: NaiveDate, count: u16) -> NaiveDate {
        let mut later = date.iter_days().skip(1).filter(|day| self.is_working_day(*day));
        later.nth(usize::from(count).saturating_sub(1)).unwrap_or(NaiveDate::MAX)
    }

    /// The instants at which work begins on the local date `day`: usually one; two where the hour of the beginning
    /// occurs twice; the clock change itself where it leads into working time.
    fn openings(&self, zone: Tz, day: NaiveDate) -> impl Iterator<Item = DateTime<Utc>> {
        let begin = zone.from_local_datetime(&day.and_time(self.from));
        let begins = [begin.earliest(), begin.latest()].map(|at| at.map(|at| at.to_utc()));
        let change = change(zone, day);
        let own = move |at: &DateTime<Utc>| civil(zone, *at).date() == day && self.is_open(zone, *at);
        begins.into_iter().chain([change]).flatten().filter(own)
    }
}

impl Default for WorkingHours {
    /// Monday to Friday, nine to five.
    fn default() -> Self {
        use Weekday::*;
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day");
        Self { days: WeekdaySet::from_array([Mon, Tue, Wed, Thu, Fri]), from: at(9), until: at(17) }
    }
}

/// The first instant at or after `at` and before `before` that is working time on both sides.
///
/// Looks ahead a year at most; two who have no common hour get `None`.
pub fn common(sides: [(&WorkingHours, Tz); 2], at: DateTime<Utc>, before: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let [(one, here), (other, there)] = sides;
    let before = at.checked_add_days(Days::new(366)).map_or(before, |year| before.min(year));
    let mut time = at;
    loop {
        let open_here = one.next_open(here, time);
        time = other.next_open(there, open_here);
        if time >= before {
            return None;
        }
        if time == open_here {
            return Some(time);
        }
    }
}

/// The instant of a clock change of `zone` on or around `day`, if there is one.
pub(super) fn change(zone: Tz, day: NaiveDate) -> Option<DateTime<Utc>> {
    let noon = day.and_hms_opt(12, 0, 0).expect("noon").and_utc();
    let around = TimeDelta::hours(36);
    let (mut before, mut after) = (noon.checked_sub_signed(around)?, noon.checked_add_signed(around)?);
    let offset = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).fix();
    if offset(before) == offset(after) {
        return None;
    }
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if offset(middle) == offset(after) { after = middle } else { before = middle }
    }
    Some(after)
}
