//! What people type after `/rapport`: `log 45m yesterday`, `log 1h monday with Ravi`, `dates with Ana`, `goal`, `thanks`, `record`.

mod goal;
mod thanks;

mod rest;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::event::What;
use super::help::HelpAct;
use super::id::PairId;
use super::nudge::NudgeAct;
use super::record::RecordAct;
use super::refusal::Refusal;
use super::session::LONGEST;

/// One of the pairs that somebody may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub pair: PairId,
    /// The other's name.
    pub partner: String,
}

/// What was meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Meant {
    /// This, as if a button or a form had said it.
    Act(What),
    /// Nothing that is known: a word on what there is.
    Help,
}

/// Reads a command, on this day by the person's own clock.
///
/// # Errors
/// It begins like one that is known, and cannot be followed: why.
pub fn understand(text: &str, pairs: &[Choice], today: NaiveDate) -> Result<Meant, Refusal> {
    let mut words = text.split_whitespace();
    let verb = words.next().unwrap_or_default().to_lowercase();
    let rest: Vec<&str> = words.collect();
    match verb.as_str() {
        "log" => {
            let (rest, name) = with(&rest);
            let (mut day, mut minutes) = (None, None);
            // `1h 30m` is one length; two that are not are a slip.
            let mut hours = None;
            for word in joined(rest) {
                let before = hours.take();
                if let Some(length) = length(&word) {
                    minutes = Some(match (minutes, before) {
                        (None, _) => length,
                        (Some(_), Some(hours)) if length < 60 => length.saturating_add(hours),
                        (Some(_), _) => return Err(Refusal::NotUnderstood { word }),
                    });
                    hours = is_hours(&word).then_some(length);
                } else if let Some(named) = named_day(&word, today) {
                    day = Some(named);
                } else {
                    return Err(Refusal::NotUnderstood { word });
                }
            }
            let pair = chosen(pairs, name.as_deref())?;
            Ok(Meant::Act(What::LoggedSession { pair, day: Some(day.unwrap_or(today)), minutes }))
        }
        "dates" => {
            let (rest, name) = with(&rest);
            if let Some(word) = rest.first() {
                return Err(Refusal::NotUnderstood { word: (*word).to_owned() });
            }
            Ok(Meant::Act(What::OpenedDates { pair: chosen(pairs, name.as_deref())? }))
        }
        // Whoever is in no pair asks what there is.
        "help" if !pairs.is_empty() => {
            let name = match with(&rest) {
                ([], name) => name,
                (words, None) => Some(words.join(" ").trim_start_matches('@').to_lowercase()),
                ([word, ..], Some(_)) => return Err(Refusal::NotUnderstood { word: (*word).to_owned() }),
            };
            Ok(Meant::Act(What::Help(HelpAct::Open { pair: chosen(pairs, name.as_deref())? })))
        }
        "record" => Ok(Meant::Act(What::Record(match with(&rest).1 {
            Some(name) => RecordAct::OpenShared { pair: chosen(pairs, Some(name.as_str()))? },
            None => RecordAct::Open,
        }))),
        "thanks" | "thank" => thanks::understand(&rest, pairs),
        "revive" => match rest[..] {
            [kind] => {
                let unknown = |_| Refusal::NotUnderstood { word: kind.to_owned() };
                Ok(Meant::Act(What::Nudge(NudgeAct::Revived(kind.parse().map_err(unknown)?))))
            }
            _ => Ok(Meant::Help),
        },
        "goal" | "goals" => Ok(Meant::Act(What::Goal(goal::understand(&rest)))),
        "pause" | "away" | "back" => rest::understand(&verb, &rest, pairs, today),
        _ => Ok(Meant::Help),
    }
}

/// The name behind `pair`: what a coordinator types to open a pair's page.
pub fn pair_words(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let is_pair = words.next().is_some_and(|verb| verb.eq_ignore_ascii_case("pair"));
    is_pair.then(|| words.collect::<Vec<_>>().join(" "))
}

