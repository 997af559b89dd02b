//! What a digest costs: time and peak memory of composing one from a year of answers, on SQLite and on PostgreSQL.
//! `cargo bench --bench digest`; `PAIRS=1000` for one size in place of 1,000 and 10,000.
//!
//! Prints figures and judges none. The year is written by statements, so that preparing it takes seconds.

mod year;

#[allow(dead_code, reason = "written for the tests")]
#[path = "../../tests/it/postgres.rs"]
mod postgres;

use std::process::Command;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use rapport::store::{Options, Store};

use year::Year;

/// What is measured, each in a process of its own: memory that one digest took and gave back is not the next one's.
const LOOKS: [&str; 3] =
    ["the first digest of all", "the digest of the week after", "the same, read and composed only"];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    if let Some(place) = args.iter().position(|arg| arg == "--look") {
        let [look, database, pairs] = &args[place + 1..] else { panic!("--look WHAT DATABASE PAIRS") };
        return runtime.block_on(take(look, database, pairs.parse().expect("a number")));
    }
    // `cargo test --benches` asks for a proof that it runs, not for figures.
    let sizes = if args.iter().any(|arg| arg == "--test") { vec![3] } else { sizes() };
    runtime.block_on(async {
        for pairs in sizes {
            let folder = tempfile::tempdir().expect("a temporary folder");
            measure("SQLite", &format!("sqlite:{}", folder.path().join("rapport.db").display()), pairs).await;
            measure("PostgreSQL", &postgres::fresh_database().await, pairs).await;
        }
    });
}

fn sizes() -> Vec<u32> {
    #[allow(clippy::disallowed_methods, reason = "a setting of the measurement, not of the product")]
    let chosen = std::env::var("PAIRS").ok().and_then(|pairs| pairs.parse().ok());
    chosen.map_or_else(|| vec![1_000, 10_000], |pairs| vec![pairs])
}

async fn measure(engine: &str, database: &str, pairs: u32) {
    let year = Year { pairs };
    let since = Instant::now();
    let store = Store::open(database, Options::serving(), year.end()).await.expect("the database opens");
    year.write(&store).await;
    println!(
        "\n{engine}, {pairs} pairs, {} answers (written in {:.1} s)",
        year.answers(),
        since.elapsed().as_secs_f64()
    );
    store.close().await;
    drop(store);
    for look in LOOKS {
        let own = std::env::current_exe().expect("this program has a file");
        let run = Command::new(own).args(["--look", look, database, &pairs.to_string()]).status();
        assert!(run.expect("it starts").success(), "{look}");
    }
}

/// One look at the year, in this process.
async fn take(look: &str, database: &str, pairs: u32) {
    let year = Year { pairs };
    let store = Store::open(database, Options::serving(), year.end()).await.expect("the database opens");
    let id = &year.program().id;
    let quiet = memory("VmRSS");
    let took = match LOOKS.iter().position(|one| *one == look) {
        // It reads every answer there is, for each person's own usual; later ones go on from it.
        Some(0) => timed(store.compose_digest(id, year.end() - TimeDelta::weeks(1))).await,
        Some(1) => timed(store.compose_digest(id, year.end())).await,
        Some(2) => timed(store.preview(id, &year.vault(), year.end())).await,
        _ => panic!("there is no look of this name"),
    };
    let (peak, took) = (memory("VmHWM"), took.as_secs_f64() * 1e3);
    println!("{look:<34} {took:7.0} ms   peak of the process {peak:6.1} MB, {:5.1} above rest", peak - quiet);
    store.close().await;
}

async fn timed<T: std::fmt::Debug, E: std::fmt::Debug>(work: impl Future<Output = Result<T, E>>) -> Duration {
    let since = Instant::now();
    work.await.expect("composed");
    since.elapsed()
}

/// Of this process, in MB.
fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    let kib: f64 =
        line.trim_start_matches(':').split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or(0.0);
    kib / 1024.0
}
