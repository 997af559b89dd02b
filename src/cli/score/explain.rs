//! `rapport score explain`: why a pair's Health is what it is, as it would be counted now. Nothing is stored.

use anyhow::anyhow;

use crate::cli::{Out, Verdict, print_json, visit};
use crate::clock::Clock;
use crate::config::Settings;
use crate::core::scoring::explain::{Evidence, Explained, Explanation};
use crate::core::scoring::health::Part;
use crate::store::listed::Listed;

pub const EXAMPLES: &str = "\
Examples:
  rapport score explain \"Ana & Ravi\"
  rapport score explain 6f1c2d… --week 9 --json

PAIR is the two names, mentee first, or the id that `rapport pairs list --json` shows. Counts and dates are printed, never
an answer, and nobody's side.";

#[derive(clap::Args)]
pub struct Args {
    /// The pair
    #[arg(value_name = "PAIR")]
    pair: String,
    /// The programme's name or short name; may be left out if there is one only
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// As it was counted for this week of the programme, from 1
    #[arg(long, value_name = "N")]
    week: Option<u32>,
    /// For scripts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(args: Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let store = visit::store(&args.settings).await?;
    let workspace = visit::workspace(&args.settings, &store).await?;
    let programs = store.programs(workspace).await?;
    let program = visit::choose(&programs, args.program.as_deref())?;
    let pairs = store.pair_list(program.id.clone()).await?;
    let pair = named(&pairs, &args.pair)?;
    let cutoff = visit::cutoff(&store, program, args.week, Clock::System.now()).await?;
    let explained = store.explain(&program.id, &pair.pair.id, cutoff).await?;
    store.close().await;
    let explained = explained.ok_or_else(|| anyhow!("{} had not begun then, or ended long before.", called(pair)))?;
    if args.json {
        print_json(out, &explained)?;
    } else {
        writeln!(
            out,
            "{} in {}, counted on {}",
            called(pair),
            program.name,
            explained.cutoff.format("%a %-d %b %Y, %H:%M UTC")
        )?;
        for line in lines(&explained) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(Verdict::Good)
}

fn called(pair: &Listed) -> String {
    format!("{} & {}", pair.mentee_name, pair.mentor_name)
}

fn named<'a>(pairs: &'a [Listed], word: &str) -> anyhow::Result<&'a Listed> {
    let is = |pair: &&Listed| pair.pair.id.as_str() == word || called(pair).to_lowercase() == word.to_lowercase();
    let mut found = pairs.iter().filter(is);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => {
            Err(anyhow!("There are several pairs called `{word}`; give the id from `rapport pairs list --json`."))
        }
        (None, _) => Err(anyhow!("There is no pair `{word}`; `rapport pairs list` shows those that there are.")),
    }
}

fn lines(explained: &Explanation) -> Vec<String> {
    let version = explained.rules.number();
    let Some(state) = explained.state else {
        return vec![
            "It does not run: it has not begun, has ended, or one of the two pressed `Not for me`.".to_owned(),
        ];
    };
    let state = state.as_str().replace('_', " ");
    if explained.paused {
        return vec![format!("Paused: nothing is counted. Before that: {state}. Rules version {version}.")];
    }
    let mut lines = Vec::new();
    let health = explained.health.unwrap_or_default();
    if explained.ready {
        let (from, to) = explained.rules.rules().band(health);
        lines.push(format!("Health {health} ({from}-{to}), {state}. Rules version {version}."));
    } else {
        lines.push(format!("Too early to tell ({state}). Rules version {version}."));
    }
    lines.push(format!(
        "Shown after more than {} whole active weeks and {} counted answers: there are {} and {}.",
        explained.needs_weeks,
        explained.needs_answers,
        explained.active_days / 7,
        explained.counted_answers
    ));
    lines.push(String::new());
    lines.push(format!("{:<14}  {:>4}  what every pair begins with", "Start", explained.start));
    lines.extend(explained.parts.iter().map(part));
    lines.push(format!("{:<14}  {health:>4}", "Health"));
    if let Some(without) = explained.without_worst_day {
        lines.push(format!("{:<14}  {without:>4}  without the one day of one person that lowers it most", ""));
    }
    lines
}

fn part(explained: &Explained) -> String {
    let Explained { part, points, evidence } = explained;
    format!("{:<14}  {points:>+4}  {}: {}", part.title(), formula(*part), seen(evidence))
}

/// The formula by its name in docs/SCORING.md.
fn formula(part: Part) -> &'static str {
    match part {
        Part::Growth | Part::Communication | Part::Guidance | Part::Feedback | Part::Organisation => {
            "answers against own usual"
        }
        Part::Meetings => "weeks over the rhythm",
        Part::Answering => "missed beyond the usual",
        Part::Goals => "weeks without a goal",
        Part::Limit => "kept within 0 to 100",
    }
}

fn seen(evidence: &Evidence) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "never".to_owned(), |day| day.to_string());
    match *evidence {
        Evidence::Answers { count, weeks, newest } => match newest {
            None => "no counted answers".to_owned(),
            Some(_) => format!("{count} counted answers in {weeks} active weeks, the newest of {}", day(newest)),
        },
        Evidence::Meetings { last, active_days, rhythm } => {
            format!("last known meeting {}, {active_days} active days ago; every {rhythm} days is agreed", day(last))
        }
        Evidence::Answering { missed, asked_before, missed_before } => {
            format!("{missed} of the last four of each side, and {missed_before} of {asked_before} before")
        }
        Evidence::Goals { last, active_days } => {
            format!("a goal was set, moved or reached on {last}, {active_days} active days ago")
        }
        Evidence::Unknown => "nothing is known of goals".to_owned(),
        Evidence::Limit => "no evidence of its own".to_owned(),
    }
}
