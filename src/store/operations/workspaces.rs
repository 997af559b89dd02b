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
