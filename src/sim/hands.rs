//! A person's hands: what they tap, fill in and type. Each returns once the app has acknowledged it, or has not.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::acknowledgement::{respond_to_command, respond_to_view, words_of};
use super::form;
use super::gesture::Spot;
use super::line::{Kind, Missed};
use super::message::{Message, MessageRef};
use super::post::Draft;
use super::someone::Someone;
use super::state::SLACKBOT;
use super::view::View;
use super::{block_kit, text};

/// What Slack shows when a form's submission was not acknowledged.
const TROUBLE: &str = "We had some trouble connecting. Try again?";

/// What became of a tap.
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Tapped {
    pub acknowledged: bool,
    /// Why not: what a person would see or say.
    pub warning: Option<String>,
    /// The modal that was opened before the acknowledgement came.
    pub opened: Option<View>,
}

/// What became of a form.
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Submitted {
    pub acknowledged: bool,
    pub warning: Option<String>,
    /// What is wrong, by block id: said by the app, or by Slack's own client.
    pub errors: BTreeMap<String, String>,
    /// The modal that is on top now.
    pub view: Option<View>,
}

/// What became of a command.
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Commanded {
    pub acknowledged: bool,
    pub warning: Option<String>,
    /// The answer in the acknowledgement, if there was one.
    pub reply: Option<Message>,
}

impl Someone {
    /// Presses a button of a message, by its action id, its label or its value.
    pub async fn tap(&self, message: &Message, button: &str) -> Tapped {
        self.act(Spot::Message(message.at.clone()), button, None).await
    }

    /// Chooses in a select or an overflow menu of a message: the control by action id or label, the option by text or
    /// value.
    pub async fn choose(&self, message: &Message, control: &str, option: &str) -> Tapped {
        self.act(Spot::Message(message.at.clone()), control, Some(option)).await
    }

    /// Presses a button, or chooses, in the message that stands there: for those who hold no [`Message`].
    pub async fn act_at(&self, at: &MessageRef, control: &str, option: Option<&str>) -> Tapped {
        self.act(Spot::Message(at.clone()), control, option).await
    }

    /// Presses a button of App Home.
    pub async fn tap_home(&self, button: &str) -> Tapped {
        self.act_on_home(button, None).await
    }

    /// Presses (no option) or chooses in App Home.
    pub async fn act_on_home(&self, control: &str, option: Option<&str>) -> Tapped {
        match self.home() {
            Some(home) => self.act(Spot::View(home.id), control, option).await,
            None => not_done("App Home is empty"),
        }
    }

    /// Presses (no option) or chooses in the modal on top, where that is sent at once: buttons, selects outside of
    /// input blocks, inputs with `dispatch_action`.
    pub async fn act_on_modal(&self, control: &str, option: Option<&str>) -> Tapped {
        match self.modal() {
            Some(modal) => self.act(Spot::View(modal.id), control, option).await,
            None => not_done("no form is open"),
        }
    }

    async fn act(&self, spot: Spot, control: &str, option: Option<&str>) -> Tapped {
        if let Some(words) = self.absent() {
            return not_done(words);
        }
        let world = &self.sim.world;
        let before = self.modal().map(|modal| modal.id);
        let payload = world.change(|state| state.block_actions(&self.id, &spot, control, option));
        let payload = match payload {
            Ok(payload) => payload,
            Err(words) => return not_done(&words),
        };
        let landed = world.line.ask(world, Kind::Interaction, payload).await;
        if landed.is_err()
            && let Spot::Message(at) = &spot
        {
            world.change(|state| state.desk(&self.id).warnings.insert(at.clone()));
        }
        Tapped {
            acknowledged: landed.is_ok(),
            warning: landed.err().map(|missed| format!("the app did not answer ({missed:?})")),
            opened: self.modal().filter(|modal| Some(&modal.id) != before.as_ref()),
        }
    }

