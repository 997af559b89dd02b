//! When something may be called again: a method of a workspace, or a place that was just written to.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Result, Row};

use super::Conn;
use crate::core::id::WorkspaceId;
use crate::core::pace::Pace;
use crate::store::options::Paces;
use crate::store::outbox::Method;

/// Slack takes one message a second in each conversation.
const BETWEEN_POSTS: TimeDelta = TimeDelta::seconds(1);

/// Slack refused a method and said until when. The methods that the outbox calls also slow down.
pub async fn throttle(
    conn: &mut Conn,
    paces: &Paces,
    workspace: &WorkspaceId,
    method: &str,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    match Method::parse(method) {
        None => hold(conn, workspace, method, until).await,
        Some(method) => {
            let mut pace = pace(conn, paces, workspace, method).await?;
            pace.refused(until, now);
            set_pace(conn, workspace, method, pace).await
        }
    }
}

/// Until when the method must not be called; `None` when it may be.
pub async fn held_until(
    conn: &mut Conn,
    workspace: &WorkspaceId,
    method: &str,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let free: Option<i64> =
        sqlx::query_scalar("select free from throttle where workspace_id = $1 and name = $2 and free > $3")
            .bind(workspace.as_str())
            .bind(method)
            .bind(now.timestamp_millis())
            .fetch_optional(conn)
            .await?;
    Ok(free.and_then(DateTime::from_timestamp_millis))
}

/// A message was posted to this place now.
pub(super) async fn rest(conn: &mut Conn, workspace: &WorkspaceId, place: &str, now: DateTime<Utc>) -> Result<()> {
    hold(conn, workspace, place, now + BETWEEN_POSTS).await
}

/// The pace of a method as it stands, and as it begins where it was never called. The row stays ours until the
/// transaction ends.
pub(super) async fn pace(conn: &mut Conn, paces: &Paces, workspace: &WorkspaceId, method: Method) -> Result<Pace> {
    let limits = method.limits(paces);
    let row = sqlx::query(locking!(
        "throttle",
        "select free, gap
        from throttle
        where workspace_id = $1 and name = $2"
    ))
    .bind(workspace.as_str())
    .bind(method.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(Pace::new(limits)) };
    let (free, gap): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Pace::from_stored(free, gap.unwrap_or_else(|| Pace::new(limits).gap_us()), limits))
}

/// Stores a pace.
pub(super) async fn set_pace(conn: &mut Conn, workspace: &WorkspaceId, method: Method, pace: Pace) -> Result<()> {
    sqlx::query(
        "insert into throttle (workspace_id, name, free, gap) values ($1, $2, $3, $4)
        on conflict (workspace_id, name) do update
        set free = excluded.free, gap = excluded.gap",
    )
    .bind(workspace.as_str())
    .bind(method.as_str())
    .bind(pace.free_ms())
    .bind(pace.gap_us())
    .execute(conn)
    .await?;
    Ok(())
}

async fn hold(conn: &mut Conn, workspace: &WorkspaceId, name: &str, until: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "insert into throttle (workspace_id, name, free) values ($1, $2, $3)
        on conflict (workspace_id, name) do update
        set free = case when throttle.free < excluded.free then excluded.free else throttle.free end",
    )
    .bind(workspace.as_str())
    .bind(name)
    .bind(until.timestamp_millis())
    .execute(conn)
    .await?;
    Ok(())
}
