//! Permissions that end: `trigger_id`s, `response_url`s and the tickets of Socket Mode connections.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use super::message::MessageRef;

/// How long a `trigger_id` opens a view.
const TRIGGER_LIFE: TimeDelta = TimeDelta::seconds(3);
/// How long and how often a `response_url` takes a post.
const RESPONSE_URL_LIFE: TimeDelta = TimeDelta::minutes(30);
const RESPONSE_URL_USES: u32 = 5;

/// A person's gesture that allows one view to be opened.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    pub person: String,
    at: DateTime<Utc>,
    used: bool,
}

/// A person's gesture that allows a few answers.
#[derive(Clone, Debug)]
pub(super) struct ResponseUrl {
    pub person: String,
    pub channel: String,
    /// The message whose button was tapped; none for commands.
    pub message: Option<MessageRef>,
    at: DateTime<Utc>,
    uses: u32,
}

#[derive(Default)]
pub(super) struct Tickets {
    triggers: HashMap<String, Trigger>,
    response_urls: HashMap<String, ResponseUrl>,
    /// What was handed out, oldest first, so that it can be forgotten some time after its end.
    issued: VecDeque<(DateTime<Utc>, String)>,
    sockets: HashSet<String>,
}

impl Tickets {
    pub fn trigger(&mut self, id: String, person: &str, at: DateTime<Utc>) {
        self.issue(&id, at);
        self.triggers.insert(id, Trigger { person: person.to_owned(), at, used: false });
    }

    /// Spends a trigger; the error is Slack's name for what is wrong with it.
    pub fn spend_trigger(&mut self, id: &str, now: DateTime<Utc>) -> Result<Trigger, &'static str> {
        let trigger = self.triggers.get_mut(id).ok_or("invalid_trigger_id")?;
        if trigger.used {
            return Err("exchanged_trigger_id");
        }
        if now - trigger.at > TRIGGER_LIFE {
            return Err("expired_trigger_id");
        }
        trigger.used = true;
        Ok(trigger.clone())
    }

    pub fn response_url(
        &mut self,
        id: String,
        person: &str,
        channel: &str,
        message: Option<MessageRef>,
        at: DateTime<Utc>,
    ) {
        self.issue(&id, at);
        let ticket = ResponseUrl { person: person.to_owned(), channel: channel.to_owned(), message, at, uses: 0 };
        self.response_urls.insert(id, ticket);
    }

    /// Looks at a `response_url`; the error is Slack's name for what is wrong with it.
    pub fn look_at_response_url(&self, id: &str, now: DateTime<Utc>) -> Result<ResponseUrl, &'static str> {
        match self.response_urls.get(id) {
            Some(url) if now - url.at > RESPONSE_URL_LIFE => Err("expired_url"),
            Some(url) if url.uses >= RESPONSE_URL_USES => Err("used_url"),
            Some(url) => Ok(url.clone()),
            None => Err("expired_url"),
        }
    }

    pub fn spend_response_url(&mut self, id: &str) {
        if let Some(url) = self.response_urls.get_mut(id) {
            url.uses += 1;
        }
    }

    /// After `replace_original` the URL speaks of the message that stands there now.
    pub fn follow(&mut self, id: &str, message: Option<MessageRef>) {
        if let Some(url) = self.response_urls.get_mut(id) {
            url.message = message;
        }
    }

    pub fn socket(&mut self, ticket: String) {
        self.sockets.insert(ticket);
    }

    /// Spends the ticket of a connection: it opens one.
    pub fn spend_socket(&mut self, ticket: &str) -> bool {
        self.sockets.remove(ticket)
    }

    fn issue(&mut self, id: &str, at: DateTime<Utc>) {
        self.issued.push_back((at, id.to_owned()));
        while self.issued.front().is_some_and(|(issued, _)| at - *issued > RESPONSE_URL_LIFE * 2) {
            if let Some((_, old)) = self.issued.pop_front() {
                self.triggers.remove(&old);
                self.response_urls.remove(&old);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_opens_one_view_within_three_seconds() {
        let start = DateTime::UNIX_EPOCH;
        let mut tickets = Tickets::default();
        for (id, after, said) in [("a", 3_000, None), ("b", 3_001, Some("expired_trigger_id"))] {
            tickets.trigger(id.into(), "U1", start);
            let spent = tickets.spend_trigger(id, start + TimeDelta::milliseconds(after));
            assert_eq!(spent.err(), said, "{id}");
        }
        assert_eq!(tickets.spend_trigger("a", start).err(), Some("exchanged_trigger_id"));
        assert_eq!(tickets.spend_trigger("c", start).err(), Some("invalid_trigger_id"));
    }

    #[test]
    fn a_response_url_takes_five_posts_within_half_an_hour() {
        let start = DateTime::UNIX_EPOCH;
        let mut tickets = Tickets::default();
        tickets.response_url("a".into(), "U1", "D1", None, start);
        let last = start + TimeDelta::minutes(30);
        for _ in 0..5 {
            assert!(tickets.look_at_response_url("a", last).is_ok());
            tickets.spend_response_url("a");
        }
        assert_eq!(tickets.look_at_response_url("a", last).err(), Some("used_url"));
        tickets.response_url("b".into(), "U1", "D1", None, start);
        let late = last + TimeDelta::milliseconds(1);
        assert_eq!(tickets.look_at_response_url("b", late).err(), Some("expired_url"));
    }
}
