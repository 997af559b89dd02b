//! What time has come for.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::{self, ms};
use crate::core::id::{PairId, PersonId, ProgramId, PulseId};

/// Pairs at which planning must look by `now`, longest waiting first.
pub async fn pairs(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<PairId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select pair_id
        from pair
        where next_look <= $1
            and ended is null
        order by next_look, pair_id
        limit $2",
    )
    .bind(ms(now))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PairId::from).collect())
}

/// People whose nudges must be looked at by `now`, longest waiting first.
pub async fn nudges(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<PersonId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select person_id
        from person
        where nudge_look <= $1
        order by nudge_look, person_id
        limit $2",
    )
    .bind(ms(now))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PersonId::from).collect())
}

/// Pulses whose time is over by `now`.
pub async fn pulses_to_close(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<PulseId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select pulse_id
        from pulse
        where closes <= $1
            and closed is null
            and folded is null
        order by closes, pulse_id
        limit $2",
    )
    .bind(ms(now))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PulseId::from).collect())
}

/// Programmes whose digest is to be computed by `now`, each with the cut-off that has come.
pub async fn digests(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<(ProgramId, DateTime<Utc>)>> {
    let rows = sqlx::query(
        "select program_id, next_digest
        from program
        where next_digest <= $1
        order by next_digest, program_id",
    )
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    let due = |row| Ok((rows::id(row, "program", "program_id")?, rows::time(row, "program", "next_digest")?));
    rows.iter().map(due).collect()
}

/// The earliest of all that those above wait for, and of surveys that are to close; each is the first entry of an index.
pub async fn next_due(conn: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    let row = sqlx::query(
        "select
            (select next_look from pair where ended is null order by next_look limit 1) as look,
            (select closes from pulse where closed is null and folded is null order by closes limit 1) as close,
            (select nudge_look from person order by nudge_look limit 1) as nudge,
            (select min(next_digest) from program) as digest,
            (select closes from survey where closed is null order by closes limit 1) as survey",
    )
    .fetch_one(conn)
    .await?;
    let times = [
        rows::time_if(&row, "pair", "look")?,
        rows::time_if(&row, "pulse", "close")?,
        rows::time_if(&row, "person", "nudge")?,
        rows::time_if(&row, "program", "digest")?,
        rows::time_if(&row, "survey", "survey")?,
    ];
    Ok(times.into_iter().flatten().min())
}
