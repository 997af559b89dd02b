//! SQLite: one file, one writer, and what only this engine needs.

use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use sqlx::pool::PoolOptions;
use sqlx::{ConnectOptions, Connection as _};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};
use tokio_util::task::TaskTracker;

use super::error::{
    SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_ERROR, SQLITE_FULL, SQLITE_NOTADB, SQLITE_READONLY, StoreError, sqlite_code,
};
use super::migrations;
use super::options::{ClaimClock, Options, Role};
use crate::clock;

pub use database::Database;
pub use embedded::{Connection, Embedded as Engine, Options as Opening};
use operations::Conn;

/// A select that keeps others from the rows of one table until the transaction ends: here the single writer does.
macro_rules! locking {
    ($table:literal, $($select:tt)*) => {
        concat!($($select)*)
    };
}

mod bell;
#[allow(clippy::duplicate_mod, reason = "one text, compiled once for each engine")]
#[path = "database.rs"]
mod database;
mod embedded;
#[allow(clippy::duplicate_mod, reason = "one text, compiled once for each engine")]
#[path = "job.rs"]
mod job;
#[allow(clippy::duplicate_mod, reason = "one set of statements, compiled once for each engine")]
#[path = "operations/mod.rs"]
pub mod operations;
#[allow(clippy::duplicate_mod, reason = "one text, compiled once for each engine")]
#[path = "writer.rs"]
mod writer;

const WRITERS: usize = 1;
/// A deferred transaction that reads first would fail at once when somebody else writes.
const BEGIN: &str = "begin immediate";
/// The statements of a read share one look at the file: each look after a commit begins with an empty cache.
const READ_TOGETHER: Option<&str> = Some("begin deferred");
/// A read is over before the next begins, but for those that have a thread of their own.
const READERS: u32 = 4;
/// How long to wait for a process that lets go of the file just now, when one takes the place of another.
const ON_ITS_WAY_OUT: Duration = Duration::from_millis(500);
/// Jobs after which the log is copied into the file at the next quiet moment, and after which it is copied anyway.
const CHECKPOINT_QUIET: usize = 500;
const CHECKPOINT_ANYWAY: usize = 8_000;

/// How the writer gets a connection.
#[derive(Clone)]
struct Door {
    options: Opening,
    holder: String,
    since_checkpoint: usize,
    checkpoints: mpsc::Sender<()>,
    /// Where to ring after a commit, for a process that does not serve.
    bell: Option<PathBuf>,
}

/// What makes a process the serving one. The system lets go of the lock when the process ends, however it ends.
struct Keeper {
    _bell: Option<bell::Bell>,
    _lock: Option<File>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Lost,
    Clash,
    Own,
}

/// Opens the file, creating it if there is none, and brings its schema up to date.
pub(super) async fn open(url: &str, options: Options, now: DateTime<Utc>) -> Result<Database, StoreError> {
    let file = file(url)?;
    let lock = match options.role {
        Role::Serving => Some(serving_lock(&file).await?),
        Role::Visiting => None,
    };
    create_private(&file);
    let shared = Opening::new(file.clone()).pragma("mmap_size", "0").pragma("temp_store", "memory");
    let writing = shared
        .clone()
        .pragma("journal_mode", "wal")
        .pragma("synchronous", "full")
        .pragma("cache_size", "-1024")
        // Checkpoints are made beside the writer; this is for the case that they cannot keep up.
        .pragma("wal_autocheckpoint", "16384");
    let (checkpoints, wanted) = mpsc::channel(1);
    let bell = beside(&file, ".bell");
    let visiting = options.role == Role::Visiting;
    let door = Door {
        options: writing.clone(),
        holder: clock::token(),
        since_checkpoint: 0,
        checkpoints,
        bell: visiting.then(|| bell.clone()),
    };

    let mut first = first_connection(&file, &door).await?;
    if options.role == Role::Serving {
        let sign = now + options.sign_within();
        operations::outbox::void_claims(&mut first, now, sign).await.map_err(|error| unusable(&file, &error))?;
    }
    tokio::spawn(checkpoints_of(writing, wanted));
    let readers = PoolOptions::new()
        .max_connections(READERS)
        // No reaper: an idle process sleeps.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(shared.pragma("query_only", "on").pragma("cache_size", "-256"));
    let commits = watch::Sender::new(0);
    let bell = if visiting { None } else { bell::Bell::hang(bell, commits.clone()) };
    Ok(Database::start(door, first, readers, options, commits, Keeper { _bell: bell, _lock: lock }))
}

