//! A member of the workspace, as Slack describes one.

use chrono::{DateTime, Offset, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Value, json};

/// A member of the workspace: what Slack knows about a person or a bot.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// `U...`
    pub id: String,
    /// The handle, `ana.lopez`.
    pub name: String,
    pub real_name: String,
    pub display_name: String,
    pub email: Option<String>,
    /// IANA name, `Europe/Berlin`.
    pub zone: String,
    pub locale: String,
    /// Deactivated.
    pub deleted: bool,
    pub is_bot: bool,
    /// A guest.
    pub is_restricted: bool,
    /// Somebody of another organisation, without a shared channel.
    pub is_stranger: bool,
    pub is_admin: bool,
    /// `:palm_tree:`
    pub status_emoji: String,
    pub status_text: String,
    /// When the status ends by itself.
    pub status_until: Option<DateTime<Utc>>,
    /// Notifications are held back in this time.
    pub do_not_disturb: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// When any of this changed.
    pub updated: DateTime<Utc>,
}

/// Somebody who is about to join: `NewPerson::named("Ana López").zone("Europe/Berlin")`.
#[derive(Clone, Debug)]
pub struct NewPerson {
    name: String,
    id: Option<String>,
    email: Option<String>,
    zone: String,
    change: fn(&mut Person),
}

impl NewPerson {
    /// Somebody of this name, in UTC, whose handle and e-mail address follow from the name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), id: None, email: None, zone: "UTC".into(), change: |_| {} }
    }

    /// Their id, instead of one derived from the e-mail address.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Their time zone by its IANA name.
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = zone.into();
        self
    }

    /// A last change before they join, such as `|p| p.is_restricted = true`.
    pub fn but(mut self, change: fn(&mut Person)) -> Self {
        self.change = change;
        self
    }

    pub(super) fn join(self, now: DateTime<Utc>) -> Person {
        let handle: String = self.name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(".");
        let email = self.email.unwrap_or_else(|| format!("{handle}@acme.example"));
        let mut person = Person {
            id: self.id.unwrap_or_else(|| super::id::derived("U", &email)),
            name: handle,
            display_name: self.name.split_whitespace().next().unwrap_or_default().to_owned(),
            real_name: self.name,
            email: Some(email),
            zone: self.zone,
            locale: "en-GB".into(),
            deleted: false,
            is_bot: false,
            is_restricted: false,
            is_stranger: false,
            is_admin: false,
            status_emoji: String::new(),
            status_text: String::new(),
            status_until: None,
            do_not_disturb: None,
            updated: now,
        };
        (self.change)(&mut person);
        person
    }
}

/// What a token may see of a person.
pub(super) struct Sight {
    pub email: bool,
    pub locale: bool,
}

impl Person {
    /// The zone as a rule set; UTC if its name is unknown.
    pub fn tz(&self) -> Tz {
        self.zone.parse().unwrap_or(Tz::UTC)
    }

    /// The name that others see: the display name, or else the real one.
    pub fn shown_name(&self) -> &str {
        if self.display_name.is_empty() { &self.real_name } else { &self.display_name }
    }

    /// Whether this is somebody with hands and eyes.
    pub(super) fn is_human(&self) -> bool {
        !self.is_bot && self.id != super::state::SLACKBOT
    }

    pub(super) fn json(&self, team: &str, now: DateTime<Utc>, sight: &Sight) -> Value {
        let status = self.status_until.is_none_or(|until| until > now);
        let seconds = |at: Option<DateTime<Utc>>| at.map_or(0, |at| at.timestamp());
        let mut profile = json!({
            "real_name": self.real_name, "real_name_normalized": self.real_name,
            "display_name": self.display_name, "display_name_normalized": self.display_name,
            "status_text": if status { self.status_text.as_str() } else { "" },
            "status_emoji": if status { self.status_emoji.as_str() } else { "" },
            "status_expiration": if status { seconds(self.status_until) } else { 0 },
            "team": team, "avatar_hash": "", "title": "", "phone": "", "skype": "",
        });
        if sight.email
            && !self.is_bot
            && !self.is_stranger
            && let Some(email) = &self.email
        {
            profile["email"] = json!(email);
        }
        let mut user = json!({
            "id": self.id, "team_id": team, "name": self.name, "deleted": self.deleted, "real_name": self.real_name,
            "profile": profile, "is_bot": self.is_bot, "is_app_user": false, "updated": self.updated.timestamp(),
        });
        if self.deleted {
            return user;
        }
        let offset = now.with_timezone(&self.tz()).offset().fix().local_minus_utc();
        for (key, value) in [
            ("tz", json!(self.zone)),
            ("tz_label", json!(self.zone)),
            ("tz_offset", json!(offset)),
            ("is_admin", json!(self.is_admin)),
            ("is_owner", json!(false)),
            ("is_primary_owner", json!(false)),
            ("is_restricted", json!(self.is_restricted)),
            ("is_ultra_restricted", json!(false)),
            ("is_email_confirmed", json!(true)),
            ("has_2fa", json!(false)),
        ] {
            user[key] = value;
        }
        if self.is_stranger {
            user["is_stranger"] = json!(true);
        }
        if sight.locale && !self.is_stranger {
            user["locale"] = json!(self.locale);
        }
        user
    }
}
