//! The welcome, before anything is asked.

use sqlx::Result;

use super::super::pieces::join_partner;
use super::super::rows::{self, id, raw};
use super::super::{Conn, cases};
use crate::core::content::{Started, Welcome};
use crate::core::id::{PersonId, ProgramId};
use crate::core::person::Standing;
use crate::core::plan;
use crate::core::question::Role;

/// The welcome; `None` for somebody who is in no pair of the programme any more.
pub async fn welcome(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Option<Welcome>> {
    let Some(case) = cases::program_case(conn, program, person).await? else { return Ok(None) };
    let pairs = pairs(conn, program, person).await?;
    if pairs.is_empty() {
        return Ok(None);
    }
    let count = |own| u32::try_from(pairs.iter().filter(|(role, _)| *role == own).count()).unwrap_or(u32::MAX);
    let weekly = plan::weekly(&case.program, count(Role::Mentee), count(Role::Mentor));
    Ok(Some(Welcome {
        told: case.told(person).map(|one| one.name.clone()).collect(),
        program: program.clone(),
        coordinators: case.other_coordinators(person),
        coordinates: case.is_coordinator(person),
        program_name: case.program.name,
        pairs,
        weekly,
        threshold: case.program.threshold,
        said: case.standing.and_then(said),
    }))
}

/// The word that a person gave to the welcome, if any.
pub fn said(standing: Standing) -> Option<Started> {
    match standing {
        Standing::Invited | Standing::Welcomed { .. } => None,
        Standing::Started { .. } => Some(Started::Yes),
        Standing::Declined { .. } => Some(Started::No),
    }
}

/// The person's pairs in the programme that have not ended: own role, and the partner's name.
pub async fn pairs(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Vec<(Role, String)>> {
    let rows = sqlx::query(concat!(
        "select pair.mentee_id, partner.name
        from pair
        ",
        join_partner!("$2"),
        "
        where pair.program_id = $1
            and (pair.mentor_id = $2 or pair.mentee_id = $2)
            and pair.ended is null
        order by partner.name, pair.pair_id"
    ))
    .bind(program.as_str())
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let side = |row: &rows::Row| {
        let mentee: PersonId = id(row, "pair", "mentee_id")?;
        let role = if mentee == *person { Role::Mentee } else { Role::Mentor };
        Ok((role, raw(row, "person", "name")?))
    };
    rows.iter().map(side).collect()
}
