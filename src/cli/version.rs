//! `rapport version`: what this binary is made of, for a report.

use chrono_tz::IANA_TZDB_VERSION;
use serde_json::json;

use super::{Out, Verdict, print_json};
use crate::core::question::Bank;

/// Show the version, and of which data
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  rapport version\n  rapport version --json")]
pub struct Args {
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let (version, bank) = (env!("CARGO_PKG_VERSION"), Bank::built_in().version);
    if args.json {
        let value = json!({"rapport": version, "time_zones": IANA_TZDB_VERSION, "question_bank": bank});
        print_json(out, &value)?;
    } else {
        writeln!(out, "rapport {version}\ntime zones {IANA_TZDB_VERSION}\nquestion bank {bank}")?;
    }
    Ok(Verdict::Good)
}
