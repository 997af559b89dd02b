//! Slack's rate limits, on the simulator's clock.

use std::collections::{BTreeMap, HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

/// One post a second per channel.
const POST_EVERY: TimeDelta = TimeDelta::seconds(1);
const WINDOW: TimeDelta = TimeDelta::minutes(1);

#[derive(Default)]
pub(super) struct Limits {
    /// For each channel, until when its posts so far have used up its rate.
    posts: HashMap<String, DateTime<Utc>>,
    /// For each method with a tier, when it was called within the last minute.
    calls: HashMap<String, VecDeque<DateTime<Utc>>>,
}

impl Limits {
    /// Counts a post in a channel that takes `burst` at once. The error is `Retry-After` in whole seconds.
    pub fn post(&mut self, channel: &str, burst: u32, now: DateTime<Utc>) -> Result<(), u64> {
        let used_until = self.posts.get(channel).copied().unwrap_or(now).max(now);
        let slack = POST_EVERY * i32::try_from(burst.saturating_sub(1)).unwrap_or(i32::MAX);
        let early = used_until - slack - now;
        if early > TimeDelta::zero() {
            return Err(whole_seconds(early));
        }
        self.posts.insert(channel.to_owned(), used_until + POST_EVERY);
        Ok(())
    }

    /// Counts a call of a method, if it has a tier. The error is `Retry-After` in whole seconds.
    pub fn call(&mut self, method: &str, tiers: &BTreeMap<String, u32>, now: DateTime<Utc>) -> Result<(), u64> {
        let Some(&tier) = tiers.get(method) else { return Ok(()) };
        let calls = self.calls.entry(method.to_owned()).or_default();
        while calls.front().is_some_and(|at| now - *at >= WINDOW) {
            calls.pop_front();
        }
        if calls.len() >= tier as usize {
            return Err(calls.front().map_or(60, |oldest| whole_seconds(*oldest + WINDOW - now)));
        }
        calls.push_back(now);
        Ok(())
    }
}

fn whole_seconds(wait: TimeDelta) -> u64 {
    u64::try_from((wait.num_milliseconds() + 999) / 1_000).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_takes_one_post_a_second_after_its_burst() {
        let at = |ms| DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms);
        let mut limits = Limits::default();
        assert_eq!(limits.post("C1", 1, at(0)), Ok(()));
        assert_eq!(limits.post("C1", 1, at(999)), Err(1));
        assert_eq!(limits.post("C2", 1, at(999)), Ok(()));
        assert_eq!(limits.post("C1", 1, at(1_000)), Ok(()));
        let burst: Vec<_> = (0..4).map(|_| limits.post("C3", 3, at(0))).collect();
        assert_eq!(burst, [Ok(()), Ok(()), Ok(()), Err(1)]);
    }

    #[test]
    fn a_tier_counts_the_last_minute() {
        let at = |s| DateTime::UNIX_EPOCH + TimeDelta::seconds(s);
        let tiers = BTreeMap::from([("chat.update".to_owned(), 2)]);
        let mut limits = Limits::default();
        let said: Vec<_> = [0, 10, 20, 60, 61].map(|s| limits.call("chat.update", &tiers, at(s))).into();
        assert_eq!(said, [Ok(()), Ok(()), Err(40), Ok(()), Err(9)]);
        assert_eq!(limits.call("chat.delete", &tiers, at(0)), Ok(()));
    }
}
