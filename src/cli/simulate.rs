//! `rapport simulate`: how good the rules are, on invented pairs of which the truth is known.

use super::{Out, Verdict, print_json};
use crate::core::scoring::rules::RulesVersion;
use crate::core::scoring::study::method::Method;
use crate::core::scoring::study::report::{Report, Row, Study};

const EXAMPLES: &str = "\
Examples:
  rapport simulate
      the published study: 4,000 pairs, 26 weeks
  rapport simulate --seed 7 --pairs 20000
      other pairs
  rapport simulate --rules 1 --json
      for scripts; rates are percent, AUC is 0 to 1

The rules that run are those of the digest. The pairs are invented: our guess about people, not
data. docs/SCORING.md says how they are drawn and how each figure is counted.";

/// Judge the rules on invented pairs
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// How many pairs
    #[arg(long, default_value_t = 4000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pairs: u32,
    /// For how many weeks each
    #[arg(long, default_value_t = 26, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=260))]
    weeks: u32,
    /// Which pairs: the same seed gives the same ones everywhere
    #[arg(long, default_value_t = 20_260_101, value_name = "N")]
    seed: u64,
    /// The version of the rules
    #[arg(long, default_value_t = RulesVersion::CURRENT, value_name = "N")]
    rules: RulesVersion,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let Args { pairs, weeks, seed, rules, json } = *args;
    let report = Study { rules, seed, pairs, weeks }.run();
    if json {
        print_json(out, &report)?
    } else {
        table(out, &report)?
    }
    Ok(Verdict::Good)
}

fn table(out: Out<'_>, report: &Report) -> anyhow::Result<()> {
    let Report { rules, seed, pairs, weeks, hints, sums, .. } = report;
    writeln!(out, "Rules {rules}, {pairs} invented pairs for {weeks} weeks, seed {seed}\n")?;
    writeln!(out, "{:58}{:>7}{:>11}{:>9}{:>9}", "", "false", "found in", "median", "entries")?;
    writeln!(out, "{:58}{:>7}{:>11}{:>9}{:>9}{:>7}", "alarm", "alarms", "4 weeks", "weeks", "+ exits", "AUC")?;
    for method in Method::ALL {
        let row = report.row(method);
        writeln!(out, "{}", line(method.title(), row))?;
    }
    writeln!(out, "\nFound in 4 weeks by kind of trouble (needs you):")?;
    let kinds = report.found_by_kind.iter().map(|(kind, found)| format!("{kind} {found:.1} %").replace('_', " "));
    writeln!(out, "  {}", kinds.collect::<Vec<_>>().join(", "))?;
    writeln!(
        out,
        "Trend of healthy weeks: falling {:.1} %, rising {:.1} %.\nGap: {:.2} false flags, {:.1} % of one-sided troubles in 6 weeks.",
        hints.healthy_falling,
        hints.healthy_rising,
        hints.false_gaps_per_100_pair_months,
        hints.one_sided_gaps_within_6_weeks
    )?;
    writeln!(
        out,
        "Pair-weeks: too early {}, on track {}, watch {}, needs you {}; sum of Health {}.",
        sums.too_early, sums.on_track, sums.watch, sums.needs_you, sums.health
    )?;
    writeln!(
        out,
        "Invented: {} answers with sum {}, {} meetings ({} known), {} weeks with a goal moved,\n  \
         {} requests for help, {} weeks of pause, {} pairs in trouble, {} ended.",
        sums.answers,
        sums.answer_sum,
        sums.meetings,
        sums.meetings_known,
        sums.goal_weeks,
        sums.help_requests,
        sums.pause_weeks,
        sums.pairs_in_trouble,
        sums.pairs_ended
    )?;
    writeln!(
        out,
        "\nFalse alarms: begun in a healthy week, for 100 healthy months of a pair. Found: in the first week of trouble or the\n\
         four after it. Median: half of the troubles are found after so many weeks. Entries + exits: for one pair in a year.\n\
         AUC: telling in weeks 8, 12, 16 and 20 which pairs will end within six weeks; 0.5 is chance, 1 is all."
    )?;
    Ok(())
}

fn line(title: &str, row: &Row) -> String {
    let median = row.median_weeks.map_or_else(|| "-".to_owned(), |weeks| weeks.to_string());
    let auc = row.auc_ends_within_6_weeks.map_or_else(|| "-".to_owned(), |auc| format!("{auc:.3}"));
    format!(
        "{title:58}{:>7.2}{:>9.1} %{median:>9}{:>9.2}{auc:>7}",
        row.false_alarms_per_100_pair_months, row.found_within_4_weeks, row.entries_and_exits_per_pair_year
    )
}
