//! Calls that ask about people, each method at its own pace, and again after what passes by itself.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::Progress;
use crate::clock::jitter;
use crate::core::pace::{Limits, Pace};
use crate::slack::client::Client;
use crate::slack::fate::{Failure, Fate};

/// How often a limit is waited out.
const WAITS: u32 = 20;
/// The longest that Slack may ask us to wait at once.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// A method that tells about people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    List,
    ByEmail,
    Info,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "users.list",
            Self::ByEmail => "users.lookupByEmail",
            Self::Info => "users.info",
        }
    }

    /// Slack's tiers (20, 50 and 100 calls a minute) less a tenth, after a burst that lies within a minute's calls.
    pub fn limits(self) -> Limits {
        match self {
            Self::List => Limits::steady(18, 15),
            Self::ByEmail => Limits::steady(45, 25),
            Self::Info => Limits::steady(90, 50),
        }
    }
}

/// When each method may be called next. One for all who ask, as Slack counts them together.
pub(super) struct Turns {
    begin: Instant,
    paces: [Mutex<Pace>; 3],
}

impl Default for Turns {
    fn default() -> Self {
        let pace = |method: Method| Mutex::new(Pace::new(method.limits()));
        Self { begin: Instant::now(), paces: [pace(Method::List), pace(Method::ByEmail), pace(Method::Info)] }
    }
}

impl Turns {
    /// Takes a call, or says how long to wait before asking again.
    fn take(&self, method: Method) -> Result<(), Duration> {
        let mut pace = self.pace(method);
        let now = self.now();
        if pace.take(method.limits(), now) {
            return Ok(());
        }
        let wait = pace.free_ms() + 1 - now.timestamp_millis();
        Err(Duration::from_millis(u64::try_from(wait).unwrap_or(0).max(1)))
    }

    /// Slack refused a call: the next one is free after that, at an even pace.
    fn refused(&self, method: Method, after: Duration) {
        let until = self.now() + TimeDelta::from_std(after).unwrap_or(TimeDelta::MAX);
        let mut pace = self.pace(method);
        *pace = Pace::from_stored(until.timestamp_millis(), pace.gap_us(), method.limits());
    }

    fn pace(&self, method: Method) -> std::sync::MutexGuard<'_, Pace> {
        // A pace is whole whenever it can be seen, so that a panic elsewhere does not spoil it.
        self.paces[method as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Time as this process measures it: a clock that is set must not open or close a turn. A day of rest lies before
    /// its beginning, so that bursts are whole.
    fn now(&self) -> DateTime<Utc> {
        let measured = TimeDelta::from_std(self.begin.elapsed()).unwrap_or(TimeDelta::zero());
        DateTime::UNIX_EPOCH + TimeDelta::days(1) + measured
    }
}

/// The way to Slack for one search.
pub(super) struct Calls<'a> {
    pub client: &'a Client,
    /// `None`: nobody waits.
    pub turns: Option<&'a Turns>,
    /// No call and no pause begins that would last beyond this.
    pub until: Option<Instant>,
    pub progress: &'a watch::Sender<Progress>,
}

impl Calls<'_> {
    /// One call, up to `attempts` times. All of these methods only read, so that whatever failed on the way may be
    /// made again.
    pub async fn call(&self, method: Method, args: Value, attempts: u32) -> Result<Value, Failure> {
        let (mut failed, mut waits) = (0, 0);
        loop {
            self.turn(method).await?;
            let failure = match self.client.call(method.name(), args.clone()).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            let pause = match failure.fate {
                Fate::Wait { after } if waits < WAITS && after <= LONGEST_WAIT => {
                    waits += 1;
                    if let Some(turns) = self.turns {
                        turns.refused(method, after);
                    }
                    after
                }
                Fate::Retry | Fate::Unsure if failed + 1 < attempts => {
                    failed += 1;
                    jitter(Duration::from_millis(500) * 2_u32.pow(failed))
                }
                _ => return Err(failure),
            };
            if !self.has_time_for(pause) {
                return Err(failure);
            }
            let asked = matches!(failure.fate, Fate::Wait { .. }).then_some(pause);
            self.pause(pause, asked).await;
        }
    }

    async fn turn(&self, method: Method) -> Result<(), Failure> {
        let Some(turns) = self.turns else { return Ok(()) };
        while let Err(wait) = turns.take(method) {
            if !self.has_time_for(wait) {
                return Err(Failure::held(method.name(), wait));
            }
            self.pause(wait, None).await;
        }
        Ok(())
    }

    async fn pause(&self, pause: Duration, asked: Option<Duration>) {
        if asked.is_some() {
            self.progress.send_modify(|progress| progress.waits = asked);
        }
        sleep(pause).await;
        if asked.is_some() {
            self.progress.send_modify(|progress| progress.waits = None);
        }
    }

    fn has_time_for(&self, pause: Duration) -> bool {
        self.until.is_none_or(|until| Instant::now() + pause <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_has_its_own_burst_and_then_its_own_pace() {
        let turns = Turns::default();
        for method in [Method::List, Method::ByEmail, Method::Info] {
            let burst = method.limits().burst;
            assert!((0..burst).all(|_| turns.take(method).is_ok()), "{method:?}");
            let wait = turns.take(method).expect_err("the burst is used up");
            assert!(wait <= Duration::from_millis(u64::from(60_500 / method.limits().start)), "{method:?}: {wait:?}");
        }
    }

    #[test]
    fn what_slack_refused_is_not_asked_before_its_time() {
        let turns = Turns::default();
        turns.refused(Method::List, Duration::from_secs(30));
        let wait = turns.take(Method::List).expect_err("Slack said when");
        assert!(wait > Duration::from_secs(29), "{wait:?}");
        assert_eq!(turns.take(Method::Info), Ok(()), "another method is another limit");
    }
}
