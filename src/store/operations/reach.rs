//! Pairs that cannot be reached, and whom to tell.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{self, ms};
use super::{Conn, raise};
use crate::core::id::{PairId, PersonId};
use crate::core::message::Message;

/// A pair cannot be reached, and why (Slack's code). Those of its programme's coordinators who are not one of the two
/// are told, once until it is reached again.
pub async fn pair_unreachable(conn: &mut Conn, pair: &PairId, why: &str, now: DateTime<Utc>) -> Result<()> {
    let done = sqlx::query(
        "update pair
        set unreachable = $2,
            unreachable_why = $3
        where pair_id = $1
            and unreachable is null
            and ended is null",
    )
    .bind(pair.as_str())
    .bind(ms(now))
    .bind(why)
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    let coordinators = sqlx::query(
        "select coordinator.person_id
        from pair
        join coordinator on coordinator.program_id = pair.program_id
        where pair.pair_id = $1
            and coordinator.person_id not in (pair.mentor_id, pair.mentee_id)
        order by coordinator.person_id",
    )
    .bind(pair.as_str())
    .fetch_all(&mut *conn)
    .await?;
    for row in &coordinators {
        let coordinator: PersonId = rows::id(row, "coordinator", "person_id")?;
        let workspace = coordinator.workspace();
        let note = Message::UnreachableNote { pair: pair.clone(), coordinator };
        raise::raise(conn, &workspace, &note.at(now)).await?;
    }
    Ok(())
}

/// A person cannot be reached, and why: nor can any pair of theirs.
pub async fn person_unreachable(conn: &mut Conn, person: &PersonId, why: &str, now: DateTime<Utc>) -> Result<()> {
    let pairs: Vec<String> = sqlx::query_scalar(
        "select pair_id
        from pair
        where (mentor_id = $1 or mentee_id = $1)
            and unreachable is null
            and ended is null
        order by pair_id",
    )
    .bind(person.as_str())
    .fetch_all(&mut *conn)
    .await?;
    for pair in pairs {
        pair_unreachable(conn, &PairId::from(pair), why, now).await?;
    }
    Ok(())
}

/// The pair was reached.
pub async fn pair_reached(conn: &mut Conn, pair: &PairId) -> Result<()> {
    sqlx::query(
        "update pair
        set unreachable = null,
            unreachable_why = null
        where pair_id = $1
            and unreachable is not null",
    )
    .bind(pair.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// The person is back, and their pairs get another chance. One that still cannot be reached is told again.
pub async fn person_reached(conn: &mut Conn, person: &PersonId) -> Result<()> {
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
