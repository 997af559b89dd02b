//! Agreements of a person's pairs on App Home.

use sqlx::Result;

use super::super::super::pieces::join_partner;
use super::super::super::rows::{self, pair_columns, raw};
use super::super::super::{Conn, agreements};
use crate::core::agreement::side;
use crate::core::content::HomeAgreement;
use crate::core::id::PersonId;
use crate::core::person::Pair;
use crate::store::vault::Vault;

/// Pairs that are looked at: those whose agreement was opened last.
const PAIRS: i64 = 6;

pub(super) async fn agreements(conn: &mut Conn, vault: &Vault, person: &PersonId) -> Result<Vec<HomeAgreement>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ", partner.name as partner_name
        from pair
        ",
        join_partner!("$1"),
        "
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and not exists (
                select 1
                from participation
                where participation.program_id = pair.program_id
                    and participation.person_id = $1
                    and participation.declined is not null)
            and exists (select 1 from agreement_opening where agreement_opening.pair_id = pair.pair_id)
        order by (select max(at) from agreement_opening where agreement_opening.pair_id = pair.pair_id) desc,
            partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAIRS)
    .fetch_all(&mut *conn)
    .await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in &rows {
        let pair: Pair = rows::pair(row)?;
        let Some(role) = pair.role_of(person) else { continue };
        let agreement = agreements::agreement(conn, vault, &pair).await?;
        shown.push(HomeAgreement {
            partner: raw(row, "person", "partner_name")?,
            version: agreement.version,
            ready: agreement.check().is_ok(),
            own: agreement.signed[side(role)].is_some(),
            signed: agreement.is_signed(),
            agreed: agreement.agreed.map(|(at, _)| at),
            pair: pair.id,
        });
    }
    Ok(shown)
}
