//! Digests as they were computed, so that a second look shows the same numbers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::{ms, raw, unclear};
use crate::core::id::{DigestId, PersonId, ProgramId};
use crate::core::scoring::digest::Digest;

/// Stores a digest, or the copy of a coordinator who is in a pair of the programme. Whether it is new: the first one
/// stays.
pub async fn store(conn: &mut Conn, id: &DigestId, digest: &Digest, copy_of: Option<&PersonId>) -> Result<bool> {
    let value = serde_json::to_string(digest).map_err(|error| unclear("digest", "value", error))?;
    let done = sqlx::query(
        "insert into digest (digest_id, program_id, person_id, cutoff, value)
        values ($1, $2, $3, $4, $5)
        on conflict (digest_id) do nothing",
    )
    .bind(id.as_str())
    .bind(digest.program.as_str())
    .bind(copy_of.map(PersonId::as_str))
    .bind(ms(digest.cutoff))
    .bind(value)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The digest as it was stored.
pub async fn load(conn: &mut Conn, id: &DigestId) -> Result<Option<Digest>> {
    let value: Option<String> = sqlx::query_scalar("select value from digest where digest_id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    let read = |value: String| serde_json::from_str(&value).map_err(|error| unclear("digest", "value", error));
    value.map(read).transpose()
}

/// The newest digests before a cut-off: that for everybody, and the own copies of coordinators who are in pairs.
pub async fn before(
    conn: &mut Conn,
    program: &ProgramId,
    cutoff: DateTime<Utc>,
) -> Result<BTreeMap<Option<PersonId>, Digest>> {
    let rows = sqlx::query(
        "select person_id, value
        from digest
        where program_id = $1
            and cutoff = (select max(newest.cutoff) from digest newest where newest.program_id = $1 and newest.cutoff < $2)",
    )
    .bind(program.as_str())
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let one = |row| {
        let reader: Option<String> = raw(row, "digest", "person_id")?;
        let digest = serde_json::from_str(raw(row, "digest", "value")?);
        Ok((reader.map(PersonId::from), digest.map_err(|error| unclear("digest", "value", error))?))
    };
    rows.iter().map(one).collect()
}

/// The programme's digests without the coordinators' own copies, newest first.
pub async fn list(conn: &mut Conn, program: &ProgramId, limit: u32) -> Result<Vec<DigestId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select digest_id
        from digest
        where program_id = $1
            and person_id is null
        order by cutoff desc, digest_id
        limit $2",
    )
    .bind(program.as_str())
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(DigestId::from).collect())
}
