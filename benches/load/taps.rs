//! Signed taps on the buttons that the bot posted, and how long each acknowledgement took.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use rapport::clock::Clock;
use serde_json::json;
use sha2::Sha256;
use tokio::task::JoinSet;

use crate::slack::Button;

/// The signing secret of the bot under load.
pub const SECRET: &str = "bench-secret";

/// Taps without end: the mentors of all pairs, then the mentees, then other answers of theirs.
#[derive(Clone)]
pub struct Taps {
    http: reqwest::Client,
    url: String,
    slack_port: u16,
    posts: Arc<Vec<Vec<Button>>>,
    next: Arc<AtomicU64>,
}

/// What came of a load.
pub struct Load {
    pub took: Duration,
    /// Good acknowledgements, from when the tap was meant to be made.
    pub latencies: Vec<Duration>,
    pub failed: usize,
}

impl Load {
    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    /// The latency that this share of the taps stayed below, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort();
        let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(at).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1000.0)
    }
}

impl Taps {
    /// On these posts, sent to the bot at `port`; confirmations go to the Slack at `slack_port`.
    pub fn new(port: u16, slack_port: u16, posts: Vec<Vec<Button>>) -> Self {
        assert!(posts.iter().all(|post| !post.is_empty()), "each post has buttons");
        Self {
            http: reqwest::Client::builder().no_proxy().build().expect("a client"),
            url: format!("http://127.0.0.1:{port}/slack/interactivity"),
            slack_port,
            posts: Arc::new(posts),
            next: Arc::default(),
        }
    }

    /// Taps made so far.
    pub fn made(&self) -> u64 {
        self.next.load(Ordering::Relaxed)
    }

    /// So many people tapping as fast as they are answered.
    pub async fn as_fast_as_it_goes(&self, people: usize, time: Duration) -> Load {
        let start = Instant::now();
        let mut tapping = JoinSet::new();
        for _ in 0..people {
            let taps = self.clone();
            tapping.spawn(async move {
                let mut each = Vec::new();
                while start.elapsed() < time {
                    let since = Instant::now();
                    each.push(taps.tap().await.then(|| since.elapsed()));
                }
                each
            });
        }
        let each: Vec<_> = tapping.join_all().await.into_iter().flatten().collect();
        load(start.elapsed(), each)
    }

    /// Taps at a steady rate, whether or not the former ones were answered. Latency counts from the planned instant.
    pub async fn at(&self, per_second: u32, time: Duration) -> Load {
        let start = Instant::now();
        let mut tapping = JoinSet::new();
        for n in 0..(time.as_secs_f64() * f64::from(per_second)) as u32 {
            let planned = start + Duration::from_secs(1) * n / per_second;
            tokio::time::sleep_until(planned.into()).await;
            let taps = self.clone();
            tapping.spawn(async move { taps.tap().await.then(|| planned.elapsed()) });
        }
        load(start.elapsed(), tapping.join_all().await)
    }

    async fn tap(&self) -> bool {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let count = self.posts.len() as u64;
        let buttons = &self.posts[(n % count) as usize];
        let button = &buttons[(n / count) as usize % buttons.len()];
        let side = if (n / count).is_multiple_of(2) { "A" } else { "B" };
        let now = Clock::System.now();
        let payload = json!({
            "type": "block_actions",
            "user": { "id": format!("U{side}{}", &button.channel[1..]), "team_id": "T0BENCH01" },
            "team": { "id": "T0BENCH01", "domain": "bench" },
            "api_app_id": "A0BENCH01",
            "trigger_id": format!("1.2.{n:032x}"),
            "container": { "type": "message", "message_ts": button.ts, "channel_id": button.channel },
            "channel": { "id": button.channel, "name": "mpdm" },
            "response_url": format!("http://127.0.0.1:{}/reply/{n}", self.slack_port),
            "actions": [{
                "type": "button",
                "action_id": button.action_id,
                "block_id": button.block_id,
                "value": button.value,
                // As unique as Slack's: the clock's milliseconds and a number.
                "action_ts": format!("{}.{:03}{:03}", now.timestamp(), now.timestamp_subsec_millis(), n % 1000),
            }],
        });
        let body = serde_urlencoded::to_string([("payload", payload.to_string())]).expect("text");
        let stamp = now.timestamp().to_string();
        let request = self
            .http
            .post(&self.url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-slack-request-timestamp", &stamp)
            .header("x-slack-signature", signature(&stamp, &body))
            .body(body);
        match request.send().await {
            Ok(reply) if reply.status() == 200 => reply.bytes().await.is_ok(),
            _ => false,
        }
    }
}

fn load(took: Duration, each: Vec<Option<Duration>>) -> Load {
    let failed = each.iter().filter(|latency| latency.is_none()).count();
    Load { took, latencies: each.into_iter().flatten().collect(), failed }
}

/// As Slack signs.
pub fn signature(stamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any length will do");
    mac.update(format!("v0:{stamp}:{body}").as_bytes());
    let digits: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v0={digits}")
}
