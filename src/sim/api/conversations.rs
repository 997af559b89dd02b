//! `conversations.*`: opening and looking at places. Nothing that reads messages without its scope.

use serde_json::{Value, json};

use super::super::conversation::{Conversation, Kind};
use super::super::state::State;
use super::args::Args;
use super::method::{Method, method, need_bot_scope};
use super::{Refusal, Reply};

/// A group DM has up to so many people beside the one who opens it.
const MOST_PEOPLE: usize = 8;

pub(super) const METHODS: &[Method] = &[
    method("conversations.open", "", &["users", "channel", "return_im", "prevent_creation"], open),
    method("conversations.close", "", &["channel"], close),
    method("conversations.info", "", &["channel", "include_locale", "include_num_members"], info),
    method("conversations.members", "", &["channel", "cursor", "limit"], members),
    method("conversations.list", "", &["types", "cursor", "limit", "exclude_archived", "team_id"], list),
    method(
        "conversations.history",
        "",
        &["channel", "cursor", "limit", "oldest", "latest", "inclusive", "include_all_metadata"],
        history,
    ),
    method("users.conversations", "", &["user", "types", "cursor", "limit", "exclude_archived", "team_id"], list),
];

fn open(state: &mut State, args: &Args) -> Reply {
    let bot = state.ids.bot_user.clone();
    if let Some(id) = args.text("channel") {
        let conversation = state.conversations.get(id).filter(|c| c.has(&bot)).ok_or("channel_not_found")?;
        need_bot_scope(state, &format!("{}:write", conversation.scope()))?;
        return Ok(json!({"no_op": true, "already_open": true, "channel": shown(state, args, id)}));
    }
    let mut people = args.list("users");
    people.sort_unstable();
    people.dedup();
    people.retain(|id| *id != bot);
    if people.is_empty() {
        return Err(if args.has("users") { "not_enough_users" } else { "users_list_not_supplied" }.into());
    }
    if people.len() > MOST_PEOPLE {
        return Err("too_many_users".into());
    }
    need_bot_scope(state, if people.len() == 1 { "im:write" } else { "mpim:write" })?;
    for id in &people {
        let person = state.people.get(id).ok_or("user_not_found")?;
        if person.deleted {
            return Err("user_disabled".into());
        }
        if person.is_bot {
            return Err("cannot_dm_bot".into());
        }
        if person.is_stranger {
            return Err("invalid_user_combination".into());
        }
    }
    people.push(bot);
    if args.flag("prevent_creation") {
        let id = state.find_conversation(&mut people);
        if !state.conversations.contains_key(&id) {
            return Err("channel_not_found".into());
        }
    }
    let (id, there) = state.open_conversation(people);
    let mut reply = json!({"channel": shown(state, args, &id)});
    if there {
        reply["no_op"] = json!(true);
        reply["already_open"] = json!(true);
    }
    Ok(reply)
}

fn shown(state: &State, args: &Args, id: &str) -> Value {
    if args.flag("return_im") { state.conversations[id].json(&state.ids.bot_user) } else { json!({"id": id}) }
}

/// The conversation in the arguments, if the bot is in it and has `verb` (`read`, `write`, `history`) for its kind.
fn place<'a>(state: &'a State, args: &Args, verb: &str) -> Result<&'a Conversation, Refusal> {
    let id = args.text("channel").ok_or("channel_not_found")?;
    let conversation = state.conversations.get(id).ok_or("channel_not_found")?;
    need_bot_scope(state, &format!("{}:{verb}", conversation.scope()))?;
    if conversation.kind != Kind::Channel && !conversation.has(&state.ids.bot_user) {
        return Err("channel_not_found".into());
    }
    Ok(conversation)
}

fn close(state: &mut State, args: &Args) -> Reply {
    let bot = state.ids.bot_user.clone();
    let conversation = place(state, args, "write")?;
    if conversation.kind == Kind::Channel {
        return Err("method_not_supported_for_channel_type".into());
    }
    let id = conversation.id.clone();
    let closed = state.conversations.get_mut(&id).is_some_and(|c| c.closed_for.insert(bot));
    Ok(if closed { json!({}) } else { json!({"no_op": true, "already_closed": true}) })
}

fn info(state: &mut State, args: &Args) -> Reply {
    Ok(json!({"channel": place(state, args, "read")?.json(&state.ids.bot_user)}))
}

fn members(state: &mut State, args: &Args) -> Reply {
    let members = place(state, args, "read")?.members.clone();
    let (page, next) = page(&members, args, 100)?;
    Ok(json!({"members": page, "response_metadata": {"next_cursor": next}}))
}

fn list(state: &mut State, args: &Args) -> Reply {
    let types = args.list("types");
    let types: Vec<&str> =
        if types.is_empty() { vec!["public_channel"] } else { types.iter().map(String::as_str).collect() };
    let bot = state.ids.bot_user.clone();
    let mut found = Vec::new();
    for wanted in types {
        let (kind, scope) = match wanted {
            "public_channel" => (Kind::Channel, "channels:read"),
            "private_channel" => {
                need_bot_scope(state, "groups:read")?;
                continue;
            }
            "mpim" => (Kind::GroupDm, "mpim:read"),
            "im" => (Kind::Dm, "im:read"),
            _ => return Err("invalid_types".into()),
        };
        need_bot_scope(state, scope)?;
        let whose = args.text("user").unwrap_or(&bot);
        let ids = state.memberships.get(whose).into_iter().flatten();
        let all = ids.filter_map(|id| state.conversations.get(id));
        let visible = all.filter(|c| c.kind == kind && (c.kind == Kind::Channel || c.has(&bot)));
        found.extend(visible.filter(|c| !args.flag("exclude_archived") || !c.archived).map(|c| c.json(&bot)));
    }
    let (page, next) = page(&found, args, 100)?;
    Ok(json!({"channels": page, "response_metadata": {"next_cursor": next}}))
}

fn history(state: &mut State, args: &Args) -> Reply {
    let conversation = place(state, args, "history")?;
    let public = conversation.posts.values().rev().filter(|post| post.only_for.is_none());
    let messages: Vec<_> = public.map(|post| state.message_json(post)).collect();
    let (page, next) = page(&messages, args, 100)?;
    Ok(json!({"messages": page, "has_more": !next.is_empty(), "response_metadata": {"next_cursor": next}}))
}

/// One page and the cursor of the next, which is empty at the end.
pub(super) fn page<'a, T>(all: &'a [T], args: &Args, otherwise: u64) -> Result<(&'a [T], String), Refusal> {
    let start = match args.text("cursor") {
        None => 0,
        Some(cursor) => cursor
            .strip_prefix("dXNlcjo")
            .and_then(|at| at.parse::<usize>().ok())
            .filter(|at| *at <= all.len())
            .ok_or("invalid_cursor")?,
    };
    let limit = args.number("limit").filter(|limit| *limit > 0).unwrap_or(otherwise).min(1_000);
    let end = all.len().min(start + usize::try_from(limit).unwrap_or(1_000));
    let next = if end < all.len() { format!("dXNlcjo{end}") } else { String::new() };
    Ok((&all[start..end], next))
}
