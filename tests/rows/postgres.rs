//! The stories on PostgreSQL, each in a schema of its own of the database that `DATABASE_URL_TEST` names.

use std::sync::atomic::{AtomicU32, Ordering};

use rapport::store::postgres::operations;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

#[allow(clippy::duplicate_mod, reason = "one set of stories, told on each engine")]
#[path = "story/mod.rs"]
mod story;

/// A new schema; `None` where there is no server.
async fn open() -> Option<(PgConnection, ())> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    #[allow(clippy::disallowed_methods, reason = "says where the server is")]
    let url = std::env::var("DATABASE_URL_TEST").ok()?;
    let mut conn = PgConnection::connect(&url).await.expect("the server of DATABASE_URL_TEST");
    let name = format!("rows_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let begin = format!("create schema {name}; set search_path to {name}; set client_min_messages to warning");
    sqlx::raw_sql(AssertSqlSafe(begin)).execute(&mut conn).await.expect("a schema");
    sqlx::raw_sql(include_str!("../../migrations/0001_begin.sql")).execute(&mut conn).await.expect("the tables");
    Some((conn, ()))
}
