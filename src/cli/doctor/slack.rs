//! What only Slack can tell: the token, its scopes, the clock, Socket Mode, group DMs.

use serde_json::{Value, json};

use super::super::failure;
use super::Findings;
use crate::app::identity::Identity;
use crate::clock::Clock;
use crate::config::{Door, Settings};
use crate::core::program::Program;
use crate::slack::client::Client;
use crate::slack::probe::{Probe, probe};
use crate::slack::scope::SCOPES;
use crate::store::Store;

/// Seconds between Slack's clock and ours that are worth a look, and that are too many: Slack's signatures are taken
/// for five minutes, and people are asked by our clock.
const ODD_SECONDS: i64 = 10;
const BAD_SECONDS: i64 = 120;

/// The check of what answers at SLACK_API_URL.
const ADDRESS: &str = "Slack address";

/// A workspace that answers.
pub struct Us {
    pub client: Client,
    pub identity: Identity,
    /// Whether there is an app-level token that opens sockets.
    pub sockets: bool,
}

pub async fn check(settings: &Settings, findings: &mut Findings) -> Option<Us> {
    let access = match settings.slack() {
        Ok(access) => access,
        Err(error) => {
            let check = if error.name == "SLACK_API_URL" { ADDRESS } else { "token" };
            findings.bad(check, error.to_string());
            return None;
        }
    };
    let client = match Client::new(&access.api_url, access.bot_token.clone(), access.app_token.clone()) {
        Ok(client) => client,
        Err(error) => {
            findings.bad(ADDRESS, error.to_string());
            return None;
        }
    };
    let before = Clock::System.now();
    // Through the client too: what it says of a refused token is the sentence that `serve` would meet.
    let identity = match Identity::ask(&client).await {
        Ok(identity) => identity,
        Err(error) => {
            let check = if failure::is_of_the_address(&error) { ADDRESS } else { "token" };
            findings.bad(check, failure::sentence(&error));
            return None;
        }
    };
    findings.good("token", format!("Works in {} ({}).", identity.team, identity.workspace));
    if let Ok(probe) = probe(&access.api_url, &access.bot_token).await {
        scopes(&probe, findings);
        clock(&probe, before, findings);
    }
    let sockets = sockets(settings, &client, access.app_token.is_some(), findings).await;
    Some(Us { client, identity, sockets })
}

fn scopes(probe: &Probe, findings: &mut Findings) {
    let Some(has) = &probe.scopes else {
        findings.look("scopes", "Slack did not tell which scopes the token has.");
        return;
    };
    let missing = |required: bool| {
        let names =
            SCOPES.iter().filter(|scope| scope.required == required && !has.iter().any(|one| one == scope.name));
        names.map(|scope| format!("{} is missing; without it {}.", scope.name, scope.without)).collect::<Vec<_>>()
    };
    let (needed, useful) = (missing(true), missing(false));
    let known = |name: &&String| !name.is_empty() && !SCOPES.iter().any(|scope| scope.name == name.as_str());
    let more: Vec<&str> = has.iter().filter(known).map(String::as_str).collect();
    let remedy = "Add it at api.slack.com/apps under OAuth & Permissions, and install the app again.";
    if !needed.is_empty() {
        findings.bad("scopes", format!("{}\n{remedy}", needed.join("\n")));
    }
    if !useful.is_empty() {
        findings.look("scopes", format!("{}\n{remedy}", useful.join("\n")));
    }
    if !more.is_empty() {
        let sentence = format!("The token may do more than rapport uses: {}. Better take that away.", more.join(", "));
        findings.look("scopes", sentence);
    }
    if needed.is_empty() && useful.is_empty() && more.is_empty() {
        findings.good("scopes", format!("All {} of the manifest, and no others.", SCOPES.len()));
    }
}

fn clock(probe: &Probe, before: chrono::DateTime<chrono::Utc>, findings: &mut Findings) {
    let after = Clock::System.now();
    let Some(slack) = probe.date else {
        findings.look("clock", "Slack's reply had no time to compare with.");
        return;
    };
    // Slack's time is cut to the second, and was taken somewhere between our two looks.
    let ahead = (before - slack).num_seconds() - 1;
    let behind = (slack - after).num_seconds();
    let (off, way) = if ahead > 0 { (ahead, "fast") } else { (behind, "slow") };
    let sentence = format!("This machine's clock is {off} s {way}. Let it follow a time server (NTP).");
    match off {
        BAD_SECONDS.. => findings.bad("clock", sentence),
        ODD_SECONDS.. => findings.look("clock", sentence),
        _ => findings.good("clock", "This machine and Slack agree on the time."),
    }
}

async fn sockets(settings: &Settings, client: &Client, has_token: bool, findings: &mut Findings) -> bool {
    if !has_token {
        return false;
    }
    let used = matches!(settings.door(), Ok(Door::SocketMode { .. }));
    match client.open_socket().await {
        Ok(_) => {
            findings.good("Socket Mode", "Slack opens connections for us.");
            true
        }
        Err(error) => {
            let remedy = "Switch Socket Mode on, and give the app-level token the scope connections:write.";
            let sentence = format!("{} {remedy}", failure::sentence(&error));
            if used {
                findings.bad("Socket Mode", sentence)
            } else {
                findings.look("Socket Mode", sentence)
            }
            false
        }
    }
}

/// Whether a pair's group DM could be opened. It only looks: nothing is opened, and nobody notices.
///
/// With the two that were named, or a pair, or two coordinators; with nobody it says how it can be tried.
pub async fn group_dm(us: &Us, store: &Store, programs: &[Program], named: &[String], findings: &mut Findings) {
    let (who, users) = match named {
        [one, other] => ("these two".to_owned(), [one.clone(), other.clone()]),
        _ => match two_people(store, programs).await {
            Some(two) => two,
            None => {
                return findings.look(
                    "group DM",
                    "Not tried, as there is no pair yet. To look now, name yourself and somebody else: rapport doctor \
                     --try-group-dm U024BE7LH,U024BE7LJ opens nothing.",
                );
            }
        },
    };
    let args = json!({"users": users.join(","), "prevent_creation": true});
    match us.client.call("conversations.open", args).await {
        Ok(reply) => {
            let there = reply.pointer("/channel/id").and_then(Value::as_str).is_some_and(|id| !id.is_empty());
            let state = if there { "is open" } else { "can be opened" };
            findings.good("group DM", format!("A group DM with {who} {state}."));
        }
        // Slack found nothing, but it looked: that was the question.
        Err(error) if error.code == "channel_not_found" => {
            findings.good("group DM", format!("A group DM with {who} can be opened."));
        }
        Err(error) => findings.bad("group DM", format!("With {who}: {}", failure::sentence(&error))),
    }
}

/// Two people to look with: a pair, or else two coordinators.
async fn two_people(store: &Store, programs: &[Program]) -> Option<(String, [String; 2])> {
    for program in programs {
        let pairs = store.pairs(program.id.clone()).await.unwrap_or_default();
        if let Some(pair) = pairs.iter().find(|pair| pair.ended.is_none()) {
            let two = [pair.mentee.user().to_owned(), pair.mentor.user().to_owned()];
            return Some((format!("a pair of {}", program.name), two));
        }
    }
    programs.iter().find_map(|program| match &program.coordinators[..] {
        [one, other, ..] => {
            let two = [one.user().to_owned(), other.user().to_owned()];
            Some((format!("two coordinators of {} (there is no pair yet)", program.name), two))
        }
        _ => None,
    })
}
