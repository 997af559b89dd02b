//! The line to the app: each payload over a socket or over signed HTTP, until it is acknowledged.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::request_url::{RequestUrls, Sender};
use super::socket::Frame;
use super::world::{Busy, World};

/// What a payload is; the names are Socket Mode's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Event,
    Interaction,
    Command,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Event => "events_api",
            Self::Interaction => "interactive",
            Self::Command => "slash_commands",
        }
    }
}

/// Why a payload was not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missed {
    /// No answer in time, or the connection went before it came.
    Timeout,
    /// Nobody was there.
    NotConnected,
    /// An HTTP status other than 2xx; `retry` says whether Slack may send it again.
    Refused { retry: bool },
}

impl Missed {
    /// The word in `retry_reason` (Socket Mode) and `x-slack-retry-reason` (HTTP).
    fn reason(self, http: bool) -> &'static str {
        match self {
            Self::Timeout if http => "http_timeout",
            Self::Timeout => "timeout",
            Self::NotConnected => "connection_failed",
            Self::Refused { .. } => "http_error",
        }
    }
}

/// An event that was not acknowledged.
struct Resend {
    body: Value,
    attempt: u32,
    reason: &'static str,
}

#[derive(Default)]
struct Lines {
    http: Option<RequestUrls>,
    sockets: Vec<(u64, mpsc::Sender<Frame>)>,
    /// Whose turn it is.
    turn: usize,
    /// Envelopes on their way: over which connection, and who waits.
    waiting: HashMap<String, (u64, oneshot::Sender<Option<Value>>)>,
    resends: BTreeMap<(DateTime<Utc>, u64), Resend>,
    held_back: Option<(Value, Busy)>,
    counter: u64,
    lost_events: u64,
}

#[derive(Default)]
pub(super) struct Line {
    lines: Mutex<Lines>,
    sender: Sender,
}

/// A payload on its way.
enum Flight {
    Socket(Option<(String, oneshot::Receiver<Option<Value>>)>),
    Http(RequestUrls),
}

impl Line {
    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn route(&self, http: Option<RequestUrls>) {
        self.lines().http = http;
    }

    /// Sends an event and sees to it that it is sent again if need be. The handle ends when it was acknowledged or
    /// put off; there is none for an event that is held back.
    pub fn event(&self, world: &Arc<World>, body: Value) -> Option<JoinHandle<()>> {
        let (twice, hold) = {
            let mut plan = world.plan();
            (plan.duplicates_event(), plan.holds_event_back())
        };
        if hold {
            let earlier = self.lines().held_back.replace((body, world.busy()));
            if let Some((earlier, _busy)) = earlier {
                self.carry(world, Resend { body: earlier, attempt: 0, reason: "" });
            }
            return None;
        }
        if twice {
            self.carry(world, Resend { body: body.clone(), attempt: 0, reason: "" });
        }
        let carried = self.carry(world, Resend { body, attempt: 0, reason: "" });
        self.release_held_back(world);
        Some(carried)
    }

    fn release_held_back(&self, world: &Arc<World>) {
        let held = self.lines().held_back.take();
        if let Some((body, _busy)) = held {
            self.carry(world, Resend { body, attempt: 0, reason: "" });
        }
    }

    /// Sends now, in the order of the calls; waits and repeats in the background.
    fn carry(&self, world: &Arc<World>, mut event: Resend) -> JoinHandle<()> {
        let busy = world.busy();
        let mut flight = self.depart(Kind::Event, &event.body, Some((event.attempt, event.reason)));
        let world = Arc::clone(world);
        tokio::spawn(async move {
            loop {
                let http = matches!(flight, Flight::Http(_));
                let landed = world.line.land(&world, Kind::Event, flight, &event).await;
                let Err(missed) = landed else { break };
                if missed == (Missed::Refused { retry: false }) {
                    break;
                }
                event.attempt += 1;
                event.reason = missed.reason(http);
                let wait = match event.attempt {
                    1 => {
                        flight = world.line.depart(Kind::Event, &event.body, Some((1, event.reason)));
                        continue;
                    }
                    2 => TimeDelta::minutes(1),
                    3 => TimeDelta::minutes(5),
                    _ => {
                        world.line.lines().lost_events += 1;
                        break;
                    }
                };
                let mut lines = world.line.lines();
                lines.counter += 1;
                let key = (world.options.clock.now() + wait, lines.counter);
                lines.resends.insert(key, event);
                break;
            }
            drop(busy);
            world.changes.send_modify(|count| *count += 1);
        })
    }

    /// Sends what a person did. It is sent once; the answer is the acknowledgement's payload.
    pub async fn ask(&self, world: &Arc<World>, kind: Kind, body: Value) -> Result<Option<Value>, Missed> {
        let _busy = world.busy();
        let flight = self.depart(kind, &body, None);
        self.land(world, kind, flight, &Resend { body, attempt: 0, reason: "" }).await
    }

