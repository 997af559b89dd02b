//! What coordinators did about pairs, what they looked at, and what they were answered.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, Row, id, ms, raw, time};
use super::{Conn, Engine};
use crate::core::care::{Looked, Step, StepKind};
use crate::core::id::{EventId, PairId, PersonId, ProgramId, StepId};
use crate::core::scoring::digest::LineId;
use crate::store::vault::Vault;

/// What [`step`] reads, of `step`.
macro_rules! step_columns {
    () => {
        "step.step_id, step.kind, step.line_id, step.pair_id as step_pair, step.person_id as step_by, step.at as step_at"
    };
}

/// The row key that the words to both are sealed with.
pub fn word_row(step: &StepId) -> String {
    format!("step:{step}")
}

/// The row key that an answer to a coordinator is sealed with.
pub fn reply_row(step: &StepId, person: &PersonId) -> String {
    format!("reply:{step}:{person}")
}

/// A step. The first one stays; only a label gives way to a later, different one.
pub async fn stepped(
    conn: &mut Conn,
    vault: &Vault,
    step: &Step,
    program: &ProgramId,
    words: Option<&str>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into step (step_id, program_id, pair_id, line_id, kind, person_id, at, sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (step_id) do update
        set kind = excluded.kind,
            person_id = excluded.person_id,
            at = excluded.at
        where step.kind <> excluded.kind
            and step.at <= excluded.at",
    )
    .bind(step.id.as_str())
    .bind(program.as_str())
    .bind(step.pair.as_ref().map(PairId::as_str))
    .bind(step.line.as_ref().map(LineId::as_str))
    .bind(step.kind.as_str())
    .bind(step.by.as_str())
    .bind(ms(step.at))
    .bind(words.map(|words| vault.seal(&word_row(&step.id), words)))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What somebody answers; of two answers the later counts.
pub async fn replied(
    conn: &mut Conn,
    vault: &Vault,
    step: &StepId,
    person: &PersonId,
    words: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let known: Option<i64> = sqlx::query_scalar("select at from reply where step_id = $1 and person_id = $2")
        .bind(step.as_str())
        .bind(person.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    // The same act again changes nothing, though sealing makes other text of it.
    if known.is_some_and(|known| known >= ms(at)) {
        return Ok(false);
    }
    let done = sqlx::query(
        "insert into reply (step_id, person_id, sealed, at)
        values ($1, $2, $3, $4)
        on conflict (step_id, person_id) do update
        set sealed = excluded.sealed,
            at = excluded.at
        where reply.at < excluded.at",
    )
    .bind(step.as_str())
    .bind(person.as_str())
    .bind(vault.seal(&reply_row(step, person), words))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A coordinator looks.
pub async fn looked(
    conn: &mut Conn,
    event: &EventId,
    pair: &PairId,
    by: &PersonId,
    what: Looked,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into look (event_id, pair_id, person_id, what, at)
        values ($1, $2, $3, $4, $5)
        on conflict (event_id) do nothing",
    )
    .bind(event.as_str())
    .bind(pair.as_str())
    .bind(by.as_str())
    .bind(what.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Steps about one line, or, without one, about a pair from its page, newest first, with the coordinators' names.
pub async fn steps(conn: &mut Conn, line: Option<&LineId>, pair: Option<&PairId>) -> Result<Vec<(Step, String)>> {
    let rows = sqlx::query(concat!(
        "select ",
        step_columns!(),
        ", person.name
        from step
        join person on person.person_id = step.person_id
        where step.line_id = $1
            or ($1 is null and step.line_id is null and step.pair_id = $2)
        order by step.at desc, step.step_id
        limit 20"
    ))
    .bind(line.map(LineId::as_str))
    .bind(pair.map(PairId::as_str))
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((step(row)?, raw(row, "person", "name")?))).collect()
}

/// The lines of the last weeks about which a coordinator had done something by the cut-off. A label says how the rules
/// did, and does nothing for a pair.
pub async fn handled(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<BTreeSet<LineId>> {
    let lines: Vec<String> = sqlx::query_scalar(
        "select distinct step.line_id
        from step
        where step.program_id = $1
            and step.line_id is not null
            and step.at > $2
            and step.at <= $3
            and step.kind not in ($4, $5)",
    )
    .bind(program.as_str())
    .bind(ms(cutoff - TimeDelta::weeks(4)))
    .bind(ms(cutoff))
    .bind(StepKind::NeededHelp.as_str())
    .bind(StepKind::AllWell.as_str())
    .fetch_all(conn)
    .await?;
    Ok(lines.into_iter().map(LineId::from).collect())
}

/// A step by its name.
pub async fn find(conn: &mut Conn, step_id: &StepId) -> Result<Option<Step>> {
    let row = sqlx::query(concat!("select ", step_columns!(), " from step where step.step_id = $1"))
        .bind(step_id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(step).transpose()
}

/// Lists with `in (…)`: names one value after the other.
pub fn listed<'a>(select: &mut QueryBuilder<Engine>, names: impl Iterator<Item = &'a str>) {
    select.push(" (");
    let mut list = select.separated(", ");
    for name in names {
        list.push_bind(name.to_owned());
    }
    select.push(")");
}

/// Reads `step_columns!`.
pub fn step(row: &Row) -> Result<Step> {
    let word = |error: String| rows::unclear("step", "kind", error);
    Ok(Step {
        id: id(row, "step", "step_id")?,
        kind: raw::<&str>(row, "step", "kind")?.parse().map_err(word)?,
        line: raw::<Option<String>>(row, "step", "line_id")?.map(LineId::from),
        pair: raw::<Option<String>>(row, "step", "step_pair")?.map(PairId::from),
        by: id(row, "step", "step_by")?,
        at: time(row, "step", "step_at")?,
    })
}
