//! `rapport pairs end`: a pair comes to its end, as from the pair's page.

use std::sync::Arc;

use anyhow::bail;
use serde_json::json;

use crate::cli::{Out, Verdict, key, print_json, visit};
use crate::clock::Clock;
use crate::config::Settings;
use crate::core::ending::EndReason;

pub const EXAMPLES: &str = "\
Examples:
  rapport pairs end \"Ana & Ravi\" --reason goals_reached
  rapport pairs end 6f1c2d… --reason changed_job --json

PAIR is the two names, mentee first, or the id that `rapport pairs list --json` shows. No more pulses come, one that is
open closes without a miss, and `rapport serve` writes the same kind words to both in their working hours: neither who
ended it nor the reason is in them. Each gets a few last questions, alone. It cannot be undone; an import does not
start the pair again.";

#[derive(clap::Args)]
pub struct Args {
    /// The pair
    #[arg(value_name = "PAIR")]
    pair: String,
    /// Why: no_time, changed_job, goals_reached, did_not_fit, never_started or rather_not_say
    #[arg(long, value_name = "REASON", value_parser = reason)]
    reason: EndReason,
    /// The programme's name or short name; may be left out if there is one only
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// For scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

fn reason(word: &str) -> Result<EndReason, String> {
    let words = || EndReason::CHOICES.map(EndReason::as_str).join(", ");
    let known = word.parse().ok().filter(|reason| EndReason::CHOICES.contains(reason));
    known.ok_or_else(|| format!("there are {}", words()))
}

pub async fn run(args: Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let vault = Arc::new(key::vault(&args.settings)?);
    let store = visit::store(&args.settings).await?;
    let workspace = visit::workspace(&args.settings, &store).await?;
    let programs = store.programs(workspace).await?;
    let program = visit::choose(&programs, args.program.as_deref())?;
    let pairs = store.pair_list(program.id.clone()).await?;
    let pair = visit::named(&pairs, &args.pair)?;
    let called = visit::called(pair);
    if let Some(at) = pair.pair.ended {
        bail!("{called} ended on {} already; nothing was changed.", at.date_naive());
    }
    let ended = store.end_pair(&pair.pair.id, args.reason, &vault, Clock::System.now()).await?;
    store.close().await;
    if !ended {
        bail!("{called} ended a moment ago; nothing was changed.");
    }
    if args.json {
        print_json(out, &json!({"id": pair.pair.id, "ended": true, "reason": args.reason}))?;
    } else {
        writeln!(out, "{called} in {} has ended. `rapport serve` tells both in their working hours.", program.name)?;
    }
    Ok(Verdict::Good)
}
