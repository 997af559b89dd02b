//! Pauses: civil days on which nothing is asked of a pair, and which count for nothing.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::cadence::{civil, instant};
use super::id::{PairId, PersonId};
use super::words::words;

/// How long a pair is paused by one tap: two weeks.
pub const TWO_WEEKS: Days = Days::new(14);

words! {
    /// Why there is a pause. A kind, never a reason in words: those are nobody's business.
    pub enum Why: "a kind of pause" {
        /// A coordinator paused the pair.
        Coordinator = "coordinator",
        /// Somebody asked for it themselves.
        Own = "own",
        /// Somebody is away.
        Absence = "absence",
    }
}

/// Civil days, in the programme's zone: from `from` to the day before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub from: NaiveDate,
    /// The first day that is not among them any more: on it everything goes on by itself.
    pub until: NaiveDate,
}

impl Span {
    /// Whether it is such a day at `at` in `zone`.
    pub fn is_on(self, zone: Tz, at: DateTime<Utc>) -> bool {
        (self.from..self.until).contains(&civil(zone, at).date())
    }

    /// Whether one of its days is between these two, both included.
    pub fn touches(self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from <= last && self.until > first && self.from < self.until
    }

    /// When it is over.
    pub fn end(self, zone: Tz) -> DateTime<Utc> {
        instant(zone, self.until.into())
    }
}

/// Whose pause it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// This pair is asked nothing.
    Pair(PairId),
    /// None of this person's pairs is.
    Person(PersonId),
}

/// Nothing is asked, and nothing counts, for some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub of: Of,
    pub span: Span,
    /// Who wanted it, if that was a person.
    pub by: Option<PersonId>,
    pub why: Why,
}

/// The days from `from` to the day before `to` that are in none of the pauses: what scoring calls active days. The
/// pauses may come in any order, overlap, and reach beyond both ends.
pub fn active_days(from: NaiveDate, to: NaiveDate, pauses: &[Span]) -> u32 {
    let mut sorted = Vec::new();
    let pauses = if pauses.is_sorted() {
        pauses
    } else {
        sorted.extend_from_slice(pauses);
        sorted.sort_unstable();
        &sorted
    };
    let (mut active, mut day) = (0, from);
    for pause in pauses {
        if pause.until <= day || pause.from >= to {
            continue;
        }
        active += (pause.from - day).num_days().max(0);
        day = pause.until;
    }
    u32::try_from(active + (to - day).num_days().max(0)).unwrap_or(u32::MAX)
}

/// When the newest pause that has begun by `at` is over, or was; `None` if there was none.
pub fn last_end(zone: Tz, pauses: &[Span], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = civil(zone, at).date();
    pauses.iter().filter(|span| span.from <= today && span.from < span.until).map(|span| span.end(zone)).max()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::core::sample::{date, utc};

    /// `4-6 10-12` are the pauses from 4 to 6 May and from 10 to 12 May, the last day of each included.
    fn spans(text: &str) -> Vec<Span> {
        let day = |n: &str| date(&format!("2026-05-{n:0>2}"));
        let spans = text.split_whitespace().filter_map(|span| span.split_once('-'));
        spans.map(|(from, last)| Span { from: day(from), until: day(last) + Days::new(1) }).collect()
    }

    #[test]
    fn paused_days_are_not_active_days() {
        for (from, to, pauses, expected) in [
            ("04", "11", "", 7),
            ("04", "04", "", 0),
            ("11", "04", "", 0),
            ("04", "11", "4-4", 6),
            ("04", "11", "10-10", 6),
            ("04", "11", "11-20", 7),
            ("04", "11", "1-3", 7),
            ("04", "11", "1-4", 6),
            ("04", "11", "5-6 8-9", 3),
            ("04", "11", "8-9 5-6", 3),
            ("04", "11", "5-8 6-7", 3),
            ("04", "11", "5-8 7-9", 2),
            ("04", "11", "5-6 7-8", 3),
            ("04", "11", "1-20", 0),
        ] {
            let (from, to) = (date(&format!("2026-05-{from}")), date(&format!("2026-05-{to}")));
            assert_eq!(active_days(from, to, &spans(pauses)), expected, "{from} {to} {pauses}");
        }
    }

    proptest! {
        #[test]
        fn counting_day_by_day_gives_the_same(
            from in 0..60u64, days in 0..60u64, pauses in prop::collection::vec((0..90u64, 0..30u64), 0..6),
        ) {
            let begin = date("2026-05-01");
            let pauses: Vec<Span> = pauses
                .into_iter()
                .map(|(from, days)| Span { from: begin + Days::new(from), until: begin + Days::new(from + days) })
                .collect();
            let (from, to) = (begin + Days::new(from), begin + Days::new(from + days));
            let is_active = |day: &NaiveDate| !pauses.iter().any(|span| (span.from..span.until).contains(day));
            let counted = from.iter_days().take_while(|day| *day < to).filter(is_active).count();
            prop_assert_eq!(active_days(from, to, &pauses), u32::try_from(counted).expect("few days"));
        }
    }

    #[test]
    fn a_pause_begins_and_ends_at_midnight_where_the_programme_is() {
        let [span] = spans("5-6")[..] else { panic!("one pause") };
        for (at, on) in [
            ("2026-05-04 21:59", false),
            ("2026-05-04 22:00", true),
            ("2026-05-06 21:59", true),
            ("2026-05-06 22:00", false),
        ] {
            assert_eq!(span.is_on(Tz::Europe__Berlin, utc(at)), on, "{at}");
        }
        assert_eq!(span.end(Tz::Europe__Berlin), utc("2026-05-06 22:00"));
    }
}
