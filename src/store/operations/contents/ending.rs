//! What is said when a pair ends: to both the same, and to its coordinators.

use sqlx::Result;

use super::super::rows::{self, id, raw, word};
use super::super::{Conn, cases};
use crate::core::content::{Closing, EndedNote};
use crate::core::id::{PairId, PersonId};

/// The kind words to both; `None` for a pair that goes on.
pub async fn closing(conn: &mut Conn, pair: &PairId) -> Result<Option<Closing>> {
    let Some(case) = cases::pair_case(conn, pair).await?.filter(|case| case.pair.ended.is_some()) else {
        return Ok(None);
    };
    let others = case.coordinators.iter().filter(|one| case.pair.role_of(&one.id).is_none());
    Ok(Some(Closing {
        coordinators: others.map(|one| one.name.clone()).collect(),
        program_name: case.program.name,
        mentee: case.mentee.name,
        mentor: case.mentor.name,
    }))
}

/// One of the two ended it; `None` where that is not so.
pub async fn note(conn: &mut Conn, pair: &PairId) -> Result<Option<EndedNote>> {
    let row = sqlx::query(
        "select program.settings, pair.ended_by, pair.ended_reason, own.name as own_name, partner.name as partner_name
        from pair
        join program on program.program_id = pair.program_id
        join person own on own.person_id = pair.ended_by
        join person partner on partner.person_id = case
            when pair.mentee_id = pair.ended_by then pair.mentor_id
            else pair.mentee_id
        end
        where pair.pair_id = $1
            and pair.ended is not null",
    )
    .bind(pair.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let by: PersonId = id(&row, "pair", "ended_by")?;
    Ok(Some(EndedNote {
        program_name: rows::program(&row)?.name,
        name: raw(&row, "person", "own_name")?,
        user: by.user().to_owned(),
        partner: raw(&row, "person", "partner_name")?,
        reason: word(&row, "pair", "ended_reason", |word| word.parse().ok())?,
    }))
}
