//! The outbox: one row for each Slack message, claimed, called, settled.

mod claim;
mod found;
mod next;
mod settle;

use chrono::{DateTime, Utc};
use sqlx::{Result, Row};

use super::Conn;
use crate::store::outbox::OutboxCounts;

pub use claim::claim;
pub use found::{found, seen};
pub use next::next_due;
pub use settle::settle;

/// At the start of the only process that delivers: nobody holds anything any more. What was being posted may stand in
/// Slack, which the holder's name, left in the row, tells the next claim; a sign of it is waited for until `sign`.
/// Replies to taps are lost with the process.
pub async fn void_claims(conn: &mut Conn, now: DateTime<Utc>, sign: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update outbox
        set doubtful = $1, due = null, shown = wanted, claimed = 0, holder = null
        where claimed > 0 and place like 'reply:%'",
    )
    .bind(now.timestamp_millis())
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "update outbox
        set claimed = 0,
            due = case
                when due is not null and channel is null and place not like 'home:%' and place not like 'channel:%'
                    then $1
                else due
            end
        where claimed > 0",
    )
    .bind(sign.timestamp_millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Replies to taps whose holder did not settle them in time: nobody will ever know. Returns how many there were.
pub async fn doubt_replies(conn: &mut Conn, now: DateTime<Utc>) -> Result<u64> {
    let doubtful = sqlx::query(
        "update outbox
        set doubtful = $1, due = null, shown = wanted, claimed = 0, holder = null
        where claimed > 0 and claimed < $1 and place like 'reply:%'",
    )
    .bind(now.timestamp_millis())
    .execute(conn)
    .await?;
    Ok(doubtful.rows_affected())
}

/// How many messages are in which state.
pub async fn counts(conn: &mut Conn) -> Result<OutboxCounts> {
    let row = sqlx::query(
        "select
            (select count(*) from outbox where due is not null and shown < wanted and dead is null),
            (select count(*) from outbox where unsure is not null and dead is null),
            (select count(*) from outbox where doubtful is not null),
            (select count(*) from outbox where dead is not null)",
    )
    .fetch_one(conn)
    .await?;
    Ok(OutboxCounts {
        waiting: row.try_get(0)?,
        unsure: row.try_get(1)?,
        doubtful: row.try_get(2)?,
        dead: row.try_get(3)?,
    })
}
