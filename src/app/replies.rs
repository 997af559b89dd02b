//! Private confirmations, sent through the `response_url` of the tap that asked for them.
//!
//! That URL is a secret: it stays in the memory of the process that took the tap, and so does the confirmation. Its
//! row in the outbox was born claimed by this process, so nobody else sends it; if the process dies, it is settled as
//! doubtful, because the person may or may not have seen it. App Home has the truth.

use std::collections::VecDeque;
use std::mem;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{Fuse, FusedFuture};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use metrics::counter;
use secrecy::SecretString;
use tokio::sync::Notify;
use tracing::{error, warn};

use super::App;
use crate::core::content::Said;
use crate::slack::client::Client;
use crate::slack::fate::{self, Failure, Fate};
use crate::slack::render;
use crate::store::{Claim, Settlement};

/// A `response_url` lives 30 minutes.
const LIVES: TimeDelta = TimeDelta::minutes(25);

/// Confirmations that may wait, those that were put off included; past it the oldest are given up, so that memory has a
/// bound.
const WAITING: usize = 10_000;

/// Confirmations on the line at once.
const IN_FLIGHT: usize = 200;

/// Those that have come back are settled together, after so many, or so long as whoever asks allows.
const TOGETHER: usize = 64;

/// One confirmation.
#[derive(Clone)]
pub struct Confirmation {
    /// Its row in the outbox.
    pub claim: Claim,
    /// Where it goes. A secret.
    pub url: SecretString,
    /// What it says. Put into words when it goes, so that little is held of those that wait.
    pub said: Said,
    /// The tap was in such a message of ours, which this one takes the place of.
    pub in_ephemeral: bool,
    /// When the tap came in.
    pub since: DateTime<Utc>,
}

/// Confirmations that wait to be sent.
#[derive(Default)]
pub struct Replies {
    lines: Mutex<Lines>,
    added: Notify,
}

#[derive(Default)]
struct Lines {
    waiting: VecDeque<Confirmation>,
    /// Confirmations that Slack put off, with the time to try again.
    later: VecDeque<(DateTime<Utc>, Confirmation)>,
}

impl Lines {
    /// Makes room for one more. What was put off has waited longest.
    fn make_room(&mut self) {
        if self.waiting.len() + self.later.len() < WAITING {
            return;
        }
        if self.later.pop_front().is_none() {
            self.waiting.pop_front();
        }
        counter!("rapport_confirmations_given_up_total").increment(1);
    }
}

impl Replies {
    /// Takes one more.
    pub fn add(&self, confirmation: Confirmation) {
        let mut lines = self.lines();
        lines.make_room();
        lines.waiting.push_back(confirmation);
        self.added.notify_one();
    }

    fn take(&self, most: usize) -> Vec<Confirmation> {
        let waiting = &mut self.lines().waiting;
        let count = most.min(waiting.len());
        waiting.drain(..count).collect()
    }

    fn put_off(&self, until: DateTime<Utc>, confirmation: Confirmation) {
        let mut lines = self.lines();
        lines.make_room();
        lines.later.push_back((until, confirmation));
    }

    /// Moves what is due to the queue, and says when the next is.
    fn wake(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut lines = self.lines();
        let (due, left): (VecDeque<_>, VecDeque<_>) = lines.later.drain(..).partition(|(until, _)| *until <= now);
        lines.later = left;
        if !due.is_empty() {
            self.added.notify_one();
        }
        lines.waiting.extend(due.into_iter().map(|(_, confirmation)| confirmation));
        lines.later.iter().map(|(until, _)| *until).min()
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().expect("nothing panics while it holds the lines")
    }
}

