//! A person's App Home: what waits, what was said, and where the person takes part. One file for each part of the page.

mod agreements;
mod pairs;
mod pulses;
mod rest;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::{Conn, attention, people, record, rows};
use crate::core::attention::{WEEKLY, Week};
use crate::core::content::{Home, HomeRecord};
use crate::core::id::PersonId;
use crate::store::vault::Vault;

/// The page of this person, who may be a stranger to every programme.
pub async fn home(conn: &mut Conn, vault: &Vault, person: &PersonId, now: DateTime<Utc>) -> Result<Home> {
    let (open, past) = pulses::own(conn, vault, person, now).await?;
    let (shared, shared_besides) = pulses::shared(conn, vault, person).await?;
    Ok(Home {
        open,
        past,
        shared,
        shared_besides,
        pairs: pairs::pairs(conn, person, now).await?,
        goals: super::goals::goals(conn, vault, person, now).await?,
        surveys: super::survey::open(conn, person, now).await?,
        agreements: agreements::agreements(conn, vault, person).await?,
        thanks: super::thanks::waiting(conn, vault, person, now).await?,
        record: HomeRecord { own: record::has(conn, person).await?, shared: record::shared_with(conn, person).await? },
        coordinates: coordinates(conn, person).await?,
        attention: attention(conn, person, now).await?,
        rest: rest::rest(conn, person, now).await?,
        looks: super::care::looks(conn, person).await?,
    })
}

/// Names of the programmes that the person coordinates.
async fn coordinates(conn: &mut Conn, person: &PersonId) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "select program.settings
        from coordinator
        join program on program.program_id = coordinator.program_id
        where coordinator.person_id = $1
        order by program.program_id",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| rows::program(row).map(|program| program.name)).collect()
}

/// What the person's week has cost so far.
async fn attention(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<(u32, u8)>> {
    let Some(own) = people::find(conn, std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let used = attention::used(conn, person, &Week::of(own.zone, now).to_string()).await?;
    Ok(Some((u32::try_from(used).unwrap_or(u32::MAX), WEEKLY)))
}
