//! `rapport score history`: one history a line in, one score a line out, in the same order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};

use anyhow::Context;
use serde::{Serialize, Serializer};

use super::line;
use crate::cli::{Out, Verdict};
use crate::core::scoring::health::{History, Parts};
use crate::core::scoring::rules::RulesVersion;

pub const EXAMPLES: &str = "\
Examples:
  rapport score history histories.jsonl
  rapport score history - --rules 1 < histories.jsonl

Each line is one history of a pair:
  {\"answers\": [[\"mentee\", \"Guidance\", 0, 1], [\"mentor\", \"Guidance\", 0, 4]],
   \"days_since_meeting\": 30, \"rhythm\": 14,
   \"last4\": {\"mentee\": [1, 0, 0, 1], \"mentor\": [1, 1, 1, 1]}, \"days_since_goal\": 48}
(on one line)
  answers             who, indicator, age in whole active days, 1 to 5 (reversed items turned
                      round already); all counted answers so far, in any order. The same person
                      and the same age is the same day.
  days_since_meeting  active days since the last known meeting, or since the start before it
  rhythm              agreed days between meetings: 7, 14 or 28; left out: 14
  last4               the last four pulses of each side, 1 answered, 0 missed; fewer or left out:
                      the rest count as answered
  days_since_goal     days since a goal was set, moved or reached; left out or null: not known,
                      and the part Goals is 0

Each answer is one line: {\"health\": 68, \"parts\": {\"Growth\": 1, ..}, \"without_worst_day\": 80}.
Health is 80 and the sum of its parts. A line that is wrong gets {\"error\": ..} in its place, and
the exit code is 1. docs/SCORING.md has the rules.";

/// The longest line that is read.
const LINE_MAX: u64 = 1 << 20;

/// So many wrong lines are also told on standard error.
const TOLD_MAX: usize = 20;

#[derive(clap::Args)]
pub struct Args {
    /// A file with one history a line; - reads standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The version of the rules
    #[arg(long, default_value_t = RulesVersion::CURRENT, value_name = "N")]
    rules: RulesVersion,
}

/// What a history comes to.
#[derive(Serialize)]
struct Score {
    health: u8,
    parts: Titled,
    without_worst_day: u8,
}

/// The parts by the names that stand on a coordinator's page, in their order.
struct Titled(Parts);

impl Serialize for Titled {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(part, points)| (part.title(), points)))
    }
}

/// Why there is no score.
#[derive(Serialize)]
struct Refused {
    error: String,
}

pub fn run(args: &Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let mut input: Box<dyn BufRead> = if args.file == "-" {
        Box::new(io::stdin().lock())
    } else {
        let cannot = || format!("The file {} cannot be read; name a file, or - for standard input.", args.file);
        Box::new(BufReader::new(File::open(&args.file).with_context(cannot)?))
    };
    let mut wrong = 0;
    for number in 1_u64.. {
        let mut text = Vec::new();
        let read = input.by_ref().take(LINE_MAX + 1).read_until(b'\n', &mut text);
        if read.with_context(|| format!("{}: line {number} cannot be read.", args.file))? == 0 {
            break;
        }
        let text = text.strip_prefix(b"\xEF\xBB\xBF").filter(|_| number == 1).unwrap_or(&text);
        if text.len() as u64 > LINE_MAX {
            skip_line(&mut input)?;
        } else if text.trim_ascii().is_empty() {
            continue;
        }
        match read_line(text) {
            Ok(history) => print_line(out, &score(args.rules, &history))?,
            Err(reason) => {
                let error = format!("line {number}: {reason}");
                if wrong < TOLD_MAX {
                    writeln!(io::stderr(), "error: {error}")?;
                }
                wrong += 1;
                print_line(out, &Refused { error })?;
            }
        }
    }
    if wrong > TOLD_MAX {
        writeln!(io::stderr(), "error: {} more lines are wrong; each has its reason in its place.", wrong - TOLD_MAX)?;
    }
    Ok(if wrong == 0 { Verdict::Good } else { Verdict::Bad })
}

fn read_line(text: &[u8]) -> Result<History, String> {
    if text.len() as u64 > LINE_MAX {
        return Err(format!("It is longer than {LINE_MAX} bytes; put one history on a line."));
    }
    line::read(text)
}

/// Leaves the rest of a line that is too long.
fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let seen = input.fill_buf()?;
        let (end, length) = match seen.iter().position(|byte| *byte == b'\n') {
            Some(at) => (true, at + 1),
            None => (seen.is_empty(), seen.len()),
        };
        input.consume(length);
        if end {
            return Ok(());
        }
    }
}

fn score(rules: RulesVersion, history: &History) -> Score {
    let health = rules.rules().health(history);
    Score {
        health: health.value,
        parts: Titled(health.parts),
        without_worst_day: rules.rules().without_worst_day(history),
    }
}

fn print_line(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
