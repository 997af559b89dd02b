//! What became of claimed messages. Only their holder may say so, and only while the claim is its own.

use chrono::{DateTime, Utc};
use sqlx::{Result, Row};

use super::super::{Conn, throttle};
use super::claim::receipt;
use super::found::{seen, withdraw};
use crate::core::event::Receipt;
use crate::core::id::WorkspaceId;
use crate::store::outbox::{Claim, Settlement};

/// Settles messages that `holder` claimed. Returns how many of the claims were still its own.
///
/// A claim that ran out is still good while nobody else took it. From a claim that was taken over only one thing is
/// of use: a receipt proves that the post exists.
pub async fn settle(
    conn: &mut Conn,
    holder: &str,
    now: DateTime<Utc>,
    settlements: &[(Claim, Settlement)],
) -> Result<u64> {
    let mut in_order: Vec<_> = settlements.iter().collect();
    in_order.sort_by_key(|(claim, _)| claim);
    let mut settled = 0;
    for (claim, settlement) in in_order {
        let done = match settlement {
            Settlement::Sent { receipt, shown } => sent(conn, holder, now, claim, receipt.as_ref(), *shown).await?,
            Settlement::SentAgain { receipt, shown } => {
                doubt(conn, holder, now, claim).await?;
                sent(conn, holder, now, claim, Some(receipt), *shown).await?
            }
            Settlement::RetryAt { at, counts } => retry(conn, holder, claim, *at, *counts).await?,
            Settlement::Unsure { at } => unsure(conn, holder, now, claim, *at).await?,
            Settlement::Dead { why } => over(conn, holder, claim, End::Dead(now, why)).await?,
            Settlement::Doubtful => over(conn, holder, claim, End::Doubtful(now)).await?,
            Settlement::Dropped => over(conn, holder, claim, End::Dropped).await?,
        };
        settled += u64::from(done);
    }
    Ok(settled)
}

async fn sent(
    conn: &mut Conn,
    holder: &str,
    now: DateTime<Utc>,
    claim: &Claim,
    posted: Option<&Receipt>,
    shown: i64,
) -> Result<bool> {
    let row = sqlx::query(
        "update outbox
        set channel = coalesce(channel, $4),
            ts = coalesce(ts, $5),
            shown = case when shown > $6 then shown else $6 end,
            due = case when wanted > $6 then coalesce(due, $7) else null end,
            claimed = 0,
            holder = null,
            attempts = 0,
            first_try = null,
            unsure = null
        where name = $1 and holder = $2 and claimed = $3
        returning channel, ts, workspace_id, place",
    )
    .bind(claim.name.as_str())
    .bind(holder)
    .bind(claim.until)
    .bind(posted.map(|receipt| receipt.channel.as_str()))
    .bind(posted.map(|receipt| receipt.ts.as_str()))
    .bind(shown)
    .bind(now.timestamp_millis())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(posted) = posted else { return Ok(row.is_some()) };
    let Some(row) = row else {
        seen(conn, &claim.name, posted, now).await?;
        return Ok(false);
    };
    let known = receipt(row.try_get(0)?, row.try_get(1)?);
    let workspace = WorkspaceId::from(row.try_get::<String, _>(2)?);
    throttle::rest(conn, &workspace, row.try_get(3)?, now).await?;
    // A former copy was found while this one was posted: somebody may have tapped it, so this one goes.
    if known.as_ref() != Some(posted) {
        withdraw(conn, &workspace, posted.clone()).await?;
    }
    Ok(true)
}

/// Marks a message that may stand in Slack twice.
async fn doubt(conn: &mut Conn, holder: &str, now: DateTime<Utc>, claim: &Claim) -> Result<()> {
    sqlx::query(
        "update outbox
        set doubtful = coalesce(doubtful, $4)
        where name = $1 and holder = $2 and claimed = $3",
    )
    .bind(claim.name.as_str())
    .bind(holder)
    .bind(claim.until)
    .bind(now.timestamp_millis())
    .execute(conn)
    .await?;
    Ok(())
}

async fn retry(conn: &mut Conn, holder: &str, claim: &Claim, at: DateTime<Utc>, counts: bool) -> Result<bool> {
    let done = sqlx::query(
        "update outbox
        set due = case when shown >= wanted then null else $4 end,
            claimed = 0,
            holder = null,
            attempts = attempts - $5
        where name = $1 and holder = $2 and claimed = $3",
    )
    .bind(claim.name.as_str())
    .bind(holder)
    .bind(claim.until)
    .bind(at.timestamp_millis())
    .bind(i64::from(!counts))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn unsure(conn: &mut Conn, holder: &str, now: DateTime<Utc>, claim: &Claim, at: DateTime<Utc>) -> Result<bool> {
    let row = sqlx::query(
        // It may have been seen in Slack already, before its reply was given up; then nothing is unsure. Nor is it where
        // doing it twice changes nothing.
        "update outbox
        set due = case when shown >= wanted then null else $4 end,
            claimed = 0,
            holder = null,
            unsure = case
                when channel is null and place not like 'home:%' and place not like 'channel:%'
                    then coalesce(unsure, $5)
                else unsure
            end
        where name = $1 and holder = $2 and claimed = $3
        returning workspace_id, place",
    )
    .bind(claim.name.as_str())
    .bind(holder)
    .bind(claim.until)
    .bind(at.timestamp_millis())
    .bind(now.timestamp_millis())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(false) };
    let workspace = WorkspaceId::from(row.try_get::<String, _>(0)?);
    throttle::rest(conn, &workspace, row.try_get(1)?, now).await?;
    Ok(true)
}

enum End<'a> {
    Dead(DateTime<Utc>, &'a str),
    Doubtful(DateTime<Utc>),
    Dropped,
}

async fn over(conn: &mut Conn, holder: &str, claim: &Claim, end: End<'_>) -> Result<bool> {
    let (dead, why, doubtful) = match end {
        End::Dead(at, why) => (Some(at.timestamp_millis()), Some(why), None),
        End::Doubtful(at) => (None, None, Some(at.timestamp_millis())),
        End::Dropped => (None, None, None),
    };
    let done = sqlx::query(
        "update outbox
        set due = null,
            shown = wanted,
            claimed = 0,
            holder = null,
            unsure = null,
            dead = coalesce(dead, $4),
            dead_why = coalesce(dead_why, $5),
            doubtful = coalesce(doubtful, $6)
        where name = $1 and holder = $2 and claimed = $3",
    )
    .bind(claim.name.as_str())
    .bind(holder)
    .bind(claim.until)
    .bind(dead)
    .bind(why)
    .bind(doubtful)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
