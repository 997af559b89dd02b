//! Pairs and people that Slack refuses messages to.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::ms;
use crate::core::id::{PairId, PersonId};

/// The pair cannot be reached, by Slack's code; new when it was reachable before, or when a week has gone by.
pub async fn noted(conn: &mut Conn, pair: &PairId, why: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update pair
        set unreachable = $2,
            unreachable_why = $3,
            next_look = $4
        where pair_id = $1
            and (unreachable is null or unreachable < $5)",
    )
    .bind(pair.as_str())
    .bind(ms(at))
    .bind(why)
    .bind(ms(now))
    .bind(ms(at - chrono::Duration::weeks(1)))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The pairs of a person that have not ended.
pub async fn pairs_of(conn: &mut Conn, person: &PersonId) -> Result<Vec<PairId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select pair_id
        from pair
        where (mentor_id = $1 or mentee_id = $1)
            and ended is null
        order by pair_id",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PairId::from).collect())
}

/// The person is back, and their pairs get another chance. One that still cannot be reached is noted again.
pub async fn reached(conn: &mut Conn, person: &PersonId) -> Result<()> {
    sqlx::query(
        "update pair
        set unreachable = null,
            unreachable_why = null
        where (mentor_id = $1 or mentee_id = $1)
            and unreachable is not null",
    )
    .bind(person.as_str())
    .execute(conn)
    .await?;
    Ok(())
}
