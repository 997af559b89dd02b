//! Settings: flags and environment in one place, checked where they are read, with a sentence for what is wrong.
//!
//! Nothing else reads the environment. A command asks only for what it needs, so that `rapport cadence` does not care
//! whether a token is right.
#![allow(clippy::disallowed_methods, reason = "this file is the door that clippy.toml points to")]

mod file;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use secrecy::{ExposeSecret, SecretString};
use tracing_subscriber::filter::{LevelFilter, Targets};
use url::{Host, Url};

pub use file::read_env_files;

/// Settings as they were given. An empty text counts as not given, as in a copied `.env.example`.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings (flags, or the environment, or a file named in it)")]
pub struct Settings {
    /// Slack's bot token (xoxb-…). Better in the environment: others on this machine can read a command line
    #[arg(long, hide_short_help = true, env = "SLACK_BOT_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub slack_bot_token: Option<Given>,
    /// Slack's app-level token for Socket Mode (xapp-…)
    #[arg(long, hide_short_help = true, env = "SLACK_APP_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub slack_app_token: Option<Given>,
    /// Slack's signing secret: with a port, Slack comes by HTTP instead of Socket Mode
    #[arg(long, hide_short_help = true, env = "SLACK_SIGNING_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub slack_signing_secret: Option<Given>,
    /// Where the Web API is; plain http only on this machine [default: https://slack.com/api]
    #[arg(long, hide_short_help = true, env = "SLACK_API_URL", value_name = "URL")]
    pub slack_api_url: Option<String>,
    /// The database: sqlite:FILE or postgres://… [default: sqlite:rapport.db]
    #[arg(long, hide_short_help = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<Given>,
    /// The port for Slack's requests (with a signing secret), /healthz, /readyz and /metrics
    #[arg(long, hide_short_help = true, env = "PORT", value_name = "PORT")]
    pub port: Option<String>,
    /// The file with the key for people's words [default: rapport.key]
    #[arg(long, hide_short_help = true, env = "RAPPORT_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<String>,
    /// The key itself, in place of the file (32 bytes in base64)
    #[arg(long, hide_short_help = true, env = "RAPPORT_KEY", hide_env_values = true, value_name = "KEY")]
    pub key: Option<Given>,
    /// What is logged: error, warn, info, debug, or a filter such as rapport=debug,warn [default: info]
    #[arg(long, hide_short_help = true, env = "RAPPORT_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// How it is logged [default: text]
    #[arg(long, hide_short_help = true, env = "RAPPORT_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// The most posts a minute in a workspace, 1 to 60000 [default: 200]. Slack itself takes several hundred; more is
    /// for a Slack that takes more, such as a simulated one
    #[arg(long, hide_short_help = true, env = "RAPPORT_POSTS_PER_MINUTE", value_name = "COUNT")]
    pub posts_per_minute: Option<String>,
    /// For how many seconds a message is one process's own; all that waits is measured by it [default: 60]
    // For stories that cannot wait a minute.
    #[arg(long, global = true, env = "RAPPORT_PATIENCE_SECONDS", value_name = "COUNT", hide = true)]
    pub patience_seconds: Option<String>,
    /// A file of further settings, one NAME=value a line; `.env` here is read as well
    // Read before the command line is parsed; it stands here to be listed.
    #[arg(long = "env-file", hide_short_help = true, env = "RAPPORT_ENV_FILE", value_name = "FILE")]
    pub env_file: Option<PathBuf>,
}

/// A setting that is not shown anywhere.
#[derive(Clone, Debug)]
pub struct Given(SecretString);

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self(text.trim().into())
    }
}

/// What is wrong with a setting: its name, and a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {sentence}")]
pub struct ConfigError {
    pub name: &'static str,
    pub sentence: String,
}

/// The way to Slack.
#[derive(Clone, Debug)]
pub struct SlackAccess {
    pub api_url: String,
    pub bot_token: SecretString,
    pub app_token: Option<SecretString>,
}

/// How Slack comes to us.
#[derive(Clone, Debug)]
pub enum Door {
    /// Over connections that we open. The port, if there is one, is for health and metrics.
    SocketMode { port: Option<u16> },
    /// By signed requests to a port of ours.
    Http { signing_secret: SecretString, port: u16 },
}

/// Where the key for people's words is.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// Given as it is.
    Text(SecretString),
    File(PathBuf),
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One object a line.
    Json,
}

