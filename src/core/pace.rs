//! How fast a method may be called: evenly with a small burst, faster after clean minutes, half as fast after a refusal.

use chrono::{DateTime, Utc};

/// The slowest that refusals can make a pace: one call in ten seconds.
const SLOWEST_GAP_US: i64 = 10_000_000;
const MINUTE_US: i64 = 60_000_000;

/// What a pace moves between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls a minute to begin with.
    pub start: u32,
    /// Calls a minute that are never exceeded.
    pub top: u32,
    /// Calls that may be made at once after a rest; at least one.
    pub burst: u32,
}

/// The pace of one method in one workspace (the generic cell rate algorithm).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    free_us: i64,
    gap_us: i64,
}

impl Limits {
    /// A steady pace, neither rising nor bursting beyond `burst`.
    pub const fn steady(a_minute: u32, burst: u32) -> Self {
        Self { start: a_minute, top: a_minute, burst }
    }

    fn fastest_gap_us(self) -> i64 {
        (MINUTE_US / i64::from(self.top.max(1))).max(1)
    }
}

impl Pace {
    /// The pace at which a method begins.
    pub fn new(limits: Limits) -> Self {
        let gap_us = (MINUTE_US / i64::from(limits.start.max(1))).max(limits.fastest_gap_us());
        Self { free_us: 0, gap_us }
    }

    /// The pace as it was stored: when the next call may be made (milliseconds), and the gap (microseconds).
    pub fn from_stored(free_ms: i64, gap_us: i64, limits: Limits) -> Self {
        let gap_us = gap_us.clamp(limits.fastest_gap_us(), SLOWEST_GAP_US.max(limits.fastest_gap_us()));
        Self { free_us: free_ms.saturating_mul(1_000), gap_us }
    }

    /// When the next call may be made, in milliseconds, rounded down.
    pub fn free_ms(self) -> i64 {
        self.free_us.div_euclid(1_000)
    }

    /// Microseconds between two calls.
    pub fn gap_us(self) -> i64 {
        self.gap_us
    }

    /// Takes one call if there is one now.
    ///
    /// A call that the next one has to wait for counts as clean for that long: a minute of calls at full pace makes
    /// the pace a tenth faster, an idle minute or a burst does not.
    pub fn take(&mut self, limits: Limits, now: DateTime<Utc>) -> bool {
        let now_us = now.timestamp_micros();
        if now_us < self.free_us {
            return false;
        }
        let full_us = (self.free_us + self.slack_us(limits)).max(now_us) + self.gap_us;
        if full_us - self.slack_us(limits) > now_us {
            let clean_minutes = self.gap_us as f64 / MINUTE_US as f64;
            self.gap_us = ((self.gap_us as f64 / 1.1_f64.powf(clean_minutes)) as i64).max(limits.fastest_gap_us());
        }
        self.free_us = full_us - self.slack_us(limits);
        true
    }

    /// Slack refused a call and named the time until which it refuses: half as fast, and no burst when it is over.
    ///
    /// Calls that were under way together are refused together; that halves the pace once.
    pub fn refused(&mut self, until: DateTime<Utc>, now: DateTime<Utc>) {
        let already = self.free_us > now.timestamp_micros() + self.gap_us;
        if !already {
            self.gap_us = (self.gap_us * 2).min(SLOWEST_GAP_US.max(self.gap_us));
        }
        // The one gap beyond `until` is what tells a refusal from the pace's own wait.
        self.free_us = self.free_us.max(until.timestamp_micros() + self.gap_us);
    }

    /// How far ahead of an even pace a burst may be.
    fn slack_us(self, limits: Limits) -> i64 {
        self.gap_us * (i64::from(limits.burst.max(1)) - 1)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const POSTS: Limits = Limits { start: 60, top: 200, burst: 20 };

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::milliseconds(ms)
    }

    /// Takes whatever there is, looking every 10 ms of `[from, to)`.
    fn taken(pace: &mut Pace, limits: Limits, from: i64, to: i64) -> usize {
        (from..to).step_by(10).map(|ms| std::iter::from_fn(|| pace.take(limits, at(ms)).then_some(())).count()).sum()
    }

    #[test]
    fn a_burst_and_then_one_by_one() {
        for (burst, until_ms, expected) in [(20, 10, 20), (1, 10, 1), (20, 5_010, 25), (5, 60_010, 65)] {
            let limits = Limits::steady(60, burst);
            let mut pace = Pace::new(limits);
            assert_eq!(taken(&mut pace, limits, 0, until_ms), expected, "burst {burst}, {until_ms} ms");
        }
    }

    #[test]
    fn rest_gives_the_burst_back_but_no_more() {
        let limits = Limits::steady(60, 20);
        let mut pace = Pace::new(limits);
        taken(&mut pace, limits, 0, 10);
        assert_eq!(taken(&mut pace, limits, 3_600_000, 3_600_010), 20);
    }

    #[test]
    fn a_tenth_faster_after_each_clean_minute_up_to_the_top() {
        let mut pace = Pace::new(POSTS);
        taken(&mut pace, POSTS, 0, 60_000);
        let rate = |pace: Pace| 60_000_000.0 / pace.gap_us() as f64;
        assert!((65.0..67.0).contains(&rate(pace)), "{}", rate(pace));
        taken(&mut pace, POSTS, 60_000, 30 * 60_000);
        assert_eq!(pace.gap_us(), 300_000);
    }

    #[test]
    fn idle_minutes_are_not_clean_minutes() {
        let mut pace = Pace::new(POSTS);
        for hour in 0..10 {
            assert!(pace.take(POSTS, at(hour * 3_600_000)));
        }
        assert!(pace.gap_us() > 980_000);
    }

    #[test]
    fn a_storm_of_refusals_halves_once_and_is_waited_out() {
        for pause in [1_000, 30_000] {
            let mut pace = Pace::new(POSTS);
            taken(&mut pace, POSTS, 0, 10);
            let before = pace.gap_us();
            for late in 0..20 {
                pace.refused(at(100 + late + pause), at(100 + late));
            }
            assert_eq!(pace.gap_us(), before * 2);
            assert!(!pace.take(POSTS, at(100 + pause)), "not during the pause");
            let free = 119 + pause + before * 2 / 1_000 + 1;
            assert!(pace.take(POSTS, at(free)));
            assert!(!pace.take(POSTS, at(free)), "no burst afterwards");
        }
    }

    #[test]
    fn refusals_have_a_floor_and_storage_a_round_trip() {
        let mut pace = Pace::new(POSTS);
        for hour in 0..10 {
            pace.refused(at(hour * 3_600_000 + 1_000), at(hour * 3_600_000));
        }
        assert_eq!(pace.gap_us(), SLOWEST_GAP_US);
        assert_eq!(Pace::from_stored(pace.free_ms(), pace.gap_us(), POSTS).free_ms(), pace.free_ms());
        assert_eq!(Pace::from_stored(0, 1, POSTS).gap_us(), 300_000, "a lowered top holds at once");
    }
}
