//! Forgets what nobody needs any more, a little at a time.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::Conn;

/// Rows in one go, so that answers do not wait.
pub const BATCH: i64 = 500;

/// Deletes events older than `before`, and with each the settled reply to it. Doubtful replies stay for the record.
///
/// Returns how many events were deleted: fewer than [`BATCH`] means that nothing is left to do.
pub async fn forget_events(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    sqlx::query(
        "delete from outbox
        where name in (select 'said:' || event_id from event where at < $1 order by at, event_id limit $2)
            and claimed = 0 and doubtful is null",
    )
    .bind(before.timestamp_millis())
    .bind(BATCH)
    .execute(&mut *conn)
    .await?;
    let forgotten = sqlx::query(
        "delete from event
        where event_id in (select event_id from event where at < $1 order by at, event_id limit $2)",
    )
    .bind(before.timestamp_millis())
    .bind(BATCH)
    .execute(conn)
    .await?;
    Ok(forgotten.rows_affected())
}

/// Deletes the waits of places that are over. Returns how many.
pub async fn forget_waits(conn: &mut Conn, now: DateTime<Utc>) -> Result<u64> {
    let over = now - TimeDelta::minutes(1);
    let forgotten = sqlx::query("delete from throttle where gap is null and free < $1")
        .bind(over.timestamp_millis())
        .execute(conn)
        .await?;
    Ok(forgotten.rows_affected())
}
