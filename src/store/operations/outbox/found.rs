//! A message was seen in Slack: that settles a post whose reply was lost, and shows up a second copy.

use chrono::{DateTime, Utc};
use sqlx::{Result, Row};

use super::super::{Conn, participation, pulses, throttle};
use super::claim::receipt;
use crate::core::event::Receipt;
use crate::core::id::{MessageKey, MessageName, WorkspaceId};
use crate::core::message::Message;

/// A message of ours, by its key, was tapped or echoed: it exists, here.
///
/// Where a second copy is known the one seen now is kept, because people are looking at it, and the other is taken
/// back. A copy that was taken back is not found any more. Returns whether that was news.
pub async fn found(conn: &mut Conn, key: &MessageKey, receipt: &Receipt, now: DateTime<Utc>) -> Result<bool> {
    // Every post is echoed, and most are known already: look before locking.
    let name: Option<String> = sqlx::query_scalar(
        "select name
        from outbox
        where key = $1 and (channel is null or channel <> $2 or ts <> $3 or unsure is not null)",
    )
    .bind(key.as_str())
    .bind(&receipt.channel)
    .bind(&receipt.ts)
    .fetch_optional(&mut *conn)
    .await?;
    match name {
        Some(name) => seen(conn, &MessageName::from(name), receipt, now).await.map(|()| true),
        None => Ok(false),
    }
}

/// [`found`], by name.
pub async fn seen(conn: &mut Conn, name: &MessageName, found: &Receipt, now: DateTime<Utc>) -> Result<()> {
    let row = sqlx::query(locking!(
        "outbox",
        "select channel, ts, workspace_id, message, place
        from outbox
        where name = $1"
    ))
    .bind(name.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let known = receipt(row.try_get(0)?, row.try_get(1)?);
    let workspace = WorkspaceId::from(row.try_get::<String, _>(2)?);
    if known.as_ref() != Some(found) && is_withdrawn(conn, found).await? {
        return Ok(());
    }
    // Which revision stands there is not known; it is at least the first. A later one is sent as an update.
    sqlx::query(
        "update outbox
        set channel = $2,
            ts = $3,
            unsure = null,
            shown = case when shown < 1 then 1 else shown end,
            due = case when wanted <= 1 then null else due end
        where name = $1",
    )
    .bind(name.as_str())
    .bind(&found.channel)
    .bind(&found.ts)
    .execute(&mut *conn)
    .await?;
    if known.is_none() {
        // Its sender may not have settled it yet; the place rests all the same, and no longer than when it has.
        throttle::rest(conn, &workspace, row.try_get(4)?, now).await?;
        arrived(conn, row.try_get(3)?, found).await?;
    }
    match known {
        Some(other) if other != *found => withdraw(conn, &workspace, other).await,
        _ => Ok(()),
    }
}

/// What follows from a message that arrived though its reply was lost: a welcome begins the time to think it over, and
/// what was folded because nobody knew of its post is asked. (Of a mentor's many rows a tap tells which stand there.)
async fn arrived(conn: &mut Conn, message: &str, found: &Receipt) -> Result<()> {
    match serde_json::from_str(message) {
        Ok(Message::Welcome { program, person }) => {
            if let Some(at) = found.at() {
                participation::welcomed(conn, &program, &person, at, at).await?;
            }
        }
        Ok(Message::Pulse { pulse }) => {
            pulses::ask_unfolded(conn, &pulse, None).await?;
        }
        Ok(Message::PrivatePulse { pulse, person, .. }) => {
            pulses::ask_unfolded(conn, &pulse, Some(&person)).await?;
        }
        _ => (),
    }
    Ok(())
}

/// Takes a second copy back.
pub(super) async fn withdraw(conn: &mut Conn, workspace: &WorkspaceId, copy: Receipt) -> Result<()> {
    let place = format!("channel:{}", copy.channel);
    let message = Message::Withdrawal { copy };
    let name = message.name();
    sqlx::query(
        // Due at once, whatever the time is.
        "insert into outbox (name, key, workspace_id, message, place, due, wanted, shown, claimed, attempts)
        values ($1, $2, $3, $4, $5, 0, 1, 0, 0, 0)
        on conflict (name) do nothing",
    )
    .bind(name.as_str())
    .bind(name.key().as_str())
    .bind(workspace.as_str())
    .bind(serde_json::to_string(&message).expect("a message is names and dates"))
    .bind(place)
    .execute(conn)
    .await?;
    Ok(())
}

async fn is_withdrawn(conn: &mut Conn, copy: &Receipt) -> Result<bool> {
    let name = Message::Withdrawal { copy: copy.clone() }.name();
    let known: Option<i64> = sqlx::query_scalar("select wanted from outbox where name = $1")
        .bind(name.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(known.is_some())
}