const API_URL: &str = "https://slack.com/api";
const DATABASE: &str = "sqlite:rapport.db";
const KEY_FILE: &str = "rapport.key";
/// What our own log lines begin their target with.
const OURS: &str = "rapport";

impl Settings {
    /// The way to Slack.
    ///
    /// # Errors
    /// The bot token is missing, a token is not what its name says, or the address cannot be used.
    pub fn slack(&self) -> Result<SlackAccess, ConfigError> {
        let (bot, app) = (given(&self.slack_bot_token), given(&self.slack_app_token));
        if is(bot, "xapp-") && is(app, "xoxb-") {
            return Err(refuse(
                "SLACK_BOT_TOKEN",
                "The two tokens are swapped: xoxb-… is the bot's, xapp-… the app's.",
            ));
        }
        let bot_token = bot.ok_or_else(|| {
            refuse(
                "SLACK_BOT_TOKEN",
                "The bot's token is missing. It begins with xoxb- and stands at api.slack.com/apps under OAuth & \
                 Permissions, once the app is installed.",
            )
        })?;
        if !is(bot, "xoxb-") {
            return Err(refuse("SLACK_BOT_TOKEN", &format!("A bot's token begins with xoxb-; {}.", looks(bot_token))));
        }
        if app.is_some() && !is(app, "xapp-") {
            let looks = app.map(looks).unwrap_or_default();
            return Err(refuse("SLACK_APP_TOKEN", &format!("An app-level token begins with xapp-; {looks}.")));
        }
        Ok(SlackAccess {
            api_url: api_url(text(&self.slack_api_url).unwrap_or(API_URL))?,
            bot_token: bot_token.clone(),
            app_token: app.cloned(),
        })
    }

    /// How Slack comes to us: by HTTP where there is a signing secret and a port, else by Socket Mode.
    ///
    /// # Errors
    /// One of the two is missing, or there is neither door.
    pub fn door(&self) -> Result<Door, ConfigError> {
        let port = self.port()?;
        match (given(&self.slack_signing_secret), port, given(&self.slack_app_token)) {
            (Some(secret), Some(port), _) => Ok(Door::Http { signing_secret: secret.clone(), port }),
            (Some(_), None, _) => Err(refuse(
                "PORT",
                "There is a signing secret but no port to take Slack's requests at. Set PORT as well, or leave \
                 SLACK_SIGNING_SECRET out to use Socket Mode.",
            )),
            (None, port, Some(_)) => Ok(Door::SocketMode { port }),
            (None, Some(_), None) => Err(refuse(
                "SLACK_SIGNING_SECRET",
                "There is a port but no signing secret to check Slack's requests with. It stands at \
                 api.slack.com/apps under Basic Information. For Socket Mode set SLACK_APP_TOKEN instead.",
            )),
            (None, None, None) => Err(refuse(
                "SLACK_APP_TOKEN",
                "Slack has no way to reach rapport. Set SLACK_APP_TOKEN (xapp-…) for Socket Mode, or \
                 SLACK_SIGNING_SECRET and PORT for HTTP.",
            )),
        }
    }

    fn port(&self) -> Result<Option<u16>, ConfigError> {
        let number = |port: &str| port.parse().ok().filter(|port| *port != 0);
        let wrong = |port| refuse("PORT", &format!("`{port}` is not a port: a number from 1 to 65535 is wanted."));
        text(&self.port).map(|port| number(port).ok_or_else(|| wrong(port))).transpose()
    }

