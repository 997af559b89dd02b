//! Records: whether a mentee shares one with the mentor, and what stands in it, read for whoever may.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::goals::{self, Wanted};
use super::pieces::join_partner;
use super::rows::{self, Row, date_if, id, ms, number, pair_columns, raw};
use super::{Conn, Engine, thanks};
use crate::core::content::{ReceivedThanks, RecordPage, RecordPair, SessionSum};
use crate::core::id::{PairId, PersonId};
use crate::core::person::Pair;
use crate::core::record::RecordChange;
use crate::store::vault::Vault;

/// Pairs in which somebody is the mentee, on one page; and those in which they are the mentor.
const AS_MENTEE: i64 = 6;
const AS_MENTOR: i64 = 20;

/// Writes one fact; whether it was new.
pub async fn write(conn: &mut Conn, change: &RecordChange) -> Result<bool> {
    let RecordChange::Shared { pair, shared, at } = change;
    let done = sqlx::query(
        "insert into record_share (pair_id, shared, at)
        values ($1, $2, $3)
        on conflict (pair_id) do update
        set shared = excluded.shared,
            at = excluded.at
        where excluded.at >= record_share.at
            and excluded.shared <> record_share.shared",
    )
    .bind(pair.as_str())
    .bind(i64::from(*shared))
    .bind(ms(*at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether the mentee of this pair shares it.
pub async fn is_shared(conn: &mut Conn, pair: &PairId) -> Result<bool> {
    let shared: i64 = sqlx::query_scalar("select count(*) from record_share where pair_id = $1 and shared = 1")
        .bind(pair.as_str())
        .fetch_one(conn)
        .await?;
    Ok(shared > 0)
}

/// What mentees share with this mentor: the pair, and the mentee's name.
pub async fn shared_with(conn: &mut Conn, mentor: &PersonId) -> Result<Vec<(PairId, String)>> {
    let rows = sqlx::query(
        "select pair.pair_id, mentee.name
        from record_share
        join pair on pair.pair_id = record_share.pair_id
        join person mentee on mentee.person_id = pair.mentee_id
        where pair.mentor_id = $1
            and pair.ended is null
            and record_share.shared = 1
        order by mentee.name, pair.pair_id
        limit $2",
    )
    .bind(mentor.as_str())
    .bind(AS_MENTOR)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "pair", "pair_id")?, raw(row, "person", "name")?))).collect()
}

/// Whether this person has a record: they are or were in a pair.
pub async fn has(conn: &mut Conn, person: &PersonId) -> Result<bool> {
    let pairs: i64 = sqlx::query_scalar("select count(*) from pair where mentee_id = $1 or mentor_id = $1")
        .bind(person.as_str())
        .fetch_one(conn)
        .await?;
    Ok(pairs > 0)
}

/// The record of this person, for themselves.
pub async fn own(conn: &mut Conn, vault: &Vault, person: &PersonId, now: DateTime<Utc>) -> Result<RecordPage> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.name as partner_name,
            (select count(*) from record_share
                where record_share.pair_id = pair.pair_id
                    and record_share.shared = 1) as shared
        from pair
        join program on program.program_id = pair.program_id
        ",
        join_partner!("$1"),
        "
        where pair.mentee_id = $1
        order by case when pair.ended is null then 0 else 1 end, pair.starts desc, partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(AS_MENTEE)
    .fetch_all(&mut *conn)
    .await?;
    let pairs = parts(conn, vault, &rows).await?;
    let mentoring = mentoring(conn, person).await?;
    let received = thanks::received(conn, vault, person, now).await?;
    let thanks =
        received.into_iter().map(|(thanks, from)| ReceivedThanks { from, at: thanks.due, words: thanks.words });
    Ok(RecordPage { pairs, mentoring, thanks: thanks.collect() })
}

