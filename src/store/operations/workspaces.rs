//! The workspaces in which the app is installed.

use chrono::{DateTime, Utc};
use sqlx::{Result, Row};

use super::Conn;
use crate::core::id::WorkspaceId;
use crate::store::workspace::{Stop, Workspace};

/// Installs the app, again or for the first time. A stopped workspace runs again.
pub async fn install(conn: &mut Conn, workspace: &WorkspaceId, bot_user: &str) -> Result<()> {
    sqlx::query(
        "insert into workspace (workspace_id, bot_user) values ($1, $2)
        on conflict (workspace_id) do update
        set bot_user = excluded.bot_user, stopped = null, stopped_why = null",
    )
    .bind(workspace.as_str())
    .bind(bot_user)
    .execute(conn)
    .await?;
    Ok(())
}

/// Stops everything that is sent there. The first reason stays.
pub async fn stop(conn: &mut Conn, workspace: &WorkspaceId, why: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update workspace
        set stopped = $2, stopped_why = $3
        where workspace_id = $1 and stopped is null",
    )
    .bind(workspace.as_str())
    .bind(now.timestamp_millis())
    .bind(why)
    .execute(conn)
    .await?;
    Ok(())
}

/// Slack does not take our charts there: digests come without from now on.
pub async fn refuses_charts(conn: &mut Conn, workspace: &WorkspaceId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("update workspace set charts_refused = $2 where workspace_id = $1 and charts_refused is null")
        .bind(workspace.as_str())
        .bind(now.timestamp_millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether charts may be sent there, as far as is known.
pub async fn takes_charts(conn: &mut Conn, workspace: &WorkspaceId) -> Result<bool> {
    let refused: Option<i64> =
        sqlx::query_scalar("select count(*) from workspace where workspace_id = $1 and charts_refused is not null")
            .bind(workspace.as_str())
            .fetch_optional(conn)
            .await?;
    Ok(refused.is_none_or(|refused| refused == 0))
}

/// All of them, by id.
pub async fn all(conn: &mut Conn) -> Result<Vec<Workspace>> {
    let rows = sqlx::query("select workspace_id, bot_user, stopped, stopped_why from workspace order by workspace_id")
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let stopped: Option<i64> = row.try_get(2)?;
            let why: Option<String> = row.try_get(3)?;
            Ok(Workspace {
                id: WorkspaceId::from(row.try_get::<String, _>(0)?),
                bot_user: row.try_get(1)?,
                stopped: stopped
                    .and_then(DateTime::from_timestamp_millis)
                    .map(|at| Stop { at, why: why.unwrap_or_default() }),
            })
        })
        .collect()
}
