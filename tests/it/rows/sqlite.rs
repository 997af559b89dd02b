//! The stories on SQLite, each in a file of its own.

use rapport::store::sqlite::operations;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;

#[allow(clippy::duplicate_mod, reason = "one set of stories, told on each engine")]
#[path = "story/mod.rs"]
mod story;

/// A new database; it goes with the guard.
async fn open() -> (SqliteConnection, TempDir) {
    let dir = TempDir::new().expect("a folder");
    let options = SqliteConnectOptions::new().filename(dir.path().join("test.db")).create_if_missing(true);
    let mut conn = SqliteConnection::connect_with(&options.foreign_keys(true)).await.expect("a database");
    sqlx::raw_sql(AssertSqlSafe(super::schema())).execute(&mut conn).await.expect("the schema");
    (conn, dir)
}
