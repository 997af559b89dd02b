//! Thanks: sealed words of one of a pair for the other, which are gone once they are taken back.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::{self, Row, id, ms, raw, time};
use crate::core::id::{PairId, PersonId, ThanksId};
use crate::core::message::Message;
use crate::core::thanks::{LATELY, Thanks, ThanksChange};
use crate::store::vault::Vault;

/// Thanks in one record, newest first.
const RECEIVED: i64 = 30;

/// The row key that words are sealed with.
fn row_of(thanks: &ThanksId) -> String {
    format!("thanks:{thanks}")
}

/// Writes one fact; whether it was new.
pub async fn write(conn: &mut Conn, vault: &Vault, change: &ThanksChange) -> Result<bool> {
    match change {
        ThanksChange::Said(thanks) => said(conn, vault, thanks).await,
        ThanksChange::TakenBack { thanks, at } => taken_back(conn, thanks, *at).await,
    }
}

/// Of two writings the later one counts, as long as it is not sent.
async fn said(conn: &mut Conn, vault: &Vault, thanks: &Thanks) -> Result<bool> {
    let done = sqlx::query(
        "insert into thanks (thanks_id, pair_id, from_id, to_id, sealed, at, due)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (thanks_id) do update
        set sealed = excluded.sealed,
            at = excluded.at,
            due = excluded.due
        where excluded.at > thanks.at
            and thanks.due > excluded.at",
    )
    .bind(thanks.id.as_str())
    .bind(thanks.pair.as_str())
    .bind(thanks.from.as_str())
    .bind(thanks.to.as_str())
    .bind(vault.seal(&row_of(&thanks.id), &thanks.words))
    .bind(ms(thanks.at))
    .bind(ms(thanks.due))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Nothing stays: neither the words nor the message that would have carried them.
async fn taken_back(conn: &mut Conn, thanks: &ThanksId, at: DateTime<Utc>) -> Result<bool> {
    let to: Option<String> = sqlx::query_scalar("delete from thanks where thanks_id = $1 and due > $2 returning to_id")
        .bind(thanks.as_str())
        .bind(ms(at))
        .fetch_optional(&mut *conn)
        .await?;
    let Some(to) = to else { return Ok(false) };
    let message = Message::Thanks { thanks: thanks.clone(), person: PersonId::from(to) };
    sqlx::query("delete from outbox where name = $1 and channel is null")
        .bind(message.name().as_str())
        .execute(conn)
        .await?;
    Ok(true)
}

/// The newest that this person said in this pair, where it is not due yet.
pub async fn waiting(
    conn: &mut Conn,
    vault: &Vault,
    pair: &PairId,
    from: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Thanks>> {
    let row = sqlx::query(
        "select thanks_id, pair_id, from_id, to_id, sealed, at, due
        from thanks
        where pair_id = $1
            and from_id = $2
            and due > $3
        order by due desc, thanks_id
        limit 1",
    )
    .bind(pair.as_str())
    .bind(from.as_str())
    .bind(ms(now))
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(|row| thanks(row, vault)).transpose()
}

/// What this person said in this pair of late: those that are due already, and how many there are with those that wait.
pub async fn lately(
    conn: &mut Conn,
    pair: &PairId,
    from: &PersonId,
    now: DateTime<Utc>,
) -> Result<(Vec<ThanksId>, u32)> {
    let rows = sqlx::query(
        "select thanks_id, due
        from thanks
        where pair_id = $1
            and from_id = $2
            and (at > $3 or due > $3)
        order by at desc, thanks_id
        limit 100",
    )
    .bind(pair.as_str())
    .bind(from.as_str())
    .bind(ms(now - LATELY))
    .fetch_all(conn)
    .await?;
    let mut sent = Vec::new();
    for row in &rows {
        if time(row, "thanks", "due")? <= now {
            sent.push(id(row, "thanks", "thanks_id")?);
        }
    }
    Ok((sent, u32::try_from(rows.len()).unwrap_or(u32::MAX)))
}

/// One by its name.
pub async fn find(conn: &mut Conn, vault: &Vault, id: &ThanksId) -> Result<Option<Thanks>> {
    let row =
        sqlx::query("select thanks_id, pair_id, from_id, to_id, sealed, at, due from thanks where thanks_id = $1")
            .bind(id.as_str())
            .fetch_optional(conn)
            .await?;
    row.as_ref().map(|row| thanks(row, vault)).transpose()
}

/// When it goes out, and in which pair; for whoever sends it, without the words.
pub async fn due(conn: &mut Conn, thanks: &ThanksId) -> Result<Option<(PairId, DateTime<Utc>)>> {
    let row = sqlx::query("select pair_id, due from thanks where thanks_id = $1")
        .bind(thanks.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((id(&row, "thanks", "pair_id")?, time(&row, "thanks", "due")?))).transpose()
}

/// What this person was thanked for, newest first, with the names of those who said it.
pub async fn received(
    conn: &mut Conn,
    vault: &Vault,
    to: &PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<(Thanks, String)>> {
    let rows = sqlx::query(
        "select thanks.thanks_id, thanks.pair_id, thanks.from_id, thanks.to_id, thanks.sealed, thanks.at, thanks.due,
            person.name
        from thanks
        join person on person.person_id = thanks.from_id
        where thanks.to_id = $1
            and thanks.due <= $2
        order by thanks.due desc, thanks.thanks_id
        limit $3",
    )
    .bind(to.as_str())
    .bind(ms(now))
    .bind(RECEIVED)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((thanks(row, vault)?, raw(row, "person", "name")?))).collect()
}

fn thanks(row: &Row, vault: &Vault) -> Result<Thanks> {
    let name: ThanksId = id(row, "thanks", "thanks_id")?;
    Ok(Thanks {
        pair: id(row, "thanks", "pair_id")?,
        from: id(row, "thanks", "from_id")?,
        to: id(row, "thanks", "to_id")?,
        words: vault.open(&row_of(&name), raw(row, "thanks", "sealed")?).map_err(rows::sealed)?,
        at: time(row, "thanks", "at")?,
        due: time(row, "thanks", "due")?,
        id: name,
    })
}
