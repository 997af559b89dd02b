//! What an operator types: one file for each command, each thin: read the arguments, call the product, print.

mod cadence;
pub mod demo;
mod digest;
mod doctor;
mod export;
mod failure;
mod guides;
mod key;
mod log;
mod pairs;
mod program;
mod progress;
mod questions;
mod score;
pub mod serve;
mod simulate;
mod version;
mod visit;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, Settings};

pub use key::vault;

/// What a command prints to.
type Out<'a> = &'a mut dyn Write;

/// Whether a command is content with what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    /// A check failed; it has been said.
    Bad,
}

const EXAMPLES: &str = "\
Examples:
  rapport demo                              a whole programme, without a Slack account
  rapport doctor                            what is missing, and what to do about it
  rapport program apply program.toml        begin a programme, or change it
  rapport pairs import pairs.csv --dry-run  see what an import would do
  rapport serve                             run the bot

Set-up in five steps:
  1. api.slack.com/apps, Create New App, From a manifest: paste manifest.yml, install it
  2. cp .env.example .env, and fill in the two tokens
  3. rapport doctor
  4. rapport program apply program.toml; rapport pairs import pairs.csv
  5. rapport serve

Exit code: 0 good; 1 the input or a check was wrong; 2 the command line was wrong.";

const DEMO: &str = "\
Examples:
  rapport demo                                  24 pairs, 12 weeks, and a page to look at them
  rapport demo --pairs pairs.csv --weeks 4      your own list
  rapport demo --headless                       to the end at once; prints the last digest
  rapport demo --headless --record calls.jsonl  and writes every call that the bot makes to Slack

It needs no Slack account and no network. The same --seed plays the same programme. Ctrl-C ends it.";

/// Keeps mentoring pairs healthy, inside Slack: pulse questions and a weekly digest. Reads no conversations.
#[derive(Parser)]
#[command(name = "rapport", version, after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// With an error, also say what caused it
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Args),
    #[command(after_help = DEMO)]
    Demo(demo::Demo),
    Doctor(doctor::Args),
    #[command(subcommand)]
    Program(program::Command),
    #[command(subcommand)]
    Pairs(pairs::Command),
    Cadence(cadence::Args),
    #[command(subcommand)]
    Digest(digest::Command),
    #[command(subcommand)]
    Questions(questions::Command),
    #[command(subcommand)]
    Guides(guides::Command),
    Export(export::Args),
    #[command(subcommand)]
    Score(score::Command),
    Simulate(simulate::Args),
    Version(version::Args),
}

/// Runs one command, given with the name of the program, and returns its exit code.
pub fn run(args: Vec<OsString>) -> ExitCode {
    let words: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    // Before the command line is read, as flags take their defaults from the environment.
    match config::read_env_files(&words) {
        Ok(slips) => slips.iter().for_each(|slip| {
            let _ = writeln!(io::stderr(), "warning: {slip}");
        }),
        Err(error) => return complain(&error.into(), false),
    }
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to stdout with 0, a wrong command line to stderr with 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let done = cli.command.run(&mut out).and_then(|verdict| {
        out.flush()?;
        Ok(verdict)
    });
    match done {
        Ok(Verdict::Good) => ExitCode::SUCCESS,
        Ok(Verdict::Bad) => ExitCode::from(1),
        // Whoever reads us has seen enough: `rapport cadence … | head`.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => complain(&error, cli.verbose),
    }
}

impl Command {
    fn run(self, out: Out<'_>) -> anyhow::Result<Verdict> {
        match self {
            Self::Serve(args) => {
                log::begin(&args.settings)?;
                block_on(serve::serve(&args.settings))?;
                Ok(Verdict::Good)
            }
            Self::Demo(args) => {
                // People who look at a play want no stage directions.
                log::begin(&Settings { log: Some("warn".to_owned()), ..Settings::default() })?;
                tokio::runtime::Runtime::new()?.block_on(demo::demo(args))?;
                Ok(Verdict::Good)
            }
            Self::Doctor(args) => block_on(doctor::run(args, out)),
            Self::Program(command) => block_on(program::run(command, out)),
            Self::Pairs(command) => block_on(pairs::run(command, out)),
            Self::Cadence(args) => cadence::run(&args, out),
            Self::Digest(command) => block_on(digest::run(command, out)),
            Self::Questions(command) => questions::run(command, out),
            Self::Guides(command) => guides::run(command, out),
            Self::Export(args) => block_on(export::run(args, out)),
            Self::Score(command) => score::run(command, out),
            Self::Simulate(args) => simulate::run(&args, out),
            Self::Version(args) => version::run(&args, out),
        }
    }
}

/// One thread for everything that waits. An acknowledgement costs it some 60 to 100 microseconds, which leaves room for
/// thousands a second, and SQLite works on threads of its own. More threads would wake each other for every event and
/// keep memory of their own while idle; nothing here computes for long.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// Says what went wrong; all causes only when asked.
fn complain(error: &anyhow::Error, verbose: bool) -> ExitCode {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "error: {error}");
    if verbose {
        for cause in error.chain().skip(1) {
            let _ = writeln!(err, "  because: {cause}");
        }
    }
    ExitCode::from(1)
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// One JSON value for a script, and a line end.
fn print_json(out: Out<'_>, value: &impl serde::Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
