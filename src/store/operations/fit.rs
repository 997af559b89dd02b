//! Whether a pairing is right for one of the two. What one says is read for that one alone, and for whom they let know.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{Row, ms, number, raw, time_if, unclear};
use super::{Conn, attention};
use crate::core::fit::{Fit, FitChange, FitState, MayKnow};
use crate::core::id::{PairId, PersonId};

/// Writes what became true; whether it was new.
pub async fn write(conn: &mut Conn, change: &FitChange) -> Result<bool> {
    match change {
        FitChange::Asked { pair, person, times, spent, at } => {
            let new = asked(conn, pair, person, *times, *at).await?;
            if new {
                attention::spent(conn, spent).await?;
            }
            Ok(new)
        }
        FitChange::Said { pair, person, fit, may_know, at, again } => {
            let new = said(conn, pair, person, *fit, *may_know, *at).await?;
            if let Some(again) = again.filter(|_| new) {
                look_by(conn, pair, again).await?;
            }
            Ok(new)
        }
        FitChange::Look { pair, next } => look(conn, pair, *next).await,
    }
}

async fn asked(conn: &mut Conn, pair: &PairId, person: &PersonId, times: u32, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into fit (pair_id, person_id, times, asked)
        values ($1, $2, $3, $4)
        on conflict (pair_id, person_id) do update
        set times = excluded.times,
            asked = excluded.asked
        where fit.times < excluded.times",
    )
    .bind(pair.as_str())
    .bind(person.as_str())
    .bind(i64::from(times))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn said(
    conn: &mut Conn,
    pair: &PairId,
    person: &PersonId,
    fit: Fit,
    may_know: Option<MayKnow>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into fit (pair_id, person_id, times, answer, may_know, at)
        values ($1, $2, 0, $3, $4, $5)
        on conflict (pair_id, person_id) do update
        set answer = excluded.answer,
            may_know = excluded.may_know,
            at = excluded.at
        where fit.at is null or fit.at <= excluded.at",
    )
    .bind(pair.as_str())
    .bind(person.as_str())
    .bind(fit.as_str())
    .bind(may_know.map(MayKnow::as_str))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn look_by(conn: &mut Conn, pair: &PairId, by: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update pair
        set next_fit = $2
        where pair_id = $1
            and ended is null
            and (next_fit is null or next_fit > $2)",
    )
    .bind(pair.as_str())
    .bind(ms(by))
    .execute(conn)
    .await?;
    Ok(())
}

async fn look(conn: &mut Conn, pair: &PairId, next: Option<DateTime<Utc>>) -> Result<bool> {
    let done = sqlx::query("update pair set next_fit = $2 where pair_id = $1")
        .bind(pair.as_str())
        .bind(next.map(ms))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Pairs that are to be looked at by `now`, longest waiting first.
pub async fn due(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<PairId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select pair_id
        from pair
        where next_fit <= $1
            and ended is null
        order by next_fit, pair_id
        limit $2",
    )
    .bind(ms(now))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PairId::from).collect())
}

/// What this person was asked and said.
pub async fn state(conn: &mut Conn, pair: &PairId, person: &PersonId) -> Result<FitState> {
    let row = sqlx::query("select times, answer, may_know, at from fit where pair_id = $1 and person_id = $2")
        .bind(pair.as_str())
        .bind(person.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map_or(Ok(FitState::default()), read)
}

/// Reads the columns of `fit`.
pub fn read(row: &Row) -> Result<FitState> {
    let answer: Option<&str> = raw(row, "fit", "answer")?;
    let may_know: Option<&str> = raw(row, "fit", "may_know")?;
    let wrong = |error: String| unclear("fit", "answer", error);
    Ok(FitState {
        times: number(row, "fit", "times")?,
        answer: answer.map(|word| word.parse().map_err(wrong)).transpose()?,
        may_know: may_know.map(|word| word.parse().map_err(wrong)).transpose()?,
        at: time_if(row, "fit", "at")?,
    })
}
