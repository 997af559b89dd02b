//! The stories on SQLite, each in a file of its own.

use rapport::store::sqlite::{Connection, Opening, operations};
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use tempfile::TempDir;

#[allow(clippy::duplicate_mod, reason = "one set of stories, told on each engine")]
#[path = "story/mod.rs"]
mod story;

/// A new database; it goes with the guard.
async fn open() -> (Connection, TempDir) {
    let dir = TempDir::new().expect("a folder");
    let mut conn = Opening::new(dir.path().join("test.db")).connect().await.expect("a database");
    sqlx::raw_sql(AssertSqlSafe(super::schema())).execute(&mut conn).await.expect("the schema");
    (conn, dir)
}