impl Door {
    async fn connect(&self) -> sqlx::Result<Conn> {
        self.options.connect().await
    }

    fn holder(&self) -> &str {
        &self.holder
    }

    /// Tells the serving process, if it is another one, of a commit that may have raised messages.
    fn tell(&self) {
        if let Some(bell) = &self.bell {
            bell::ring(bell);
        }
    }

    fn wrote(&mut self, jobs: usize, quiet: bool) {
        self.since_checkpoint += jobs;
        let enough = if quiet { CHECKPOINT_QUIET } else { CHECKPOINT_ANYWAY };
        if self.since_checkpoint >= enough && self.checkpoints.try_send(()).is_ok() {
            self.since_checkpoint = 0;
        }
    }
}

/// Copies the log into the file whenever that is wanted, in a thread of its own, so that no answer waits for it.
async fn checkpoints_of(options: Opening, mut wanted: mpsc::Receiver<()>) {
    while wanted.recv().await.is_some() {
        let options = options.clone();
        let done = tokio::task::spawn_blocking(move || Handle::current().block_on(checkpoint(&options)));
        if let Ok(Err(error)) = done.await {
            tracing::warn!(%error, "the log could not be copied into the database file; it is tried again");
        }
    }
}

async fn checkpoint(options: &Opening) -> sqlx::Result<()> {
    let mut conn = options.connect().await?;
    sqlx::query("pragma wal_checkpoint(passive)").execute(&mut conn).await?;
    conn.close().await
}

/// Lets a writer work in a thread of its own: its statements, and the disk, keep whoever awaits them.
fn employ(tasks: &TaskTracker, work: impl Future<Output = ()> + Send + 'static) {
    tasks.spawn_blocking(move || Handle::current().block_on(work));
}

/// Proves that the transaction can be committed: SQLite says so by itself.
#[allow(clippy::unused_async, reason = "its sibling on PostgreSQL asks the server")]
async fn prove(_conn: &mut Conn, _door: &Door, _wakes: bool) -> sqlx::Result<()> {
    Ok(())
}

fn fate(error: &sqlx::Error) -> Fate {
    match error {
        sqlx::Error::Io(_) => Fate::Lost,
        error if sqlite_code(error) == Some(SQLITE_BUSY) => Fate::Clash,
        _ => Fate::Own,
    }
}

/// The time by which claims run out, in milliseconds, and nobody else claims until the transaction ends.
async fn begin_claim(conn: &mut Conn, clock: ClaimClock, now: DateTime<Utc>) -> sqlx::Result<i64> {
    claim_time(conn, clock, now).await
}

#[allow(clippy::unused_async, reason = "its sibling on PostgreSQL asks the server")]
async fn claim_time(_conn: &mut Conn, _clock: ClaimClock, now: DateTime<Utc>) -> sqlx::Result<i64> {
    Ok(now.timestamp_millis())
}

