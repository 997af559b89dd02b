//! `users.*`, `bots.*`, `team.*` and `dnd.*`: who is here.

use serde_json::{Map, Value, json};

use super::super::person::{Person, Sight};
use super::super::state::State;
use super::args::Args;
use super::conversations::page;
use super::method::{Method, method};
use super::{Refusal, Reply};

/// `dnd.teamInfo` looks at so many people at once.
const DND_PEOPLE: usize = 50;

pub(super) const METHODS: &[Method] = &[
    method("users.info", "users:read", &["user", "include_locale"], info),
    method("users.list", "users:read", &["cursor", "limit", "include_locale", "team_id", "presence"], list),
    method("users.lookupByEmail", "users:read.email", &["email"], by_email),
    method("users.getPresence", "users:read", &["user"], presence),
    method("bots.info", "users:read", &["bot", "team_id"], bot),
    method("team.info", "team:read", &["team", "domain"], team),
    method("dnd.info", "dnd:read", &["user", "team_id"], dnd),
    method("dnd.teamInfo", "dnd:read", &["users", "team_id"], team_dnd),
];

fn sight(state: &State, args: &Args) -> Sight {
    Sight { email: state.has_scope("users:read.email"), locale: args.flag("include_locale") }
}

fn person<'a>(state: &'a State, id: &str) -> Result<&'a Person, Refusal> {
    state.people.get(id).ok_or_else(|| "user_not_found".into())
}

fn info(state: &mut State, args: &Args) -> Reply {
    let person = person(state, args.text("user").ok_or("user_not_found")?)?;
    Ok(json!({"user": person.json(&state.ids.team, state.now(), &sight(state, args))}))
}

fn list(state: &mut State, args: &Args) -> Reply {
    let people: Vec<&Person> = state.people.values().collect();
    // Without a limit the real Slack tries to send all and limits the rate harder.
    let (page, next) = page(&people, args, 1_000)?;
    let (now, sight) = (state.now(), sight(state, args));
    let members: Vec<_> = page.iter().map(|person| person.json(&state.ids.team, now, &sight)).collect();
    Ok(json!({"members": members, "cache_ts": now.timestamp(), "response_metadata": {"next_cursor": next}}))
}

fn by_email(state: &mut State, args: &Args) -> Reply {
    let email = args.text("email").ok_or("users_not_found")?.to_lowercase();
    let id = state.by_email.get(&email).ok_or("users_not_found")?;
    let person = person(state, id)?;
    if person.deleted || person.is_stranger {
        return Err("users_not_found".into());
    }
    Ok(json!({"user": person.json(&state.ids.team, state.now(), &sight(state, args))}))
}

fn presence(state: &mut State, args: &Args) -> Reply {
    person(state, args.text("user").unwrap_or(&state.ids.bot_user))?;
    Ok(json!({"presence": "active"}))
}

fn bot(state: &mut State, args: &Args) -> Reply {
    let ids = &state.ids;
    if args.text("bot").is_some_and(|bot| bot != ids.bot) {
        return Err("bot_not_found".into());
    }
    Ok(json!({"bot": {"id": ids.bot, "deleted": false, "name": state.options.app_name, "updated": 0,
                      "app_id": ids.app, "user_id": ids.bot_user, "icons": {}}}))
}

fn team(state: &mut State, _: &Args) -> Reply {
    Ok(json!({"team": {"id": state.ids.team, "name": state.options.workspace, "domain": state.domain(),
                       "email_domain": "", "icon": {"image_default": true}}}))
}

fn hours(state: &State, person: &Person) -> Value {
    let window = person.do_not_disturb.filter(|(_, until)| *until > state.now());
    json!({
        "dnd_enabled": window.is_some(),
        "next_dnd_start_ts": window.map_or(1, |(from, _)| from.timestamp()),
        "next_dnd_end_ts": window.map_or(1, |(_, until)| until.timestamp()),
    })
}

fn dnd(state: &mut State, args: &Args) -> Reply {
    let person = person(state, args.text("user").unwrap_or(&state.ids.bot_user))?;
    let mut reply = hours(state, person);
    reply["snooze_enabled"] = json!(false);
    Ok(reply)
}

fn team_dnd(state: &mut State, args: &Args) -> Reply {
    let people = args.list("users");
    if people.len() > DND_PEOPLE {
        return Err("too_many_users".into());
    }
    let known = people.iter().filter_map(|id| Some((id.clone(), hours(state, state.people.get(id)?))));
    Ok(json!({"users": known.collect::<Map<_, _>>()}))
}
