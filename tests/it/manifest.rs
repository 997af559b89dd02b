//! Holds `manifest.yml` against Slack's rules and against the code. Slack's own schema notices neither a scope that
//! does not exist nor one that nothing needs.

mod check;
mod code;
mod known;
mod read;

use std::collections::BTreeSet;

use check::problems;
use code::Used;
use rapport::clock::Clock;
use rapport::sim::SimOptions;
use rapport::slack::scope::SCOPES;
use read::Manifest;

const TEXT: &str = include_str!("../../manifest.yml");

#[test]
fn the_manifest_asks_for_what_the_code_uses_and_for_nothing_else() {
    let manifest = Manifest::read(TEXT).expect("manifest.yml is read as Slack reads it");
    let problems = problems(&manifest, &Used::by_the_code());
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn each_scope_has_its_reason_beside_it() {
    let mut lines = TEXT.lines().map(str::trim).skip_while(|line| *line != "bot:").peekable();
    let mut before = "";
    let mut seen = 0;
    while let Some(line) = lines.next_if(|line| *line != "settings:") {
        if line.starts_with("- ") {
            seen += 1;
            assert!(before.starts_with("# "), "manifest.yml: no reason stands above `{line}`");
        }
        before = line;
    }
    let manifest = Manifest::read(TEXT).expect("manifest.yml is read as Slack reads it");
    let scopes = &manifest.oauth_config.scopes;
    assert_eq!(seen, scopes.bot.len() + scopes.bot_optional.len());
}

#[test]
fn doctor_and_the_simulated_slack_grant_what_the_manifest_asks() {
    let manifest = Manifest::read(TEXT).expect("manifest.yml is read as Slack reads it");
    let asked = &manifest.oauth_config.scopes;
    let named = |required: bool| {
        let scopes = SCOPES.iter().filter(move |scope| scope.required == required);
        scopes.map(|scope| scope.name.to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(named(true), asked.bot.iter().cloned().collect());
    assert_eq!(named(false), asked.bot_optional.iter().cloned().collect());
    let granted: BTreeSet<_> = SimOptions::new(Clock::System).scopes.into_iter().collect();
    assert_eq!(granted, named(true).union(&named(false)).cloned().collect());
}

/// What the code would use if it did what the manifest of today says.
fn used() -> Used {
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
    Used {
        methods: set(&[
            "chat.postMessage",
            "conversations.open",
            "users.info",
            "views.open",
            "apps.connections.open",
            "files.getUploadURLExternal",
        ]),
        events: set(&["app_home_opened", "app_uninstalled", "message_metadata_posted", "tokens_revoked"]),
        commands: true,
        shortcut: "log_session".to_owned(),
        interactivity: true,
        emails: true,
        metadata: "rapport_message".to_owned(),
    }
}

#[test]
fn what_would_go_wrong_in_slack_is_noticed() {
    let long = "x".repeat(36);
    for (was, becomes, expected) in [
        ("- chat:write\n", "- chat:wirte\n", "`chat:wirte` is not a scope"),
        ("- chat:write\n", "- chat:write\n      - im:history\n", "`im:history` lets it read"),
        ("- chat:write\n", "- chat:write\n      - search:read\n", "`search:read` lets it read"),
        ("- chat:write\n", "- chat:write\n      - team:read\n", "nothing needs the scope `team:read`"),
        ("      - mpim:write\n", "", "`conversations.open` needs the scope `mpim:write`"),
        ("      - commands\n", "", "needs the scope `commands`"),
        ("      - metadata.message:read\n", "", "`message_metadata_posted` needs the scope `metadata.message:read`"),
        ("      - users:read.email\n", "", "e-mail addresses need the scope `users:read.email`"),
        ("- users:read.email\n", "- users:read.email\n      - chat:write\n", "`chat:write` is asked for twice"),
        ("- tokens_revoked\n", "- token_revoked\n", "`token_revoked` is not an event"),
        ("- tokens_revoked\n", "- tokens_revoked\n      - team_join\n", "`team_join` is subscribed and not handled"),
        ("- tokens_revoked\n", "- tokens_revoked\n      - message.im\n", "`message.im` lets it read"),
        ("      - tokens_revoked\n", "", "`tokens_revoked` is handled and not subscribed"),
        ("event_type: rapport_message", "event_type: \"*\"", "`*` stands in both"),
        ("event_type: rapport_message", "event_type: other", "`rapport_message` is posted and not subscribed"),
        ("socket_mode_enabled: true", "socket_mode_enabled: false", "Socket Mode is off"),
        ("messages_tab_read_only_enabled: true", "messages_tab_read_only_enabled: false", "Messages tab"),
        ("home_tab_enabled: true", "home_tab_enabled: false", "Home tab"),
        ("callback_id: log_session", "callback_id: log", "the shortcuts are [\"log\"], the code knows `log_session`"),
        ("type: global", "type: message", "would bring people's words"),
        ("is_enabled: true", "is_enabled: false", "interactivity is off"),
        ("token_rotation_enabled: false", "token_rotation_enabled: true", "rotation"),
        ("\n  name: rapport\n", &format!("\n  name: {long}\n"), "the name has 36 characters, Slack allows 35"),
        ("command: /rapport", "command: rapport", "begins with `/`"),
        ("should_escape: true", "should_escape: false", "should_escape"),
    ] {
        assert!(TEXT.contains(was), "{was:?} is no longer in manifest.yml; adapt this test");
        let manifest = Manifest::read(&TEXT.replacen(was, becomes, 1)).expect("still a manifest");
        let problems = problems(&manifest, &used()).join("\n");
        assert!(problems.contains(expected), "{becomes:?} should say {expected:?} and says {problems:?}");
    }
}

#[test]
fn a_typing_error_in_a_key_is_refused_as_slack_refuses_it() {
    let wrong = TEXT.replacen("socket_mode_enabled", "socket_mode_enable", 1);
    assert!(Manifest::read(&wrong).is_err());
}

#[test]
fn http_needs_all_three_addresses() {
    let off = TEXT.replacen("socket_mode_enabled: true", "socket_mode_enabled: false", 1);
    let url = |after: &str, indent: &str, key: &str, text: &str| {
        text.replacen(after, &format!("{after}\n{indent}{key}: https://rapport.example.org/slack/events"), 1)
    };
    let command = url("command: /rapport", "      ", "url", &off);
    let events = url("event_subscriptions:", "    ", "request_url", &command);
    let all = url("interactivity:", "    ", "request_url", &events);
    for (text, missing) in [(&off, 3), (&command, 2), (&events, 1), (&all, 0)] {
        let manifest = Manifest::read(text).expect("still a manifest");
        let problems = problems(&manifest, &used());
        assert_eq!(problems.iter().filter(|problem| problem.contains("Socket Mode is off")).count(), missing);
        assert_eq!(problems.len(), missing, "{problems:?}");
    }
}
