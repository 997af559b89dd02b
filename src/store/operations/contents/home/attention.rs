//! What the person's own week of messages has cost, and what the person chose for all weeks.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::super::rows::raw;
use super::super::super::{Conn, attention, nudges, people};
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
    let row = sqlx::query("select person.weekly from person where person.person_id = $1")
        .bind(person.as_str())
        .fetch_one(&mut *conn)
        .await?;
    let weekly: Option<i64> = raw(&row, "person", "weekly")?;
    Ok(Some(HomeAttention {
        used: count(week().count()),
        nudges: count(week().filter(|spent| spent.is_nudge()).count()),
        weekly: weekly.and_then(|weekly| u8::try_from(weekly).ok()).map_or(WEEKLY, |weekly| weekly.min(WEEKLY)),
        stopped: nudges::stopped(conn, person).await?,
    }))
}
