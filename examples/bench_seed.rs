//! Fills a database for the side-by-side bench, beside a running `rapport serve`: see `docs/BENCHMARKS.md`.
//!
//! `bench_seed --pairs 2000 --start 0` writes that many pairs with a pulse each that is due now. `serve` notices and
//! sends them; this program sends nothing.

#[path = "../benches/load/programme.rs"]
mod programme;

use clap::Parser;
use rapport::clock::Clock;
use rapport::core::id::WorkspaceId;
use rapport::store::{Options, Store};

#[derive(Parser)]
struct Seed {
    /// How many pairs
    #[arg(long, default_value_t = 2000)]
    pairs: u32,
    /// The number of the first one
    #[arg(long, default_value_t = 0)]
    start: u32,
    /// The workspace of the token that serve uses
    #[arg(long, default_value = "T0BENCH01")]
    workspace: String,
    /// As for serve
    #[arg(long, env = "DATABASE_URL")]
    database_url: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let seed = Seed::parse();
    let now = Clock::System.now();
    let store = Store::open(&seed.database_url, Options::visiting(), now).await?;
    let roster = programme::Roster {
        workspace: WorkspaceId::from(seed.workspace),
        first: seed.start,
        count: seed.pairs,
        plans: true,
    };
    roster.write(&store, now).await?;
    store.close().await;
    Ok(())
}