/// Creates the file if need be and brings its schema up to date. Neither SQLite's change to its log nor sqlx's
/// migrations wait for one another by themselves: a second process waits here, then finds the work done.
async fn first_connection(file: &Path, door: &Door) -> Result<Conn, StoreError> {
    let path = beside(file, ".migrating");
    let waiting = path.clone();
    let lock = tokio::task::spawn_blocking(move || File::create(waiting).and_then(|lock| lock.lock().map(|()| lock)))
        .await
        .map_err(|error| StoreError::Unusable(error.to_string()))?
        .map_err(|error| StoreError::Unusable(format!("{} cannot be written: {error}.", path.display())))?;
    let opened = async {
        let mut first = door.connect().await.map_err(|error| unusable(file, &error))?;
        migrate(file, &mut first).await?;
        Ok(first)
    };
    let opened = opened.await;
    // Whoever waits for the file just removed holds its lock all the same, and has nothing left to do.
    let _ = std::fs::remove_file(&path);
    drop(lock);
    opened
}

async fn migrate(file: &Path, conn: &mut Conn) -> Result<(), StoreError> {
    use sqlx::migrate::MigrateError::{Execute, ExecuteMigration};
    migrations::migrator().run_direct(None, conn, false).await.map_err(|error| match &error {
        // What is wrong with the file rather than with a statement.
        Execute(cause) | ExecuteMigration(cause, _) if sqlite_code(cause).is_some_and(|code| code != SQLITE_ERROR) => {
            unusable(file, cause)
        }
        other => StoreError::Unusable(migrations::sentence(other)),
    })
}

/// What people answered is for nobody else on this machine; SQLite gives the files beside it the same rights. A file that
/// is there already keeps its own, and what goes wrong is said when it is opened.
fn create_private(file: &Path) {
    let _ = File::options().write(true).create_new(true).mode(0o600).open(file);
}

async fn serving_lock(file: &Path) -> Result<File, StoreError> {
    let path = beside(file, ".lock");
    let lock = File::create(&path).map_err(|error| {
        StoreError::Unusable(format!("{} cannot be written: {error}. rapport must own that folder.", path.display()))
    })?;
    let until = Instant::now() + ON_ITS_WAY_OUT;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse(format!(
                    "Another rapport serves from {} already. Stop it first; several at once need PostgreSQL.",
                    file.display()
                )));
            }
            Err(TryLockError::Error(error)) => {
                return Err(StoreError::Unusable(format!("{} cannot be locked: {error}.", path.display())));
            }
        }
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file that a `sqlite:` address names, if it can be there.
fn file(url: &str) -> Result<PathBuf, StoreError> {
    let name = url.strip_prefix("sqlite:").unwrap_or(url);
    let name = name.strip_prefix("//").unwrap_or(name);
    // What other programs write there, and what we do anyway.
    let name = name.strip_suffix("?mode=rwc").unwrap_or(name);
    if name.contains('?') {
        return Err(StoreError::Unusable(
            "DATABASE_URL has options that rapport does not know. Write for example sqlite:rapport.db.".to_owned(),
        ));
    }
    if name.is_empty() || name.contains(":memory:") {
        return Err(StoreError::Unusable(
            "DATABASE_URL names no file, and rapport keeps what people said. Write for example sqlite:rapport.db."
                .to_owned(),
        ));
    }
    let file = PathBuf::from(name);
    if file.is_dir() {
        let path = file.display();
        return Err(StoreError::Unusable(format!("{path} is a folder. Name a file in it: sqlite:{path}/rapport.db.")));
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => Err(StoreError::Unusable(format!(
            "The folder {} does not exist. Create it, or name another place in DATABASE_URL.",
            folder.display()
        ))),
        _ => Ok(file),
    }
}

fn unusable(file: &Path, error: &sqlx::Error) -> StoreError {
    let file = file.display();
    StoreError::Unusable(match sqlite_code(error) {
        Some(SQLITE_NOTADB) => format!("{file} is not a SQLite database. Name another file in DATABASE_URL."),
        Some(SQLITE_FULL) => format!("The disk that holds {file} is full. Free some space and start again."),
        Some(SQLITE_CANTOPEN | SQLITE_READONLY) => {
            format!("{file} cannot be opened for writing. Check who owns it, and its folder.")
        }
        Some(SQLITE_BUSY) => format!("{file} is locked by another program. Close it and start again."),
        _ => format!("{file} cannot be opened: {error}."),
    })
}
