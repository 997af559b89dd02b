//! About the goals of one pair, and about the pairs in which somebody is the mentee.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::goals::{self, Wanted};
use super::super::rows::{id, raw};
use super::super::{Conn, sessions};
use super::pair::{Whole, held};
use crate::core::case::GoalCase;
use crate::core::command::Choice;
use crate::core::id::{PairId, PersonId};
use crate::store::vault::Vault;

/// Pairs in which one person is the mentee: far more than anybody is in.
const PAIRS: i64 = 100;

/// About the goals of one pair. Holds the pair. For anybody but its two no word is opened.
pub async fn goal_case(conn: &mut Conn, vault: &Vault, pair: &PairId, actor: &PersonId) -> Result<Option<GoalCase>> {
    let Some(Whole { pair: own, program, mentee, mentor }) = held(conn, pair).await? else { return Ok(None) };
    let pairs: &[PairId] = if own.role_of(actor).is_some() { std::slice::from_ref(pair) } else { &[] };
    Ok(Some(GoalCase {
        program,
        mentee,
        mentor,
        goals: goals::of_pairs(conn, vault, Wanted { pairs, over_since: Some(DateTime::<Utc>::UNIX_EPOCH) }).await?,
        rated: goals::confidence(conn, pairs).await?,
        homes: sessions::homes(conn, pair).await?,
        pair: own,
    }))
}

/// The pairs that have not ended in which this person is the mentee, with the mentor's name.
pub async fn mentee_pairs(conn: &mut Conn, person: &PersonId) -> Result<Vec<Choice>> {
    let rows = sqlx::query(
        "select pair.pair_id, mentor.name
        from pair
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.mentee_id = $1
            and pair.ended is null
        order by mentor.name, pair.pair_id
        limit $2",
    )
    .bind(person.as_str())
    .bind(PAIRS)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| Ok(Choice { pair: id(row, "pair", "pair_id")?, partner: raw(row, "person", "name")? }))
        .collect()
}
