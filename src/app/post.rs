//! One message on its way to Slack: what it says now, where it goes, and what became of it.

use chrono::TimeDelta;
use metrics::counter;
use secrecy::SecretString;
use serde_json::{Value, json};
use tracing::{error, info, warn};

use super::App;
use super::delivery::Ours;
use crate::clock;
use crate::core::content::Content;
use crate::core::decision::{Change, Decision};
use crate::core::event::Receipt;
use crate::core::message::{Message, Place};
use crate::core::person::Person;
use crate::slack::fate::{Failure, Fate, backoff};
use crate::slack::render::{self, File};
use crate::store::{Claim, Claimed, Instead, Prepared, Settlement, StoreError};

/// How long to leave a workspace alone that Slack is moving to an organisation.
const MOVING: TimeDelta = TimeDelta::hours(2);

/// Calls that share a file.
const SHARING: u32 = 3;

/// How often a view that has changed meanwhile is drawn again.
const REDRAWINGS: i64 = 2;

/// What Slack says of a block that it does not know; ours that it may not know is the chart.
const CHART_REFUSED: &str = "invalid_blocks";

/// A message that was taken out of the outbox, and what became of it.
#[derive(Debug)]
pub struct Posted {
    /// Shows that it was ours to send.
    pub claim: Claim,
    /// What became of it.
    pub settlement: Settlement,
    /// What follows, committed together with the settlement.
    pub follows: Decision,
}

/// What Slack said to a message.
struct Reply {
    /// Where it stands, for a post.
    receipt: Option<Receipt>,
    /// It had been posted before.
    is_duplicate: bool,
}

impl App {
    /// Sends one message that this process has claimed.
    pub(super) async fn post(&self, claimed: Claimed, ours: Ours) -> Posted {
        let (settlement, follows) = match self.send(&claimed, ours).await {
            Ok(done) => done,
            Err(error) => {
                error!(message = %claimed.claim.name, %error, "a message could not be prepared");
                (self.again(TimeDelta::seconds(30)), Decision::default())
            }
        };
        Posted { claim: claimed.claim, settlement, follows }
    }

    async fn send(&self, claimed: &Claimed, ours: Ours) -> Result<(Settlement, Decision), StoreError> {
        let is_new = claimed.receipt.is_none() && claimed.shown == 0;
        let Prepared { content, destination, too_late, waits } =
            self.store.prepare(claimed.message.clone(), &self.vault, self.clock.now()).await?;
        // What was left out once, and then wanted again, was never sent either: no pulse is posted after its time.
        match too_late.filter(|_| claimed.receipt.is_none()) {
            Some(Instead::Drop(fold)) => {
                let settlement = if claimed.unsure { self.doubtful(claimed) } else { Settlement::Dropped };
                return Ok((settlement, fold));
            }
            Some(Instead::LeaveOut(fold)) => {
                return Ok((Settlement::RetryAt { at: self.clock.now(), counts: false }, fold));
            }
            None => {}
        }
        if let (true, Some(until)) = (is_new, waits) {
            return Ok((Settlement::RetryAt { at: until, counts: false }, Decision::default()));
        }
        let Some(content) = content else {
            return Ok((Settlement::Dropped, Decision::default()));
        };
        let people = if is_new { self.fresh(destination.people).await? } else { destination.people };
        if let Some(gone) = people.iter().find(|person| person.deactivated.is_some()) {
            if is_new {
                self.store.person_unreachable(&gone.id, "user_disabled", &self.vault, self.clock.now()).await?;
            }
            return Ok((Settlement::Dead { why: "user_disabled".to_owned() }, Decision::default()));
        }
        let is_sheet = matches!(claimed.message, Message::Sheet { .. });
        if is_sheet && claimed.unsure {
            // A file cannot be recognised in Slack, and a second one would be in the way; it can be asked for again.
            return Ok((self.doubtful(claimed), Decision::default()));
        }
        let calls = if is_sheet { SHARING } else { 1 };
        let known = destination.channel.is_some();
        let sent = match self.place(claimed, destination.channel, &people).await {
            Ok(_) if !ours.for_another(self.client.timeout() * calls) => {
                // Nothing was sent. If somebody else has taken it up, this settles nothing.
                return Ok((Settlement::RetryAt { at: self.clock.now(), counts: false }, Decision::default()));
            }
            Ok(place) => self.call(claimed, &content, place).await,
            Err(failure) => Err(failure),
        };
        match sent {
            Ok(reply) => Ok(self.sent(claimed, reply)),
            Err(failure) if failure.code == CHART_REFUSED && render::has_chart(&content) => {
                warn!(workspace = %claimed.workspace, "Slack refuses our charts here; digests come without from now on");
                self.store.refuses_charts(claimed.workspace.clone(), self.clock.now()).await?;
                Ok((Settlement::RetryAt { at: self.clock.now(), counts: true }, Decision::default()))
            }
            Err(failure) => Ok((self.failed(claimed, failure, known).await?, Decision::default())),
        }
    }

