//! Measures the real program against a Slack of its own, on SQLite and on PostgreSQL: `cargo bench --bench load`.
//!
//! Prints figures and judges none. `QUICK=1` takes about a minute in place of five. Everything stays on loopback.

mod programme;
mod serving;
mod slack;
mod taps;

#[allow(dead_code, reason = "written for the tests")]
#[path = "../../tests/it/postgres.rs"]
mod postgres;

use std::time::{Duration, Instant};

use rapport::clock::Clock;
use rapport::core::id::WorkspaceId;
use rapport::store::{Options, Store};
use sqlx::{Connection, PgConnection};

use programme::Roster;
use serving::{BINARY, Serving};
use slack::Slack;
use taps::Taps;

/// Messages that Slack is asked to take at once.
const IN_FLIGHT: f64 = 20.0;
const LATENCY: Duration = Duration::from_millis(80);

/// How much is measured.
struct Extent {
    pairs: u32,
    starts: usize,
    idle: Duration,
    load: Duration,
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` asks for a proof that it runs, not for figures.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    rustls::crypto::ring::default_provider().install_default().ok();
    #[allow(clippy::disallowed_methods, reason = "a setting of the measurement, not of the product")]
    let quick = std::env::var("QUICK").is_ok_and(|quick| !quick.is_empty());
    let extent = if quick {
        Extent { pairs: 1000, starts: 3, idle: Duration::from_secs(10), load: Duration::from_secs(4) }
    } else {
        Extent { pairs: 2000, starts: 9, idle: Duration::from_secs(61), load: Duration::from_secs(15) }
    };
    let size = std::fs::metadata(BINARY).map_or(0, |file| file.len());
    println!("size of the stripped file              {:8.1} MB", size as f64 / 1e6);

    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("rapport.db");
    println!("\nSQLite");
    measure(&format!("sqlite:{}", file.display()), &extent).await;
    println!("\nPostgreSQL (a server of our own, fsync off)");
    measure(&postgres::fresh_database().await, &extent).await;
}

async fn measure(database: &str, extent: &Extent) {
    let slack = Slack::start(LATENCY).await;
    let first = Serving::start(database, &slack.api_url());
    println!("first start to first signed answer     {:8.1} ms", ms(first.started_in));
    drop(first);
    let starts = (0..extent.starts).map(|_| Serving::start(database, &slack.api_url()).started_in);
    let mut starts: Vec<Duration> = starts.collect();
    starts.sort();
    println!("start to first signed answer, median   {:8.1} ms", ms(starts[starts.len() / 2]));

    fan_out(database, &slack, extent).await;

    let serving = Serving::start(database, &slack.api_url());
    tokio::time::sleep(Duration::from_secs(3)).await;
    idle(database, &serving, extent).await;
    answers(&serving, &slack, extent).await;
}

/// Pulses planned and delivered by a process that finds them due when it starts.
async fn fan_out(database: &str, slack: &Slack, extent: &Extent) {
    let now = Clock::System.now();
    let store = Store::open(database, Options::visiting(), now).await.expect("the database opens");
    let workspace = WorkspaceId::from("T0BENCH01");
    let roster = Roster { workspace, first: 0, count: extent.pairs, plans: false };
    roster.write(&store, now).await.expect("written");
    store.close().await;

    let count = extent.pairs as usize;
    let since = Instant::now();
    let serving = Serving::start(database, &slack.api_url());
    slack.until(|seen| seen.posts > 0).await;
    let planned = since.elapsed();
    slack.until(|seen| seen.posts >= count).await;
    let took = (since.elapsed() - planned).as_secs_f64() + LATENCY.as_secs_f64();
    // The last receipts are still on their way.
    tokio::time::sleep(LATENCY * 3).await;
    let usage = serving.usage();
    let ideal = f64::from(extent.pairs) / IN_FLIGHT * LATENCY.as_secs_f64();
    println!("{count} pulses: start to the first post     {:8.1} ms", ms(planned));
    println!("  first to last, of the ideal          {:8.3} x  ({took:.2} s of {ideal:.2} s)", took / ideal);
    println!("  processor time, planned and sent     {:8.2} s", usage.cpu);
    println!("  memory then (PSS)                    {:8.1} MiB", usage.memory);
}

/// A process that has nothing to do.
async fn idle(database: &str, serving: &Serving, extent: &Extent) {
    let (before, commits) = (serving.usage(), transactions(database).await);
    tokio::time::sleep(extent.idle).await;
    let (after, later) = (serving.usage(), transactions(database).await);
    let a_second = |count: u64| count as f64 / extent.idle.as_secs_f64();
    println!("idle memory (PSS)                      {:8.1} MiB", after.memory);
    println!("idle context switches a second         {:8.2}", a_second(after.switches - before.switches));
    if let (Some(commits), Some(later)) = (commits, later) {
        // Ours are two: the look itself, and its connection's.
        println!("idle transactions in {:3} s             {:8}", extent.idle.as_secs(), later - commits);
    }
}

async fn answers(serving: &Serving, slack: &Slack, extent: &Extent) {
    let taps = Taps::new(serving.port, slack.port, slack.answers());
    let before = slack.seen().confirmations;
    taps.as_fast_as_it_goes(8, Duration::from_secs(1)).await;
    for rate in [50, 200] {
        let (load, cpu) = (serving.usage().cpu, taps.at(rate, extent.load).await);
        let (load, cpu) = (cpu, serving.usage().cpu - load);
        println!(
            "at {rate:3} answers/s: p50 / p99 / CPU       {:8.2} / {:.2} ms / {:.0} us each, {} failed",
            load.quantile(0.5),
            load.quantile(0.99),
            cpu / load.latencies.len() as f64 * 1e6,
            load.failed
        );
    }
    let cpu = serving.usage().cpu;
    let load = taps.as_fast_as_it_goes(128, extent.load).await;
    let usage = serving.usage();
    println!(
        "answers/s, 128 people as fast as it goes {:6.0}  (p50 {:.1} ms, p99 {:.1} ms, {} failed)",
        load.per_second(),
        load.quantile(0.5),
        load.quantile(0.99),
        load.failed
    );
    println!("  memory under that load (PSS)         {:8.1} MiB", usage.memory);
    println!(
        "  processor time, without confirmations {:7.0} us an answer",
        (usage.cpu - cpu) / load.latencies.len() as f64 * 1e6
    );
    let made = usize::try_from(taps.made()).unwrap_or(usize::MAX);
    slack.until(|seen| seen.confirmations - before >= made).await;
    let missing = made - (slack.seen().confirmations - before);
    println!("  confirmations missing / doubled      {:8} / {}", missing, slack.doubled());
}

/// Transactions that the server has seen in this database; SQLite counts none.
async fn transactions(database: &str) -> Option<i64> {
    if !database.starts_with("postgres") {
        return None;
    }
    let mut conn = PgConnection::connect(database).await.ok()?;
    let counted = "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()";
    sqlx::query_scalar(counted).fetch_one(&mut conn).await.ok()
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
