//! `rapport cadence`: the instants of a cron line, so that anyone can check them.

use anyhow::{anyhow, bail};
use chrono::{DateTime, Datelike, Months, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;

use super::{Out, Verdict};
use crate::clock::Clock;
use crate::core::cadence::{Cadence, civil};
use crate::core::program::file::no_zone;

const EXAMPLES: &str = "\
Examples:
  rapport cadence \"0 10 * * TUE\"
      Tuesdays at ten, for a year from today
  rapport cadence \"0 10 * * TUE\" --zone Asia/Kathmandu --from 2026-01-01 --until 2026-12-31
      by the clocks of Kathmandu; both days are included
  rapport cadence \"30 2 * * *\" --zone Europe/Berlin --from 2026-03-28 --until 2026-03-30
      what a clock change does: a time that is skipped moves forward by the gap
  rapport cadence \"0 9 1-7 * *\" --json
      for scripts: a list of instants in UTC

The five fields are minute, hour, day of month, month and weekday (0 and 7 are Sunday, or SUN to
SAT). Where day of month and weekday are both given, a day counts if either fits. A time that
occurs twice counts once, the first time.";

/// Show when a cron line strikes, in local time and in UTC
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Five fields in quotes, or @daily, @weekly, @monthly
    line: String,
    /// The time zone by whose clocks it strikes
    #[arg(long, default_value = "UTC", value_name = "NAME")]
    zone: String,
    /// The first local day [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last local day [default: a year after the first]
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// A list of instants such as 2026-01-06T04:15:00Z
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let cadence = Cadence::parse(&args.line)?;
    let zone: Tz = args.zone.parse().map_err(|_| anyhow!(no_zone(&args.zone)))?;
    let today = || civil(zone, Clock::System.now()).date();
    let from = args.from.as_deref().map(|day| date("--from", day)).transpose()?.unwrap_or_else(today);
    let until = args.until.as_deref().map(|day| date("--until", day)).transpose()?;
    let until = until.or_else(|| from.checked_add_months(Months::new(12))).unwrap_or(NaiveDate::MAX);
    if until < from {
        bail!("--until {until} lies before --from {from}.");
    }
    if from.year() < 1970 || until.year() > 2100 {
        bail!("Cadences are known from 1970 to 2100; choose --from and --until in these years.");
    }
    let instants = cadence.between(zone, from, until);
    if args.json {
        list(out, instants)?
    } else {
        table(out, zone, instants)?
    }
    Ok(Verdict::Good)
}

fn date(flag: &str, text: &str) -> anyhow::Result<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| anyhow!("{flag}: `{text}` is not a day; write it like 2026-01-31 (year, month, day)."))
}

/// As they come, so that a line for every minute of a century needs no memory.
fn list(out: Out<'_>, instants: impl Iterator<Item = DateTime<Utc>>) -> anyhow::Result<()> {
    write!(out, "[")?;
    for (index, at) in instants.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(out, "{comma}\n  \"{}\"", at.to_rfc3339_opts(SecondsFormat::Secs, true))?;
    }
    writeln!(out, "\n]")?;
    Ok(())
}

fn table(out: Out<'_>, zone: Tz, instants: impl Iterator<Item = DateTime<Utc>>) -> anyhow::Result<()> {
    let mut count = 0_u64;
    for at in instants {
        let local = at.with_timezone(&zone).format("%a %Y-%m-%d %H:%M %:z");
        writeln!(out, "{local}   {}", at.to_rfc3339_opts(SecondsFormat::Secs, true))?;
        count += 1;
    }
    let times = if count == 1 { "time" } else { "times" };
    writeln!(out, "{count} {times} in {zone}")?;
    Ok(())
}