    fn depart(&self, kind: Kind, body: &Value, attempt: Option<(u32, &str)>) -> Flight {
        let mut lines = self.lines();
        if let Some(urls) = &lines.http {
            return Flight::Http(urls.clone());
        }
        let id = crate::clock::token();
        let mut envelope = json!({
            "type": kind.name(), "envelope_id": id, "payload": body,
            "accepts_response_payload": kind != Kind::Event,
        });
        if let Some((attempt, reason)) = attempt {
            envelope["retry_attempt"] = json!(attempt);
            envelope["retry_reason"] = json!(reason);
        }
        let mut frame = Frame::Text(envelope.to_string());
        for _ in 0..lines.sockets.len() {
            lines.turn = (lines.turn + 1) % lines.sockets.len();
            let (connection, socket) = &lines.sockets[lines.turn];
            let connection = *connection;
            match socket.try_send(frame) {
                Ok(()) => {
                    let (tell, hear) = oneshot::channel();
                    lines.waiting.insert(id.clone(), (connection, tell));
                    return Flight::Socket(Some((id, hear)));
                }
                Err(refused) => frame = refused.into_inner(),
            }
        }
        Flight::Socket(None)
    }

    async fn land(
        &self,
        world: &Arc<World>,
        kind: Kind,
        flight: Flight,
        event: &Resend,
    ) -> Result<Option<Value>, Missed> {
        let deadline = world.options.ack_deadline;
        let landed = match flight {
            Flight::Socket(None) => return Err(Missed::NotConnected),
            Flight::Socket(Some((id, hear))) => {
                let heard = tokio::time::timeout(deadline, hear).await;
                self.lines().waiting.remove(&id);
                heard.ok().and_then(Result::ok).ok_or(Missed::Timeout)
            }
            Flight::Http(urls) => {
                let retry = Some((event.attempt, event.reason)).filter(|(attempt, _)| *attempt > 0);
                let sent = self.sender.send(world, &urls, kind, &event.body, retry);
                tokio::time::timeout(deadline, sent).await.unwrap_or(Err(Missed::Timeout))
            }
        };
        if landed.is_ok() && world.plan().loses_ack() { Err(Missed::Timeout) } else { landed }
    }

    /// The app acknowledged an envelope; says whether somebody still waited for it.
    pub fn acknowledged(&self, envelope_id: &str, payload: Option<Value>) -> bool {
        match self.lines().waiting.remove(envelope_id) {
            Some((_, tell)) => tell.send(payload).is_ok(),
            None => false,
        }
    }

    /// A connection is there; returns its number, and how many there are now.
    pub fn connected(&self, frames: mpsc::Sender<Frame>) -> (u64, usize) {
        let mut lines = self.lines();
        lines.counter += 1;
        let number = lines.counter;
        lines.sockets.push((number, frames));
        (number, lines.sockets.len())
    }

    /// A connection takes nothing more, but what it was given may still be acknowledged.
    pub fn retired(&self, number: u64) {
        self.lines().sockets.retain(|(other, _)| *other != number);
    }

    /// A connection is gone, and with it the acknowledgements that it did not bring.
    pub fn disconnected(&self, number: u64) {
        self.retired(number);
        self.lines().waiting.retain(|_, (connection, _)| *connection != number);
    }

    pub fn connections(&self) -> usize {
        self.lines().sockets.len()
    }

    pub fn to_all_sockets(&self, frame: Frame) {
        for (_, socket) in &self.lines().sockets {
            // A connection whose queue is full is as good as cut.
            let _ = socket.try_send(frame.clone());
        }
    }

    /// When the next event is to be sent again.
    pub fn next_resend(&self) -> Option<DateTime<Utc>> {
        self.lines().resends.keys().next().map(|(at, _)| *at)
    }

    /// How many events were given up after their last repetition.
    pub fn lost_events(&self) -> u64 {
        self.lines().lost_events
    }

    /// Sends again what is due.
    pub fn wake(&self, world: &Arc<World>) {
        self.release_held_back(world);
        let now = world.options.clock.now();
        let due: Vec<Resend> = {
            let mut lines = self.lines();
            let later = lines.resends.split_off(&(now + TimeDelta::milliseconds(1), 0));
            std::mem::replace(&mut lines.resends, later).into_values().collect()
        };
        for event in due {
            self.carry(world, event);
        }
    }

    /// One signed HTTP request that must be answered with this challenge.
    pub async fn challenge(&self, world: &Arc<World>, challenge: &str) -> Result<bool, String> {
        let urls = self.lines().http.clone().ok_or("no request URL is configured")?;
        let body = json!({"token": "unused", "type": "url_verification", "challenge": challenge});
        let sent = self.sender.send(world, &urls, Kind::Event, &body, None);
        match tokio::time::timeout(world.options.ack_deadline, sent).await {
            Ok(Ok(Some(answer))) => Ok(answer == *challenge || answer["challenge"] == challenge),
            Ok(Ok(None)) => Ok(false),
            other => Err(format!("the request URL did not answer: {other:?}")),
        }
    }
}
