//! About thanks in one pair.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::{Conn, sessions, thanks};
use super::pair::{Whole, held};
use crate::core::case::ThanksCase;
use crate::core::id::{PairId, PersonId};
use crate::store::vault::Vault;

/// About thanks in one pair, as `actor` may know it: what they said themselves. Holds the pair.
pub async fn thanks_case(
    conn: &mut Conn,
    vault: &Vault,
    pair: &PairId,
    actor: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<ThanksCase>> {
    let Some(Whole { pair: own, program, mentee, mentor }) = held(conn, pair).await? else { return Ok(None) };
    let (sent, lately) = thanks::lately(conn, pair, actor, now).await?;
    Ok(Some(ThanksCase {
        program,
        mentee,
        mentor,
        pair: own,
        waiting: thanks::waiting(conn, vault, pair, actor, now).await?,
        sent,
        lately,
        home_opened: sessions::homes(conn, pair).await?.contains(actor),
    }))
}
