//! `rapport export`: the rows that may leave, as CSV or JSON.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;

use super::{Out, Verdict, print_json, visit};
use crate::clock::Clock;
use crate::config::Settings;
use crate::store::exported::{
    AnswerLine, BatchLine, GoalLine, LabelLine, NudgeLine, PairLine, PauseLine, PulseLine, ShareLine, SurveyAnswerLine,
    SurveyTotalLine, ThanksLine, TotalLine,
};

const EXAMPLES: &str = "\
Examples:
  rapport export --table answers > answers.csv
  rapport export --folder export               a file for each table
  rapport export --json > export.json

People are named by their Slack ids. Only answers that their authors let a coordinator see are
there, and only of pulses that are closed; comments and requests for help never leave this way.
Answers for totals only leave in sealed batches of enough people. Totals and batches are those
that digests released: sums of points from 1 to 5, reversed questions turned round. Labels are
what coordinators said of a line of the digest, \"It needed help\" or \"All was well\", with what
the rules had seen: for fitting the rules again. Surveys are answers at the start, in the middle
and at the end that their authors let a coordinator see; their totals compare these times. Goals
and thanks are counted by pair; their words never leave. Shares say whether a mentee shows the
own record to the mentor, and nothing of what stands in it. Nudges are what each look at a kind's effect in
the workspace showed; whom they came to stays here. Pauses are those of a pair and the days away
of its two; nobody was asked for a reason.";

/// Write out pairs, pulses, the answers that coordinators may see, and released totals
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Its name or short name; may be left out if there is one only
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// For scripts, in place of CSV: all tables in one value
    #[arg(long)]
    json: bool,
    /// How it is written
    // The older way to say --json.
    #[arg(long, value_enum, default_value_t = Format::Csv, hide = true)]
    format: Format,
    /// One table only; CSV to standard output needs this
    #[arg(long, value_enum)]
    table: Option<Table>,
    /// Writes files into this folder; those that are there are not replaced
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    Pairs,
    Pulses,
    Answers,
    Totals,
    Batches,
    Labels,
    Surveys,
    SurveyTotals,
    Goals,
    Thanks,
    Shares,
    Nudges,
    Pauses,
}

impl Table {
    const ALL: [Self; 13] = [
        Self::Pairs,
        Self::Pulses,
        Self::Answers,
        Self::Totals,
        Self::Batches,
        Self::Labels,
        Self::Surveys,
        Self::SurveyTotals,
        Self::Goals,
        Self::Thanks,
        Self::Shares,
        Self::Nudges,
        Self::Pauses,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Pulses => "pulses",
            Self::Answers => "answers",
            Self::Totals => "totals",
            Self::Batches => "batches",
            Self::Labels => "labels",
            Self::Surveys => "surveys",
            Self::SurveyTotals => "survey-totals",
            Self::Goals => "goals",
            Self::Thanks => "thanks",
            Self::Shares => "shares",
            Self::Nudges => "nudges",
            Self::Pauses => "pauses",
        }
    }
}

struct Rows {
    program: String,
    pairs: Vec<PairLine>,
    pulses: Vec<PulseLine>,
    answers: Vec<AnswerLine>,
    totals: Vec<TotalLine>,
    batches: Vec<BatchLine>,
    labels: Vec<LabelLine>,
    surveys: Vec<SurveyAnswerLine>,
    survey_totals: Vec<SurveyTotalLine>,
    goals: Vec<GoalLine>,
    thanks: Vec<ThanksLine>,
    shares: Vec<ShareLine>,
    nudges: Vec<NudgeLine>,
    pauses: Vec<PauseLine>,
}

