//! What is wrong with a manifest, in sentences.

use std::collections::BTreeSet;

use super::code::Used;
use super::known::{EVENT_SCOPES, EVENTS, METHODS, SCOPES, brings_words, reads_people};
use super::read::Manifest;

/// Everything that is wrong; nothing if it is right.
pub fn problems(manifest: &Manifest, used: &Used) -> Vec<String> {
    let mut problems = Vec::new();
    lengths(manifest, &mut problems);
    scopes(manifest, used, &mut problems);
    events(manifest, used, &mut problems);
    metadata(manifest, used, &mut problems);
    shortcuts(manifest, used, &mut problems);
    switches(manifest, used, &mut problems);
    addresses(manifest, &mut problems);
    problems
}

fn lengths(manifest: &Manifest, problems: &mut Vec<String>) {
    let mut check = |what: &str, text: &str, most: usize| {
        let length = text.chars().count();
        if length == 0 || length > most {
            problems.push(format!("{what} has {length} characters, Slack allows {most}"));
        }
    };
    check("the name", &manifest.display_information.name, 35);
    check("the description", &manifest.display_information.description, 140);
    check("the name of the bot", &manifest.features.bot_user.display_name, 80);
    for command in &manifest.features.slash_commands {
        check("a command", &command.command, 32);
        check("the description of a command", &command.description, 2000);
        if let Some(hint) = &command.usage_hint {
            check("the usage hint of a command", hint, 1000);
        }
    }
    for shortcut in &manifest.features.shortcuts {
        check("the name of a shortcut", &shortcut.name, 24);
        check("the description of a shortcut", &shortcut.description, 150);
        check("the callback_id of a shortcut", &shortcut.callback_id, 255);
    }
    for subscription in &manifest.settings.event_subscriptions.metadata_subscriptions {
        check("the event_type of a metadata subscription", &subscription.event_type, 50);
    }
    let (events, subscriptions) = {
        let settings = &manifest.settings.event_subscriptions;
        (settings.bot_events.len(), settings.metadata_subscriptions.len())
    };
    if events > 100 || !(1..=20).contains(&subscriptions) {
        problems.push(format!("{events} events and {subscriptions} metadata subscriptions: Slack allows 100 and 1-20"));
    }
}

fn shortcuts(manifest: &Manifest, used: &Used, problems: &mut Vec<String>) {
    let offered: Vec<&str> = manifest.features.shortcuts.iter().map(|one| one.callback_id.as_str()).collect();
    if offered != [used.shortcut.as_str()] {
        problems.push(format!("the shortcuts are {offered:?}, the code knows `{}`", used.shortcut));
    }
    for one in manifest.features.shortcuts.iter().filter(|one| one.kind != "global") {
        problems.push(format!("the shortcut `{}` is a {} one: it would bring people's words", one.name, one.kind));
    }
}

fn scopes(manifest: &Manifest, used: &Used, problems: &mut Vec<String>) {
    let asked = &manifest.oauth_config.scopes;
    let all: Vec<&str> = asked.bot.iter().chain(&asked.bot_optional).map(String::as_str).collect();
    let mut seen = BTreeSet::new();
    for scope in &all {
        if !seen.insert(*scope) {
            problems.push(format!("`{scope}` is asked for twice"));
        }
        if !SCOPES.contains(scope) {
            problems.push(format!("`{scope}` is not a scope of Slack's"));
        }
        if reads_people(scope) {
            problems.push(format!("`{scope}` lets it read what people write, or speak as somebody else"));
        }
    }
    let needed = needed(manifest, used, problems);
    for (scope, by) in &needed {
        if !seen.contains(scope.as_str()) {
            problems.push(format!("{by} the scope `{scope}`, which is not asked for"));
        }
    }
    for scope in seen.iter().filter(|scope| !needed.iter().any(|(needed, _)| needed == *scope)) {
        problems.push(format!("nothing needs the scope `{scope}`"));
    }
}

