//! The stories on SQLite, each in a file of its own.

use rapport::store::sqlite::operations;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::TempDir;

#[allow(clippy::duplicate_mod, reason = "one set of stories, told on each engine")]
#[path = "story/mod.rs"]
mod story;

/// A new database; it goes with the guard.
async fn open() -> (SqliteConnection, TempDir) {
    let dir = TempDir::new().expect("a folder");
    let options = SqliteConnectOptions::new().filename(dir.path().join("test.db")).create_if_missing(true);
    let mut conn = SqliteConnection::connect_with(&options.foreign_keys(true)).await.expect("a database");
    sqlx::raw_sql(include_str!("../../../migrations/0001_begin.sql")).execute(&mut conn).await.expect("the schema");
    sqlx::raw_sql(include_str!("../../../migrations/0004_totals.sql")).execute(&mut conn).await.expect("the schema");
    sqlx::raw_sql(include_str!("../../../migrations/0005_actions.sql")).execute(&mut conn).await.expect("the schema");
    sqlx::raw_sql(include_str!("../../../migrations/0006_evaluations.sql"))
        .execute(&mut conn)
        .await
        .expect("the schema");
    sqlx::raw_sql(include_str!("../../../migrations/0007_sessions.sql")).execute(&mut conn).await.expect("the schema");
    (conn, dir)
}