pub async fn run(args: Args, out: Out<'_>) -> anyhow::Result<Verdict> {
    let format = if args.json { Format::Json } else { args.format };
    if format == Format::Csv && args.table.is_none() && args.folder.is_none() {
        bail!("CSV has one table a file: name one with --table, or a folder with --folder.");
    }
    let store = visit::store(&args.settings).await?;
    let workspace = visit::workspace(&args.settings, &store).await?;
    let programs = store.programs(workspace).await?;
    let program = visit::choose(&programs, args.program.as_deref())?;
    let (totals, batches) = store.export_totals(program.id.clone()).await?;
    let rows = Rows {
        program: program.id.slug().to_owned(),
        pairs: store.export_pairs(program.id.clone()).await?,
        pulses: store.export_pulses(program.id.clone()).await?,
        answers: store.export_answers(program.id.clone()).await?,
        totals,
        batches,
        labels: store.export_labels(program.id.clone()).await?,
        surveys: store.export_survey_answers(program.id.clone()).await?,
        survey_totals: store.export_survey_totals(program.id.clone()).await?,
        goals: store.export_goals(program.id.clone()).await?,
        thanks: store.export_thanks(program.id.clone(), Clock::System.now()).await?,
        shares: store.export_shares(program.id.clone()).await?,
        nudges: store.export_nudges(program.id.clone()).await?,
        pauses: store.export_pauses(program.id.clone()).await?,
    };
    store.close().await;
    let tables = args.table.map_or(Table::ALL.to_vec(), |table| vec![table]);
    let Some(folder) = args.folder else {
        match format {
            Format::Csv => rows.csv(tables[0], out)?,
            Format::Json => rows.json(&tables, out)?,
        }
        return Ok(Verdict::Good);
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("The folder {} cannot be made.", folder.display()))?;
    if format == Format::Json {
        write_file(&folder.join(format!("{}.json", rows.program)), out, |file| rows.json(&tables, file))?;
        return Ok(Verdict::Good);
    }
    for table in tables {
        write_file(&folder.join(format!("{}.csv", table.word())), out, |file| rows.csv(table, file))?;
    }
    Ok(Verdict::Good)
}

fn write_file(path: &Path, out: Out<'_>, content: impl FnOnce(Out<'_>) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // What people answered is for its owner's eyes.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).with_context(|| {
        let why = if path.exists() { "is there already; move it away first" } else { "cannot be written" };
        format!("{} {why}.", path.display())
    })?;
    let mut file = std::io::BufWriter::new(file);
    content(&mut file)?;
    file.flush()?;
    writeln!(out, "{}", path.display())?;
    Ok(())
}

impl Rows {
    fn csv(&self, table: Table, out: Out<'_>) -> anyhow::Result<()> {
        match table {
            Table::Pairs => {
                let pairs = self.pairs.iter().cloned().map(|mut pair| {
                    pair.connection = pair.connection.map(harmless);
                    pair.group = pair.group.map(harmless);
                    pair
                });
                lines(out, "pair,mentor,mentee,starts,connection,group,ended,ended_reason", pairs)
            }
            Table::Pulses => lines(out, "pulse,pair,number,strike,closed", self.pulses.iter()),
            Table::Answers => lines(out, "pulse,pair,person,role,question,value,audience,at", self.answers.iter()),
            Table::Totals => {
                let totals = self.totals.iter().cloned().map(|mut total| {
                    total.group = total.group.map(harmless);
                    total
                });
                lines(out, "cutoff,indicator,of,group,people,answers,points", totals)
            }
            Table::Batches => lines(out, "cutoff,indicator,role,people,points", self.batches.iter()),
            Table::Labels => lines(
                out,
                "pair,cutoff,label,at,rules,health,without_worst_day,ready,thin,state,parts",
                self.labels.iter(),
            ),
            Table::Surveys => lines(out, "pair,point,person,role,item,value,audience,at", self.surveys.iter()),
            Table::SurveyTotals => lines(out, "cutoff,point,item,role,of,people,points", self.survey_totals.iter()),
            Table::Goals => lines(out, "pair,open,reached,dropped,moved", self.goals.iter()),
            Table::Thanks => lines(out, "pair,by_mentee,by_mentor", self.thanks.iter()),
            Table::Shares => lines(out, "pair,shared,at", self.shares.iter()),
            Table::Nudges => lines(
                out,
                "kind,mark,at,sent_good,sent,held_good,held,effect,from,until,verdict,revived",
                self.nudges.iter(),
            ),
            Table::Pauses => lines(out, "pair,of,why,from,until", self.pauses.iter()),
        }
    }

    fn json(&self, tables: &[Table], out: Out<'_>) -> anyhow::Result<()> {
        let mut value = json!({ "program": self.program });
        for table in tables {
            value[table.word()] = match table {
                Table::Pairs => json!(self.pairs),
                Table::Pulses => json!(self.pulses),
                Table::Answers => json!(self.answers),
                Table::Totals => json!(self.totals),
                Table::Batches => json!(self.batches),
                Table::Labels => json!(self.labels),
                Table::Surveys => json!(self.surveys),
                Table::SurveyTotals => json!(self.survey_totals),
                Table::Goals => json!(self.goals),
                Table::Thanks => json!(self.thanks),
                Table::Shares => json!(self.shares),
                Table::Nudges => json!(self.nudges),
                Table::Pauses => json!(self.pauses),
            };
        }
        print_json(out, &value)
    }
}

/// A table with its header, also when it has no rows.
fn lines(out: Out<'_>, header: &str, rows: impl Iterator<Item = impl Serialize>) -> anyhow::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    writer.write_record(header.split(','))?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.flush()?;
    Ok(())
}

/// A text that a spreadsheet does not take for a formula.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