    /// The database. Its address may hold a password.
    ///
    /// # Errors
    /// It is neither SQLite nor PostgreSQL.
    pub fn database(&self) -> Result<SecretString, ConfigError> {
        let Some(url) = given(&self.database_url) else { return Ok(DATABASE.into()) };
        if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| is(Some(url), scheme)) {
            return Ok(url.clone());
        }
        let example = "sqlite:rapport.db or postgres://user:password@host/rapport";
        Err(refuse("DATABASE_URL", &format!("It begins with sqlite: or postgres:, for example {example}.")))
    }

    /// Where the key for people's words is.
    pub fn key(&self) -> KeySource {
        match given(&self.key) {
            Some(key) => KeySource::Text(key.clone()),
            None => KeySource::File(text(&self.key_file).unwrap_or(KEY_FILE).into()),
        }
    }

    /// The most posts a minute in a workspace.
    ///
    /// # Errors
    /// It is not a number from 1 to 60,000.
    pub fn posts_per_minute(&self) -> Result<u32, ConfigError> {
        let Some(count) = text(&self.posts_per_minute) else { return Ok(200) };
        count.parse().ok().filter(|count| (1..=60_000).contains(count)).ok_or_else(|| {
            let why = format!("`{count}` is not a number from 1 to 60000; Slack takes several hundred posts a minute.");
            refuse("RAPPORT_POSTS_PER_MINUTE", &why)
        })
    }

    /// For how long a message is one process's own.
    ///
    /// # Errors
    /// It is not a number of seconds from 6 to 600.
    pub fn patience(&self) -> Result<Duration, ConfigError> {
        let Some(seconds) = text(&self.patience_seconds) else { return Ok(Duration::from_secs(60)) };
        let seconds = seconds.parse().ok().filter(|seconds| (6..=600).contains(seconds));
        let why = "A number of seconds from 6 to 600 is wanted.";
        seconds.map(Duration::from_secs).ok_or_else(|| refuse("RAPPORT_PATIENCE_SECONDS", why))
    }

    /// What is logged, and how.
    ///
    /// # Errors
    /// The filter or the format is not one.
    pub fn log(&self) -> Result<(Targets, LogFormat), ConfigError> {
        let filter = text(&self.log).unwrap_or("info");
        let filter: Targets = filter.parse().map_err(|_| {
            let why = format!("`{filter}` is no filter; write a level such as info, or rapport=debug,warn.");
            refuse("RAPPORT_LOG", &why)
        })?;
        let format = match text(&self.log_format) {
            None => LogFormat::default(),
            Some(format) => LogFormat::from_str(format, true)
                .map_err(|_| refuse("RAPPORT_LOG_FORMAT", &format!("`{format}` is not text or json.")))?,
        };
        Ok((ids_only(&filter), format))
    }
}

/// The filter, where only we say more than `info`. The crates below us print whole frames, requests and tickets at their
/// louder levels, and log lines carry ids only.
fn ids_only(filter: &Targets) -> Targets {
    let is_ours = |target: &str| target.split("::").next() == Some(OURS);
    let own = filter.default_level().unwrap_or(LevelFilter::OFF);
    let kept = filter.iter().map(|(target, level)| {
        let level = if is_ours(target) { level } else { level.min(LevelFilter::INFO) };
        (target.to_owned(), level)
    });
    Targets::new()
        .with_default(own.min(LevelFilter::INFO))
        .with_target(OURS, own)
        .with_targets(kept)
        // What a server remarks about a statement may quote a row.
        .with_target("sqlx::postgres::notice", LevelFilter::WARN)
}

fn refuse(name: &'static str, sentence: &str) -> ConfigError {
    ConfigError { name, sentence: sentence.to_owned() }
}

fn text(given: &Option<String>) -> Option<&str> {
    given.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn given(given: &Option<Given>) -> Option<&SecretString> {
    given.as_ref().map(|secret| &secret.0).filter(|secret| !secret.expose_secret().is_empty())
}

fn is(token: Option<&SecretString>, prefix: &str) -> bool {
    token.is_some_and(|token| token.expose_secret().starts_with(prefix))
}

/// What a token looks like, without showing it.
fn looks(token: &SecretString) -> String {
    let known = [
        ("xapp-", "this is an app-level token, which belongs into SLACK_APP_TOKEN"),
        ("xoxb-", "this is a bot's token, which belongs into SLACK_BOT_TOKEN"),
        ("xoxp-", "this is a person's token; rapport acts for nobody"),
        ("xoxe", "this is a configuration or rotating token; switch token rotation off and use the lasting one"),
    ];
    let known = known.iter().find(|(prefix, _)| token.expose_secret().starts_with(prefix));
    known.map_or("this begins with something else", |(_, looks)| looks).to_owned()
}

/// Plain http would carry the token in the open, so it is for a Slack on this machine only.
fn api_url(text: &str) -> Result<String, ConfigError> {
    let refuse = |why: &str| Err(refuse("SLACK_API_URL", why));
    let Ok(url) = Url::parse(text) else {
        return refuse("This is not an address. The usual one is https://slack.com/api.");
    };
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    match url.scheme() {
        "https" => Ok(text.to_owned()),
        "http" if loopback => Ok(text.to_owned()),
        "http" => refuse("Plain http would send the token in the open; it is allowed to 127.0.0.1 only. Use https."),
        _ => refuse("An address that begins with https:// is wanted. The usual one is https://slack.com/api."),
    }
}
