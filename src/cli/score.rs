//! `rapport score`: the published rules, for anyone's own check.

mod explain;
mod history;
mod line;

use super::{Out, Verdict, block_on};

/// Look at how pairs are scored
#[derive(clap::Subcommand)]
pub enum Command {
    /// Score histories from a file by the published rules; nothing else is read or stored
    #[command(after_help = history::EXAMPLES)]
    History(Box<history::Args>),
    /// Show why a pair's Health is what it is: each part, its formula and its evidence
    #[command(after_help = explain::EXAMPLES)]
    Explain(Box<explain::Args>),
}

pub fn run(command: Command, out: Out<'_>) -> anyhow::Result<Verdict> {
    match command {
        Command::History(args) => history::run(&args, out),
        Command::Explain(args) => block_on(explain::run(*args, out)),
    }
}
