//! Everything that a workspace remembers, behind one lock.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::conversation::{Conversation, Kind};
use super::desk::Desk;
use super::file::Upload;
use super::id;
use super::limit::Limits;
use super::message::{Message, MessageRef, Post};
use super::options::SimOptions;
use super::person::{NewPerson, Person};
use super::ticket::Tickets;
use super::view::{Panel, View};

/// Slack's own bot, a member of every workspace that does not call itself a bot.
pub(super) const SLACKBOT: &str = "USLACKBOT";

/// The ids of the workspace and the app.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    pub team: String,
    pub app: String,
    pub bot: String,
    pub bot_user: String,
}

pub(super) struct State {
    pub options: Arc<SimOptions>,
    pub ids: Ids,
    /// Where the Web API answers: `response_url`s and upload URLs begin with it.
    pub base_url: String,
    pub socket_url: String,
    pub people: BTreeMap<String, Person>,
    pub names: Arc<BTreeMap<String, String>>,
    pub by_email: HashMap<String, String>,
    pub conversations: BTreeMap<String, Conversation>,
    /// In which conversations a person is.
    pub memberships: BTreeMap<String, BTreeSet<String>>,
    pub desks: BTreeMap<String, Desk>,
    pub tickets: Tickets,
    pub uploads: BTreeMap<String, Upload>,
    pub limits: Limits,
    /// Events for the app that nobody has carried out of here yet.
    pub outgoing: Vec<Value>,
    pub complaints: Vec<String>,
    pub uninstalled: bool,
    events: u64,
    /// The newest `ts` in microseconds.
    pub last_ts_us: i64,
}

impl State {
    pub fn new(options: Arc<SimOptions>, base_url: String, socket_url: String) -> Self {
        let name = &options.workspace;
        let ids = Ids {
            team: id::derived("T", name),
            app: id::derived("A", name),
            bot: id::derived("B", name),
            bot_user: id::derived("U", &format!("bot of {name}")),
        };
        let mut state = Self {
            options: Arc::clone(&options),
            base_url,
            socket_url,
            people: BTreeMap::new(),
            names: Arc::default(),
            by_email: HashMap::new(),
            conversations: BTreeMap::new(),
            memberships: BTreeMap::new(),
            desks: BTreeMap::new(),
            tickets: Tickets::default(),
            uploads: BTreeMap::new(),
            limits: Limits::default(),
            outgoing: Vec::new(),
            complaints: Vec::new(),
            uninstalled: false,
            events: 0,
            last_ts_us: 0,
            ids: ids.clone(),
        };
        state.add_person(NewPerson::named("Slackbot").id(SLACKBOT).but(|person| person.email = None));
        let bot = NewPerson::named(options.app_name.as_str()).id(ids.bot_user).but(|person| {
            person.is_bot = true;
            person.email = None;
        });
        state.add_person(bot);
        state
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.options.clock.now()
    }

    pub fn add_person(&mut self, person: NewPerson) -> String {
        let person = person.join(self.now());
        let id = person.id.clone();
        self.people.insert(id.clone(), person);
        self.reindex(&id);
        id
    }

    /// Follows a change of a person's name or address.
    pub fn reindex(&mut self, id: &str) {
        let Some(person) = self.people.get(id) else { return };
        Arc::make_mut(&mut self.names).insert(id.to_owned(), person.shown_name().to_owned());
        self.by_email.retain(|_, owner| owner != id);
        if let Some(email) = &person.email {
            self.by_email.insert(email.to_lowercase(), id.to_owned());
        }
    }

    pub fn desk(&mut self, person: &str) -> &mut Desk {
        self.desks.entry(person.to_owned()).or_default()
    }

    /// The conversation that exactly these people have, if there is one. `members` is sorted on the way.
    pub fn find_conversation(&self, members: &mut Vec<String>) -> String {
        members.sort_unstable();
        members.dedup();
        id::conversation(members)
    }

    /// Opens the conversation of these people; says whether it was there before.
    pub fn open_conversation(&mut self, mut members: Vec<String>) -> (String, bool) {
        let id = self.find_conversation(&mut members);
        if self.conversations.contains_key(&id) {
            return (id, true);
        }
        let kind = if members.len() <= 2 { Kind::Dm } else { Kind::GroupDm };
        let handle = |id: &String| self.people.get(id).map_or("?", |person| person.name.as_str()).to_owned();
        let name = format!("mpdm-{}-1", members.iter().map(handle).collect::<Vec<_>>().join("--"));
        self.found_conversation(id.clone(), kind, name, members);
        (id, false)
    }

