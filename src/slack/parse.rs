//! What Slack sends, read as an [`Event`]. Total: whatever comes in, something comes out, at worst [`Event::Ignored`].
//!
//! Socket and HTTP use the same reader. No field is required and no type is trusted; an id that is missing, empty,
//! longer than 255 bytes or not printable counts as absent.

mod fields;
mod goal;
mod interaction;
pub mod payload;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;

use crate::core::event::{Act, Event, Proof, Receipt, What};
use crate::core::id::{EventId, PersonId, WorkspaceId};

use super::action::message_key;
use fields::{id, instant, name, text, words_of};
pub use interaction::LOG_SESSION;

/// The `event_type` of the metadata that each post of ours carries; its payload is `{"key": …}`.
pub const METADATA_TYPE: &str = "rapport_message";

/// The three kinds of payload that Slack sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Events API: something happened.
    Event,
    /// A tap, a form, a shortcut.
    Interactive,
    /// A slash command, its form fields as an object of strings.
    Command,
}

/// Who we are in the workspace that we serve.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The workspace; people are named by it, also guests from elsewhere (whom the core then does not know).
    pub workspace: WorkspaceId,
    /// Our app id, if known. Echoes of other apps' posts are then not taken for ours.
    pub app: Option<String>,
}

/// One thing that came in, with what an answer in the act needs.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// What it means.
    pub event: Event,
    /// Where a private answer may be sent, five times within half an hour. A secret.
    pub response_url: Option<SecretString>,
    /// Opens one form within three seconds.
    pub trigger_id: Option<String>,
    /// The workspace it came from, as Slack says; absent for organisation-wide installs.
    pub team: Option<String>,
    /// It was a tap in a message that only this person sees, which an answer may replace. Others stay as they are.
    pub in_ephemeral: bool,
    /// The form or Home tab in which it happened.
    pub view: Option<FormContext>,
}

/// The form or Home tab in which something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormContext {
    /// View id.
    pub id: String,
    /// Guards an update of the view against an older one.
    pub hash: Option<String>,
    /// `modal` or `home`.
    pub kind: String,
    /// It was sent; otherwise something was tapped in it.
    pub submitted: bool,
}

impl Incoming {
    fn ignored(kind: &str) -> Self {
        Self::bare(Event::Ignored(name(kind)))
    }

    fn bare(event: Event) -> Self {
        Self { event, response_url: None, trigger_id: None, team: None, in_ephemeral: false, view: None }
    }
}

/// Reads a payload that came in at `received`.
///
/// Acts are dated by Slack's clock, cut to whole milliseconds (the grain of the database). A time that is missing,
/// garbage or more than five minutes ahead of us is replaced by `received`.
pub fn parse(kind: Kind, payload: &Value, us: &Installation, received: DateTime<Utc>) -> Incoming {
    match kind {
        Kind::Event => event(payload, us, received),
        Kind::Interactive => interaction::parse(payload, us, received),
        Kind::Command => command(payload, us, received),
    }
}

fn event(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Incoming {
    let outer = text(payload, "/type").unwrap_or("untyped");
    let inner = text(payload, "/event/type").unwrap_or("untyped");
    let event = match (outer, inner) {
        ("app_rate_limited", _) => Some(Event::EventsLimited),
        ("event_callback", "app_home_opened") => home_opened(payload, us, received),
        ("event_callback", "message_metadata_posted") => echo(payload, us),
        ("event_callback", "tokens_revoked") => bot_token_revoked(payload).then_some(Event::Uninstalled),
        ("event_callback", "app_uninstalled") => Some(Event::Uninstalled),
        _ => None,
    };
    let kind = if outer == "event_callback" { inner } else { outer };
    Incoming {
        team: id(payload, "/team_id").map(str::to_owned),
        ..event.map_or_else(|| Incoming::ignored(kind), Incoming::bare)
    }
}

fn home_opened(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Option<Event> {
    if text(payload, "/event/tab") != Some("home") {
        return None;
    }
    let user = id(payload, "/event/user")?;
    let stamp = id(payload, "/event/event_ts");
    let event = match (id(payload, "/event_id"), stamp) {
        (Some(event), _) => EventId::from(event),
        (None, Some(stamp)) => EventId::from(format!("home.{user}.{stamp}")),
        (None, None) => return None,
    };
    Some(Event::Acted(Act {
        id: event,
        by: PersonId::new(&us.workspace, user),
        at: instant(stamp, received),
        proof: None,
        what: What::OpenedHome,
    }))
}

fn echo(payload: &Value, us: &Installation) -> Option<Event> {
    if text(payload, "/event/metadata/event_type") != Some(METADATA_TYPE) {
        return None;
    }
    // Metadata of any app may call itself as ours does, so the author must be us as far as that can be known.
    let ours = us.app.as_deref().or_else(|| id(payload, "/api_app_id"));
    if let (Some(author), Some(ours)) = (id(payload, "/event/app_id"), ours)
        && author != ours
    {
        return None;
    }
    let key = message_key(text(payload, "/event/metadata/event_payload/key")?)?;
    let channel = id(payload, "/event/channel_id")?.to_owned();
    let ts = id(payload, "/event/message_ts")?.to_owned();
    Some(Event::Echoed(Proof { key, receipt: Receipt { channel, ts } }))
}

/// False only where Slack names people's tokens and none of the bot's.
fn bot_token_revoked(payload: &Value) -> bool {
    let named = |pointer| payload.pointer(pointer).and_then(Value::as_array).is_some_and(|tokens| !tokens.is_empty());
    named("/event/tokens/bot") || !named("/event/tokens/oauth")
}

fn command(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Incoming {
    let Some(user) = id(payload, "/user_id") else {
        return Incoming::ignored("command");
    };
    let trigger = id(payload, "/trigger_id");
    let act = Act {
        id: trigger.map_or_else(
            || EventId::from(format!("command.{user}.{}", received.timestamp_millis())),
            |trigger| EventId::from(format!("command.{trigger}")),
        ),
        by: PersonId::new(&us.workspace, user),
        at: instant(None, received),
        proof: None,
        what: What::Commanded { text: words_of(text(payload, "/text").unwrap_or_default()) },
    };
    Incoming {
        event: Event::Acted(act),
        response_url: fields::secret(payload, "/response_url"),
        trigger_id: trigger.map(str::to_owned),
        team: id(payload, "/team_id").map(str::to_owned),
        in_ephemeral: false,
        view: None,
    }
}