impl App {
    /// Sends every confirmation that can be sent now, and settles each at most `linger` after it came back; says when to
    /// come back, if something was put off.
    pub async fn confirm(&self, linger: Duration) -> Option<DateTime<Utc>> {
        let mut flying = FuturesUnordered::new();
        let mut settling = pin!(Fuse::terminated());
        let (mut back, mut since) = (Vec::new(), Instant::now());
        loop {
            let next = self.replies.wake(self.clock.now());
            for confirmation in self.replies.take(IN_FLIGHT - flying.len()) {
                let client = self.client.clone();
                flying.push(async move { (send(&client, &confirmation).await, confirmation) });
            }
            let left = linger.saturating_sub(since.elapsed());
            let enough = back.len() >= TOGETHER || left.is_zero();
            if settling.is_terminated() && !back.is_empty() && enough {
                settling.set(self.settle_replies(mem::take(&mut back)).fuse());
            }
            if flying.is_empty() && settling.is_terminated() && back.is_empty() {
                return next;
            }
            tokio::select! {
                Some((result, confirmation)) = flying.next() => {
                    if back.is_empty() {
                        since = Instant::now();
                    }
                    back.extend(self.outcome(result, confirmation));
                }
                () = &mut settling => {}
                () = tokio::time::sleep(left), if settling.is_terminated() && !back.is_empty() => {}
                () = self.confirmation_added(), if flying.len() < IN_FLIGHT => {}
            }
        }
    }

    async fn settle_replies(&self, settled: Vec<(Claim, Settlement)>) {
        if let Err(error) = self.store.settle(settled, self.clock.now()).await {
            // The rows stay claimed by this process and end as doubtful, which is what they are now.
            error!(%error, "confirmations were sent and not settled");
        }
    }

    /// Whether no confirmation waits for its turn.
    pub(super) fn has_confirmed(&self) -> bool {
        self.replies.lines().waiting.is_empty()
    }

    /// Returns when a confirmation was added.
    pub(super) async fn confirmation_added(&self) {
        self.replies.added.notified().await;
    }

    /// It is repeated only after a definite refusal: whoever got it must not get it twice.
    fn outcome(&self, result: Result<(), Failure>, confirmation: Confirmation) -> Option<(Claim, Settlement)> {
        let now = self.clock.now();
        let failure = match result {
            Ok(()) => return Some((confirmation.claim, Settlement::Sent { receipt: None, shown: 1 })),
            Err(failure) => failure,
        };
        let again = match failure.fate {
            Fate::Wait { after } => Some(after),
            Fate::Retry if failure.code == fate::code::NO_CONNECTION => Some(Duration::from_secs(5)),
            _ => None,
        };
        let at = again.map(|after| now + after);
        match at.filter(|at| *at < confirmation.since + LIVES) {
            Some(at) => {
                self.replies.put_off(at, confirmation);
                None
            }
            None if matches!(failure.fate, Fate::Unsure | Fate::Retry) => {
                counter!("rapport_confirmations_doubtful_total").increment(1);
                Some((confirmation.claim, Settlement::Doubtful))
            }
            None => {
                warn!(message = %confirmation.claim.name, %failure, "a confirmation was refused");
                Some((confirmation.claim, Settlement::Dead { why: failure.code }))
            }
        }
    }
}

async fn send(client: &Client, confirmation: &Confirmation) -> Result<(), Failure> {
    let body = render::said(&confirmation.said, &confirmation.claim.name.key(), 1, confirmation.in_ephemeral);
    client.respond(&confirmation.url, &body).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::id::MessageName;
    use crate::core::refusal::Refusal;

    fn confirmation(n: usize) -> Confirmation {
        Confirmation {
            claim: Claim { name: MessageName::from(format!("said:{n}")), until: 0 },
            url: SecretString::from("http://127.0.0.1/"),
            said: Said::Refused(Refusal::TryAgain),
            in_ephemeral: false,
            since: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_waits_has_a_bound_wherever_it_waits() {
        let replies = Replies::default();
        let held = |replies: &Replies| {
            let lines = replies.lines();
            (lines.waiting.len(), lines.later.len())
        };
        let later = DateTime::UNIX_EPOCH + TimeDelta::minutes(10);
        (0..WAITING).for_each(|n| replies.add(confirmation(n)));
        // All are refused for ten minutes, while others tap.
        for round in 0..3 {
            while let [one, rest @ ..] = replies.take(IN_FLIGHT).as_slice() {
                [one].into_iter().chain(rest).for_each(|one| replies.put_off(later, one.clone()));
            }
            assert_eq!(held(&replies), (0, WAITING), "{round}");
            (0..500).for_each(|n| replies.add(confirmation(n)));
            assert_eq!(held(&replies), (500, WAITING - 500), "{round}");
        }
        assert_eq!(replies.wake(later), None);
        assert_eq!(held(&replies), (WAITING, 0), "each gets its turn");
    }
}
