//! About a pair that is to end.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::{Conn, attention, sessions};
use super::care::facts;
use super::coordinators;
use crate::core::ending::EndCase;
use crate::core::id::PairId;

/// About the end of this pair. Holds the pair.
pub async fn end_case(conn: &mut Conn, pair: &PairId, now: DateTime<Utc>) -> Result<Option<EndCase>> {
    let Some((program, facts)) = facts(conn, pair, now).await? else { return Ok(None) };
    Ok(Some(EndCase {
        proposal: sessions::newest_proposal(conn, pair).await?,
        coordinators: coordinators(conn, &program.id).await?,
        weekly: attention::weekly(conn, [&facts.pair.mentee, &facts.pair.mentor]).await?,
        spent: attention::of_both(conn, [&facts.pair.mentee, &facts.pair.mentor]).await?,
        program,
        facts,
    }))
}
