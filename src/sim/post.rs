//! Messages on their way into a conversation, changed there, and taken away.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::api::Content;
use super::block_kit;
use super::message::{MessageRef, Post};
use super::state::State;

/// A message that is about to be posted.
#[derive(Default)]
pub(super) struct Draft {
    pub author: String,
    pub only_for: Option<String>,
    pub text: String,
    pub blocks: Value,
    pub attachments: Value,
    pub metadata: Value,
    pub thread_ts: Option<String>,
    pub files: Vec<Value>,
    pub client_msg_id: Option<String>,
}

impl State {
    /// The next `ts`: the clock's time, moved on by microseconds where it would not be unique.
    pub fn next_ts(&mut self) -> String {
        self.last_ts_us = self.now().timestamp_micros().max(self.last_ts_us + 1);
        format!("{}.{:06}", self.last_ts_us.div_euclid(1_000_000), self.last_ts_us.rem_euclid(1_000_000))
    }

    /// Puts a message into a conversation and before the eyes of those who see it. The caller has checked that the
    /// conversation is there.
    pub fn post(&mut self, channel: &str, mut draft: Draft) -> Post {
        let ts = self.next_ts();
        block_kit::name_blocks(&mut draft.blocks);
        let post = Post {
            ts: ts.clone(),
            author: draft.author,
            only_for: draft.only_for,
            text: draft.text,
            blocks: draft.blocks,
            attachments: draft.attachments,
            metadata: draft.metadata,
            thread_ts: draft.thread_ts,
            files: draft.files,
            edited_ts: None,
            reactions: BTreeMap::new(),
            client_msg_id: draft.client_msg_id,
        };
        let Some(conversation) = self.conversations.get_mut(channel) else { return post };
        conversation.posts.insert(ts.clone(), post.clone());
        let readers = match &post.only_for {
            Some(person) => vec![person.clone()],
            None => {
                conversation.closed_for.clear();
                if let Some(id) = &post.client_msg_id {
                    conversation.client_msg_ids.entry(id.clone()).or_insert_with(|| ts.clone());
                }
                conversation.members.iter().filter(|member| **member != post.author).cloned().collect()
            }
        };
        for reader in readers {
            if reader != self.ids.bot_user {
                self.desk(&reader).arrived(MessageRef { channel: channel.to_owned(), ts: ts.clone() });
            }
        }
        let heard = self.options.metadata_echo && self.has_scope("metadata.message:read");
        if heard && post.only_for.is_none() && !post.metadata.is_null() {
            let ids = &self.ids;
            let event = json!({
                "type": "message_metadata_posted", "app_id": ids.app, "bot_id": ids.bot, "user_id": post.author,
                "team_id": ids.team, "channel_id": channel, "metadata": post.metadata, "message_ts": ts,
                "event_ts": ts,
            });
            self.tell(event);
        }
        post
    }

    /// Changes what a message says. Blocks and metadata that the new content does not speak of stay.
    pub fn rewrite(&mut self, at: &MessageRef, content: Content) -> Option<Post> {
        let now = self.next_ts();
        let conversation = self.conversations.get_mut(&at.channel)?;
        let post = conversation.posts.get_mut(&at.ts)?;
        post.text = content.text;
        if !content.blocks.is_null() {
            post.blocks = content.blocks;
            block_kit::name_blocks(&mut post.blocks);
        }
        if !content.attachments.is_null() {
            post.attachments = content.attachments;
        }
        match &content.metadata {
            Value::Null => {}
            Value::Object(none) if none.is_empty() => post.metadata = Value::Null,
            _ => post.metadata = content.metadata,
        }
        post.edited_ts = Some(now);
        let post = post.clone();
        for desk in self.desks.values_mut() {
            if let Some(form) = desk.forms.get_mut(at) {
                form.redraw(&post.blocks);
            }
        }
        Some(post)
    }

    /// Takes a message away, also from the list of what is unread.
    pub fn remove(&mut self, at: &MessageRef) -> Option<Post> {
        let post = self.conversations.get_mut(&at.channel)?.posts.remove(&at.ts)?;
        for desk in self.desks.values_mut() {
            desk.forget(at);
        }
        Some(post)
    }
}
