//! Working hours as people write them.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, Weekday, WeekdaySet};

use super::WorkingHours;

/// Why working hours cannot be used, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HoursError(String);

/// Refuses hours in which nobody could ever be reached.
pub(super) fn check(days: WeekdaySet, from: NaiveTime, until: NaiveTime) -> Result<(), HoursError> {
    if days.is_empty() {
        return Err(HoursError("Working hours need at least one day of the week.".to_owned()));
    }
    if from >= until {
        return Err(HoursError(format!(
            "Working hours end later on the day on which they begin; `{}-{}` does not. For nights, name the part of \
             the day in which messages are welcome.",
            from.format("%H:%M"),
            until.format("%H:%M")
        )));
    }
    Ok(())
}

impl WorkingHours {
    /// Reads days such as `Mon-Fri` or `Sun-Thu,Sat` and hours such as `09:00-17:00`.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what is expected.
    pub fn parse(days: &str, hours: &str) -> Result<Self, HoursError> {
        let (from, until) = hours.split_once('-').ok_or_else(|| not_hours(hours))?;
        Self::new(parse_days(days)?, parse_time(from, hours)?, parse_time(until, hours)?)
    }
}

fn parse_days(text: &str) -> Result<WeekdaySet, HoursError> {
    let day = |name: &str| {
        let name = name.trim();
        // chrono also takes blanks and other oddities; a name of a day is letters only.
        let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
        let refusal =
            || HoursError(format!("`{text}` are not days of the week; write them like `Mon-Fri` or `Mon,Wed,Fri`."));
        name.parse::<Weekday>().ok().filter(|_| plain).ok_or_else(refusal)
    };
    let mut days = WeekdaySet::EMPTY;
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (mut first, last) = (day(first)?, day(last)?);
        // `Sun-Thu` goes over the end of the week.
        days.insert(first);
        while first != last {
            first = first.succ();
            days.insert(first);
        }
    }
    Ok(days)
}

fn parse_time(text: &str, hours: &str) -> Result<NaiveTime, HoursError> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| not_hours(hours))
}

fn not_hours(text: &str) -> HoursError {
    HoursError(format!("`{text}` are not working hours; write them like `09:00-17:00`, from 00:00 to 23:59."))
}

impl FromStr for WorkingHours {
    type Err = HoursError;

    /// Reads `Mon-Fri 09:00-17:00`.
    fn from_str(text: &str) -> Result<Self, HoursError> {
        match text.trim().rsplit_once(' ') {
            Some((days, hours)) => Self::parse(days, hours),
            None => Err(HoursError(format!(
                "`{}` are not working hours; write days and hours like `Mon-Fri 09:00-17:00`.",
                text.trim()
            ))),
        }
    }
}

impl fmt::Display for WorkingHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<_> = self.days.iter(Weekday::Mon).collect();
        // Three days and more in a row are a range.
        for (index, run) in days.chunk_by(|one, next| one.succ() == *next).enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match run {
                [first, _, .., last] => write!(f, "{comma}{first}-{last}")?,
                [first, last] => write!(f, "{comma}{first},{last}")?,
                run => run.iter().try_for_each(|day| write!(f, "{comma}{day}"))?,
            }
        }
        write!(f, " {}-{}", self.from.format("%H:%M"), self.until.format("%H:%M"))
    }
}

impl TryFrom<String> for WorkingHours {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

impl From<WorkingHours> for String {
    fn from(hours: WorkingHours) -> Self {
        hours.to_string()
    }
}
