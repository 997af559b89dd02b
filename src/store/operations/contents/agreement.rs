//! The agreement in the pair's conversation.

use sqlx::Result;

use super::super::rows::{self, number, pair_columns, raw};
use super::super::{Conn, agreements};
use crate::core::agreement::Opening;
use crate::core::content::AgreementPost;
use crate::core::id::PairId;
use crate::store::vault::Vault;

/// What the post of this occasion shows; `None` for a pair that is not known any more.
pub async fn post(conn: &mut Conn, vault: &Vault, pair: &PairId, opening: Opening) -> Result<Option<AgreementPost>> {
    let row = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        program.settings, mentee.name as mentee_name, mentor.name as mentor_name,
        (select count(*) from participation
            where participation.person_id = pair.mentee_id) as mentee_programs,
        (select count(*) from participation
            where participation.person_id = pair.mentor_id) as mentor_programs
        from pair
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id = $1"
    ))
    .bind(pair.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let pair = rows::pair(&row)?;
    let programs: i64 =
        number::<i64>(&row, "participation", "mentee_programs")?.max(number(&row, "participation", "mentor_programs")?);
    Ok(Some(AgreementPost {
        opening,
        agreement: agreements::agreement(conn, vault, &pair).await?,
        names: [raw(&row, "person", "mentee_name")?, raw(&row, "person", "mentor_name")?],
        program_name: if programs > 1 { Some(rows::program(&row)?.name) } else { None },
        ended: pair.ended.is_some(),
    }))
}
