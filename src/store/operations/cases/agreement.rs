//! About the agreement of one pair.

use sqlx::Result;

use super::super::rows::{self, MENTEE, MENTOR, both_people_columns, pair_columns};
use super::super::{Conn, agreements, sessions};
use crate::core::case::AgreementCase;
use crate::core::id::PairId;
use crate::store::vault::Vault;

/// About the agreement of one pair; `None` where there is no such pair. Holds the pair.
pub async fn agreement_case(conn: &mut Conn, vault: &Vault, pair: &PairId) -> Result<Option<AgreementCase>> {
    // First the lock alone: on PostgreSQL the other tables of a locking select would be read as they were before it.
    let head = sqlx::query(locking!("pair", "select pair.pair_id from pair where pair.pair_id = $1"))
        .bind(pair.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    if head.is_none() {
        return Ok(None);
    }
    let row = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        ",
        both_people_columns!(),
        ",
        program.settings
        from pair
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id = $1"
    ))
    .bind(pair.as_str())
    .fetch_one(&mut *conn)
    .await?;
    let pair = rows::pair(&row)?;
    Ok(Some(AgreementCase {
        program: rows::program(&row)?,
        mentee: rows::person(&row, &MENTEE)?,
        mentor: rows::person(&row, &MENTOR)?,
        agreement: agreements::agreement(conn, vault, &pair).await?,
        wished: agreements::last_wished(conn, &pair).await?,
        homes: sessions::homes(conn, &pair.id).await?,
        pair,
    }))
}
