//! `rapport digest preview`: the digest as it would be now. It is stored nowhere and sent to nobody.

use std::sync::Arc;

use anyhow::anyhow;

use super::{Out, Verdict, key, print_json, visit};
use crate::clock::Clock;
use crate::config::Settings;
use crate::slack::render::digest_text;

const PREVIEW: &str = "\
Examples:
  rapport digest preview
  rapport digest preview --program engineering-spring-cohort --json
  rapport digest preview --week 9

It shows what a coordinator who is in no pair would read, and withholds the same.";

/// Look at the digest
#[derive(clap::Subcommand)]
pub enum Command {
    /// Show the digest as it would be now; nothing is stored or sent
    #[command(after_help = PREVIEW)]
    Preview(Preview),
}

#[derive(clap::Args)]
pub struct Preview {
    /// Its name or short name; may be left out if there is one only
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// As it was counted for this week of the programme, from 1; the rows of then give the same numbers
    #[arg(long, value_name = "N")]
    week: Option<u32>,
    /// For scripts: numbers and ids, without names and comments
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(command: Command, out: Out<'_>) -> anyhow::Result<Verdict> {
    let Command::Preview(args) = command;
    let vault = Arc::new(key::vault(&args.settings)?);
    let store = visit::store(&args.settings).await?;
    let workspace = visit::workspace(&args.settings, &store).await?;
    let programs = store.programs(workspace).await?;
    let program = visit::choose(&programs, args.program.as_deref())?;
    let cutoff = visit::cutoff(&store, program, args.week, Clock::System.now()).await?;
    let page = store.preview(&program.id, &vault, cutoff).await?;
    store.close().await;
    let page = page.ok_or_else(|| anyhow!("{} has nothing to tell yet.", program.name))?;
    if args.json {
        print_json(out, &page.digest)?;
    } else {
        writeln!(out, "{}", digest_text(&page).trim_end())?;
    }
    Ok(Verdict::Good)
}
