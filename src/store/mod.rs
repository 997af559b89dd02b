//! Rows, on SQLite or PostgreSQL: one set of statements, one writer that shares its commits.

mod acts;
mod deliveries;
mod error;
pub mod exported;
mod key;
pub mod listed;
mod migrations;
mod nudges;
mod options;
pub mod outbox;
pub mod postgres;
mod queue;
mod roster;
mod schedule;
mod settings;
pub mod sqlite;
pub mod vault;
mod workspace;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

pub use acts::{Acted, Destination, Failed, Instead, Prepared};
pub use error::StoreError;
pub use key::Key;
pub use options::{ClaimClock, Options, Paces, Role};
pub use outbox::{Claim, Claimed, OutboxCounts, Settlement};
pub use queue::Urgency;
pub use workspace::{Stop, Workspace};

/// Writes on whatever engine it is: `write!(store, key, urgency, (args), |conn| operations::outbox::settle(conn, …))`.
/// In the body the arguments are references.
macro_rules! write {
    ($store:expr, $key:expr, $urgency:expr, ($($arg:ident),*), |$conn:ident| $body:expr) => {
        $crate::store::write!($store, $key, $urgency, ($($arg),*), |$conn| $body, raises: |_| true)
    };
    // Where the result tells whether messages were raised.
    ($store:expr, $key:expr, $urgency:expr, ($($arg:ident),*), |$conn:ident| $body:expr, raises: $raises:expr) => {
        match $store {
            $crate::store::Store::Sqlite(database) => {
                use $crate::store::sqlite::operations;
                let run = database.write_raising($key, $urgency, ($($arg,)*), |$conn, ($($arg,)*)| Box::pin($body), $raises);
                run.await
            }
            $crate::store::Store::Postgres(database) => {
                use $crate::store::postgres::operations;
                let run = database.write_raising($key, $urgency, ($($arg,)*), |$conn, ($($arg,)*)| Box::pin($body), $raises);
                run.await
            }
        }
    };
}

/// Reads on whatever engine it is, like [`write!`].
macro_rules! read {
    ($store:expr, ($($arg:ident),*), |$conn:ident| $body:expr) => {
        match $store {
            $crate::store::Store::Sqlite(database) => {
                use $crate::store::sqlite::operations;
                database.read(($($arg,)*), |$conn, ($($arg,)*)| Box::pin($body)).await
            }
            $crate::store::Store::Postgres(database) => {
                use $crate::store::postgres::operations;
                database.read(($($arg,)*), |$conn, ($($arg,)*)| Box::pin($body)).await
            }
        }
    };
}

use read;
use write;

/// The rows. Clones share one open database.
#[derive(Clone)]
pub enum Store {
    Sqlite(sqlite::Database),
    Postgres(postgres::Database),
}

impl Store {
    /// Opens the database that `url` names (`sqlite:FILE` or `postgres://…`) and brings its schema up to date.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what to do, without the password.
    pub async fn open(url: &str, options: Options, now: DateTime<Utc>) -> Result<Self, StoreError> {
        match url.split_once(':').map_or("", |(scheme, _)| scheme) {
            "sqlite" => Ok(Self::Sqlite(sqlite::open(url, options, now).await?)),
            "postgres" | "postgresql" => Ok(Self::Postgres(postgres::open(url, options, now).await?)),
            _ => Err(StoreError::Unusable(
                "DATABASE_URL must begin with sqlite: or postgres:. Write for example sqlite:rapport.db.".to_owned(),
            )),
        }
    }

    /// Writes what waits, then closes everything. Later calls fail with [`StoreError::Closed`].
    pub async fn close(&self) {
        match self {
            Self::Sqlite(database) => database.close().await,
            Self::Postgres(database) => database.close().await,
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.workspaces().await.map(drop)
    }

    /// The name under which this process holds claims; another one at each start.
    pub fn holder(&self) -> &str {
        match self {
            Self::Sqlite(database) => database.holder(),
            Self::Postgres(database) => database.holder(),
        }
    }

    /// A count of commits that may have raised messages, those of other processes too where this one serves. Subscribe
    /// before looking for work: then `changed()` misses nothing.
    pub fn commits(&self) -> watch::Receiver<u64> {
        match self {
            Self::Sqlite(database) => database.commits(),
            Self::Postgres(database) => database.commits(),
        }
    }

    /// How it was opened.
    pub fn options(&self) -> &Options {
        match self {
            Self::Sqlite(database) => database.options(),
            Self::Postgres(database) => database.options(),
        }
    }
}
