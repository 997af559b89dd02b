//! What a person does, as the payload that Slack makes of it.

use serde_json::{Map, Value, json};

use super::block_kit;
use super::conversation::Kind;
use super::form::{self, Form};
use super::id::derived;
use super::message::{MessageRef, controls};
use super::state::State;
use super::text::meant;

/// Where a control stands.
#[derive(Clone, Debug)]
pub(super) enum Spot {
    Message(MessageRef),
    /// A modal or App Home, by view id.
    View(String),
}

impl State {
    /// A trigger for this gesture: unguessable to nobody, but the same in every run.
    fn trigger(&mut self, person: &str) -> String {
        let now = self.now();
        let desk = self.desk(person);
        desk.gestures += 1;
        let id = format!("{}.{}", now.timestamp_millis(), derived("", &format!("{person}/{}", desk.gestures)));
        self.tickets.trigger(id.clone(), person, now);
        id
    }

    fn response_url(&mut self, person: &str, channel: &str, message: Option<MessageRef>) -> String {
        let token = crate::clock::token();
        let now = self.now();
        self.tickets.response_url(token.clone(), person, channel, message, now);
        format!("{}/hooks/{token}", self.base_url)
    }

    fn user_json(&self, person: &str) -> Value {
        let name = self.people.get(person).map_or("", |person| person.name.as_str());
        json!({"id": person, "username": name, "name": name, "team_id": self.ids.team})
    }

    /// What all interactions have.
    fn interaction(&mut self, kind: &str, person: &str) -> Value {
        json!({
            "type": kind, "user": self.user_json(person), "api_app_id": self.ids.app, "token": "unused",
            "team": {"id": self.ids.team, "domain": self.domain()}, "enterprise": null,
            "is_enterprise_install": false, "trigger_id": self.trigger(person),
        })
    }

    fn channel_name(&self, channel: &str) -> String {
        match self.conversations.get(channel) {
            Some(conversation) if conversation.kind == Kind::Dm => "directmessage".into(),
            Some(conversation) => conversation.name.clone(),
            None => "privategroup".into(),
        }
    }

    /// A button pressed (`option` is none) or something chosen. The error is a sentence for whoever tried.
    pub fn block_actions(
        &mut self,
        person: &str,
        spot: &Spot,
        control: &str,
        option: Option<&str>,
    ) -> Result<Value, String> {
        let blocks = self.blocks_at(person, spot)?;
        let known = controls(&blocks);
        let Some(found) = meant(&known, control) else {
            let labels = known.iter().map(|control| control.label.as_str()).collect::<Vec<_>>();
            return Err(format!("nothing here is called {control:?}; there are {}", labels.join(", ")));
        };
        let (block_id, action_id) = (found.block_id.clone(), found.action_id.clone());
        let element = block_kit::elements_of(&blocks)
            .find(|(block, element)| form::names(block, element) == (block_id.as_str(), action_id.as_str()))
            .map(|(_, element)| element.clone())
            .ok_or("the control is gone")?;
        let mut action = json!({"action_id": action_id, "block_id": block_id, "type": element["type"]});
        for key in ["text", "value", "style", "placeholder", "confirm"] {
            if let Some(value) = element.get(key) {
                action[key] = value.clone();
            }
        }
        let mut chosen = None;
        match option {
            Some(option) => {
                let state = form::read(&element, option)?;
                for (key, value) in state.as_object().into_iter().flatten() {
                    action[key.as_str()] = value.clone();
                }
                chosen = (element["type"] != "overflow").then_some(state);
            }
            None if element["type"] == "button" || element["type"] == "icon_button" => {}
            None => return Err(format!("{control:?} is no button: choose an option")),
        }
        action["action_ts"] = json!(self.next_ts());
        let mut payload = self.interaction("block_actions", person);
        payload["actions"] = json!([action]);
        match spot {
            Spot::Message(at) => {
                self.act_in_message(&mut payload, person, at, &blocks, (&block_id, &action_id), chosen)
            }
            Spot::View(id) => {
                let panel = self.desk(person).panel(id).ok_or("the view is gone")?;
                if let Some(chosen) = chosen {
                    panel.form.set(&block_id, &action_id, chosen);
                }
                let panel = panel.clone();
                payload["container"] = json!({"type": "view", "view_id": id});
                payload["view"] = self.view_json(&panel);
            }
        }
        Ok(payload)
    }

    fn blocks_at(&mut self, person: &str, spot: &Spot) -> Result<Value, String> {
        match spot {
            Spot::Message(at) => {
                self.seen(person, at).map(|message| message.blocks).ok_or_else(|| "the message is gone".into())
            }
            Spot::View(id) => {
                let panel = self.desk(person).panel(id).ok_or("the view is gone")?;
                Ok(panel.drawn["blocks"].clone())
            }
        }
    }

