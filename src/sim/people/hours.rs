//! The working hours of one person: eight hours from their own morning, Monday to Friday, by the clock on their wall.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

const LENGTH: TimeDelta = TimeDelta::hours(8);

#[derive(Clone, Copy, Debug)]
pub(super) struct Hours {
    pub zone: Tz,
    /// The hour at which the day's work begins.
    pub begin: u32,
}

impl Hours {
    /// The moment when this much of one's own working time has passed since `from`.
    pub fn after(&self, from: DateTime<Utc>, mut work: TimeDelta) -> DateTime<Utc> {
        let mut day = from.with_timezone(&self.zone).date_naive();
        // The bound is never reached: a day of every week is worked.
        for _ in 0..400 {
            if let Some((begin, end)) = self.of(day) {
                let begin = begin.max(from);
                if begin < end {
                    if work < end - begin {
                        return begin + work;
                    }
                    work -= end - begin;
                }
            }
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        }
        from
    }

    /// Whether `at` is in them.
    #[cfg(test)]
    pub fn are_open(&self, at: DateTime<Utc>) -> bool {
        self.of(at.with_timezone(&self.zone).date_naive()).is_some_and(|(begin, end)| begin <= at && at < end)
    }

    fn of(&self, day: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return None;
        }
        let morning = day.and_time(NaiveTime::from_hms_opt(self.begin, 0, 0)?);
        let begin = self.zone.from_local_datetime(&morning).earliest()?.with_timezone(&Utc);
        Some((begin, begin + LENGTH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted_in_ones_own_hours() {
        let hours = Hours { zone: Tz::Asia__Kathmandu, begin: 9 };
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        for (from, minutes, then) in [
            ("2026-05-19T05:00:00Z", 0, "2026-05-19T05:00:00Z"),
            ("2026-05-19T05:00:00Z", 60, "2026-05-19T06:00:00Z"),
            // Before nine; after five; over the night; over the weekend.
            ("2026-05-19T00:00:00Z", 5, "2026-05-19T03:20:00Z"),
            ("2026-05-19T11:15:00Z", 5, "2026-05-20T03:20:00Z"),
            ("2026-05-19T11:00:00Z", 20, "2026-05-20T03:20:00Z"),
            ("2026-05-22T11:00:00Z", 20, "2026-05-25T03:20:00Z"),
            ("2026-05-22T03:15:00Z", 16 * 60, "2026-05-26T03:15:00Z"),
        ] {
            assert_eq!(hours.after(at(from), TimeDelta::minutes(minutes)), at(then), "{from} + {minutes}");
        }
    }
}
