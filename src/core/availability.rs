//! When a person may be written to: the programme's working hours, less the days and hours that are the person's own.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::cadence::{civil, instant};
use super::holidays::Country;
use super::hours::{WorkingHours, change};
use super::program::Program;
use super::rest::Rest;

/// How many days, absences and quiet hours a search for the next opening passes over. Nobody is away for years.
const STEPS: usize = 1_500;

/// How far a common hour of two may lie ahead before words to both go out in the mentee's next one.
const COMMON_WITHIN: TimeDelta = TimeDelta::days(4);

/// When one person may be written to in one programme.
///
/// Open are the programme's working hours in the person's zone, without the days outside the person's own working week,
/// public holidays, absences and pauses of the person, and without quiet hours.
#[derive(Clone, Copy, Debug)]
pub struct Availability<'a> {
    hours: WorkingHours,
    zone: Tz,
    country: Option<Country>,
    rest: &'a Rest,
}

impl<'a> Availability<'a> {
    /// Of somebody in `zone` with this `rest`, in a programme.
    pub fn new(program: &Program, zone: Tz, rest: &'a Rest) -> Self {
        Self { hours: program.hours, zone, country: rest.holidays.country(program.country), rest }
    }

    /// Whether the person may be written to at `at`.
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.hours.is_open(self.zone, at) && self.barred(at).is_none()
    }

    /// The first instant at or after `from` at which the person may be written to; `DateTime::MAX_UTC` where there is none.
    pub fn next_open(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        let mut time = from;
        for _ in 0..STEPS {
            time = self.hours.next_open(self.zone, time);
            match self.barred(time) {
                None => return time,
                Some(until) => time = until,
            }
        }
        DateTime::<Utc>::MAX_UTC
    }

    /// Whether the person works on this day, by their own calendar.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.hours.is_working_day(day) && self.is_own_day(day)
    }

    /// Whether it is a public holiday where the person is.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.country.is_some_and(|country| country.is_holiday(day))
    }

    /// The same local time on the person's `count`th working day after the day of `at`.
    pub fn working_days_after(&self, at: DateTime<Utc>, count: u16) -> DateTime<Utc> {
        if count == 0 {
            return at;
        }
        let local = civil(self.zone, at);
        instant(self.zone, self.working_day_after(local.date(), count).and_time(local.time()))
    }

    /// When a pulse asked at `asked` closes: at the end of work, `count` of the person's working days later.
    pub fn closes(&self, asked: DateTime<Utc>, count: u16) -> DateTime<Utc> {
        let last = self.working_day_after(civil(self.zone, asked).date(), count);
        instant(self.zone, last.and_time(self.hours.until()))
    }

    fn working_day_after(&self, date: NaiveDate, count: u16) -> NaiveDate {
        let mut later = date.iter_days().skip(1).take(STEPS).filter(|day| self.is_working_day(*day));
        later.nth(usize::from(count).saturating_sub(1)).unwrap_or(NaiveDate::MAX)
    }

    fn is_own_day(&self, day: NaiveDate) -> bool {
        let is_away = || self.rest.away.iter().any(|span| (span.from..span.until).contains(&day));
        self.rest.week.is_none_or(|week| week.contains(day.weekday())) && !self.is_holiday(day) && !is_away()
    }

    /// Why the person may not be written to in the programme's hours at `at`: until an instant after `at` before which
    /// that does not change. `None`: they may.
    fn barred(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if let Some(out) = self.rest.out.filter(|out| *out > at) {
            return Some(out);
        }
        let local = civil(self.zone, at);
        if !self.is_own_day(local.date()) {
            let away = self.rest.away.iter().filter(|span| (span.from..span.until).contains(&local.date()));
            let tomorrow = local.date().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
            let day = away.map(|span| span.until).max().unwrap_or(tomorrow).max(tomorrow);
            return Some(self.next_time(at, day, NaiveTime::MIN));
        }
        let quiet = self.rest.quiet.filter(|quiet| quiet.contains(local.time()))?;
        let day = if quiet.until > local.time() { local.date() } else { local.date() + Days::new(1) };
        Some(self.next_time(at, day, quiet.until))
    }

    /// When the clocks show this time, after `at`; or a clock change before that, which may lead out of what bars.
    fn next_time(&self, at: DateTime<Utc>, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let shown = day.and_time(time);
        let twice = self.zone.from_local_datetime(&shown).latest().map(|at| at.to_utc());
        let today = civil(self.zone, at).date();
        let changes = [change(self.zone, today), change(self.zone, day)];
        let times = [Some(instant(self.zone, shown)), twice].into_iter().chain(changes).flatten();
        times.filter(|time| *time > at).min().unwrap_or_else(|| at + TimeDelta::minutes(1))
    }
}

/// The first instant at or after `at` and before `before` at which both may be written to.
pub fn common(sides: [Availability<'_>; 2], at: DateTime<Utc>, before: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let [one, other] = sides;
    let before = at.checked_add_days(Days::new(366)).map_or(before, |year| before.min(year));
    let mut time = at;
    loop {
        let first = one.next_open(time);
        if first >= before {
            return None;
        }
        time = other.next_open(first);
        if time >= before {
            return None;
        }
        if time == first {
            return Some(time);
        }
    }
}

/// The first hour of both, or where they have none in common soon, the mentee's next one. They are the mentee and the mentor.
pub fn together(both: [Availability<'_>; 2], now: DateTime<Utc>) -> DateTime<Utc> {
    common(both, now, now + COMMON_WITHIN).unwrap_or_else(|| both[0].next_open(now))
}

#[cfg(test)]
mod tests;
