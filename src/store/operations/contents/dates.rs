//! Dates for the next session, in the pair's conversation.

use sqlx::Result;

use super::super::Conn;
use super::super::rows::{self, id, number, raw};
use super::super::sessions::{self, proposal_columns};
use crate::core::content::Dates;
use crate::core::id::{PersonId, ProposalId};

/// A suggestion and what came of it; `None` when the pair has ended.
pub async fn dates(conn: &mut Conn, proposal: &ProposalId) -> Result<Option<Dates>> {
    let row = sqlx::query(concat!(
        "select ",
        proposal_columns!(),
        ",
        pair.pair_id, pair.mentee_id, program.settings, mentee.name as mentee_name, mentor.name as mentor_name,
        (select count(*) from participation
            where participation.person_id = pair.mentee_id) as mentee_programs,
        (select count(*) from participation
            where participation.person_id = pair.mentor_id) as mentor_programs
        from proposal
        join pair on pair.pair_id = proposal.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where proposal.proposal_id = $1
            and pair.ended is null"
    ))
    .bind(proposal.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let proposal = sessions::proposal(&row)?;
    let mentee: PersonId = id(&row, "pair", "mentee_id")?;
    let names: (String, String) = (raw(&row, "person", "mentee_name")?, raw(&row, "person", "mentor_name")?);
    let (by, partner) = if proposal.by == mentee { names } else { (names.1, names.0) };
    let programs: i64 =
        number::<i64>(&row, "participation", "mentee_programs")?.max(number(&row, "participation", "mentor_programs")?);
    Ok(Some(Dates {
        pair: id(&row, "pair", "pair_id")?,
        program_name: if programs > 1 { Some(rows::program(&row)?.name) } else { None },
        by,
        partner,
        proposal,
    }))
}
