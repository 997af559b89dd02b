//! Programmes, and who coordinates them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, id, ms, raw, time};
use super::{Conn, Engine, releases};
use crate::core::id::{PersonId, ProgramId, WorkspaceId};
use crate::core::program::Program;
use crate::core::scoring::suppression::PastThreshold;
use crate::core::scoring::window::TakingPart;
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
    let stands: Option<String> = sqlx::query_scalar("select settings from program where program_id = $1")
        .bind(program.id.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let before = stands.as_ref().and_then(|stands| settings::read(stands).ok());
    let program = &match &before {
        Some(before) => program.clone().in_place_of(before),
        None => program.clone(),
    };
    if before.as_ref() == Some(program) {
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
    .bind(settings::write(program))
    .bind(ms(now))
    .bind(next_digest.map(ms))
    .execute(&mut *conn)
    .await?;
    coordinate(conn, program, now).await?;
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

/// Makes the programme's coordinators those that its settings name. Who is one already has been one since then.
async fn coordinate(conn: &mut Conn, program: &Program, now: DateTime<Utc>) -> Result<()> {
    let mut gone = QueryBuilder::<Engine>::new("delete from coordinator where program_id = ");
    gone.push_bind(program.id.as_str());
    if !program.coordinators.is_empty() {
        gone.push(" and person_id not in (");
        let mut list = gone.separated(", ");
        for person in &program.coordinators {
            list.push_bind(person.as_str());
        }
        gone.push(")");
    }
    gone.build().persistent(false).execute(&mut *conn).await?;
    // A digest that was computed a moment ago did not know of them.
    let counted = releases::counted_until(conn, &program.id, DateTime::<Utc>::MAX_UTC).await?;
    let since = counted.map_or(now, |counted| counted.max(now));
    for person in &program.coordinators {
        sqlx::query(
            "insert into coordinator (program_id, person_id, since)
            values ($1, $2, $3)
            on conflict (program_id, person_id) do nothing",
        )
        .bind(program.id.as_str())
        .bind(person.as_str())
        .bind(ms(since))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The coordinators who are or were in a pair of the programme, whenever it begins or ended: they read a copy of the
/// digest of their own. `from` is how far back pairs are looked at that have ended.
pub async fn taking_part(
    conn: &mut Conn,
    program: &ProgramId,
    from: DateTime<Utc>,
) -> Result<BTreeMap<PersonId, TakingPart>> {
    let rows = sqlx::query(
        "select coordinator.person_id, coordinator.since,
            case
                when pair.ended <= $2 then null
                when pair.mentee_id = coordinator.person_id then pair.mentor_id
                else pair.mentee_id
            end as partner_id
        from coordinator
        join pair on pair.program_id = coordinator.program_id
            and (pair.mentor_id = coordinator.person_id or pair.mentee_id = coordinator.person_id)
        where coordinator.program_id = $1",
    )
    .bind(program.as_str())
    .bind(ms(from))
    .fetch_all(conn)
    .await?;
    let mut all = BTreeMap::new();
    for row in &rows {
        let since = time(row, "coordinator", "since")?;
        let new = || TakingPart { since, partners: BTreeSet::new() };
        let one = all.entry(id(row, "coordinator", "person_id")?).or_insert_with(new);
        one.partners.extend(raw::<Option<String>>(row, "pair", "partner_id")?.map(PersonId::from));
    }
    Ok(all)
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
