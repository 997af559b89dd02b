//! What a digest costs: time and peak memory of composing one from a year of answers, on SQLite and on PostgreSQL.
//! `cargo bench --bench digest`; `PAIRS=1000` for one size in place of 1,000 and 10,000.
//!
//! Prints figures and judges none. The year is written by statements, so that preparing it takes seconds.

mod year;

#[allow(dead_code, reason = "written for the tests")]
#[path = "../../tests/it/postgres.rs"]
mod postgres;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use rapport::store::{Options, Store};

use year::Year;

fn main() {
    // `cargo test --benches` asks for a proof that it runs, not for figures.
    let sizes = if std::env::args().any(|arg| arg == "--test") { vec![3] } else { sizes() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
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
    let store = Store::open(database, Options::serving(), year.end()).await.expect("the database opens");
    let since = Instant::now();
    year.write(&store).await;
    println!(
        "\n{engine}, {pairs} pairs, {} answers (written in {:.1} s)",
        year.answers(&store).await,
        since.elapsed().as_secs_f64()
    );
    // The first digest of all reads every answer there is, for each person's own usual; later ones go on from it.
    for (what, weeks_ago) in [("the first digest of all", 1), ("the digest of the week after", 0)] {
        let quiet = memory("VmRSS");
        forget_peak();
        let took = timed(store.compose_digest(&year.program().id, year.end() - TimeDelta::weeks(weeks_ago))).await;
        let peak = memory("VmHWM");
        println!(
            "{what:<34} {:7.0} ms   peak {peak:6.1} MB, {:5.1} above rest",
            took.as_secs_f64() * 1e3,
            peak - quiet
        );
    }
    let week = year.end();
    let took = timed(store.preview(&year.program().id, &year.vault(), week)).await;
    println!("{:<34} {:7.0} ms", "the same, read and composed only", took.as_secs_f64() * 1e3);
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

/// The peak begins anew from what is in use now.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
