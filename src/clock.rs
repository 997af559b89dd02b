//! The door through which time and chance come in. `core` never looks here: it takes `now` as a parameter.
#![allow(clippy::disallowed_methods, reason = "this file is the door that clippy.toml points to")]

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use tokio::sync::watch;

/// What the program takes for the time of day.
///
/// Stored times are clock times. Time-outs of our own calls are monotonic and do not pass through here.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until somebody moves it: tests and the demo step it from one due event to the next.
    Manual(ManualClock),
}

impl Clock {
    /// The time now, in whole milliseconds (the grain that the database keeps).
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(3),
            Self::Manual(clock) => *clock.now.borrow(),
        }
    }

    /// Returns once the clock shows `at` or later.
    ///
    /// On the machine's clock it wakes at least once a minute to look again, so that a clock that was set forward,
    /// or a machine that was asleep, is noticed.
    pub async fn sleep_until(&self, at: DateTime<Utc>) {
        match self {
            Self::System => {
                while let Ok(left) = (at - Utc::now()).to_std() {
                    tokio::time::sleep(left.min(Duration::from_secs(60))).await;
                }
            }
            Self::Manual(clock) => {
                let mut now = clock.now.subscribe();
                // The sender lives in `clock`, so waiting cannot fail while we hold it.
                let _ = now.wait_for(|now| *now >= at).await;
            }
        }
    }
}

/// The hands of [`Clock::Manual`]. Clones move together.
#[derive(Clone, Debug)]
pub struct ManualClock {
    now: Arc<watch::Sender<DateTime<Utc>>>,
}

impl ManualClock {
    /// A clock that shows `start`, cut to whole milliseconds.
    pub fn at(start: DateTime<Utc>) -> Self {
        Self { now: Arc::new(watch::Sender::new(start.trunc_subsecs(3))) }
    }

    /// Sets the clock to `to`. It may go backwards, as real clocks do.
    pub fn set(&self, to: DateTime<Utc>) {
        self.now.send_replace(to.trunc_subsecs(3));
    }
}

/// A delay between half of `delay` and the whole of it, so that many who failed together do not come back together.
pub fn jitter(delay: Duration) -> Duration {
    delay.mul_f64(0.5 + rand::random::<f64>() / 2.0)
}

/// An unguessable token of 32 hexadecimal digits.
pub fn token() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
