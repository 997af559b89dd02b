//! Words that many parts of the digest share. Nothing here is escaped.

use crate::core::id::{PairId, PersonId};
use crate::core::question::Indicator;
use crate::core::scoring::digest::{DigestPage, Rate};
use crate::slack::render::text::{listed, plain_name};

/// Pairs that are named in one list, and the longest that a list gets, so that a section has room for a sentence beside it.
const NAMED: usize = 20;
const LIST: usize = 2_500;

/// One paragraph with its heading.
#[derive(Debug, PartialEq)]
pub struct Part {
    pub heading: &'static str,
    pub lines: Vec<String>,
}

/// `Ana & Ravi`, the mentee first, as in their pulse.
pub fn pair_name(page: &DigestPage, pair: &PairId) -> String {
    match page.pairs.get(pair) {
        Some((mentor, mentee)) => format!("{} & {}", plain_name(mentee), plain_name(mentor)),
        None => "a former pair".to_owned(),
    }
}

/// Somebody who is named alone.
pub fn person_name(page: &DigestPage, person: &PersonId) -> String {
    page.people.get(person).map_or_else(|| "a former member".to_owned(), |name| plain_name(name))
}

pub fn list(items: &[String]) -> String {
    listed(items, " · ", NAMED, LIST)
}

/// `1 pair`, `2 pairs`.
pub fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Rounded half up; `None` of nothing.
pub fn percent(rate: Rate) -> Option<u64> {
    let (part, whole) = (u64::from(rate.answered), u64::from(rate.asked));
    (whole > 0).then(|| (200 * part + whole) / (2 * whole))
}

/// `four weeks ago`.
pub fn weeks_ago(weeks: u32) -> String {
    const SMALL: [&str; 12] =
        ["a week", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let at = usize::try_from(weeks).unwrap_or(usize::MAX);
    match SMALL.get(at.wrapping_sub(1)) {
        _ if weeks == 0 => "earlier this week".to_owned(),
        Some(week) if weeks == 1 => format!("{week} ago"),
        Some(many) => format!("{many} weeks ago"),
        None => format!("{weeks} weeks ago"),
    }
}

pub fn called(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Growth => "growth",
        Indicator::Communication => "communication",
        Indicator::Guidance => "guidance",
        Indicator::Feedback => "feedback",
        Indicator::Organisation => "organisation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_said_in_words() {
        let said: Vec<String> = [0, 1, 4, 12, 13].map(weeks_ago).into();
        assert_eq!(said, ["earlier this week", "a week ago", "four weeks ago", "twelve weeks ago", "13 weeks ago"]);
    }
}
