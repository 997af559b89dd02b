//! The binary: all of it is in the library.

use clap::{Parser, Subcommand};
use rapport::cli;
use rapport::config::Settings;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve,
    Demo(cli::demo::Demo),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rustls::crypto::ring::default_provider().install_default().ok();
    let cli = Cli::parse();
    let (filter, _) = cli.settings.log()?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command {
        Command::Serve => cli::serve::serve(&cli.settings).await,
        Command::Demo(demo) => cli::demo::demo(demo).await,
    }
}
