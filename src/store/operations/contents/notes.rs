//! Words to a coordinator that do not wait for the digest.

use sqlx::Result;

use super::super::answers::help_row;
use super::super::rows::{self, raw};
use super::super::{Conn, cases};
use super::welcome;
use crate::core::content::Note;
use crate::core::id::{HelpId, PairId, PersonId, ProgramId};
use crate::core::person::Standing;
use crate::store::vault::Vault;

/// Somebody is out, or is in again; a first note is sent only while they are out.
pub async fn declined(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Option<Note>> {
    let Some(case) = cases::program_case(conn, program, person).await? else { return Ok(None) };
    let is_back = match case.standing {
        Some(Standing::Declined { .. }) => false,
        Some(Standing::Started { .. }) => true,
        _ => return Ok(None),
    };
    let pairs = welcome::pairs(conn, program, person).await?;
    let Some(role) = pairs.first().map(|(role, _)| *role) else { return Ok(None) };
    let name = sqlx::query_scalar("select name from person where person_id = $1")
        .bind(person.as_str())
        .fetch_one(conn)
        .await?;
    let (program_name, user) = (case.program.name, person.user().to_owned());
    if is_back {
        return Ok(Some(Note::Back { program_name, name, user, role }));
    }
    Ok(Some(Note::Declined {
        program_name,
        name,
        user,
        role,
        partners: pairs.into_iter().map(|(_, partner)| partner).collect(),
    }))
}

/// Somebody asks for help.
pub async fn help(conn: &mut Conn, vault: &Vault, help: &HelpId) -> Result<Option<Note>> {
    let row = sqlx::query(
        "select program.settings, help.person_id, help.sealed, own.name as own_name, partner.name as partner_name
        from help
        join pair on pair.pair_id = help.pair_id
        join program on program.program_id = pair.program_id
        join person own on own.person_id = help.person_id
        join person partner on partner.person_id = case
            when pair.mentee_id = help.person_id then pair.mentor_id
            else pair.mentee_id
        end
        where help.help_id = $1",
    )
    .bind(help.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let person: PersonId = rows::id(&row, "help", "person_id")?;
    Ok(Some(Note::Help {
        program_name: rows::program(&row)?.name,
        name: raw(&row, "person", "own_name")?,
        user: person.user().to_owned(),
        partner: raw(&row, "person", "partner_name")?,
        words: vault.open(&help_row(help), raw(&row, "help", "sealed")?).map_err(rows::sealed)?,
    }))
}

/// A pair cannot be reached; `None` when it can again, or has ended.
pub async fn unreachable(conn: &mut Conn, pair: &PairId) -> Result<Option<Note>> {
    let row = sqlx::query(
        "select program.settings, pair.connection, pair.unreachable_why,
            mentor.name as mentor_name, mentee.name as mentee_name
        from pair
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id = $1
            and pair.ended is null",
    )
    .bind(pair.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(why) = raw(&row, "pair", "unreachable_why")? else { return Ok(None) };
    let mentor: &str = raw(&row, "person", "mentor_name")?;
    let mentee: &str = raw(&row, "person", "mentee_name")?;
    let connection: Option<String> = raw(&row, "pair", "connection")?;
    Ok(Some(Note::Unreachable {
        program_name: rows::program(&row)?.name,
        pair_name: connection.unwrap_or_else(|| format!("{mentor} & {mentee}")),
        why,
    }))
}
