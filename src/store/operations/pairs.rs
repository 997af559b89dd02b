//! Pairs of a programme: who is in it, and how they stand.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::pieces::{both_standings_columns, join_both_people, join_both_standings};
use super::rows::{self, both_people_columns, ms, number, pair_columns, raw};
use super::{Conn, Engine, people, programs, raise, rests};
use crate::core::id::{PairId, PersonId, ProgramId, WorkspaceId};
use crate::core::message::Send;
use crate::core::person::{Pair, Person};
use crate::core::plan;
use crate::core::rest::Rest;
use crate::store::listed::Listed;

/// Pairs in one statement: 8 parameters each, of 32,766 that SQLite takes.
const AT_ONCE: usize = 1000;

/// All pairs that the programme ever had; [`Pair::ended`] says which are over.
pub async fn existing(conn: &mut Conn, program: &ProgramId) -> Result<Vec<Pair>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        "
        from pair
        where pair.program_id = $1
        order by pair.pair_id"
    ))
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(rows::pair).collect()
}

/// Adds pairs, and says how many were new. Pairs that are there already stay as they are.
///
/// Each person of a new pair takes part in its programme and is welcomed, once for each programme. Who was welcomed
/// before gets the same welcome in its new form: it names the new partner.
pub async fn add(conn: &mut Conn, workspace: &WorkspaceId, pairs: &[Pair], now: DateTime<Utc>) -> Result<usize> {
    let mut new = HashSet::new();
    for pairs in pairs.chunks(AT_ONCE) {
        new.extend(insert(conn, pairs, now).await?);
    }
    let members: BTreeSet<(&ProgramId, &PersonId)> = pairs
        .iter()
        .filter(|pair| new.contains(&pair.id))
        .flat_map(|pair| [(&pair.program, &pair.mentee), (&pair.program, &pair.mentor)])
        .collect();
    let members: Vec<_> = members.into_iter().collect();
    for members in members.chunks(AT_ONCE) {
        let mut insert = QueryBuilder::<Engine>::new("insert into participation (program_id, person_id) ");
        insert.push_values(members, |mut row, (program, person)| {
            row.push_bind(program.as_str()).push_bind(person.as_str());
        });
        insert.push(" on conflict (program_id, person_id) do nothing");
        insert.build().persistent(false).execute(&mut *conn).await?;
    }
    let welcomes = welcomes(conn, &members, now).await?;
    raise::raise_all(conn, workspace, &welcomes).await?;
    Ok(new.len())
}

/// Gives these pairs the start, the name and the group that they have here, and has them planned anew. Whoever has been asked
/// keeps the start: the weeks of a pair count from there.
pub async fn change(conn: &mut Conn, pairs: &[Pair], now: DateTime<Utc>) -> Result<()> {
    for pair in pairs {
        sqlx::query(
            "update pair
            set starts = case
                    when exists (select 1 from pulse where pulse.pair_id = pair.pair_id and pulse.folded is null)
                    then starts
                    else $2
                end,
                connection = $3,
                group_name = $4,
                next_look = $5
            where pair_id = $1
                and ended is null",
        )
        .bind(pair.id.as_str())
        .bind(pair.starts.to_string())
        .bind(pair.connection.as_deref())
        .bind(pair.group.as_deref())
        .bind(ms(now))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// A welcome for each of these members.
async fn welcomes(conn: &mut Conn, members: &[(&ProgramId, &PersonId)], now: DateTime<Utc>) -> Result<Vec<Send>> {
    let mut welcomes = Vec::with_capacity(members.len());
    for group in members.chunk_by(|(one, _), (other, _)| one == other) {
        let Some(program) = programs::find(conn, group[0].0).await? else { continue };
        let ids: Vec<PersonId> = group.iter().map(|(_, person)| (*person).clone()).collect();
        for ids in ids.chunks(AT_ONCE) {
            let people = people::find(conn, ids).await?;
            let rests = rests::of(conn, ids).await?;
            let none = Rest::default();
            let rest = |person: &Person| rests.get(&person.id).unwrap_or(&none);
            welcomes.extend(people.iter().map(|person| plan::welcome(&program, person, rest(person), now)));
        }
    }
    Ok(welcomes)
}

/// Inserts at most [`AT_ONCE`] pairs; the ids of those that were new.
async fn insert(conn: &mut Conn, pairs: &[Pair], now: DateTime<Utc>) -> Result<Vec<PairId>> {
    let mut insert = QueryBuilder::<Engine>::new(
        "insert into pair (pair_id, program_id, mentor_id, mentee_id, starts, connection, group_name, next_look) ",
    );
    insert.push_values(pairs, |mut row, pair| {
        row.push_bind(pair.id.as_str())
            .push_bind(pair.program.as_str())
            .push_bind(pair.mentor.as_str())
            .push_bind(pair.mentee.as_str())
            .push_bind(pair.starts.to_string())
            .push_bind(pair.connection.as_deref())
            .push_bind(pair.group.as_deref())
            .push_bind(ms(now));
    });
    insert.push(" on conflict do nothing returning pair_id");
    let rows = insert.build().persistent(false).fetch_all(conn).await?;
    rows.iter().map(|row| rows::id(row, "pair", "pair_id")).collect()
}

/// The programme's pairs with names and standing, those that are over last.
pub async fn list(conn: &mut Conn, program: &ProgramId) -> Result<Vec<Listed>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        ",
        both_people_columns!(),
        ",
        ",
        both_standings_columns!(),
        ",
        (select count(*) from pulse where pulse.pair_id = pair.pair_id and pulse.folded is null) as pulses,
        pair.unreachable_why
        from pair
        ",
        join_both_people!(),
        "
        ",
        join_both_standings!(),
        "
        where pair.program_id = $1
        order by case when pair.ended is null then 0 else 1 end, mentee.name, mentor.name, pair.pair_id"
    ))
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    let listed = |row| {
        let [mentee, mentor] = rows::both_standings(row)?;
        Ok(Listed {
            pair: rows::pair(row)?,
            mentee_name: raw(row, "person", "mentee_name")?,
            mentor_name: raw(row, "person", "mentor_name")?,
            mentee,
            mentor,
            pulses: number(row, "pair", "pulses")?,
            unreachable: raw(row, "pair", "unreachable_why")?,
        })
    };
    rows.iter().map(listed).collect()
}
