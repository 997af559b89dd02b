//! A person's eyes: what they see in Slack.

use super::Sim;
use super::conversation::{Kind, Place};
use super::message::{Message, MessageRef};
use super::person::Person;
use super::state::State;
use super::view::View;

/// Somebody at a keyboard. What they see is below; what they do is in `hands.rs`.
#[derive(Clone)]
pub struct Someone {
    pub(super) sim: Sim,
    pub(super) id: String,
}

impl Someone {
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What Slack knows about them.
    ///
    /// # Panics
    /// If there is no such person: tests ask for people whom they have added.
    pub fn profile(&self) -> Person {
        self.look(|state| state.people.get(&self.id).cloned()).expect("the person was added to this workspace")
    }

    /// Changes what Slack knows about them: `ana.change(|p| p.deleted = true)`.
    pub fn change(&self, change: impl FnOnce(&mut Person)) {
        self.sim.world.change(|state| {
            let now = state.now();
            if let Some(person) = state.people.get_mut(&self.id) {
                change(person);
                person.updated = now;
            }
            state.reindex(&self.id);
        });
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.sim.world.look(look)
    }

    /// The conversations in which something was said, the newest first.
    pub fn conversations(&self) -> Vec<Place> {
        self.look(|state| {
            let ids = state.memberships.get(&self.id).into_iter().flatten();
            let mut places: Vec<Place> = ids.filter_map(|id| self.place(state, id)).collect();
            places.sort_by(|a, b| b.latest.cmp(&a.latest).then_with(|| a.id.cmp(&b.id)));
            places
        })
    }

    fn place(&self, state: &State, id: &str) -> Option<Place> {
        let conversation = state.conversations.get(id)?;
        let mut visible = conversation.posts.values().rev();
        let latest = visible.find(|post| post.only_for.as_ref().is_none_or(|only| *only == self.id))?;
        let others = conversation.members.iter().filter(|member| **member != self.id);
        let names = others.filter_map(|member| state.names.get(member)).map(String::as_str).collect::<Vec<_>>();
        let unread =
            state.desks.get(&self.id).map_or(0, |desk| desk.unread.values().filter(|at| at.channel == id).count());
        Some(Place {
            id: id.to_owned(),
            kind: conversation.kind,
            title: if conversation.kind == Kind::Channel { conversation.name.clone() } else { names.join(", ") },
            members: conversation.members.clone(),
            unread,
            latest: latest.ts.clone(),
        })
    }

    /// Everything they can read in a conversation, oldest first, with what only they can see.
    pub fn messages(&self, channel: &str) -> Vec<Message> {
        self.look(|state| {
            let Some(conversation) = state.conversations.get(channel) else { return Vec::new() };
            let member = conversation.has(&self.id);
            let visible = conversation.posts.values().filter(|post| match &post.only_for {
                Some(only) => *only == self.id,
                None => member,
            });
            visible.map(|post| state.shown(&self.id, channel, post)).collect()
        })
    }

    /// A message as it is now; `None` if it is gone or not for them.
    pub fn message(&self, at: &MessageRef) -> Option<Message> {
        self.look(|state| state.seen(&self.id, at))
    }

    /// What they have not read yet, in order of arrival. It stays unread.
    pub fn unread(&self) -> Vec<Message> {
        self.look(|state| {
            let unread = state.desks.get(&self.id).into_iter().flat_map(|desk| desk.unread.values());
            unread.filter_map(|at| state.seen(&self.id, at)).collect()
        })
    }

    /// Reads the next unread message.
    pub fn next_unread(&self) -> Option<Message> {
        // Whoever waits for changes and then reads must not wake themselves by looking.
        if self.look(|state| state.desks.get(&self.id).is_none_or(|desk| desk.unread.is_empty())) {
            return None;
        }
        self.sim.world.change(|state| {
            while let Some((_, at)) = state.desk(&self.id).unread.pop_first() {
                if let Some(message) = state.seen(&self.id, &at) {
                    return Some(message);
                }
            }
            None
        })
    }

    /// Reads everything in a conversation.
    pub fn read(&self, channel: &str) {
        self.sim.world.change(|state| state.desk(&self.id).unread.retain(|_, at| at.channel != channel));
    }

    /// Reads everything everywhere.
    pub fn read_all(&self) {
        self.sim.world.change(|state| state.desk(&self.id).unread.clear());
    }

    /// Starts Slack anew, as on another device: ephemeral messages and open forms are gone.
    pub fn reload(&self) {
        self.sim.world.change(|state| {
            for conversation in state.conversations.values_mut() {
                conversation.posts.retain(|_, post| post.only_for.as_ref() != Some(&self.id));
            }
            let desk = state.desks.entry(self.id.clone()).or_default();
            let is_there = |at: &MessageRef| state.conversations[&at.channel].posts.contains_key(&at.ts);
            desk.unread.retain(|_, at| is_there(at));
            desk.modals.clear();
        });
    }

    /// The modal on top, if one is open.
    pub fn modal(&self) -> Option<View> {
        self.look(|state| {
            let panel = state.desks.get(&self.id)?.modals.last()?;
            Some(state.shown_view(&self.id, panel))
        })
    }

    /// App Home as it is drawn now; `None` before the app has drawn it.
    pub fn home(&self) -> Option<View> {
        self.look(|state| {
            let panel = state.desks.get(&self.id)?.home.as_ref()?;
            Some(state.shown_view(&self.id, panel))
        })
    }
}