/// What the mentee of this pair shares, for its mentor. `None` where nothing is shared: then no word is opened.
pub async fn shared(conn: &mut Conn, vault: &Vault, pair: &PairId, mentor: &PersonId) -> Result<Option<RecordPair>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.name as partner_name, cast(1 as bigint) as shared
        from record_share
        join pair on pair.pair_id = record_share.pair_id
        join program on program.program_id = pair.program_id
        ",
        join_partner!("$2"),
        "
        where pair.pair_id = $1
            and pair.mentor_id = $2
            and record_share.shared = 1"
    ))
    .bind(pair.as_str())
    .bind(mentor.as_str())
    .fetch_all(&mut *conn)
    .await?;
    Ok(parts(conn, vault, &rows).await?.pop())
}

async fn parts(conn: &mut Conn, vault: &Vault, rows: &[Row]) -> Result<Vec<RecordPair>> {
    let pairs: Vec<Pair> = rows.iter().map(rows::pair).collect::<Result<_>>()?;
    let ids: Vec<PairId> = pairs.iter().map(|pair| pair.id.clone()).collect();
    let ever = Some(DateTime::<Utc>::UNIX_EPOCH);
    let all = goals::of_pairs(conn, vault, Wanted { pairs: &ids, over_since: ever }).await?;
    let confidence = goals::confidence(conn, &ids).await?;
    let sums = sums(conn, &ids).await?;
    let mut parts = Vec::with_capacity(rows.len());
    for (row, pair) in rows.iter().zip(pairs) {
        let of_it = all.iter().filter(|goal| goal.pair == pair.id).cloned();
        let (open, mut over): (Vec<_>, Vec<_>) = of_it.partition(crate::core::goal::Goal::is_open);
        over.sort_by(|a, b| b.state_at.cmp(&a.state_at).then_with(|| a.id.cmp(&b.id)));
        let goals: Vec<_> = open.into_iter().chain(over).collect();
        parts.push(RecordPair {
            partner: raw(row, "person", "partner_name")?,
            program_name: rows::program(row)?.name,
            running: pair.ended.is_none(),
            confidence: confidence.iter().filter(|one| goals.iter().any(|goal| goal.id == one.goal)).cloned().collect(),
            goals,
            sessions: sums.get(&pair.id).copied().unwrap_or_default(),
            shared: number::<i64>(row, "record_share", "shared")? > 0,
            pair: pair.id,
        });
    }
    Ok(parts)
}

async fn mentoring(conn: &mut Conn, person: &PersonId) -> Result<Vec<(String, SessionSum)>> {
    let rows = sqlx::query(
        "select pair.pair_id, mentee.name
        from pair
        join person mentee on mentee.person_id = pair.mentee_id
        where pair.mentor_id = $1
        order by case when pair.ended is null then 0 else 1 end, mentee.name, pair.pair_id
        limit $2",
    )
    .bind(person.as_str())
    .bind(AS_MENTOR)
    .fetch_all(&mut *conn)
    .await?;
    let named = |row| Ok((id(row, "pair", "pair_id")?, raw(row, "person", "name")?));
    let pairs: Vec<(PairId, String)> = rows.iter().map(named).collect::<Result<_>>()?;
    let ids: Vec<PairId> = pairs.iter().map(|(pair, _)| pair.clone()).collect();
    let sums = sums(conn, &ids).await?;
    Ok(pairs.into_iter().map(|(pair, mentee)| (mentee, sums.get(&pair).copied().unwrap_or_default())).collect())
}

/// Sessions of these pairs that took place.
async fn sums(conn: &mut Conn, pairs: &[PairId]) -> Result<HashMap<PairId, SessionSum>> {
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select pair_id, count(*) as sessions, cast(sum(coalesce(minutes, 0)) as bigint) as minutes, max(day) as last
        from session
        where withdrawn is null
            and pair_id in (",
    );
    let mut list = select.separated(", ");
    for pair in pairs {
        list.push_bind(pair.as_str());
    }
    select.push(") group by pair_id");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    let sum = |row: &Row| {
        let sum = SessionSum {
            count: number(row, "session", "sessions")?,
            minutes: number(row, "session", "minutes")?,
            last: date_if(row, "session", "last")?,
        };
        Ok((id(row, "session", "pair_id")?, sum))
    };
    rows.iter().map(sum).collect()
}
