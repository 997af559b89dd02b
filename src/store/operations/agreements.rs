//! Agreements: what each of the two wants, who said yes to what, and what both agreed on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{self, Row, id, ms, number, raw, time, time_if, unclear};
use super::{Conn, attention};
use crate::core::agreement::{Agreement, AgreementChange, Opening, RHYTHMS, Wishes, side};
use crate::core::attention::Spent;
use crate::core::id::{PairId, PersonId};
use crate::core::person::Pair;
use crate::store::vault::Vault;

/// Writes one fact; whether it was new.
pub async fn write(conn: &mut Conn, vault: &Vault, change: &AgreementChange) -> Result<bool> {
    match change {
        AgreementChange::Opened { pair, opening, shared, spends, at } => {
            opened(conn, pair, *opening, *shared, spends, *at).await
        }
        AgreementChange::Wished { pair, person, wishes, at } => wished(conn, vault, pair, person, wishes, *at).await,
        AgreementChange::Signed { pair, person, version, at } => signed(conn, pair, person, *version, *at).await,
        AgreementChange::Agreed { pair, rhythm, at } => agreed(conn, pair, *rhythm, *at).await,
    }
}

/// Both are asked, once on each occasion.
async fn opened(
    conn: &mut Conn,
    pair: &PairId,
    opening: Opening,
    shared: bool,
    spends: &[Spent],
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into agreement_opening (pair_id, opening, at, shared)
        values ($1, $2, $3, $4)
        on conflict (pair_id, opening) do nothing",
    )
    .bind(pair.as_str())
    .bind(opening.as_str())
    .bind(ms(at))
    .bind(i64::from(shared))
    .execute(&mut *conn)
    .await?;
    let new = done.rows_affected() > 0;
    if new {
        for spent in spends {
            attention::spent(conn, spent).await?;
        }
        newer_version(conn, pair).await?;
    }
    Ok(new)
}