    /// Why this person cannot do anything, if so.
    fn absent(&self) -> Option<&'static str> {
        self.look(|state| match state.people.get(&self.id) {
            None => Some("there is no such person"),
            Some(person) if person.deleted => Some("this person is deactivated"),
            Some(_) => None,
        })
    }

    /// Fills in an input of the modal on top: the input by block id, action id or label; options by text or value.
    /// An error says what could have been filled in.
    pub fn fill(&self, input: &str, words: &str) -> Result<(), String> {
        self.sim.world.change(|state| {
            let panel = state.desk(&self.id).modals.last_mut().ok_or("no form is open")?;
            let blocks = panel.drawn["blocks"].clone();
            let named = |block: &Value, element: &Value| {
                block["block_id"] == input || element["action_id"] == input || block["label"]["text"] == input
            };
            let (block, element) = block_kit::elements_of(&blocks)
                .find(|(block, element)| named(block, element))
                .ok_or_else(|| format!("nothing here is called {input:?}; there is\n{}", text_of(&panel.drawn)))?;
            let (block_id, action_id) = form::names(block, element);
            panel.form.set(block_id, action_id, form::read(element, words)?);
            panel.errors.remove(block_id);
            Ok(())
        })
    }

    /// Fills in several inputs and submits.
    pub async fn submit_with(&self, inputs: &[(&str, &str)]) -> Submitted {
        for (input, words) in inputs {
            if let Err(words) = self.fill(input, words) {
                return self.submitted(false, Some(words), BTreeMap::new());
            }
        }
        self.submit().await
    }

    /// Submits the modal on top.
    pub async fn submit(&self) -> Submitted {
        if let Some(words) = self.absent() {
            return self.submitted(false, Some(words.into()), BTreeMap::new());
        }
        let world = &self.sim.world;
        let (view_id, payload) = match world.change(|state| state.view_submission(&self.id)) {
            Ok(submission) => submission,
            Err(refusals) => return self.submitted(false, None, words_of(&refusals)),
        };
        let landed = world.line.ask(world, Kind::Interaction, payload).await;
        match landed {
            Err(_) => {
                world.change(|state| {
                    if let Some(panel) = state.desk(&self.id).panel(&view_id) {
                        panel.errors.insert(String::new(), TROUBLE.into());
                    }
                });
                self.submitted(false, Some(TROUBLE.into()), BTreeMap::new())
            }
            Ok(response) => {
                let result = world.change(|state| respond_to_view(state, &self.id, &view_id, response.as_ref()));
                match result {
                    Ok(errors) => self.submitted(true, None, errors),
                    Err(words) => {
                        world.complain(format!("the answer to a view_submission: {words}"));
                        self.submitted(true, Some(words), BTreeMap::new())
                    }
                }
            }
        }
    }

    fn submitted(&self, acknowledged: bool, warning: Option<String>, errors: BTreeMap<String, String>) -> Submitted {
        Submitted { acknowledged, warning, errors, view: self.modal() }
    }

    /// Closes the modal on top without submitting it.
    pub async fn close_modal(&self) -> Tapped {
        let world = &self.sim.world;
        let landed = match world.change(|state| state.view_closed(&self.id)) {
            Some(payload) => world.line.ask(world, Kind::Interaction, payload).await.map(|_| ()),
            None => Ok(()),
        };
        Tapped {
            acknowledged: landed.is_ok(),
            warning: landed.err().map(|missed| format!("the app did not answer ({missed:?})")),
            opened: None,
        }
    }

    /// Opens App Home on its Home tab. Returns once the event was acknowledged or put off; look at
    /// [`Someone::home`] when the app has drawn it.
    pub async fn open_home(&self) {
        self.open_tab("home").await;
    }

    /// Opens App Home on a tab, `home` or `messages`.
    pub async fn open_tab(&self, tab: &str) {
        if self.absent().is_some() {
            return;
        }
        let event = self.sim.world.change(|state| state.app_home_opened(&self.id, tab));
        self.sim.deliver(event).await;
    }

    /// Types a slash command in the conversation with oneself, where no bot is.
    pub async fn command(&self, command: &str, words: &str) -> Commanded {
        let own = super::id::conversation(std::slice::from_ref(&self.id));
        if self.absent().is_none() {
            self.sim.world.change(|state| state.open_conversation(vec![self.id.clone()]));
        }
        self.command_in(&own, command, words).await
    }

    /// Types a slash command in a conversation.
    pub async fn command_in(&self, channel: &str, command: &str, words: &str) -> Commanded {
        let world = &self.sim.world;
        if let Some(words) = self.absent() {
            return Commanded { acknowledged: false, warning: Some(words.into()), reply: None };
        }
        if world.options.commands.as_ref().is_some_and(|known| !known.iter().any(|known| known == command)) {
            let words = format!("{command} is not a valid command.");
            return Commanded { acknowledged: false, warning: Some(words), reply: None };
        }
        let payload = world.change(|state| state.slash_command(&self.id, channel, command, words));
        match world.line.ask(world, Kind::Command, payload).await {
            Ok(response) => {
                let shown = world.change(|state| respond_to_command(state, &self.id, channel, response));
                let reply = match shown {
                    Ok(at) => at.and_then(|at| self.message(&at)),
                    Err(words) => {
                        world.complain(format!("the answer to {command}: {words}"));
                        None
                    }
                };
                Commanded { acknowledged: true, warning: None, reply }
            }
            Err(missed) => {
                let error = if missed == Missed::Timeout { "operation_timeout" } else { "dispatch_failed" };
                let words = format!("{command} failed with the error \"{error}\"");
                let only_for = Some(self.id.clone());
                let draft = Draft { author: SLACKBOT.into(), only_for, text: words.clone(), ..Draft::default() };
                world.change(|state| state.post(channel, draft));
                Commanded { acknowledged: false, warning: Some(words), reply: None }
            }
        }
    }

    /// Chooses a global shortcut.
    pub async fn shortcut(&self, callback_id: &str) -> Tapped {
        if let Some(words) = self.absent() {
            return not_done(words);
        }
        let world = &self.sim.world;
        let before = self.modal().map(|modal| modal.id);
        let payload = world.change(|state| state.shortcut(&self.id, callback_id));
        let landed = world.line.ask(world, Kind::Interaction, payload).await;
        Tapped {
            acknowledged: landed.is_ok(),
            warning: landed.err().map(|missed| format!("the app did not answer ({missed:?})")),
            opened: self.modal().filter(|modal| Some(&modal.id) != before.as_ref()),
        }
    }

    /// Writes a message. The app hears nothing of it: it has no scope that reads.
    pub fn write(&self, channel: &str, words: &str) -> Option<MessageRef> {
        self.sim.world.change(|state| {
            let member = state.conversations.get(channel).is_some_and(|c| c.has(&self.id));
            let draft = Draft { author: self.id.clone(), text: words.to_owned(), ..Draft::default() };
            member.then(|| MessageRef { channel: channel.to_owned(), ts: state.post(channel, draft).ts })
        })
    }
}

fn not_done(words: &str) -> Tapped {
    Tapped { acknowledged: false, warning: Some(words.to_owned()), opened: None }
}

fn text_of(drawn: &Value) -> String {
    let (names, zone, now) = (BTreeMap::new(), chrono_tz::Tz::UTC, chrono::DateTime::UNIX_EPOCH);
    text::view(drawn, &text::Reader { names: &names, zone, now })
}
