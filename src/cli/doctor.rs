//! `rapport doctor`: what is missing, check by check, each with what to do about it.

mod machine;
mod slack;
mod trial;

use anyhow::bail;
use serde::Serialize;
use serde_json::json;

use super::{Out, Verdict, print_json};
use crate::config::Settings;

const EXAMPLES: &str = "\
Examples:
  rapport doctor
  rapport doctor --json
  rapport doctor --no-write-key              looks only: no key file, no database is made
  rapport doctor --try-post-to U024BE7LH     posts a test into your own DM, to see how Slack treats
                                             repeats; best before `rapport serve` runs
  rapport doctor --try-group-dm U024BE7LH,U024BE7LJ
                                             looks whether a group DM with these two could be opened

Signs: ✓ good, ! works but look at it, ✗ does not work. Exit code 1 if there is a ✗.";

/// Check everything that `rapport serve` needs, and say what to do
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Post a test message twice into this person's DM (your own Slack id), and take one back
    #[arg(long, value_name = "SLACK_ID")]
    try_post_to: Option<String>,
    /// Look whether a group DM with these two could be opened; nothing is opened, and nobody notices
    #[arg(long, value_name = "SLACK_ID,SLACK_ID", value_delimiter = ',', value_parser = clap::builder::NonEmptyStringValueParser::new())]
    try_group_dm: Vec<String>,
    /// Write a key file if there is none; this is the default
    #[arg(long, overrides_with = "no_write_key")]
    write_key: bool,
    /// Write nothing
    #[arg(long, overrides_with = "write_key")]
    no_write_key: bool,
    /// For scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Good,
    /// It works, and somebody should look at it.
    Look,
    Bad,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    sentence: String,
}

/// The findings so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn good(&mut self, check: &'static str, sentence: impl Into<String>) {
        self.0.push(Finding { check, state: State::Good, sentence: sentence.into() });
    }

    fn look(&mut self, check: &'static str, sentence: impl Into<String>) {
        self.0.push(Finding { check, state: State::Look, sentence: sentence.into() });
    }

    fn bad(&mut self, check: &'static str, sentence: impl Into<String>) {
        self.0.push(Finding { check, state: State::Bad, sentence: sentence.into() });
    }

    fn count(&self, state: State) -> usize {
        self.0.iter().filter(|finding| finding.state == state).count()
    }
}

pub async fn run(args: Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    if !matches!(args.try_group_dm.len(), 0 | 2) {
        bail!("--try-group-dm takes two Slack ids with a comma between them: U024BE7LH,U024BE7LJ.");
    }
    let mut findings = Findings::default();
    machine::settings(&args.settings, &mut findings);
    machine::key(&args.settings, !args.no_write_key, &mut findings);
    machine::time_zones(&mut findings);
    let store = machine::database(&args.settings, !args.no_write_key, &mut findings).await;
    machine::disk(&args.settings, &mut findings);
    let us = slack::check(&args.settings, &mut findings).await;
    if let Some(store) = &store {
        let programs = machine::programs(store, us.as_ref(), &mut findings).await;
        if let Some(us) = &us {
            slack::group_dm(us, store, &programs.unwrap_or_default(), &args.try_group_dm, &mut findings).await;
        }
        store.close().await;
    }
    if let (Some(person), Some(us)) = (&args.try_post_to, us) {
        trial::post_twice(us, person, &mut findings).await;
    }

    let (bad, look) = (findings.count(State::Bad), findings.count(State::Look));
    if args.json {
        print_json(out, &json!({"good": bad == 0, "checks": findings.0}))?;
    } else {
        table(out, &findings, bad, look)?;
    }
    Ok(if bad == 0 { Verdict::Good } else { Verdict::Bad })
}

fn table(out: Out<'_>, findings: &Findings, bad: usize, look: usize) -> anyhow::Result<()> {
    let width = findings.0.iter().map(|finding| finding.check.len()).max().unwrap_or(0);
    for Finding { check, state, sentence } in &findings.0 {
        let sign = match state {
            State::Good => '✓',
            State::Look => '!',
            State::Bad => '✗',
        };
        // Further lines of a sentence stand under its first.
        let indent = format!("\n{:1$}", "", width + 4);
        writeln!(out, "{sign} {check:<width$}  {}", sentence.replace('\n', &indent))?;
    }
    let closing = match (bad, look) {
        (0, 0) => "All is well.".to_owned(),
        (0, 1) => "It will work; 1 line to look at.".to_owned(),
        (0, look) => format!("It will work; {look} lines to look at."),
        (1, _) => "1 thing to mend before `rapport serve` can work.".to_owned(),
        (bad, _) => format!("{bad} things to mend before `rapport serve` can work."),
    };
    writeln!(out, "{closing}")?;
    Ok(())
}
