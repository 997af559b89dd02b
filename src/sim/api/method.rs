//! The methods that there are: who may call them, with what, and who answers.

use serde_json::json;

use super::super::state::State;
use super::super::world::World;
use super::args::Args;
use super::{Refusal, Reply, apps, chat, conversations, files, users, views};

/// Whose token a method takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// The bot's.
    Bot,
    /// The app-level one.
    App,
    /// Either.
    Any,
    /// None at all.
    Nothing,
}

pub(super) struct Method {
    pub name: &'static str,
    pub needs: Needs,
    /// The scope it needs; empty if none, or if that depends on the arguments.
    pub scope: &'static str,
    /// The arguments it knows.
    pub args: &'static [&'static str],
    pub run: fn(&mut State, &Args) -> Reply,
}

/// A method for the bot token.
pub(super) const fn method(
    name: &'static str,
    scope: &'static str,
    args: &'static [&'static str],
    run: fn(&mut State, &Args) -> Reply,
) -> Method {
    Method { name, needs: Needs::Bot, scope, args, run }
}

const ALL: &[&[Method]] =
    &[chat::METHODS, views::METHODS, conversations::METHODS, users::METHODS, files::METHODS, apps::METHODS];

/// Runs a method for the token that the arguments came with.
pub(super) fn run(state: &mut State, world: &World, name: &str, args: &Args) -> Reply {
    let Some(method) = ALL.iter().copied().flatten().find(|method| method.name == name) else {
        return Err(Refusal::loud("unknown_method", "no such method here".into()));
    };
    authenticate(state, world, method, args)?;
    let now = state.now();
    state.limits.call(name, &state.options.tiers, now).map_err(Refusal::limited)?;
    need_scope(state, method.needs, method.scope)?;
    let takes_all = method.args == ["*"];
    // Slack's own clients add the workspace to every call.
    let known = |arg: &str| takes_all || arg == "team_id" || method.args.contains(&arg);
    if let Some(unknown) = args.names().find(|arg| !known(arg)) {
        return Err(Refusal::loud("invalid_arguments", format!("unknown argument {unknown}")));
    }
    (method.run)(state, args)
}

fn authenticate(state: &State, world: &World, method: &Method, args: &Args) -> Result<(), Refusal> {
    if method.needs == Needs::Nothing {
        return Ok(());
    }
    let token = args.token.as_deref().ok_or("not_authed")?;
    let is_bot = token == world.bot_token;
    if !is_bot && token != world.app_token {
        return Err("invalid_auth".into());
    }
    if state.uninstalled {
        return Err(if is_bot { "token_revoked" } else { "account_inactive" }.into());
    }
    match method.needs {
        Needs::Bot if !is_bot => Err("not_allowed_token_type".into()),
        Needs::App if is_bot => Err("not_allowed_token_type".into()),
        _ => Ok(()),
    }
}

fn need_scope(state: &State, needs: Needs, scope: &str) -> Result<(), Refusal> {
    let have = if needs == Needs::App { &state.options.app_scopes } else { &state.options.scopes };
    if scope.is_empty() || have.iter().any(|granted| granted == scope) {
        return Ok(());
    }
    Err(Refusal::with("missing_scope", json!({"needed": scope, "provided": have.join(",")})))
}

/// For methods whose scope depends on what they are called with.
pub(super) fn need_bot_scope(state: &State, scope: &str) -> Result<(), Refusal> {
    need_scope(state, Needs::Bot, scope)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_method_is_listed_twice() {
        let names: Vec<_> = ALL.iter().copied().flatten().map(|method| method.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
