//! `auth.*`, `api.*`, `apps.*`, `blocks.*` and `reactions.*`: the small ones.

use serde_json::{Value, json};

use super::super::block_kit;
use super::super::state::State;
use super::args::Args;
use super::content::invalid_blocks;
use super::method::{Method, Needs, method};
use super::{Refusal, Reply, chat};

pub(super) const METHODS: &[Method] = &[
    Method { name: "auth.test", needs: Needs::Any, scope: "", args: &[], run: auth_test },
    Method { name: "api.test", needs: Needs::Nothing, scope: "", args: &["*"], run: api_test },
    Method { name: "apps.connections.open", needs: Needs::App, scope: "connections:write", args: &[], run: connect },
    Method {
        name: "blocks.validate",
        needs: Needs::Any,
        scope: "",
        args: &["blocks", "message", "view"],
        run: validate,
    },
    method("reactions.add", "reactions:write", &["channel", "timestamp", "name"], react),
];

fn auth_test(state: &mut State, _: &Args) -> Reply {
    let ids = &state.ids;
    Ok(json!({
        "url": format!("https://{}.slack.com/", state.domain()), "team": state.options.workspace,
        "user": state.options.app_name, "team_id": ids.team, "user_id": ids.bot_user, "bot_id": ids.bot,
        "app_id": ids.app, "is_enterprise_install": false,
    }))
}

fn api_test(_: &mut State, args: &Args) -> Reply {
    let given = args.for_the_record();
    match args.text("error") {
        Some(error) => Err(Refusal::with(error, json!({"args": given}))),
        None => Ok(json!({"args": given})),
    }
}

fn connect(state: &mut State, _: &Args) -> Reply {
    let ticket = crate::clock::token();
    let url = format!("{}/link/?ticket={ticket}&app_id={}", state.socket_url, state.ids.app);
    state.tickets.socket(ticket);
    Ok(json!({"url": url}))
}

fn validate(_: &mut State, args: &Args) -> Reply {
    let json = |name: &str| args.json(name).map_err(|_| Refusal::new("invalid_blocks_format"));
    let message = json("message")?;
    let (blocks, view) = (json("blocks")?, json("view")?);
    let problems = match (&blocks, &view) {
        (Value::Null, Value::Null) if message.is_object() => block_kit::message(&message["blocks"]),
        (Value::Null, Value::Null) => return Err("invalid_arguments".into()),
        (Value::Null, view) => block_kit::view(view),
        (blocks, _) => block_kit::message(blocks),
    };
    if problems.is_empty() { Ok(json!({})) } else { Err(invalid_blocks(&problems)) }
}

fn react(state: &mut State, args: &Args) -> Reply {
    let channel = chat::channel(state, args.text("channel").ok_or("channel_not_found")?)?;
    let name = args.text("name").ok_or("invalid_name")?.to_owned();
    let bot = state.ids.bot_user.clone();
    let conversation = state.conversations.get_mut(&channel).ok_or("channel_not_found")?;
    let post = conversation.message(args.text("timestamp").unwrap_or_default()).ok_or("message_not_found")?;
    let people = post.reactions.entry(name).or_default();
    if people.contains(&bot) {
        return Err("already_reacted".into());
    }
    people.push(bot);
    Ok(json!({}))
}
