//! Dates as people and spreadsheets write them. What could be two different days is refused rather than guessed.

use chrono::{Datelike, NaiveDate};

/// What the header says about the order of its dates, as in `Start date (dd/mm/yyyy)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// Why a cell is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadDay {
    /// Two days are possible: the first if the day comes first, the second if the month does.
    Ambiguous {
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    Unclear,
}

/// The months in English, German, French and Spanish, without accents. Their beginnings are understood too.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "enero"],
    &["february", "februar", "fevrier", "febrero"],
    &["march", "marz", "maerz", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "aout", "agosto"],
    &["september", "septembre", "septiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];

/// Reads `2026-03-14` (with or without a time behind it), `14.3.2026`, `14/3/2026`, `14 Mar 2026`, `March 14, 2026`.
///
/// # Errors
/// For what is not a date between 1970 and 2100, and for `3/4/2026` unless `order` says which is the day.
pub(super) fn read(label: &str, order: Option<Order>) -> Result<NaiveDate, BadDay> {
    let date = without_time(label);
    let pieces: Vec<&str> = date
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | '/' | '-' | ','))
        .filter(|piece| !piece.is_empty())
        .collect();
    match pieces[..] {
        [whole] if whole.len() == 8 && number(whole).is_some() => ymd(&whole[..4], &whole[4..6], &whole[6..]),
        [year, month, day] if year.len() == 4 && number(year).is_some() => ymd(year, month, day),
        [day, month, year] if day_number(day).is_some() && named_month(month).is_some() => {
            ymd(&with_century(year), month, day)
        }
        [month, day, year] if named_month(month).is_some() => ymd(year, month, day),
        [day, month, year] if date.contains('.') => ymd(year, month, day),
        [first, second, year] => match (order, ymd(year, second, first), ymd(year, first, second)) {
            (Some(Order::DayFirst), day_first, _) => day_first,
            (Some(Order::MonthFirst), _, month_first) => month_first,
            (None, Ok(day_first), Ok(month_first)) if day_first != month_first => {
                Err(BadDay::Ambiguous { day_first, month_first })
            }
            (None, day_first, month_first) => day_first.or(month_first),
        },
        _ => Err(BadDay::Unclear),
    }
}

/// `2026-03-14T09:30:00Z` and `14.3.2026 9:30` without what follows the date.
fn without_time(label: &str) -> &str {
    let Some((before, _)) = label.split_once(':') else { return label };
    before.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches(['T', 't', ' ', ','])
}

fn ymd(year: &str, month: &str, day: &str) -> Result<NaiveDate, BadDay> {
    let year = if year.len() == 4 { number(year) } else { None };
    let month = number(month).or_else(|| named_month(month));
    match (year, month, day_number(day)) {
        (Some(year), Some(month), Some(day)) => NaiveDate::from_ymd_opt(year as i32, month, day)
            .filter(|date| (1970..=2100).contains(&date.year()))
            .ok_or(BadDay::Unclear),
        _ => Err(BadDay::Unclear),
    }
}

/// Spreadsheets show `14-Mar-26`. With the month in letters between them, day and year cannot be mixed up.
fn with_century(year: &str) -> String {
    if year.len() == 2 { format!("20{year}") } else { year.to_owned() }
}

fn day_number(piece: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| piece.strip_suffix(ending)).unwrap_or(piece);
    number(bare).filter(|day| *day <= 31)
}

fn number(piece: &str) -> Option<u32> {
    if piece.bytes().all(|byte| byte.is_ascii_digit()) { piece.parse().ok() } else { None }
}

fn named_month(piece: &str) -> Option<u32> {
    let piece = super::columns::fold(piece);
    if piece.len() < 3 {
        return None;
    }
    let mut months = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| name.starts_with(&piece)));
    match (months.next(), months.next()) {
        (Some((month, _)), None) => Some(month),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        let found = match read(written, None) {
            Ok(date) => date.to_string(),
            Err(BadDay::Ambiguous { day_first, month_first }) => format!("{day_first} or {month_first}"),
            Err(BadDay::Unclear) => "unclear".to_owned(),
        };
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn dates_in_many_forms() {
        for written in [
            "2026-03-14",
            "2026-3-14",
            "2026/03/14",
            "2026.03.14",
            "20260314",
            "2026-03-14T23:30:00Z",
            "2026-03-14T23:30:00.000+05:45",
            "2026-03-14 09:30",
            "14.03.2026",
            "14.3.2026",
            "14. 3. 2026 9:30",
            "14/03/2026",
            "03/14/2026",
            "3/14/2026 9:30 PM",
            "14-03-2026",
            "14 Mar 2026",
            "14-Mar-26",
            "14-Mar-2026",
            "14th March 2026",
            "March 14, 2026",
            "Mar 14th, 2026",
            "2026-Mar-14",
            "14. März 2026",
            "14 mars 2026",
        ] {
            check(written, "2026-03-14");
        }
        check("03/03/2026", "2026-03-03");
        check("3.4.2026", "2026-04-03");
        check("29.2.2028", "2028-02-29");
        check("1 Sept 2026", "2026-09-01");
    }

    #[test]
    fn two_possible_days_are_not_guessed() {
        check("03/04/2026", "2026-04-03 or 2026-03-04");
        check("12-11-2026", "2026-11-12 or 2026-12-11");
        let date = NaiveDate::from_ymd_opt(2026, 4, 3).unwrap();
        assert_eq!(read("03/04/2026", Some(Order::DayFirst)), Ok(date));
        assert_eq!(read("04/03/2026", Some(Order::MonthFirst)), Ok(date));
    }

    #[test]
    fn what_is_no_date_is_unclear() {
        for written in [
            "",
            "soon",
            "next Monday",
            "2026-13-01",
            "2026-02-30",
            "30.02.2026",
            "31/31/2026",
            "14.03.26",
            "1/2/26",
            "45678",
            "0226-03-14",
            "2226-03-14",
            "2026-03",
            "March 2026",
            "14 Ma 2026",
            "14 jui 2026",
            ":",
            "::",
            "T:",
            "1-2-3-4",
            "99999999",
            "٢٠٢٦-٠٣-١٤",
            "26-March-14th",
        ] {
            check(written, "unclear");
        }
    }
}