    pub fn found_conversation(&mut self, id: String, kind: Kind, name: String, members: Vec<String>) {
        for member in &members {
            self.memberships.entry(member.clone()).or_default().insert(id.clone());
        }
        let conversation = Conversation {
            id: id.clone(),
            kind,
            name,
            members,
            created: self.now().timestamp(),
            archived: false,
            closed_for: BTreeSet::new(),
            posts: BTreeMap::new(),
            client_msg_ids: HashMap::new(),
        };
        self.conversations.insert(id, conversation);
    }

    /// The workspace's part of its address.
    pub fn domain(&self) -> String {
        self.options.workspace.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    }

    pub fn has_scope(&self, scope: &str) -> bool {
        self.options.scopes.iter().any(|have| have == scope)
    }

    /// Queues an event for the app.
    pub fn tell(&mut self, event: Value) {
        let envelope = self.envelope(event);
        self.outgoing.push(envelope);
    }

    /// An event in its `event_callback` envelope.
    pub fn envelope(&mut self, event: Value) -> Value {
        let now = self.now();
        self.events += 1;
        let Ids { team, app, bot_user, .. } = &self.ids;
        json!({
            "token": "unused", "team_id": team, "context_team_id": team, "context_enterprise_id": null,
            "api_app_id": app, "type": "event_callback",
            "event_id": id::derived("Ev", &format!("{}/{now}/{event}", self.events)),
            "event_time": now.timestamp(),
            "authorizations": [{"enterprise_id": null, "team_id": team, "user_id": bot_user, "is_bot": true,
                                "is_enterprise_install": false}],
            "is_ext_shared_channel": false, "event": event,
        })
    }

    /// A message's JSON for replies and payloads.
    pub fn message_json(&self, post: &Post) -> Value {
        post.json(&self.ids.team, &self.ids.app, &self.ids.bot, post.author == self.ids.bot_user)
    }

    pub fn view_json(&self, panel: &Panel) -> Value {
        panel.json(&self.ids.team, &self.ids.app, &self.ids.bot)
    }

    /// A message as a person sees it, if they may see it.
    pub fn seen(&self, person: &str, at: &MessageRef) -> Option<Message> {
        let conversation = self.conversations.get(&at.channel)?;
        let post = conversation.posts.get(&at.ts)?;
        let allowed = match &post.only_for {
            Some(only) => only == person,
            None => conversation.has(person),
        };
        allowed.then(|| self.shown(person, &at.channel, post))
    }

    pub fn shown(&self, person: &str, channel: &str, post: &Post) -> Message {
        let at = MessageRef { channel: channel.to_owned(), ts: post.ts.clone() };
        let desk = self.desks.get(person);
        Message {
            author: post.author.clone(),
            author_name: self.names.get(&post.author).cloned().unwrap_or_default(),
            ephemeral: post.only_for.is_some(),
            text: post.text.clone(),
            blocks: post.blocks.clone(),
            metadata: post.metadata.clone(),
            files: post.files.clone(),
            thread_ts: post.thread_ts.clone(),
            edited_ts: post.edited_ts.clone(),
            reactions: post.reactions.clone(),
            warning: desk.is_some_and(|desk| desk.warnings.contains(&at)),
            chosen: desk.and_then(|desk| desk.forms.get(&at)).map_or(Value::Null, |form| form.values()),
            zone: self.people.get(person).map(Person::tz).unwrap_or_default(),
            now: self.now(),
            names: Arc::clone(&self.names),
            at,
        }
    }

    pub fn shown_view(&self, person: &str, panel: &Panel) -> View {
        let words = |key: &str| panel.drawn[key].as_str().unwrap_or_default().to_owned();
        View {
            id: panel.id.clone(),
            callback_id: words("callback_id"),
            private_metadata: words("private_metadata"),
            hash: panel.hash.clone(),
            drawn: panel.drawn.clone(),
            values: panel.form.values(),
            errors: panel.errors.clone(),
            zone: self.people.get(person).map(Person::tz).unwrap_or_default(),
            now: self.now(),
            names: Arc::clone(&self.names),
        }
    }
}