/// Each scope that is needed, and what needs it.
fn needed(manifest: &Manifest, used: &Used, problems: &mut Vec<String>) -> Vec<(String, String)> {
    let mut needed = Vec::new();
    for method in &used.methods {
        match METHODS.iter().find(|(name, _)| name == method) {
            Some((_, scopes)) => {
                needed.extend(scopes.iter().map(|scope| (scope.to_string(), format!("`{method}` needs"))))
            }
            None => problems.push(format!("`{method}` is called; say in tests/it/manifest/known.rs what it needs")),
        }
    }
    for event in &manifest.settings.event_subscriptions.bot_events {
        let scope = EVENT_SCOPES.iter().find(|(name, _)| name == event);
        needed.extend(scope.map(|(_, scope)| (scope.to_string(), format!("`{event}` needs"))));
    }
    if !manifest.features.slash_commands.is_empty() {
        needed.push(("commands".to_owned(), "a slash command needs".to_owned()));
    }
    if used.emails {
        needed.push(("users:read.email".to_owned(), "e-mail addresses need".to_owned()));
    }
    needed
}

fn events(manifest: &Manifest, used: &Used, problems: &mut Vec<String>) {
    let subscribed = &manifest.settings.event_subscriptions.bot_events;
    for event in subscribed {
        if !EVENTS.contains(&event.as_str()) {
            problems.push(format!("`{event}` is not an event of Slack's"));
        }
        if brings_words(event) {
            problems.push(format!("`{event}` lets it read what people write"));
        }
        if !used.events.contains(event) {
            problems.push(format!("`{event}` is subscribed and not handled in src/slack/parse.rs"));
        }
    }
    for event in used.events.iter().filter(|event| !subscribed.contains(event)) {
        problems.push(format!("`{event}` is handled and not subscribed"));
    }
}

fn metadata(manifest: &Manifest, used: &Used, problems: &mut Vec<String>) {
    let subscriptions = &manifest.settings.event_subscriptions.metadata_subscriptions;
    if subscriptions.iter().any(|subscription| subscription.app_id == "*" && subscription.event_type == "*") {
        problems.push("`*` stands in both fields of a metadata subscription; Slack allows it in one".to_owned());
    }
    if !subscriptions.iter().any(|subscription| subscription.event_type == used.metadata) {
        problems.push(format!("`{}` is posted and not subscribed", used.metadata));
    }
}

fn switches(manifest: &Manifest, used: &Used, problems: &mut Vec<String>) {
    let home = &manifest.features.app_home;
    let mut need = |holds: bool, sentence: &str| {
        if !holds {
            problems.push(sentence.to_owned());
        }
    };
    need(manifest.metadata.major_version == 2, "the major_version is 2");
    need(home.home_tab_enabled, "the Home tab is off, and people's answers are shown there");
    need(
        home.messages_tab_enabled && home.messages_tab_read_only_enabled,
        "the Messages tab is there and read-only: without it nothing can be posted, and nobody may write to what does not read",
    );
    need(manifest.features.bot_user.always_online, "the bot is there at all hours: always_online");
    need(
        !used.interactivity || manifest.settings.interactivity.is_enabled,
        "interactivity is off, and taps are how people answer",
    );
    need(!manifest.settings.token_rotation_enabled, "token rotation is on, and the code does not refresh tokens");
    need(!manifest.settings.org_deploy_enabled, "org_deploy_enabled is on, and the code serves one workspace");
    need(
        used.commands != manifest.features.slash_commands.is_empty(),
        "slash commands are read if and only if there are some",
    );
    for command in &manifest.features.slash_commands {
        need(command.command.starts_with('/'), "a slash command begins with `/`");
        need(command.should_escape, "should_escape is on, so that people come as ids");
    }
}

fn addresses(manifest: &Manifest, problems: &mut Vec<String>) {
    let settings = &manifest.settings;
    let commands = manifest.features.slash_commands.iter().map(|command| ("a slash command", &command.url));
    let rest = [
        ("event_subscriptions", &settings.event_subscriptions.request_url),
        ("interactivity", &settings.interactivity.request_url),
    ];
    for (what, url) in commands.chain(rest) {
        match url {
            None if !settings.socket_mode_enabled => {
                problems.push(format!("Socket Mode is off, and {what} has no address"));
            }
            Some(url) if !url.starts_with("https://") => {
                problems.push(format!("the address of {what} is not https: {url}"));
            }
            _ => {}
        }
    }
}
