//! Programmes, and who coordinates them.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{self, ms};
use super::{Conn, releases};
use crate::core::id::{ProgramId, WorkspaceId};
use crate::core::program::Program;
use crate::core::scoring::suppression::PastThreshold;
use crate::store::listed::Applied;
use crate::store::settings;

/// Writes a programme's settings. Its coordinators must be known people. Where settings changed, planning looks at all
/// pairs of it again at once. A digest that is due already stays due.
pub async fn apply_settings(
    conn: &mut Conn,
    program: &Program,
    next_digest: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Applied> {
    let text = settings::write(program);
    let stands: Option<String> = sqlx::query_scalar("select settings from program where program_id = $1")
        .bind(program.id.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let before = stands.as_ref().and_then(|stands| settings::read(stands).ok());
    if before.as_ref().is_some_and(|before| before == program) {
        return Ok(Applied::Same);
    }
    sqlx::query(
        "insert into program (program_id, workspace_id, settings, applied, next_digest)
        values ($1, $2, $3, $4, $5)
        on conflict (program_id) do update
        set settings = excluded.settings,
            applied = excluded.applied,
            next_digest = case
                when program.next_digest <= excluded.applied then program.next_digest
                else excluded.next_digest
            end",
    )
    .bind(program.id.as_str())
    .bind(program.id.workspace().as_str())
    .bind(text)
    .bind(ms(now))
    .bind(next_digest.map(ms))
    .execute(&mut *conn)
    .await?;
    coordinate(conn, program).await?;
    if let Some(before) = before.filter(|before| before.threshold != program.threshold) {
        let past = PastThreshold { until: now, people: before.threshold };
        releases::keep_threshold(conn, &program.id, past).await?;
    }
    sqlx::query(
        "update pair
        set next_look = $2
        where program_id = $1
            and ended is null
            and next_look > $2",
    )
    .bind(program.id.as_str())
    .bind(ms(now))
    .execute(conn)
    .await?;
    Ok(if stands.is_some() { Applied::Changed } else { Applied::New })
}

/// Makes the programme's coordinators those that its settings name.
async fn coordinate(conn: &mut Conn, program: &Program) -> Result<()> {
    sqlx::query("delete from coordinator where program_id = $1").bind(program.id.as_str()).execute(&mut *conn).await?;
    for person in &program.coordinators {
        sqlx::query(
            "insert into coordinator (program_id, person_id)
            values ($1, $2)
            on conflict (program_id, person_id) do nothing",
        )
        .bind(program.id.as_str())
        .bind(person.as_str())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The next digest is computed then, or never.
pub async fn set_next_digest(conn: &mut Conn, program: &ProgramId, next: Option<DateTime<Utc>>) -> Result<()> {
    sqlx::query("update program set next_digest = $2 where program_id = $1")
        .bind(program.as_str())
        .bind(next.map(ms))
        .execute(conn)
        .await?;
    Ok(())
}

/// The programme with this id: workspace and slug.
pub async fn find(conn: &mut Conn, program: &ProgramId) -> Result<Option<Program>> {
    let row = sqlx::query("select settings from program where program_id = $1")
        .bind(program.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(rows::program).transpose()
}

/// The programme with this id, which nobody else changes or computes a digest of until the transaction ends.
pub async fn locked(conn: &mut Conn, program: &ProgramId) -> Result<Option<Program>> {
    let row = sqlx::query(locking!("program", "select settings from program where program_id = $1"))
        .bind(program.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(rows::program).transpose()
}

/// The workspace's programmes, in the order of their slugs.
pub async fn list(conn: &mut Conn, workspace: &WorkspaceId) -> Result<Vec<Program>> {
    let rows = sqlx::query(
        "select settings
        from program
        where workspace_id = $1
        order by program_id",
    )
    .bind(workspace.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(rows::program).collect()
}