/// The pair of which every typed word begins a word of its name, in any order; here a choice is called by the names of
/// both.
///
/// # Errors
/// There is none, or there are several.
pub fn pair_named(pairs: &[Choice], words: &str) -> Result<PairId, Refusal> {
    let typed: Vec<String> = parts(words).collect();
    let fits = |one: &&Choice| {
        let name: Vec<String> = parts(&one.partner).collect();
        typed.iter().all(|word| name.iter().any(|part| part.starts_with(word.as_str())))
    };
    let fitting: Vec<&Choice> = if typed.is_empty() { Vec::new() } else { pairs.iter().filter(fits).collect() };
    match fitting[..] {
        _ if pairs.is_empty() => Err(Refusal::NotYourProgram),
        [] => Err(Refusal::NoPairCalled { words: words.to_owned() }),
        [one] => Ok(one.pair.clone()),
        _ => Err(Refusal::SeveralPairs { names: fitting.iter().map(|one| one.partner.clone()).collect() }),
    }
}

/// The words of a name, in small letters and without what stands between them.
fn parts(words: &str) -> impl Iterator<Item = String> {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase)
}

/// The words before `with`, and the name after it.
fn with<'a, 'b>(words: &'b [&'a str]) -> (&'b [&'a str], Option<String>) {
    match words.iter().position(|word| word.eq_ignore_ascii_case("with")) {
        Some(at) => (&words[..at], Some(words[at + 1..].join(" ").trim_start_matches('@').to_lowercase())),
        None => (words, None),
    }
}

/// `45 min` is one word, as `45min` is.
fn joined(words: &[&str]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if is_number(last) && length(&format!("{last}{word}")).is_some() && !is_number(word) => {
                last.push_str(word);
            }
            _ => joined.push((*word).to_owned()),
        }
    }
    joined
}

