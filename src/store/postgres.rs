//! PostgreSQL: several processes, two writers each, and what only this engine needs.

use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio_util::task::TaskTracker;

use super::error::StoreError;
use super::migrations;
use super::options::{ClaimClock, Options, Role};
use crate::clock::{self, jitter};

pub use database::Database;
use operations::Conn;
pub use sqlx::Postgres as Engine;

/// A select that keeps others from the rows of one table until the transaction ends.
macro_rules! locking {
    ($table:literal, $($select:tt)*) => {
        concat!($($select)*, "\nfor update of ", $table)
    };
}

#[allow(clippy::duplicate_mod, reason = "one text, compiled once for each engine")]
#[path = "database.rs"]
mod database;
#[allow(clippy::duplicate_mod, reason = "one text, compiled once for each engine")]
#[path = "job.rs"]
mod job;
#[allow(clippy::duplicate_mod, reason = "one set of statements, compiled once for each engine")]
#[path = "operations/mod.rs"]
pub mod operations;
#[allow(clippy::duplicate_mod, reason = "one text, compiled once for each engine")]
#[path = "writer.rs"]
mod writer;

const WRITERS: usize = 2;
const BEGIN: &str = "begin";
/// The statements of a read stand alone: a transaction around them would be two more ways to the server and back.
const READ_TOGETHER: Option<&str> = None;
const READERS: u32 = 8;
/// The channel on which processes tell each other that messages were raised.
const CHANNEL: &str = "rapport";
/// The advisory lock of whoever claims messages.
const CLAIMING: i64 = 0x7261_7070_6f72_7431;

/// How a writer gets a connection.
#[derive(Clone)]
struct Door {
    options: PgConnectOptions,
    holder: String,
}

/// The listener, which ends with the database.
struct Keeper {
    listener: Option<AbortHandle>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Lost,
    Clash,
    Own,
}

/// Connects and brings the schema up to date, under sqlx's advisory lock.
pub(super) async fn open(url: &str, options: Options, _now: DateTime<Utc>) -> Result<Database, StoreError> {
    let connect = PgConnectOptions::from_str(url)
        // The cause may quote the address, and with it the password.
        .map_err(|_| {
            StoreError::Unusable(
                "DATABASE_URL is not understood. Write for example postgres://user:password@host:5432/rapport."
                    .to_owned(),
            )
        })?
        .application_name("rapport")
        .disable_statement_logging();
    let door = Door { options: connect.clone(), holder: clock::token() };
    let mut migrating = connect.connect().await.map_err(|error| unusable(&connect, &error))?;
    migrations::migrator().run_direct(None, &mut migrating, false).await.map_err(|error| {
        use sqlx::migrate::MigrateError::{Execute, ExecuteMigration};
        match &error {
            Execute(cause) | ExecuteMigration(cause, _) if fate(cause) == Fate::Lost => unusable(&connect, cause),
            other => StoreError::Unusable(migrations::sentence(other)),
        }
    })?;
    drop(migrating);
    let first = door.connect().await.map_err(|error| unusable(&connect, &error))?;

    let commits = watch::Sender::new(0);
    let listener = (options.role == Role::Serving)
        .then(|| tokio::spawn(listen(connect.clone(), door.holder.clone(), commits.clone())).abort_handle());
    let readers = PgPoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(Duration::from_secs(5))
        // No reaper: an idle process sleeps.
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(connect);
    Ok(Database::start(door, first, readers, options, commits, Keeper { listener }))
}

impl Door {
    async fn connect(&self) -> sqlx::Result<Conn> {
        let mut conn = self.options.connect().await?;
        // A process that is stopped inside a transaction must not keep its rows from the others for long.
        for setting in ["set idle_in_transaction_session_timeout = '5s'", "set lock_timeout = '3s'"] {
            sqlx::query(setting).execute(&mut conn).await?;
        }
        Ok(conn)
    }

    fn holder(&self) -> &str {
        &self.holder
    }

    /// Tells the other processes of a commit: the server did, with the commit itself.
    #[allow(clippy::unused_self, reason = "its sibling on SQLite rings a bell")]
    fn tell(&self) {}

    #[allow(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "its sibling on SQLite counts")]
    fn wrote(&mut self, _jobs: usize, _quiet: bool) {}
}

