//! What the commands beside `serve` have in hand: the open database, and Slack where it is needed.

use anyhow::{anyhow, bail};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::failure;
use crate::app::identity::Identity;
use crate::clock::Clock;
use crate::config::Settings;
use crate::core::id::WorkspaceId;
use crate::core::program::Program;
use crate::core::scoring::schedule;
use crate::slack::client::Client;
use crate::store::{Options, Store};

/// A client with the tokens of the settings.
///
/// # Errors
/// A token is missing or wrong, or the address is.
pub fn client(settings: &Settings) -> anyhow::Result<Client> {
    let slack = settings.slack()?;
    Ok(Client::new(&slack.api_url, slack.bot_token, slack.app_token)?)
}

/// Who we are in Slack.
///
/// # Errors
/// Slack cannot be reached or does not accept the token.
pub async fn identity(client: &Client) -> anyhow::Result<Identity> {
    Identity::ask(client).await.map_err(failure::error)
}

/// The database of the settings, beside whoever serves from it.
///
/// # Errors
/// It cannot be opened.
pub async fn store(settings: &Settings) -> anyhow::Result<Store> {
    let url = settings.database()?;
    Ok(Store::open(url.expose_secret(), Options::visiting(), Clock::System.now()).await?)
}

/// The workspace that is meant: the only one that the database knows, or else that of the token.
///
/// # Errors
/// There are several, or none, and Slack cannot be asked.
pub async fn workspace(settings: &Settings, store: &Store) -> anyhow::Result<WorkspaceId> {
    if let [only] = &store.workspaces().await?[..] {
        return Ok(only.id.clone());
    }
    Ok(identity(&client(settings)?).await?.workspace)
}

/// The programme with this name or short name; without one, the only programme there is.
///
/// # Errors
/// There is no such programme, or more than one to choose from.
pub fn choose<'a>(programs: &'a [Program], name: Option<&str>) -> anyhow::Result<&'a Program> {
    let slugs = || programs.iter().map(|program| program.id.slug()).collect::<Vec<_>>().join(", ");
    let Some(name) = name else {
        return match programs {
            [only] => Ok(only),
            [] => Err(no_program()),
            _ => bail!("There are several programmes; say which with --program: {}.", slugs()),
        };
    };
    let is = |program: &&Program| program.id.slug() == name || program.name.to_lowercase() == name.to_lowercase();
    match programs.iter().find(is) {
        Some(program) => Ok(program),
        None if programs.is_empty() => Err(no_program()),
        None => bail!("There is no programme `{name}`; there are {}.", slugs()),
    }
}

fn no_program() -> anyhow::Error {
    anyhow!("There is no programme yet. Begin one with `rapport program apply program.toml`.")
}

/// The cut-off of a week's digest; without a week, now.
///
/// # Errors
/// The programme has not begun; the week is not over yet, or is none of the programme's.
pub async fn cutoff(
    store: &Store,
    program: &Program,
    week: Option<u32>,
    now: DateTime<Utc>,
) -> anyhow::Result<DateTime<Utc>> {
    if now.with_timezone(&program.zone).date_naive() < program.starts {
        bail!("{} begins on {}; before that there is nothing to tell.", program.name, program.starts);
    }
    let Some(week) = week else { return Ok(now) };
    let coordinators = store.people(program.coordinators.clone()).await?;
    let cutoff = schedule::cutoff_of(program, &coordinators, week);
    match cutoff.filter(|cutoff| *cutoff <= now) {
        Some(cutoff) => Ok(cutoff),
        None => bail!("There is no digest of week {week} of {} yet.", program.name),
    }
}