/// Of words that are lengths: `1h`, `2hours`.
fn is_hours(word: &str) -> bool {
    word.to_lowercase().trim_end_matches(['o', 'u', 'r', 's']).ends_with('h')
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `45`, `45m`, `45min`, `1h`, `1h30`, `1h30m`: minutes.
fn length(word: &str) -> Option<u16> {
    let word = word.to_lowercase();
    let (hours, rest) = match word.split_once('h') {
        Some((hours, rest)) => (hours.parse().ok()?, rest.trim_start_matches(['o', 'u', 'r', 's'])),
        None => (0_u16, word.as_str()),
    };
    let minutes = rest.trim_end_matches("utes").trim_end_matches("min").trim_end_matches("mins").trim_end_matches('m');
    let minutes: u16 = match minutes {
        "" if hours > 0 => 0,
        digits if is_number(digits) => digits.parse().ok()?,
        _ => return None,
    };
    hours.checked_mul(60)?.checked_add(minutes).filter(|all| *all <= LONGEST.saturating_mul(10))
}

/// `today`, `yesterday`, the last day of that name, or `2026-05-12`.
fn named_day(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let word = word.to_lowercase();
    match word.as_str() {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        _ => word.parse::<NaiveDate>().ok().or_else(|| {
            let weekday: Weekday = word.parse().ok()?;
            let back = (7 + today.weekday().num_days_from_monday() - weekday.num_days_from_monday()) % 7;
            // The name of today means today; everything else lies in the last six days.
            today.checked_sub_days(Days::new(u64::from(back)))
        }),
    }
}

/// The pair that is meant: the only one, or the one whose partner's name begins so.
pub fn chosen(pairs: &[Choice], name: Option<&str>) -> Result<PairId, Refusal> {
    let names = || pairs.iter().map(|one| one.partner.clone()).collect();
    let begins = |one: &&Choice| {
        name.is_none_or(|name| {
            let partner = one.partner.to_lowercase();
            partner.starts_with(name) || partner.split_whitespace().any(|part| part.starts_with(name))
        })
    };
    let mut fitting = pairs.iter().filter(begins);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Ok(one.pair.clone()),
        (None, _) if pairs.is_empty() => Err(Refusal::NoPair),
        _ => Err(Refusal::WhichPair { names: names() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let choice = |pair: &str, partner: &str| Choice { pair: pair.into(), partner: partner.to_owned() };
        let pairs = [choice("p1", "Ravi Rao"), choice("p2", "Mia Chen")];
        // A Wednesday.
        let today = NaiveDate::from_ymd_opt(2026, 5, 13).expect("a date");
        let said = match understand(text, &pairs, today) {
            Ok(Meant::Act(What::LoggedSession { pair, day, minutes })) => {
                let minutes = minutes.map_or_else(String::new, |minutes| format!(" {minutes} min"));
                format!("{pair} {}{minutes}", day.expect("a command names a day"))
            }
            Ok(other) => format!("{other:?}"),
            Err(refusal) => format!("{refusal:?}"),
        };
        assert_eq!(said, expected, "{text:?}");
    }

    #[test]
    fn a_session_is_logged_in_the_words_that_come_to_mind() {
        check("log with ravi", "p1 2026-05-13");
        check("log 45m yesterday with Ravi", "p1 2026-05-12 45 min");
        check("LOG 45 min Monday with rao", "p1 2026-05-11 45 min");
        check("log 1h30 wed with mia chen", "p2 2026-05-13 90 min");
        check("log 1h 2026-05-01 with @Mia", "p2 2026-05-01 60 min");
        check("log 90 thursday with mia", "p2 2026-05-07 90 min");
        check("log 2hours with mia", "p2 2026-05-13 120 min");
        check("log 1h 30m with mia", "p2 2026-05-13 90 min");
        check("log 1 hour 30 min yesterday with mia", "p2 2026-05-12 90 min");
        check("log 2H 5 with mia", "p2 2026-05-13 125 min");
    }

    #[test]
    fn what_is_not_clear_is_asked() {
        check("log 45m", "WhichPair { names: [\"Ravi Rao\", \"Mia Chen\"] }");
        check("log with Zoe", "WhichPair { names: [\"Ravi Rao\", \"Mia Chen\"] }");
        check("log 30m 1h with Ravi", "NotUnderstood { word: \"1h\" }");
        check("log 1h 60m with Ravi", "NotUnderstood { word: \"60m\" }");
        check("log 1h 30m 5m with Ravi", "NotUnderstood { word: \"5m\" }");
        check("log 1h yesterday 30m with Ravi", "NotUnderstood { word: \"30m\" }");
        check("log soon with Ravi", "NotUnderstood { word: \"soon\" }");
        check("log 99999999h with Ravi", "NotUnderstood { word: \"99999999h\" }");
        check("dates with mia", "Act(OpenedDates { pair: PairId(\"p2\") })");
        check("dates tomorrow with mia", "NotUnderstood { word: \"tomorrow\" }");
        check("", "Help");
        check("hello", "Help");
    }

    #[test]
    fn a_coordinator_finds_a_pair_by_any_beginnings_of_its_name() {
        let choice = |pair: &str, name: &str| Choice { pair: pair.into(), partner: name.to_owned() };
        let pairs =
            [choice("p1", "Ana Lopez & Ravi Rao"), choice("p2", "Ana Berg & Mia Chen"), choice("p3", "Design lab")];
        let check = |text: &str, expected: &str| {
            let words = pair_words(text).expect("a pair is meant");
            let said = match pair_named(&pairs, &words) {
                Ok(pair) => pair.to_string(),
                Err(refusal) => format!("{refusal:?}"),
            };
            assert_eq!(said, expected, "{text:?}");
        };
        check("pair ravi", "p1");
        check("PAIR Ana & Ravi", "p1");
        check("pair chen ana", "p2");
        check("pair design", "p3");
        check("pair ana", "SeveralPairs { names: [\"Ana Lopez & Ravi Rao\", \"Ana Berg & Mia Chen\"] }");
        check("pair zoe", "NoPairCalled { words: \"zoe\" }");
        check("pair", "NoPairCalled { words: \"\" }");
        assert_eq!(pair_words("pairs ana"), None);
        assert_eq!(pair_named(&[], "ana"), Err(Refusal::NotYourProgram));
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_survived(text in ".{0,80}") {
            let pairs = [Choice { pair: "p".into(), partner: "Ravi".to_owned() }];
            let today = NaiveDate::from_ymd_opt(2026, 5, 13).expect("a date");
            let _ = understand(&text, &pairs, today);
            let _ = understand(&format!("log {text}"), &pairs, today);
            let _ = pair_named(&pairs, &text);
        }
    }
}
