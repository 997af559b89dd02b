//! About what the two of a pair may talk about next time.

use sqlx::Result;

use super::super::goals::{self, Wanted};
use super::super::{Conn, sessions};
use super::pair::{Whole, whole};
use crate::core::case::AgendaCase;
use crate::core::id::{PairId, PersonId};
use crate::store::vault::Vault;

/// About the agenda of one pair. For anybody but its two no word is opened.
pub async fn agenda_case(
    conn: &mut Conn,
    vault: &Vault,
    pair: &PairId,
    actor: &PersonId,
) -> Result<Option<AgendaCase>> {
    let Some(Whole { pair: own, program, mentee, mentor }) = whole(conn, pair).await? else { return Ok(None) };
    let pairs: &[PairId] = if own.role_of(actor).is_some() { std::slice::from_ref(pair) } else { &[] };
    Ok(Some(AgendaCase {
        sessions: sessions::count(conn, pair).await?,
        proposal: sessions::newest_proposal(conn, pair).await?,
        goals: goals::of_pairs(conn, vault, Wanted { pairs, over_since: None }).await?,
        program,
        mentee,
        mentor,
        pair: own,
    }))
}
