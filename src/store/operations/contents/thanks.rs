//! What the message says that brings thanks to whom it is for, and what App Home says while it waits.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::cases::pair_case;
use super::super::pieces::join_partner;
use super::super::rows::{id, ms, raw};
use super::super::{Conn, thanks};
use crate::core::content::{ThanksPost, WaitingThanks};
use crate::core::id::{PairId, PersonId, ThanksId};
use crate::store::vault::Vault;

/// Waiting thanks on one page.
const SHOWN: i64 = 5;

/// `None` where it was taken back.
pub async fn post(conn: &mut Conn, vault: &Vault, id: &ThanksId, now: DateTime<Utc>) -> Result<Option<ThanksPost>> {
    let Some(thanks) = thanks::find(conn, vault, id).await?.filter(|thanks| thanks.due <= now) else {
        return Ok(None);
    };
    let Some(case) = pair_case(conn, &thanks.pair).await? else { return Ok(None) };
    let from = if case.mentee.id == thanks.from { &case.mentee } else { &case.mentor };
    let several: i64 = sqlx::query_scalar(
        "select count(distinct program_id)
        from pair
        where (mentee_id = $1 or mentor_id = $1)
            and ended is null",
    )
    .bind(thanks.to.as_str())
    .fetch_one(conn)
    .await?;
    Ok(Some(ThanksPost {
        pair: thanks.pair,
        from: from.name.clone(),
        program_name: (several > 1).then_some(case.program.name),
        words: thanks.words,
        running: case.pair.ended.is_none(),
    }))
}

/// What this person said that can still be taken back.
pub async fn waiting(
    conn: &mut Conn,
    vault: &Vault,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<WaitingThanks>> {
    let rows = sqlx::query(concat!(
        "select pair.pair_id, partner.name as partner_name
        from thanks
        join pair on pair.pair_id = thanks.pair_id
        ",
        join_partner!("$1"),
        "
        where thanks.from_id = $1
            and thanks.due > $2
        order by thanks.due, pair.pair_id
        limit $3"
    ))
    .bind(person.as_str())
    .bind(ms(now))
    .bind(SHOWN)
    .fetch_all(&mut *conn)
    .await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for row in &rows {
        let pair: PairId = id(row, "pair", "pair_id")?;
        if let Some(thanks) = thanks::waiting(conn, vault, &pair, person, now).await? {
            let partner = raw(row, "person", "partner_name")?;
            waiting.push(WaitingThanks { pair, thanks: thanks.id, partner, words: thanks.words, due: thanks.due });
        }
    }
    Ok(waiting)
}
