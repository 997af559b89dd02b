//! About the agreement of one pair.

use sqlx::Result;

use super::super::{Conn, agreements, sessions};
use super::pair::{Whole, held};
use crate::core::case::AgreementCase;
use crate::core::id::PairId;
use crate::store::vault::Vault;

/// About the agreement of one pair; `None` where there is no such pair. Holds the pair.
pub async fn agreement_case(conn: &mut Conn, vault: &Vault, pair: &PairId) -> Result<Option<AgreementCase>> {
    let Some(Whole { pair, program, mentee, mentor }) = held(conn, pair).await? else { return Ok(None) };
    Ok(Some(AgreementCase {
        program,
        mentee,
        mentor,
        agreement: agreements::agreement(conn, vault, &pair).await?,
        wished: agreements::last_wished(conn, &pair).await?,
        homes: sessions::homes(conn, &pair.id).await?,
        pair,
    }))
}
