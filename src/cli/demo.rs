//! `rapport demo`: the real bot plays a whole mentoring programme in a simulated Slack, with a page to look at it.

mod drive;
mod stage;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use clap::Args;

use crate::core::roster;
use crate::sim::people::Company;

use drive::Drive;
use stage::Stage;

/// Pairs of the invented programme: healthy, drifting, one-sided, never met and silent ones.
const PAIRS: usize = 24;

/// Play a whole mentoring programme in a simulated Slack, with a page to look at it.
#[derive(Args, Clone, Debug)]
pub struct Demo {
    /// Your own list of pairs in place of the invented ones
    #[arg(long, value_name = "FILE.csv")]
    pub pairs: Option<PathBuf>,
    /// How many weeks the programme runs
    #[arg(long, default_value_t = 12, value_name = "WEEKS", value_parser = clap::value_parser!(u16).range(1..=104))]
    pub weeks: u16,
    /// Simulated hours in a second
    #[arg(long, default_value_t = 12, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=96))]
    pub speed: u32,
    /// Another seed plays another programme; the same seed plays the same one
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// Play to the end as fast as the machine can, without a page, and print the last digest
    #[arg(long)]
    pub headless: bool,
    /// Write every call that the bot makes to Slack into a file, one JSON object a line
    #[arg(long, value_name = "FILE.jsonl")]
    pub record: Option<PathBuf>,
    /// The port of the page [default: a free one]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "PORT")]
    pub page_port: u16,
}

/// Plays the programme.
///
/// # Errors
/// The list of pairs cannot be understood, the record cannot be written, or this machine has no free port.
pub async fn demo(demo: Demo) -> anyhow::Result<()> {
    let company = match &demo.pairs {
        Some(file) => own_company(&demo, file)?,
        None => Company::invented(demo.seed, PAIRS),
    };
    let stage = Stage::set(demo.seed, demo.weeks, company).await?;
    let record = demo.record.as_deref().map(|file| Record::begin(file, &stage)).transpose()?;
    let mut drive = Drive::new(stage, &demo).await?;
    tokio::select! {
        played = drive.play() => played?,
        interrupted = tokio::signal::ctrl_c() => {
            interrupted.context("Ctrl-C cannot be listened for")?;
            println!("\nEnded.");
        }
    }
    drive.end().await;
    record.map_or(Ok(()), Record::end)
}

fn own_company(demo: &Demo, file: &PathBuf) -> anyhow::Result<Company> {
    let bytes = std::fs::read(file).map_err(|error| anyhow::anyhow!("{} cannot be read: {error}.", file.display()))?;
    let roster = roster::read(&file.display().to_string(), &bytes)?;
    // In this Slack everybody exists: the list is judged by itself.
    let people = roster.wanted().into_iter().map(|key| {
        let user = key.to_string();
        let standing = if user == "USLACKBOT" { roster::Standing::Bot } else { roster::Standing::Member };
        (key, roster::Found { user, standing })
    });
    let people = people.collect();
    let known = roster::Known { people: &people, pairs: &[], programs: &[], program: None, today: stage::first_day() };
    let import = roster::check(&roster, &known);
    for line in &import.left_out {
        println!("{line}");
    }
    for note in &import.notes {
        println!("{note}");
    }
    println!("{}", import.closing(roster::Stage::Applied));
    if roster.rows.iter().any(|row| row.start.is_some() || row.program.is_some() || row.connection.is_some()) {
        println!(
            "In the demo all pairs are in one programme that begins on {}; starts, programmes and names of pairs in the \
             file are left aside.",
            stage::first_day()
        );
    }
    anyhow::ensure!(!import.added.is_empty(), "There is no pair in {} to play with.", file.display());
    let pairs: Vec<(String, String)> = import.added.into_iter().map(|pair| (pair.mentor, pair.mentee)).collect();
    Ok(Company::of_roster(demo.seed, &pairs))
}

/// The file of calls, written as they are made.
struct Record {
    file: Arc<Mutex<BufWriter<File>>>,
}

impl Record {
    fn begin(path: &std::path::Path, stage: &Stage) -> anyhow::Result<Self> {
        let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
        let file = Arc::new(Mutex::new(BufWriter::new(file)));
        let into = file.clone();
        stage.sim.record(Box::new(move |call| {
            let mut file = into.lock().expect("nothing panics while it writes");
            // A full disk shows when the record is ended.
            let _ = serde_json::to_writer(&mut *file, call).map(|()| file.write_all(b"\n"));
        }));
        Ok(Self { file })
    }

    fn end(self) -> anyhow::Result<()> {
        let mut file = self.file.lock().expect("nothing panics while it writes");
        file.flush().context("The record could not be written to its end")
    }
}
