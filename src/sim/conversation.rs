//! A place where messages stand: a DM, a group DM or a channel.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::message::Post;

/// What a conversation is. Nothing can be told from the first letter of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two members.
    Dm,
    /// Three to nine members.
    GroupDm,
    /// A public channel.
    Channel,
}

/// What the simulator holds of a conversation.
pub(super) struct Conversation {
    pub id: String,
    pub kind: Kind,
    pub name: String,
    /// Ids, sorted, with the bot's if it is in.
    pub members: Vec<String>,
    pub created: i64,
    pub archived: bool,
    /// Of whom it was closed since its last message.
    pub closed_for: BTreeSet<String>,
    /// By `ts`. Ephemerals stand among the others, for one person only.
    pub posts: BTreeMap<String, Post>,
    /// The message that each `client_msg_id` was first used for.
    pub client_msg_ids: HashMap<String, String>,
}

impl Conversation {
    pub fn has(&self, person: &str) -> bool {
        self.members.binary_search_by(|member| member.as_str().cmp(person)).is_ok()
    }

    /// A public message; ephemerals cannot be named by their `ts`.
    pub fn message(&mut self, ts: &str) -> Option<&mut Post> {
        self.posts.get_mut(ts).filter(|post| post.only_for.is_none())
    }

    /// The middle part of the scopes for it: `im`, `mpim` or `channels`.
    pub fn scope(&self) -> &'static str {
        match self.kind {
            Kind::Dm => "im",
            Kind::GroupDm => "mpim",
            Kind::Channel => "channels",
        }
    }

    pub fn json(&self, bot: &str) -> Value {
        let other = self.members.iter().find(|member| *member != bot);
        match self.kind {
            Kind::Dm => json!({
                "id": self.id, "created": self.created, "is_im": true, "is_org_shared": false, "user": other,
                "is_archived": self.archived, "is_user_deleted": false, "priority": 0,
            }),
            Kind::GroupDm => json!({
                "id": self.id, "name": self.name, "name_normalized": self.name, "created": self.created,
                "creator": bot, "is_channel": false, "is_group": false, "is_im": false, "is_mpim": true,
                "is_private": true, "is_archived": self.archived, "is_general": false, "is_shared": false,
                "is_member": self.has(bot), "topic": {"value": "", "creator": "", "last_set": 0},
                "purpose": {"value": "", "creator": "", "last_set": 0},
            }),
            Kind::Channel => json!({
                "id": self.id, "name": self.name, "name_normalized": self.name, "created": self.created,
                "creator": other, "is_channel": true, "is_group": false, "is_im": false, "is_mpim": false,
                "is_private": false, "is_archived": self.archived, "is_general": false, "is_shared": false,
                "is_member": self.has(bot), "topic": {"value": "", "creator": "", "last_set": 0},
                "purpose": {"value": "", "creator": "", "last_set": 0}, "num_members": self.members.len(),
            }),
        }
    }
}

/// A conversation as one person sees it in the sidebar.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    pub id: String,
    pub kind: Kind,
    /// The other members' names, or the channel's.
    pub title: String,
    pub members: Vec<String>,
    /// How many messages this person has not read.
    pub unread: usize,
    /// The newest message's `ts`, empty if there is none.
    pub latest: String,
}
