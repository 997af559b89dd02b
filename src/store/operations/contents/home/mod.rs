//! A person's App Home: what waits, what was said, and where the person takes part. One file for each part of the page.

mod agreements;
mod attention;
mod pairs;
mod pulses;
mod rest;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::{Conn, endings, record, rows};
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
        help: super::help::of_person(conn, vault, person, now).await?,
        former: endings::former(conn, person).await?,
        thanks: super::thanks::waiting(conn, vault, person, now).await?,
        record: HomeRecord { own: record::has(conn, person).await?, shared: record::shared_with(conn, person).await? },
        coordinates: coordinates(conn, person).await?,
        attention: attention::attention(conn, person, now).await?,
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
