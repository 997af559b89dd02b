//! `rapport score`: the published rules, for anyone's own check.

mod history;
mod line;

use super::{Out, Verdict};

/// Look at how pairs are scored
#[derive(clap::Subcommand)]
pub enum Command {
    /// Score histories from a file by the published rules; nothing else is read or stored
    #[command(after_help = history::EXAMPLES)]
    History(history::Args),
}

pub fn run(command: &Command, out: Out<'_>) -> anyhow::Result<Verdict> {
    match command {
        Command::History(args) => history::run(args, out),
    }
}
