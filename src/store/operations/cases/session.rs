//! About the sessions of one pair, and about which pair somebody means.

use chrono::{DateTime, Days, Utc};
use sqlx::Result;

use super::super::rows::{self, PERSON};
use super::super::{Conn, sessions};
use super::pair::{Whole, held};
use crate::core::case::SessionCase;
use crate::core::command::Choice;
use crate::core::id::{PairId, PersonId};
use crate::core::person::Person;
use crate::core::session::BACK;

/// About the sessions of one pair, as `actor` may know it. Holds the pair.
pub async fn session_case(
    conn: &mut Conn,
    pair: &PairId,
    actor: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<SessionCase>> {
    let Some(Whole { pair: own, program, mentee, mentor }) = held(conn, pair).await? else { return Ok(None) };
    // A day more than can be logged: somebody's day may have begun earlier than UTC's.
    let first = (now - Days::new(BACK + 1)).date_naive();
    Ok(Some(SessionCase {
        program,
        mentee,
        mentor,
        pair: own,
        sessions: sessions::sessions(conn, pair, first).await?,
        proposal: sessions::newest_proposal(conn, pair).await?,
        rated: sessions::answered(conn, pair, actor, first).await?,
        homes: sessions::homes(conn, pair).await?,
    }))
}

/// Somebody who typed a command, and the pairs that may be meant; `None` for a stranger.
pub async fn commander(conn: &mut Conn, person: &PersonId) -> Result<Option<(Person, Vec<Choice>)>> {
    let row = sqlx::query(
        "select person.person_id, person.name, person.zone, person.deactivated, person.looked
        from person
        where person.person_id = $1",
    )
    .bind(person.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let pairs = sessions::choices(conn, person).await?;
    let choices = pairs.into_iter().map(|(pair, partner)| Choice { pair, partner }).collect();
    Ok(Some((rows::person(&row, &PERSON)?, choices)))
}
