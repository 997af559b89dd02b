//! From civil times to instants in a zone, right in both clock changes.

use std::collections::VecDeque;
use std::iter::Peekable;

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

use super::Strike;

/// What the clocks of `zone` show at `at`. Times within two days of the ends of the calendar are taken as those ends.
pub fn civil(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    let margin = TimeDelta::days(2);
    at.clamp(DateTime::<Utc>::MIN_UTC + margin, DateTime::<Utc>::MAX_UTC - margin).with_timezone(&zone).naive_local()
}

/// The instant that people in `zone` mean by `civil`: a time that a clock change skips moves forward by the gap,
/// a time that occurs twice is its first.
pub fn instant(zone: Tz, civil: NaiveDateTime) -> DateTime<Utc> {
    place(zone, civil).0
}

/// The instant of `civil`, and whether a gap moved it.
fn place(zone: Tz, civil: NaiveDateTime) -> (DateTime<Utc>, bool) {
    match zone.from_local_datetime(&civil) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => (at.to_utc(), false),
        LocalResult::None => {
            // Read with the offset from before the change, the skipped time lands as far behind the gap as it lay in it.
            let before = GapInfo::new(&civil, &zone).and_then(|gap| gap.begin).map(|(_, offset)| offset.fix());
            let seconds = before.map_or(0, |offset| offset.local_minus_utc());
            let moved = civil.checked_sub_signed(TimeDelta::seconds(seconds.into())).unwrap_or(civil);
            (moved.and_utc(), true)
        }
    }
}

/// Turns rising civil times into strictly rising strikes.
///
/// Times moved by a gap can land behind later ones, or upon them. They wait until their turn; where two fall
/// together, the one that was not moved stands.
pub(super) struct Strikes<I: Iterator<Item = NaiveDateTime>> {
    civil: Peekable<I>,
    zone: Tz,
    moved: VecDeque<Strike>,
}

impl<I: Iterator<Item = NaiveDateTime>> Strikes<I> {
    pub(super) fn new(civil: I, zone: Tz) -> Self {
        Self { civil: civil.peekable(), zone, moved: VecDeque::new() }
    }
}

impl<I: Iterator<Item = NaiveDateTime>> Iterator for Strikes<I> {
    type Item = Strike;

    fn next(&mut self) -> Option<Strike> {
        while let Some(&civil) = self.civil.peek() {
            let (at, moved) = place(self.zone, civil);
            if moved {
                self.moved.push_back(Strike { at, occurrence: civil.date() });
                self.civil.next();
                continue;
            }
            match self.moved.front() {
                Some(waiting) if waiting.at < at => break,
                Some(waiting) if waiting.at == at => self.moved.pop_front(),
                _ => None,
            };
            self.civil.next();
            return Some(Strike { at, occurrence: civil.date() });
        }
        self.moved.pop_front()
    }
}
