//! Public holidays: the days on which a country does not work, by a calendar that others keep.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use opening_hours::localization;
use serde::{Deserialize, Serialize};

/// A country whose public holidays are known: those of the whole country, not of its regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(localization::Country);

/// No country of which holidays are known, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no country whose public holidays are known; write its two letters, like `DE` or `US`.")]
pub struct NoCountry(String);

impl Country {
    /// All of them, in the order of their names.
    pub fn all() -> Vec<Self> {
        let mut all = localization::Country::ALL.map(Self).to_vec();
        all.sort_by_key(|country| country.name());
        all
    }

    /// What it is called in English.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Its two letters (ISO 3166-1).
    pub fn code(self) -> &'static str {
        self.0.iso_code()
    }

    /// Whether the whole country has a public holiday on that day.
    pub fn is_holiday(self, day: NaiveDate) -> bool {
        self.0.holidays().get_public().contains(day)
    }

    /// Its public holidays from `from` to the day before `until`.
    pub fn holidays(self, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let all = self.0.holidays();
        let first = from.pred_opt().unwrap_or(from);
        let after = |day: &NaiveDate| all.get_public().first_after(*day);
        std::iter::successors(after(&first), after).take_while(|day| *day < until).collect()
    }
}

impl FromStr for Country {
    type Err = NoCountry;

    /// Reads its two letters, large or small.
    fn from_str(text: &str) -> Result<Self, NoCountry> {
        text.trim().to_ascii_uppercase().parse().map(Self).map_err(|_| NoCountry(text.trim().to_owned()))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Country {
    type Error = NoCountry;

    fn try_from(text: String) -> Result<Self, NoCountry> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::date;

    #[test]
    fn a_country_has_its_own_holidays() {
        for (country, day, expected) in [
            ("DE", "2026-05-14", true),
            ("de", "2026-05-13", false),
            ("US", "2026-07-03", true),
            ("GB", "2026-12-28", true),
            ("JP", "2026-05-05", true),
            ("CN", "2027-10-01", true),
        ] {
            let country: Country = country.parse().expect(country);
            assert_eq!(country.is_holiday(date(day)), expected, "{} {day}", country.name());
        }
        let germany: Country = "DE".parse().expect("Germany");
        let days = germany.holidays(date("2026-05-01"), date("2026-05-25"));
        assert_eq!(days, [date("2026-05-01"), date("2026-05-14")]);
        assert!("XX".parse::<Country>().is_err());
    }

    #[test]
    fn every_country_has_holidays_for_years_to_come() {
        for country in Country::all() {
            for year in 2026..2040 {
                let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
                let days = country.holidays(first, first + chrono::Months::new(12));
                assert!((2..40).contains(&days.len()), "{} has {} in {year}", country.name(), days.len());
            }
        }
    }
}