/// From now on a yes to what stood there before does not count.
async fn newer_version(conn: &mut Conn, pair: &PairId) -> Result<()> {
    sqlx::query(
        "insert into agreement (pair_id, version)
        values ($1, 1)
        on conflict (pair_id) do update
        set version = agreement.version + 1",
    )
    .bind(pair.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// What one of the two wants, in place of what they wanted before.
async fn wished(
    conn: &mut Conn,
    vault: &Vault,
    pair: &PairId,
    person: &PersonId,
    wishes: &Wishes,
    at: DateTime<Utc>,
) -> Result<bool> {
    let choices = wishes.choices.iter().map(|(item, place)| (item, Some(i64::from(*place)), None));
    let words = wishes.words.iter().map(|(item, words)| {
        let sealed = (!words.is_empty()).then(|| vault.seal(&row_name(pair, person, item), words));
        (item, None, sealed)
    });
    let mut new = false;
    for (item, value, sealed) in choices.chain(words).collect::<Vec<_>>() {
        let done = sqlx::query(
            "insert into agreement_wish (pair_id, person_id, item, value, sealed, at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (pair_id, person_id, item) do update
            set value = excluded.value,
                sealed = excluded.sealed,
                at = excluded.at
            where excluded.at > agreement_wish.at",
        )
        .bind(pair.as_str())
        .bind(person.as_str())
        .bind(item.as_str())
        .bind(value)
        .bind(sealed)
        .bind(ms(at))
        .execute(&mut *conn)
        .await?;
        new |= done.rows_affected() > 0;
    }
    if new {
        newer_version(conn, pair).await?;
    }
    Ok(new)
}

/// The row of somebody's words, to which their seal belongs.
fn row_name(pair: &PairId, person: &PersonId, item: &str) -> String {
    format!("agreement:{pair}:{person}:{item}")
}

async fn signed(conn: &mut Conn, pair: &PairId, person: &PersonId, version: u32, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into agreement_word (pair_id, person_id, version, at)
        values ($1, $2, $3, $4)
        on conflict (pair_id, person_id) do update
        set version = excluded.version,
            at = excluded.at
        where excluded.version > agreement_word.version",
    )
    .bind(pair.as_str())
    .bind(person.as_str())
    .bind(i64::from(version))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn agreed(conn: &mut Conn, pair: &PairId, rhythm: u8, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into agreed (pair_id, at, rhythm)
        values ($1, $2, $3)
        on conflict (pair_id, at) do nothing",
    )
    .bind(pair.as_str())
    .bind(ms(at))
    .bind(i64::from(rhythm))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The agreement of a pair as it stands, its words opened.
pub async fn agreement(conn: &mut Conn, vault: &Vault, pair: &Pair) -> Result<Agreement> {
    let mut agreement = outline(conn, pair).await?;
    let rows = sqlx::query("select person_id, item, value, sealed from agreement_wish where pair_id = $1")
        .bind(pair.id.as_str())
        .fetch_all(conn)
        .await?;
    for row in &rows {
        let (person, item): (PersonId, String) =
            (id(row, "agreement_wish", "person_id")?, raw(row, "agreement_wish", "item")?);
        let Some(role) = pair.role_of(&person) else { continue };
        let own = &mut agreement.wishes[side(role)];
        if let Some(sealed) = raw::<Option<&str>>(row, "agreement_wish", "sealed")? {
            let words = vault.open(&row_name(&pair.id, &person, &item), sealed).map_err(rows::sealed)?;
            own.words.insert(item, words);
        } else if let Some(value) = raw::<Option<i64>>(row, "agreement_wish", "value")? {
            let place = u8::try_from(value).map_err(|error| unclear("agreement_wish", "value", error))?;
            own.choices.insert(item, place);
        }
    }
    Ok(agreement)
}

/// The agreement of a pair without what the two want.
async fn outline(conn: &mut Conn, pair: &Pair) -> Result<Agreement> {
    let mut agreement = Agreement::new(pair.id.clone());
    let version: Option<i64> = sqlx::query_scalar("select version from agreement where pair_id = $1")
        .bind(pair.id.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    agreement.version = u32::try_from(version.unwrap_or(0)).map_err(|error| unclear("agreement", "version", error))?;
    let openings = sqlx::query("select opening, shared from agreement_opening where pair_id = $1 order by at, opening")
        .bind(pair.id.as_str())
        .fetch_all(&mut *conn)
        .await?;
    agreement.openings = openings.iter().map(opening).collect::<Result<_>>()?;
    let words = sqlx::query("select person_id, version, at from agreement_word where pair_id = $1")
        .bind(pair.id.as_str())
        .fetch_all(&mut *conn)
        .await?;
    for row in &words {
        let person: PersonId = id(row, "agreement_word", "person_id")?;
        let counts = number::<u32>(row, "agreement_word", "version")? == agreement.version;
        if let Some(role) = pair.role_of(&person).filter(|_| counts) {
            agreement.signed[side(role)] = Some(time(row, "agreement_word", "at")?);
        }
    }
    agreement.agreed = newest(conn, &pair.id).await?;
    Ok(agreement)
}

/// What planning has to know: where the agreement stands already, from the column `openings`.
pub fn planned(row: &Row, pair: &Pair) -> Result<Agreement> {
    let unread = |text: &str| unclear("agreement_opening", "opening", format!("`{text}` is not known there"));
    let one = |text: &str| {
        let (opening, shared) = text.split_once(' ').ok_or_else(|| unread(text))?;
        Ok((opening.parse().map_err(|_| unread(text))?, shared == "1"))
    };
    let openings: Option<&str> = raw(row, "agreement_opening", "openings")?;
    let openings = openings.into_iter().flat_map(|text| text.split(',')).map(one).collect::<Result<_>>()?;
    // The rhythm is the score's business, not planning's.
    let agreed = time_if(row, "agreed", "agreed")?.map(|at| (at, RHYTHMS[1]));
    Ok(Agreement { openings, agreed, ..Agreement::new(pair.id.clone()) })
}

fn opening(row: &Row) -> Result<(Opening, bool)> {
    let opening = rows::word(row, "agreement_opening", "opening", |word| word.parse().ok())?;
    Ok((opening, number::<i64>(row, "agreement_opening", "shared")? == 1))
}

/// When both last agreed, and on what rhythm.
async fn newest(conn: &mut Conn, pair: &PairId) -> Result<Option<(DateTime<Utc>, u8)>> {
    let row = sqlx::query("select at, rhythm from agreed where pair_id = $1 order by at desc limit 1")
        .bind(pair.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((time(&row, "agreed", "at")?, rhythm(&row)?))).transpose()
}

/// When each of the two last said what they want: mentee, mentor.
pub async fn last_wished(conn: &mut Conn, pair: &Pair) -> Result<[Option<DateTime<Utc>>; 2]> {
    let rows = sqlx::query("select person_id, max(at) as at from agreement_wish where pair_id = $1 group by person_id")
        .bind(pair.id.as_str())
        .fetch_all(conn)
        .await?;
    let mut wished = [None; 2];
    for row in &rows {
        if let Some(role) = pair.role_of(&id(row, "agreement_wish", "person_id")?) {
            wished[side(role)] = Some(time(row, "agreement_wish", "at")?);
        }
    }
    Ok(wished)
}

/// Every how many days the pairs of a programme meant to meet at `at`, by their agreements; those without one have the
/// programme's rhythm.
pub async fn rhythms(conn: &mut Conn, program: &str, at: DateTime<Utc>) -> Result<HashMap<PairId, u8>> {
    let rows = sqlx::query(
        "select agreed.pair_id, agreed.rhythm
        from pair
        join agreed on agreed.pair_id = pair.pair_id
        where pair.program_id = $1
            and agreed.at = (
                select max(newest.at)
                from agreed newest
                where newest.pair_id = pair.pair_id
                    and newest.at <= $2)",
    )
    .bind(program)
    .bind(ms(at))
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "agreed", "pair_id")?, rhythm(row)?))).collect()
}

fn rhythm(row: &Row) -> Result<u8> {
    let days: u8 = number(row, "agreed", "rhythm")?;
    if RHYTHMS.contains(&days) {
        Ok(days)
    } else {
        Err(unclear("agreed", "rhythm", format!("{days} days are no rhythm")))
    }
}