    fn act_in_message(
        &mut self,
        payload: &mut Value,
        person: &str,
        at: &MessageRef,
        blocks: &Value,
        names: (&str, &str),
        chosen: Option<Value>,
    ) {
        let desk = self.desk(person);
        desk.warnings.remove(at);
        if let Some(chosen) = chosen {
            desk.forms.entry(at.clone()).or_insert_with(|| Form::of(blocks)).set(names.0, names.1, chosen);
        }
        let values = desk.forms.get(at).map_or_else(|| Form::of(blocks).values(), Form::values);
        let post = self.conversations.get(&at.channel).and_then(|c| c.posts.get(&at.ts)).cloned();
        let ephemeral = post.as_ref().is_some_and(|post| post.only_for.is_some());
        payload["container"] = json!({
            "type": "message", "message_ts": at.ts, "channel_id": at.channel, "is_ephemeral": ephemeral});
        payload["channel"] = json!({"id": at.channel, "name": self.channel_name(&at.channel)});
        payload["state"] = json!({"values": values});
        // An ephemeral message does not come along: the app must know it by its buttons.
        if let Some(post) = post.filter(|_| !ephemeral) {
            payload["message"] = self.message_json(&post);
        }
        payload["response_url"] = json!(self.response_url(person, &at.channel, Some(at.clone())));
    }

    /// The topmost modal submitted; `Err` with what Slack's client itself refuses, by block id.
    pub fn view_submission(&mut self, person: &str) -> Result<(String, Value), Map<String, Value>> {
        let refuse = |words: &str| Map::from_iter([(String::new(), json!(words))]);
        let panel = self.desk(person).modals.last_mut().ok_or_else(|| refuse("no form is open"))?;
        if panel.drawn["submit"].is_null() {
            return Err(refuse("this view has no submit button"));
        }
        let refusals = panel.form.refusals(&panel.drawn["blocks"]);
        panel.errors.clone_from(&refusals);
        if !refusals.is_empty() {
            return Err(refusals.into_iter().map(|(block, words)| (block, json!(words))).collect());
        }
        let panel = panel.clone();
        let mut payload = self.interaction("view_submission", person);
        payload["view"] = self.view_json(&panel);
        payload["response_urls"] = json!([]);
        Ok((panel.id, payload))
    }

    /// The topmost modal closed; the payload, if the app wants to hear of it.
    pub fn view_closed(&mut self, person: &str) -> Option<Value> {
        let desk = self.desk(person);
        let panel = desk.modals.pop()?;
        let all = panel.drawn["clear_on_close"] == true;
        if all {
            desk.modals.clear();
        }
        if panel.drawn["notify_on_close"] != true {
            return None;
        }
        let mut payload = self.interaction("view_closed", person);
        payload["view"] = self.view_json(&panel);
        payload["view"]["state"] = json!({"values": {}});
        payload["is_cleared"] = json!(all);
        if let Some(payload) = payload.as_object_mut() {
            payload.remove("trigger_id");
        }
        Some(payload)
    }

    /// A global shortcut chosen.
    pub fn shortcut(&mut self, person: &str, callback_id: &str) -> Value {
        let mut payload = self.interaction("shortcut", person);
        payload["callback_id"] = json!(callback_id);
        payload["action_ts"] = json!(self.next_ts());
        payload
    }

    /// A slash command typed in a conversation.
    pub fn slash_command(&mut self, person: &str, channel: &str, command: &str, text: &str) -> Value {
        let user_name = self.people.get(person).map(|person| person.name.clone());
        json!({
            "token": "unused", "team_id": self.ids.team, "team_domain": self.domain(), "channel_id": channel,
            "channel_name": self.channel_name(channel), "user_id": person, "user_name": user_name,
            "command": command, "text": text, "api_app_id": self.ids.app, "is_enterprise_install": "false",
            "response_url": self.response_url(person, channel, None), "trigger_id": self.trigger(person),
        })
    }

    /// App Home opened on one of its tabs: the event, in its envelope.
    pub fn app_home_opened(&mut self, person: &str, tab: &str) -> Value {
        let bot = self.ids.bot_user.clone();
        let (channel, _) = self.open_conversation(vec![bot, person.to_owned()]);
        let mut event = json!({
            "type": "app_home_opened", "user": person, "channel": channel, "tab": tab, "event_ts": self.next_ts()});
        if tab == "home"
            && let Some(home) = self.desk(person).home.clone()
        {
            event["view"] = self.view_json(&home);
        }
        self.envelope(event)
    }
}
