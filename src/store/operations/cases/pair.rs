//! A pair with its people and its programme: where most decisions about a pair begin.

use sqlx::Result;

use super::super::Conn;
use super::super::pieces::{both_standings_columns, join_both_people, join_both_standings};
use super::super::rows::{self, MENTEE, MENTOR, both_people_columns, pair_columns};
use crate::core::id::PairId;
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;

pub struct Whole {
    pub pair: Pair,
    pub program: Program,
    pub mentee: Person,
    pub mentor: Person,
}

/// `None` where there is no such pair.
pub async fn whole(conn: &mut Conn, pair: &PairId) -> Result<Option<Whole>> {
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
        ",
        join_both_people!(),
        "
        where pair.pair_id = $1"
    ))
    .bind(pair.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Whole {
        pair: rows::pair(&row)?,
        program: rows::program(&row)?,
        mentee: rows::person(&row, &MENTEE)?,
        mentor: rows::person(&row, &MENTOR)?,
    }))
}

/// The same, and holds the pair: what is read from here on does not change any more.
pub async fn held(conn: &mut Conn, pair: &PairId) -> Result<Option<Whole>> {
    if hold(conn, pair).await? { whole(conn, pair).await } else { Ok(None) }
}

/// Holds the pair, and says whether there is one. The lock is a statement of its own: on PostgreSQL the other tables of a
/// locking select would be read as they were before it.
pub async fn hold(conn: &mut Conn, pair: &PairId) -> Result<bool> {
    let row = sqlx::query(locking!("pair", "select pair.pair_id from pair where pair.pair_id = $1"))
        .bind(pair.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// How the mentee and the mentor of a pair stand to its programme.
pub async fn standings(conn: &mut Conn, pair: &PairId) -> Result<[Standing; 2]> {
    let row = sqlx::query(concat!(
        "select ",
        both_standings_columns!(),
        "
        from pair
        ",
        join_both_standings!(),
        "
        where pair.pair_id = $1"
    ))
    .bind(pair.as_str())
    .fetch_one(conn)
    .await?;
    rows::both_standings(&row)
}