/// Lets a writer work beside everybody else: it waits for the server, not for the disk.
fn employ(tasks: &TaskTracker, work: impl Future<Output = ()> + Send + 'static) {
    tasks.spawn(work);
}

/// Proves that the transaction can be committed, and tells the other processes once it is.
///
/// After a statement that failed and whose error somebody swallowed, the server answers `commit` with a rollback that
/// sqlx takes for success. Any other statement is refused then, so one is asked first.
async fn prove(conn: &mut Conn, door: &Door, wakes: bool) -> sqlx::Result<()> {
    if wakes {
        sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(door.holder()).execute(conn).await?;
    } else {
        sqlx::query("select 1").execute(conn).await?;
    }
    Ok(())
}

fn fate(error: &sqlx::Error) -> Fate {
    let Some(database) = error.as_database_error() else {
        return match error {
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
                Fate::Lost
            }
            _ => Fate::Own,
        };
    };
    match database.code().as_deref() {
        // Shut down or starting, too many connections, ended by the idle time-out, connection failures.
        Some("57P01" | "57P02" | "57P03" | "53300" | "25P03") => Fate::Lost,
        Some(code) if code.starts_with("08") => Fate::Lost,
        // Deadlock, serialisation failure, a row that another transaction keeps for longer than we wait.
        Some("40P01" | "40001" | "55P03") => Fate::Clash,
        // Somebody else took the last slot of a person's week after the decision had counted them.
        Some("23505") if database.constraint() == Some("attention_pkey") => Fate::Clash,
        _ => Fate::Own,
    }
}

/// The time by which claims run out, in milliseconds, and nobody else claims until the transaction ends.
async fn begin_claim(conn: &mut Conn, clock: ClaimClock, now: DateTime<Utc>) -> sqlx::Result<i64> {
    // Two statements: the time must be read after the lock was waited for, and what follows must see what its former
    // holder committed.
    sqlx::query("select pg_advisory_xact_lock($1)").bind(CLAIMING).execute(&mut *conn).await?;
    claim_time(conn, clock, now).await
}

async fn claim_time(conn: &mut Conn, clock: ClaimClock, now: DateTime<Utc>) -> sqlx::Result<i64> {
    match clock {
        ClaimClock::Now => Ok(now.timestamp_millis()),
        ClaimClock::Database => {
            sqlx::query_scalar("select (extract(epoch from clock_timestamp()) * 1000)::bigint").fetch_one(conn).await
        }
    }
}

/// Passes on what other processes commit. While the connection is away the minute's sweep has to do.
async fn listen(options: PgConnectOptions, holder: String, commits: watch::Sender<u64>) {
    loop {
        let heard = async {
            let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
            let mut listener = PgListener::connect_with(&pool.connect_with(options.clone()).await?).await?;
            listener.listen(CHANNEL).await?;
            loop {
                // Nothing heard means that the connection was lost and is back: something may have been missed.
                let news = listener.try_recv().await?;
                if news.is_none_or(|news| news.payload() != holder) {
                    commits.send_modify(|commits| *commits += 1);
                }
            }
        };
        let error: sqlx::Error = match heard.await {
            Ok(never) => never,
            Err(error) => error,
        };
        tracing::warn!(%error, "commits of other processes are not heard; trying again");
        tokio::time::sleep(jitter(Duration::from_secs(10))).await;
    }
}

fn unusable(options: &PgConnectOptions, error: &sqlx::Error) -> StoreError {
    let (host, port, user) = (options.get_host(), options.get_port(), options.get_username());
    let database = options.get_database().unwrap_or(user);
    let code = error.as_database_error().and_then(|error| error.code());
    StoreError::Unusable(match code.as_deref() {
        Some("28P01" | "28000") => {
            format!("PostgreSQL at {host}:{port} does not let {user} in. Check name and password in DATABASE_URL.")
        }
        Some("3D000") => format!("PostgreSQL at {host}:{port} has no database {database}. Create it first."),
        Some("53300") => format!("PostgreSQL at {host}:{port} has no connection left; rapport needs about a dozen."),
        Some("42501") => format!("{user} may not create tables in {database}. Grant it, or let its owner start once."),
        Some("57P03") => format!("PostgreSQL at {host}:{port} is starting or stopping. Try again in a moment."),
        _ => format!("PostgreSQL at {host}:{port} cannot be reached ({error}). Is it running, is DATABASE_URL right?"),
    })
}