    /// The conversation that a post goes to: the pair's group DM, opened when it is needed for the first time, or the
    /// person's id, which opens their DM with the app.
    async fn place(&self, claimed: &Claimed, channel: Option<String>, people: &[Person]) -> Result<String, Failure> {
        const OPEN: &str = "conversations.open";
        let Place::Pair(pair) = claimed.message.place() else {
            if let Some(channel) = channel {
                return Ok(channel);
            }
            return Ok(people.first().map(|person| person.id.user().to_owned()).unwrap_or_default());
        };
        if let Some(channel) = channel {
            return Ok(channel);
        }
        let now = self.clock.now();
        // If the database cannot tell, Slack will.
        if let Ok(Some(until)) = self.store.held_until(claimed.workspace.clone(), OPEN.to_owned(), now).await {
            return Err(Failure::held(OPEN, (until - now).to_std().unwrap_or_default()));
        }
        let users: Vec<&str> = people.iter().map(|person| person.id.user()).collect();
        let reply = self.client.call(OPEN, json!({ "users": users.join(",") })).await?;
        let channel = reply.pointer("/channel/id").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Err(error) = self.store.set_channel(&pair, Some(&channel)).await {
            // Opening it again returns the same one.
            warn!(%pair, %error, "a group DM was opened and not noted");
        }
        Ok(channel)
    }

    async fn call(&self, claimed: &Claimed, content: &Content, place: String) -> Result<Reply, Failure> {
        if let Content::Sheet(sheet) = content {
            return self.share(render::sheet(sheet), place).await;
        }
        let (method, args) = match (content, &claimed.receipt) {
            (Content::Home(home), _) => {
                let user = match &claimed.message {
                    Message::Home { person } => person.user(),
                    _ => place.as_str(),
                };
                let view = render::home(home, &claimed.key, claimed.wanted);
                ("views.publish", json!({ "user_id": user, "view": view }))
            }
            (Content::Withdrawal(copy), _) => ("chat.delete", json!({ "channel": copy.channel, "ts": copy.ts })),
            (_, Some(receipt)) => {
                let rendered = render::message(content, &claimed.key, claimed.wanted);
                let mut args = rendered.body();
                args["channel"] = json!(receipt.channel);
                args["ts"] = json!(receipt.ts);
                ("chat.update", args)
            }
            (_, None) => {
                let rendered = render::message(content, &claimed.key, claimed.wanted);
                let mut args = rendered.body();
                args["channel"] = json!(place);
                args["metadata"] = render::metadata(&claimed.key);
                args["client_msg_id"] = json!(claimed.key.as_str());
                args["unfurl_links"] = json!(false);
                args["unfurl_media"] = json!(false);
                ("chat.postMessage", args)
            }
        };
        let reply = self.client.call(method, args).await?;
        let text = |name: &str| reply.get(name).and_then(Value::as_str).map(str::to_owned);
        let receipt = match (method, text("channel"), text("ts")) {
            ("chat.postMessage", Some(channel), Some(ts)) => Some(Receipt { channel, ts }),
            _ => None,
        };
        Ok(Reply { receipt, is_duplicate: reply.get("is_duplicate") == Some(&Value::Bool(true)) })
    }

    /// Shares a file in a conversation: announce it, hand it over, share it. Only the last step posts something.
    async fn share(&self, file: File, channel: String) -> Result<Reply, Failure> {
        let length = file.content.len();
        let announced = json!({ "filename": file.name, "length": length });
        let place = self.client.call("files.getUploadURLExternal", announced).await?;
        let text = |name: &str| place.get(name).and_then(Value::as_str).unwrap_or_default();
        let (address, id) = (SecretString::from(text("upload_url")), text("file_id").to_owned());
        self.client.hand_over(&address, file.content).await?;
        let files = json!([{ "id": id, "title": file.title }]);
        let shared = json!({ "files": files, "channel_id": channel, "initial_comment": file.comment });
        self.client.call("files.completeUploadExternal", shared).await?;
        Ok(Reply { receipt: None, is_duplicate: false })
    }

    fn sent(&self, claimed: &Claimed, reply: Reply) -> (Settlement, Decision) {
        let (shown, now) = (claimed.wanted, self.clock.now());
        // Slack's own time, which an echo of it tells too: it is the same whichever comes first.
        let at = reply.receipt.as_ref().and_then(Receipt::at).unwrap_or(now);
        let settlement = match reply {
            Reply { receipt: Some(receipt), is_duplicate: false } if claimed.unsure => {
                counter!("rapport_posts_doubtful_total").increment(1);
                warn!(message = %claimed.claim.name, "a post whose reply was lost was sent again; it may stand twice");
                Settlement::SentAgain { receipt, shown }
            }
            Reply { receipt, .. } => Settlement::Sent { receipt, shown },
        };
        let changes = match &claimed.message {
            Message::Welcome { program, person } if claimed.receipt.is_none() => {
                vec![Change::Welcomed { program: program.clone(), person: person.clone(), at }]
            }
            _ => Vec::new(),
        };
        (settlement, Decision { changes, ..Decision::default() })
    }

