//! `pause 2 weeks`, `pause until 14 June with Ravi`, `away 3 June to 14 June`, `back`.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Choice, Meant, chosen, with};
use crate::core::event::What;
use crate::core::refusal::Refusal;
use crate::core::rest::{RestAct, Trouble, Whose};

/// What somebody means who types one of these.
///
/// # Errors
/// Days that are not understood, or no such pair.
pub(super) fn understand(verb: &str, words: &[&str], pairs: &[Choice], today: NaiveDate) -> Result<Meant, Refusal> {
    let (words, name) = with(words);
    let whose = match &name {
        Some(name) => Whose::Pair(chosen(pairs, Some(name))?),
        None => Whose::Mine,
    };
    let act = match (verb, words) {
        ("back", []) => RestAct::Back { whose },
        ("pause" | "away", []) if name.is_none() => RestAct::OpenedPause,
        ("pause" | "away", words) => {
            let (first, last) = days(words, today).ok_or(Refusal::Rest(Trouble::NoDays))?;
            RestAct::Paused { whose, first, last, form: false }
        }
        _ => return Err(Refusal::Rest(Trouble::NoDays)),
    };
    Ok(Meant::Act(What::Rested(act)))
}

/// The first and the last day of `2 weeks`, `until friday`, `3 June to 14 June`, `tomorrow`.
fn days(words: &[&str], today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let words: Vec<String> = words.iter().map(|word| word.trim_end_matches([',', '.']).to_lowercase()).collect();
    let opening = words.iter().take_while(|word| ["for", "from", "on"].contains(&word.as_str())).count();
    let words = &words[opening..];
    if let Some(length) = length(words) {
        return Some((today, today.checked_add_days(Days::new(length))?.pred_opt()?));
    }
    let is_to = |word: &String| ["to", "until", "till", "-", "–"].contains(&word.as_str());
    match words.iter().position(is_to) {
        Some(at) => {
            let first = if at == 0 { today } else { day(&words[..at], today)? };
            Some((first, day(&words[at + 1..], first)?))
        }
        None => day(words, today).map(|day| (day, day)),
    }
}

/// `2 weeks`, `a week`, `10 days`: days.
fn length(words: &[String]) -> Option<u64> {
    let [count, unit] = words else { return None };
    let count: u64 = match count.as_str() {
        "a" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        digits => digits.parse().ok().filter(|count| (1..=1_000).contains(count))?,
    };
    match unit.as_str() {
        "day" | "days" => Some(count),
        "week" | "weeks" => Some(count * 7),
        _ => None,
    }
}

/// A day in words, on or after `from` where it has no year of its own.
fn day(words: &[String], from: NaiveDate) -> Option<NaiveDate> {
    match words {
        [word] => match word.as_str() {
            "today" => Some(from),
            "tomorrow" => from.succ_opt(),
            word => word.parse().ok().or_else(|| {
                let weekday: Weekday = word.parse().ok()?;
                let ahead = (7 + weekday.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
                from.checked_add_days(Days::new(u64::from(ahead)))
            }),
        },
        [one, other] => {
            let (number, month) = number_and_month(one, other).or_else(|| number_and_month(other, one))?;
            let in_year = |year| NaiveDate::from_ymd_opt(year, month, number).filter(|day| *day >= from);
            in_year(from.year()).or_else(|| in_year(from.year() + 1))
        }
        [one, other, year] => {
            let (number, month) = number_and_month(one, other).or_else(|| number_and_month(other, one))?;
            NaiveDate::from_ymd_opt(year.parse().ok().filter(|year| (2000..=2100).contains(year))?, month, number)
        }
        _ => None,
    }
}

/// `3` or `3rd`, and the name of a month.
fn number_and_month(number: &str, month: &str) -> Option<(u32, u32)> {
    let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let month: chrono::Month = month.parse().ok()?;
    Some((digits.parse().ok()?, month.number_from_month()))
}

#[cfg(test)]
mod tests {
    use super::super::understand;
    use super::*;
    use crate::core::sample::date;

    /// Wednesday 13 May 2026.
    fn check(text: &str, expected: &str) {
        let pairs = ["Ravi Rao", "Mia Chen"].map(|name| Choice { pair: name[..1].into(), partner: name.to_owned() });
        let said = match understand(text, &pairs, date("2026-05-13")) {
            Ok(Meant::Act(What::Rested(RestAct::Paused { whose, first, last, .. }))) => match whose {
                Whose::Mine => format!("mine {first} {last}"),
                Whose::Pair(pair) => format!("{pair} {first} {last}"),
            },
            Ok(Meant::Act(What::Rested(other))) => format!("{other:?}"),
            Ok(other) => format!("{other:?}"),
            Err(refusal) => format!("{refusal:?}"),
        };
        assert_eq!(said, expected, "{text:?}");
    }

    #[test]
    fn days_are_written_as_they_come_to_mind() {
        check("pause 2 weeks", "mine 2026-05-13 2026-05-26");
        check("pause for a week", "mine 2026-05-13 2026-05-19");
        check("PAUSE 10 days with ravi", "R 2026-05-13 2026-05-22");
        check("away 3 June to 14 June", "mine 2026-06-03 2026-06-14");
        check("away June 3rd until June 14th", "mine 2026-06-03 2026-06-14");
        check("away from 28 Dec to 3 Jan", "mine 2026-12-28 2027-01-03");
        check("away 2 Feb", "mine 2027-02-02 2027-02-02");
        check("away until friday", "mine 2026-05-13 2026-05-15");
        check("away tomorrow", "mine 2026-05-14 2026-05-14");
        check("away 2026-06-03 to 2026-06-14", "mine 2026-06-03 2026-06-14");
        check("away 3 June 2026 - 14 June 2026", "mine 2026-06-03 2026-06-14");
    }

    #[test]
    fn what_is_not_understood_is_said() {
        check("pause", "OpenedPause");
        check("away", "OpenedPause");
        check("back", "Back { whose: Mine }");
        check("back with mia", "Back { whose: Pair(PairId(\"M\")) }");
        check("back soon", "Rest(NoDays)");
        check("away soon", "Rest(NoDays)");
        check("away 31 June", "Rest(NoDays)");
        check("pause 99999999999 weeks", "Rest(NoDays)");
        check("pause 2 weeks with zoe", "WhichPair { names: [\"Ravi Rao\", \"Mia Chen\"] }");
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_survived(text in ".{0,60}") {
            for verb in ["pause", "away", "back"] {
                let _ = understand(&format!("{verb} {text}"), &[], date("2026-05-13"));
            }
        }
    }
}
