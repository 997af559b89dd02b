//! `rapport demo`: the real bot in a simulated workspace.

use std::path::PathBuf;

use anyhow::bail;

use super::{Out, Verdict};

const EXAMPLES: &str = "\
Examples:
  rapport demo                              24 pairs, 12 weeks, and a page to look at them
  rapport demo --pairs pairs.csv --weeks 4  your own list
  rapport demo --headless                   to the end at once; prints the last digest
  rapport demo --record calls.jsonl         every call that the bot makes to Slack

The same --seed plays the same programme. Ctrl-C ends it.";

/// Play a whole programme in a few minutes, without a Slack account
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Your own list of pairs, as for `rapport pairs import`
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// How many weeks are played
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=104))]
    pub weeks: u16,
    /// Simulated minutes in a second
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub speed: u32,
    /// Who answers what and when
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Without a page, as fast as the machine can
    #[arg(long)]
    pub headless: bool,
    /// Writes every call that the bot made to Slack, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

pub async fn run(_: Args, _: Out<'_>) -> anyhow::Result<Verdict> {
    bail!("The demo is not part of this build yet.")
}
