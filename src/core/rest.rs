//! A person's own time: days away, quiet hours, an own working week, public holidays, and how often to be asked.

mod act;
mod change;
mod trouble;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveTime, Utc, Weekday, WeekdaySet};

use super::holidays::Country;
use super::pause::Span;
use super::words::words;
pub use act::{Choice, RestAct, TimeForm, Whose};
pub use change::RestChange;
pub use trouble::{RestField, Trouble, check_days, check_time};

/// What a person said of their own time, for all programmes. The default says nothing: the programme's hours hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rest {
    /// Days on which the person works; `None`: those of the programme.
    pub week: Option<WeekdaySet>,
    /// Hours of each day in which the person wants to read nothing.
    pub quiet: Option<Quiet>,
    pub holidays: Holidays,
    /// How often the person is asked.
    pub pace: Pace,
    /// Days on which the person is away or wants a pause, by their own calendar; in the order in which they begin.
    pub away: Vec<Span>,
    /// Until when the person's status in Slack says that they are out of office.
    pub out: Option<DateTime<Utc>>,
}

words! {
    /// How often a person is asked.
    #[derive(Default)]
    pub enum Pace: "a pace" {
        /// Whenever the programme asks.
        #[default]
        Every = "every",
        /// Every second time.
        Second = "second",
        /// Not at all; everything else goes on.
        Never = "never",
    }
}

/// Whose public holidays a person has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holidays {
    /// Those that the programme names, if it names any.
    #[default]
    Program,
    /// None.
    Work,
    /// Those of a country.
    Of(Country),
}

impl Holidays {
    /// The country whose holidays hold in a programme with this one.
    pub fn country(self, program: Option<Country>) -> Option<Country> {
        match self {
            Self::Program => program,
            Self::Work => None,
            Self::Of(country) => Some(country),
        }
    }
}

impl fmt::Display for Holidays {
    /// As it is stored: `program`, `none` or a country's two letters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => f.write_str("program"),
            Self::Work => f.write_str("none"),
            Self::Of(country) => country.fmt(f),
        }
    }
}

impl FromStr for Holidays {
    type Err = super::holidays::NoCountry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "program" => Ok(Self::Program),
            "none" => Ok(Self::Work),
            country => country.parse().map(Self::Of),
        }
    }
}

/// Hours of each day by the person's own clock, which may go over midnight. The end is not among them any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub from: NaiveTime,
    pub until: NaiveTime,
}

impl Quiet {
    /// Whether it is quiet at this time of day. From a time until the same time is never.
    pub fn contains(self, time: NaiveTime) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        }
    }
}

impl fmt::Display for Quiet {
    /// `12:00-13:00`, also as it is stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.until.format("%H:%M"))
    }
}

impl FromStr for Quiet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        let times = text.split_once('-').and_then(|(from, until)| Some((time(from)?, time(until)?)));
        times.map(|(from, until)| Self { from, until }).ok_or_else(|| format!("`{text}` are no quiet hours."))
    }
}

/// Days of the week as they are stored: `Mon,Tue,Thu`.
pub fn week_text(week: WeekdaySet) -> String {
    week.iter(Weekday::Mon).map(|day| day.to_string()).collect::<Vec<_>>().join(",")
}

/// Reads [`week_text`] back.
///
/// # Errors
/// A sentence, where a word is no day of the week.
pub fn week_of(text: &str) -> Result<WeekdaySet, String> {
    let day = |word: &str| word.parse::<Weekday>().map_err(|_| format!("`{word}` is no day of the week."));
    text.split(',').filter(|word| !word.is_empty()).map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        for (quiet, time, expected) in [
            ("12:00-13:00", "11:59", false),
            ("12:00-13:00", "12:00", true),
            ("12:00-13:00", "13:00", false),
            ("22:00-10:00", "09:59", true),
            ("22:00-10:00", "10:00", false),
            ("22:00-10:00", "23:00", true),
            ("12:00-12:00", "12:00", false),
        ] {
            let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
            let hours: Quiet = quiet.parse().expect("hours");
            assert_eq!(hours.contains(time), expected, "{quiet} {time}");
            assert_eq!(hours.to_string(), quiet);
        }
    }

    #[test]
    fn what_is_stored_is_read_back() {
        for text in ["Mon,Tue,Thu", "Sun", ""] {
            assert_eq!(week_text(week_of(text).expect("days")), text);
        }
        assert!(week_of("Mon,Someday").is_err());
        for text in ["program", "none", "DE"] {
            assert_eq!(text.parse::<Holidays>().expect("holidays").to_string(), text);
        }
    }
}
