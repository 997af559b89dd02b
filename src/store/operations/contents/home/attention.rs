//! What the person's own week of messages has cost, and what the person chose for all weeks.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::super::{Conn, attention, nudges, people, rows};
use crate::core::attention::{WEEKLY, Week};
use crate::core::content::HomeAttention;
use crate::core::id::PersonId;

/// Of somebody who is known.
pub(super) async fn attention(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<HomeAttention>> {
    let Some(own) = people::find(conn, std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let this_week = Week::of(own.zone, now).to_string();
    let spent = attention::of_both(conn, [person, person]).await?;
    let week = || spent.iter().filter(|spent| spent.week == this_week);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let [weekly, _] = attention::weekly(conn, [person, person]).await?;
    let most = allowed(conn, person).await?;
    Ok(Some(HomeAttention {
        used: count(week().count()),
        nudges: count(week().filter(|spent| spent.is_nudge()).count()),
        weekly: weekly.min(most),
        most,
        stopped: nudges::stopped(conn, person).await?,
    }))
}

/// The messages that the most generous of the person's programmes allows in a week.
async fn allowed(conn: &mut Conn, person: &PersonId) -> Result<u8> {
    let rows = sqlx::query(
        "select program.settings
        from program
        where exists (select 1 from pair
            where pair.program_id = program.program_id
                and (pair.mentor_id = $1 or pair.mentee_id = $1)
                and pair.ended is null)",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let weekly = rows.iter().map(|row| Ok(rows::program(row)?.weekly)).collect::<Result<Vec<u8>>>()?;
    Ok(weekly.into_iter().max().unwrap_or(WEEKLY).min(WEEKLY))
}
