//! `chat.*`: posting, changing and deleting messages.

use serde_json::json;

use super::super::message::MessageRef;
use super::super::options::ClientMsgId;
use super::super::state::State;
use super::args::Args;
use super::content::Content;
use super::method::{Method, method, need_bot_scope};
use super::{Refusal, Reply};

/// `chat.update` refuses longer texts; posts only advise against them.
const UPDATE_TEXT: usize = 4_000;

const POST_ARGS: &[&str] = &[
    "channel",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "markdown_text",
    "thread_ts",
    "reply_broadcast",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn",
    "parse",
    "link_names",
    "username",
    "icon_emoji",
    "icon_url",
    "as_user",
    "client_msg_id",
];

pub(super) const METHODS: &[Method] = &[
    method("chat.postMessage", "chat:write", POST_ARGS, post_message),
    method(
        "chat.postEphemeral",
        "chat:write",
        &[
            "channel",
            "user",
            "text",
            "blocks",
            "attachments",
            "markdown_text",
            "thread_ts",
            "parse",
            "link_names",
            "as_user",
            "username",
            "icon_emoji",
            "icon_url",
        ],
        post_ephemeral,
    ),
    method(
        "chat.update",
        "chat:write",
        &[
            "channel",
            "ts",
            "text",
            "blocks",
            "attachments",
            "metadata",
            "markdown_text",
            "parse",
            "link_names",
            "as_user",
            "reply_broadcast",
            "file_ids",
            "unfurl_links",
            "unfurl_media",
        ],
        update,
    ),
    method("chat.delete", "chat:write", &["channel", "ts", "as_user"], delete),
    method("chat.getPermalink", "", &["channel", "message_ts"], permalink),
    method("chat.scheduleMessage", "chat:write", &["channel", "post_at", "text", "blocks", "metadata"], schedule),
];

/// A conversation that the bot may write to. A person's id means their DM with the bot, which is opened.
pub(super) fn channel(state: &mut State, id: &str) -> Result<String, Refusal> {
    let bot = state.ids.bot_user.clone();
    if id == bot {
        return Err("cannot_dm_bot".into());
    }
    if let Some(person) = state.people.get(id) {
        if person.is_bot {
            return Err("cannot_dm_bot".into());
        }
        return Ok(state.open_conversation(vec![bot, id.to_owned()]).0);
    }
    let conversation = state.conversations.get(id).ok_or("channel_not_found")?;
    if !conversation.has(&bot) {
        let public = conversation.kind == super::super::conversation::Kind::Channel;
        return Err(if public { "not_in_channel" } else { "channel_not_found" }.into());
    }
    if conversation.archived {
        return Err("is_archived".into());
    }
    Ok(id.to_owned())
}

fn post_message(state: &mut State, args: &Args) -> Reply {
    if ["username", "icon_emoji", "icon_url"].iter().any(|name| args.text(name).is_some()) {
        need_bot_scope(state, "chat:write.customize")?;
    }
    let channel = channel(state, args.text("channel").ok_or("channel_not_found")?)?;
    let content = Content::read(args)?;
    if content.is_empty() {
        return Err("no_text".into());
    }
    let client_msg_id = args.text("client_msg_id").map(str::to_owned);
    if state.options.client_msg_id == ClientMsgId::Honoured
        && let Some(id) = &client_msg_id
        && let Some(earlier) = state.conversations[&channel].client_msg_ids.get(id)
    {
        let Some(post) = state.conversations[&channel].posts.get(earlier) else {
            return Err("duplicate_message_not_found".into());
        };
        let message = state.message_json(post);
        return Ok(json!({"channel": channel, "ts": earlier, "message": message, "is_duplicate": true}));
    }
    let thread_ts = thread(state, &channel, args)?;
    let now = state.now();
    state.limits.post(&channel, state.options.post_burst, now).map_err(Refusal::limited)?;
    let mut draft = content.draft(&state.ids.bot_user);
    draft.client_msg_id = client_msg_id;
    draft.thread_ts = thread_ts;
    let post = state.post(&channel, draft);
    Ok(json!({"channel": channel, "ts": post.ts, "message": state.message_json(&post)}))
}

/// The thread to post in, if it is there.
fn thread(state: &State, channel: &str, args: &Args) -> Result<Option<String>, Refusal> {
    let Some(ts) = args.text("thread_ts") else { return Ok(None) };
    match state.conversations[channel].posts.get(ts) {
        Some(post) if post.only_for.is_none() => Ok(Some(ts.to_owned())),
        _ => Err("thread_not_found".into()),
    }
}

fn post_ephemeral(state: &mut State, args: &Args) -> Reply {
    let channel = channel(state, args.text("channel").ok_or("channel_not_found")?)?;
    let user = args.need("user")?;
    if !state.conversations[&channel].has(user) {
        return Err("user_not_in_channel".into());
    }
    let content = Content::read(args)?;
    if content.is_empty() {
        return Err("no_text".into());
    }
    let mut draft = content.draft(&state.ids.bot_user);
    draft.thread_ts = thread(state, &channel, args)?;
    draft.only_for = Some(user.to_owned());
    let post = state.post(&channel, draft);
    Ok(json!({"message_ts": post.ts}))
}

/// Where a message of our own stands that is to be changed; `refusal` names the error for other people's.
fn own_message(state: &mut State, args: &Args, refusal: &str) -> Result<MessageRef, Refusal> {
    let id = args.text("channel").ok_or("channel_not_found")?;
    let bot = state.ids.bot_user.clone();
    let conversation = state.conversations.get_mut(id).filter(|c| c.has(&bot)).ok_or("channel_not_found")?;
    let ts = args.text("ts").ok_or("message_not_found")?;
    let post = conversation.message(ts).ok_or("message_not_found")?;
    if post.author != bot {
        return Err(refusal.into());
    }
    Ok(MessageRef { channel: id.to_owned(), ts: ts.to_owned() })
}

fn update(state: &mut State, args: &Args) -> Reply {
    let at = own_message(state, args, "cant_update_message")?;
    let content = Content::read(args)?;
    if content.text.chars().count() > UPDATE_TEXT {
        return Err("msg_too_long".into());
    }
    if content.is_empty() && !args.has("metadata") && !args.has("blocks") {
        return Err("no_text".into());
    }
    let post = state.rewrite(&at, content).ok_or("message_not_found")?;
    Ok(json!({"channel": at.channel, "ts": at.ts, "text": post.text, "message": state.message_json(&post)}))
}

fn delete(state: &mut State, args: &Args) -> Reply {
    let at = own_message(state, args, "cant_delete_message")?;
    state.remove(&at);
    Ok(json!({"channel": at.channel, "ts": at.ts}))
}

fn permalink(state: &mut State, args: &Args) -> Reply {
    let bot = state.ids.bot_user.clone();
    let id = args.text("channel").ok_or("channel_not_found")?;
    let conversation = state.conversations.get_mut(id).filter(|c| c.has(&bot)).ok_or("channel_not_found")?;
    let ts = args.text("message_ts").ok_or("message_not_found")?;
    conversation.message(ts).ok_or("message_not_found")?;
    let link = format!("https://{}.slack.com/archives/{id}/p{}", state.domain(), ts.replace('.', ""));
    Ok(json!({"channel": id, "permalink": link}))
}

/// Scheduled messages with metadata never post in the real Slack, so no bot of ours should schedule one.
fn schedule(_: &mut State, _: &Args) -> Reply {
    Err(Refusal::loud("restricted_action", "nothing is scheduled here: post when it is time".into()))
}