    /// The fate of a message whose call failed.
    /// `known`: it was to go to a conversation that had been opened before.
    async fn failed(&self, claimed: &Claimed, failure: Failure, known: bool) -> Result<Settlement, StoreError> {
        let name = &claimed.claim.name;
        let now = self.clock.now();
        let dead = |failure: Failure| Settlement::Dead { why: failure.code };
        let attempts = u32::try_from(claimed.attempts).ok();
        Ok(match failure.fate {
            Fate::Success => Settlement::Sent { receipt: None, shown: claimed.wanted },
            Fate::Wait { after } => {
                let until = now + after;
                self.store.throttle(claimed.workspace.clone(), failure.method, until, now).await?;
                Settlement::RetryAt { at: until, counts: false }
            }
            // As above: it is not shared a second time.
            Fate::Unsure if matches!(claimed.message, Message::Sheet { .. }) => self.doubtful(claimed),
            Fate::Unsure => match attempts.and_then(backoff) {
                Some(delay) => {
                    info!(message = %name, %failure, "no reply: it may stand in Slack");
                    let delay = TimeDelta::from_std(clock::jitter(delay)).unwrap_or(MOVING);
                    Settlement::Unsure { at: now + delay.max(self.store.options().sign_within()) }
                }
                None => {
                    self.tell_coordinators(claimed, &failure).await?;
                    self.doubtful(claimed)
                }
            },
            Fate::RetryInHours => {
                warn!(workspace = %claimed.workspace, %failure, "Slack is moving this workspace; posting goes on in two hours");
                Settlement::RetryAt { at: now + MOVING, counts: false }
            }
            Fate::RenderAgain if claimed.attempts <= REDRAWINGS => Settlement::RetryAt { at: now, counts: true },
            // One that was opened just now and is gone again will not come back.
            Fate::Reopen if known => {
                if let Place::Pair(pair) = claimed.message.place() {
                    self.store.set_channel(&pair, None).await?;
                }
                Settlement::RetryAt { at: now, counts: true }
            }
            Fate::Retry | Fate::Unknown => match attempts.and_then(backoff) {
                Some(delay) => {
                    info!(message = %name, %failure, "not sent; it is tried again");
                    Settlement::RetryAt { at: now + clock::jitter(delay), counts: true }
                }
                None => {
                    error!(message = %name, %failure, "given up");
                    self.tell_coordinators(claimed, &failure).await?;
                    dead(failure)
                }
            },
            Fate::Reopen | Fate::TellCoordinator { .. } => {
                warn!(message = %name, %failure, "it cannot be delivered; the coordinators are told");
                self.tell_coordinators(claimed, &failure).await?;
                dead(failure)
            }
            Fate::StopWorkspace => {
                error!(workspace = %claimed.workspace, %failure, "nothing is posted any more until this is mended");
                self.store.stop(claimed.workspace.clone(), failure.code, now).await?;
                Settlement::RetryAt { at: now, counts: false }
            }
            Fate::StopCapability { ref needed } => {
                let needed = needed.as_deref().unwrap_or("a setting of the workspace");
                error!(message = %name, %failure, needed, "the app may not do this: see `rapport doctor`");
                dead(failure)
            }
            Fate::OurBug => {
                error!(message = %name, %failure, "Slack does not take this message: a defect of rapport");
                dead(failure)
            }
            Fate::Drop | Fate::MomentGone | Fate::RenderAgain => Settlement::Dropped,
        })
    }

    async fn tell_coordinators(&self, claimed: &Claimed, failure: &Failure) -> Result<(), StoreError> {
        let now = self.clock.now();
        match (&claimed.message, claimed.message.place()) {
            (_, Place::Pair(pair)) => self.store.pair_unreachable(&pair, &failure.code, &self.vault, now).await,
            (
                Message::Welcome { person, .. }
                | Message::PrivatePulse { person, .. }
                | Message::Agreement { to: Some(person), .. }
                | Message::Surveys { person, .. }
                | Message::PrivateQuestion { person, .. },
                _,
            )
            | (Message::MentorPulses { person, .. }, _) => {
                self.store.person_unreachable(person, &failure.code, &self.vault, now).await
            }
            // A note that cannot reach its coordinator has nobody else to go to; the operator sees it.
            _ => Ok(()),
        }
    }

    /// It stands in Slack or not, and is not sent again.
    fn doubtful(&self, claimed: &Claimed) -> Settlement {
        counter!("rapport_posts_doubtful_total").increment(1);
        warn!(message = %claimed.claim.name, "a post whose reply was lost is not sent again; it may not have arrived");
        Settlement::Doubtful
    }

    fn again(&self, after: TimeDelta) -> Settlement {
        Settlement::RetryAt { at: self.clock.now() + after, counts: true }
    }
}
