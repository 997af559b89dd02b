//! Pairs that have ended.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{self, id, ms, raw, time};
use super::{Conn, attention};
use crate::core::content::HomeFormer;
use crate::core::ending::{EndReason, Ending};
use crate::core::id::{PairId, PersonId, ProgramId};
use crate::core::question::Role;

/// Former pairs on one page.
const FORMER: i64 = 5;

/// The pair has ended; whether that was new. What it was asked and planned for stays in its rows.
pub async fn ended(conn: &mut Conn, ending: &Ending) -> Result<bool> {
    let done = sqlx::query(
        "update pair
        set ended = $2,
            ended_reason = $3,
            ended_by = $4,
            next_fit = null
        where pair_id = $1
            and ended is null",
    )
    .bind(ending.pair.as_str())
    .bind(ms(ending.at))
    .bind(ending.reason.as_str())
    .bind(ending.by.as_ref().map(PersonId::as_str))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    for spent in &ending.spends {
        attention::spent(conn, spent).await?;
    }
    Ok(true)
}

/// A programme that goes on after all takes those back that had ended with it.
pub async fn go_on(conn: &mut Conn, program: &ProgramId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update pair
        set ended = null,
            ended_reason = null,
            ended_by = null,
            next_look = $3,
            next_fit = $3
        where program_id = $1
            and ended_reason = $2",
    )
    .bind(program.as_str())
    .bind(EndReason::Planned.as_str())
    .bind(ms(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Why pairs of this programme ended, where that is known: for its coordinators.
pub async fn reasons(conn: &mut Conn, program: &ProgramId) -> Result<HashMap<PairId, String>> {
    let rows = sqlx::query(
        "select pair_id, ended_reason
        from pair
        where program_id = $1
            and ended is not null
            and ended_reason is not null",
    )
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "pair", "pair_id")?, raw(row, "pair", "ended_reason")?))).collect()
}

/// The person's former pairs, newest first. Who ended them, and why, is not there.
pub async fn former(conn: &mut Conn, person: &PersonId) -> Result<Vec<HomeFormer>> {
    let rows = sqlx::query(
        "select pair.mentee_id, pair.ended, program.settings, partner.name as partner_name
        from pair
        join program on program.program_id = pair.program_id
        join person partner on partner.person_id = case
            when pair.mentee_id = $1 then pair.mentor_id
            else pair.mentee_id
        end
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is not null
        order by pair.ended desc, pair.pair_id
        limit $2",
    )
    .bind(person.as_str())
    .bind(FORMER)
    .fetch_all(conn)
    .await?;
    let one = |row: &rows::Row| {
        let mentee: PersonId = id(row, "pair", "mentee_id")?;
        Ok(HomeFormer {
            program_name: rows::program(row)?.name,
            role: if mentee == *person { Role::Mentee } else { Role::Mentor },
            partner: raw(row, "person", "partner_name")?,
            ended: time(row, "pair", "ended")?,
        })
    };
    rows.iter().map(one).collect()
}
