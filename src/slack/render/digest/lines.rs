//! "Do this week": at most five lines, each of which says why. The numbers on a line always add up.

use super::watch::no_answer;
use super::words::{pair_name, person_name, weeks_ago};
use crate::core::cadence::civil;
use crate::core::scoring::digest::{ActionLine, Digest, DigestPage, PairHealth, What};
use crate::core::scoring::trend::Trend;
use crate::slack::render::text::sentence;

/// What is marked where few counted answers stand behind a Health. Silence, skips and totals-only look the same.
pub const THIN: &str = "thin: few counted answers";

const DIFFERENTLY: &str = "see some things differently";

/// A line without its number: whom it is about, and the rest of the sentence.
#[derive(Debug, PartialEq)]
pub struct Line {
    pub who: String,
    pub says: String,
}

/// What stands below "do this week".
pub fn line(page: &DigestPage, line: &ActionLine) -> Line {
    let day = |at| civil(page.zone, at).format("%A").to_string();
    match &line.what {
        What::Help { person, at, .. } => Line {
            who: person_name(page, person),
            says: format!(" asks for help ({}; the partner is not told).", day(*at)),
        },
        What::Declined { person, at } => Line {
            who: person_name(page, person),
            says: format!(" pressed “Not for me” ({}; the partner is not told). Nothing is asked of them.", day(*at)),
        },
        What::Pair(pair) => {
            let silent = page.digest.silent.iter().find(|silent| silent.pair == pair.pair);
            let silent = silent.map(|silent| format!(" {}.", sentence(&no_answer(silent)))).unwrap_or_default();
            Line { who: pair_name(page, &pair.pair), says: format!(" · {}{silent}", reason(&page.digest, pair)) }
        }
        What::Gap { pair } => {
            Line { who: pair_name(page, pair), says: format!(" {DIFFERENTLY}. Fifteen minutes with each, separately.") }
        }
    }
}

/// The same in a few words, for those that found no place among the five.
pub fn short(page: &DigestPage, line: &ActionLine) -> String {
    match &line.what {
        What::Help { person, .. } => format!("{} asks for help", person_name(page, person)),
        What::Declined { person, .. } => format!("{} pressed “Not for me”", person_name(page, person)),
        What::Pair(pair) => match pair.health {
            Some(health) => format!("{} {}, needs you", pair_name(page, &pair.pair), shown(&page.digest, health)),
            None => format!("{}, needs you: {}", pair_name(page, &pair.pair), never_met(pair).unwrap_or_default()),
        },
        What::Gap { pair } => format!("{} {DIFFERENTLY}", pair_name(page, pair)),
    }
}

/// `54 (45-63)`, by the rules of this digest.
pub fn shown(digest: &Digest, health: u8) -> String {
    let (from, to) = digest.band(health);
    format!("{health} ({from}-{to})")
}

/// `38 (29-47), needs you; 66 four weeks ago: Meetings -12, Feedback -7, Answering -6, Goals -3.`
fn reason(digest: &Digest, pair: &PairHealth) -> String {
    let now =
        pair.health.map_or_else(|| "needs you".to_owned(), |health| format!("{}, needs you", shown(digest, health)));
    let mut says = [Some(now), never_met(pair), compared(pair)].into_iter().flatten().collect::<Vec<_>>().join("; ");
    says.push('.');
    if pair.health.is_none() {
        says.push_str(" Too early to tell more.");
    }
    match pair.trend {
        Some(Trend::Falling) => says.push_str(" Falling."),
        Some(Trend::Rising) => says.push_str(" Rising."),
        Some(Trend::Steady) | None => {}
    }
    if pair.thin && pair.health.is_some() {
        says.push_str(&format!(" {}.", sentence(THIN)));
    }
    if pair.gap {
        says.push_str(&format!(" They {DIFFERENTLY}: fifteen minutes with each, separately."));
    }
    says
}

fn never_met(pair: &PairHealth) -> Option<String> {
    pair.never_met.map(|days| format!("no first meeting known, day {days}"))
}

/// What Health was, and the parts that changed since: they sum to the change.
pub fn compared(pair: &PairHealth) -> Option<String> {
    let before = pair.before?;
    pair.health?;
    let when = weeks_ago(before.weeks_ago);
    if pair.changes.is_empty() {
        return Some(format!("{} {when}", before.health));
    }
    let parts: Vec<String> = pair.changes.iter().map(|(part, by)| format!("{} {by:+}", part.title())).collect();
    Some(format!("{} {when}: {}", before.health, parts.join(", ")))
}

#[cfg(test)]
mod tests;
