//! About a record that is shared, or may be.

use sqlx::Result;

use super::super::{Conn, record, sessions};
use super::pair::{Whole, held};
use crate::core::case::RecordCase;
use crate::core::id::PairId;

/// Whether the record of one pair's mentee is shared. Holds the pair.
pub async fn record_case(conn: &mut Conn, pair: &PairId) -> Result<Option<RecordCase>> {
    let Some(Whole { pair: own, .. }) = held(conn, pair).await? else { return Ok(None) };
    let shared = record::is_shared(conn, pair).await?;
    Ok(Some(RecordCase { pair: own, shared, homes: sessions::homes(conn, pair).await? }))
}
