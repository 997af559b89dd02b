//! People as Slack describes them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, PERSON, ms};
use super::{Conn, Engine, unreachable};
use crate::core::id::{PairId, PersonId, WorkspaceId};
use crate::core::person::Person;

/// People in one statement: 6 parameters each, of 32,766 that SQLite takes.
const AT_ONCE: usize = 1000;

/// Writes people as Slack described them; of two descriptions the later counts. Where a zone or an account changed,
/// planning looks at the person's pairs again at once.
pub async fn upsert(conn: &mut Conn, people: &[Person]) -> Result<()> {
    for people in people.chunks(AT_ONCE) {
        // One statement cannot write a row twice.
        let mut latest: HashMap<&PersonId, &Person> = HashMap::with_capacity(people.len());
        for person in people {
            let stands = latest.entry(&person.id).or_insert(person);
            if person.looked >= stands.looked {
                *stands = person;
            }
        }
        let ids: Vec<PersonId> = latest.keys().map(|id| (*id).clone()).collect();
        let before = find(conn, &ids).await?;
        let mut insert = QueryBuilder::<Engine>::new(
            "insert into person (person_id, workspace_id, name, zone, deactivated, looked) ",
        );
        insert.push_values(latest.values(), |mut row, person| {
            row.push_bind(person.id.as_str())
                .push_bind(person.id.workspace().as_str().to_owned())
                .push_bind(person.name.as_str())
                .push_bind(person.zone.name())
                .push_bind(person.deactivated.map(ms))
                .push_bind(ms(person.looked));
        });
        // The first time that somebody was noticed to be deactivated stays.
        insert.push(
            "
            on conflict (person_id) do update
            set name = excluded.name,
                zone = excluded.zone,
                deactivated = case
                    when excluded.deactivated is null then null
                    else coalesce(person.deactivated, excluded.deactivated)
                end,
                looked = excluded.looked
            where excluded.looked >= person.looked",
        );
        insert.build().persistent(false).execute(&mut *conn).await?;
        for old in before {
            let Some(new) = latest.get(&old.id).filter(|new| new.looked >= old.looked) else { continue };
            if new.zone != old.zone || new.deactivated.is_some() != old.deactivated.is_some() {
                look_at_pairs(conn, new).await?;
            }
            if old.deactivated.is_some() && new.deactivated.is_none() {
                unreachable::reached(conn, &new.id).await?;
            }
        }
    }
    Ok(())
}

async fn look_at_pairs(conn: &mut Conn, person: &Person) -> Result<()> {
    sqlx::query(
        "update pair
        set next_look = $2
        where (mentor_id = $1 or mentee_id = $1)
            and ended is null
            and next_look > $2",
    )
    .bind(person.id.as_str())
    .bind(ms(person.looked))
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of `ids` who are known, in the order of their ids.
pub async fn find(conn: &mut Conn, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let mut select = QueryBuilder::<Engine>::new(
            "select person_id, name, zone, deactivated, looked
            from person
            where person_id in (",
        );
        let mut list = select.separated(", ");
        for id in ids {
            list.push_bind(id.as_str());
        }
        select.push(")");
        let rows = select.build().persistent(false).fetch_all(&mut *conn).await?;
        for row in &rows {
            people.push(rows::person(row, &PERSON)?);
        }
    }
    people.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(people)
}

/// Those of the workspace at whom Slack was last looked before `before`, longest ago first: at most `limit` that come
/// after `after` in this order.
pub async fn looked_before(
    conn: &mut Conn,
    workspace: &WorkspaceId,
    before: DateTime<Utc>,
    after: Option<&Person>,
    limit: u32,
) -> Result<Vec<Person>> {
    let rows = sqlx::query(
        "select person_id, name, zone, deactivated, looked
        from person
        where workspace_id = $1
            and looked < $2
            and (looked > $3 or (looked = $3 and person_id > $4))
        order by looked, person_id
        limit $5",
    )
    .bind(workspace.as_str())
    .bind(ms(before))
    .bind(after.map_or(i64::MIN, |person| ms(person.looked)))
    .bind(after.map_or("", |person| person.id.as_str()))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| rows::person(row, &PERSON)).collect()
}

/// The people of these pairs at whom Slack was last looked before `before`, each once.
pub async fn of_pairs_looked_before(conn: &mut Conn, pairs: &[PairId], before: DateTime<Utc>) -> Result<Vec<Person>> {
    let mut people = Vec::new();
    for pairs in pairs.chunks(AT_ONCE) {
        let mut select = QueryBuilder::<Engine>::new(
            "select distinct person.person_id, person.name, person.zone, person.deactivated, person.looked
            from pair
            join person on person.person_id in (pair.mentor_id, pair.mentee_id)
            where person.looked < ",
        );
        select.push_bind(ms(before)).push(" and pair.pair_id in (");
        let mut list = select.separated(", ");
        for pair in pairs {
            list.push_bind(pair.as_str());
        }
        select.push(")");
        let rows = select.build().persistent(false).fetch_all(&mut *conn).await?;
        for row in &rows {
            people.push(rows::person(row, &PERSON)?);
        }
    }
    people.sort_by(|a, b| a.id.cmp(&b.id));
    people.dedup_by(|a, b| a.id == b.id);
    Ok(people)
}

/// The person looks at App Home: it is kept true from the first time on, and shown anew each time.
pub async fn home_opened(conn: &mut Conn, person: &PersonId, at: DateTime<Utc>) -> Result<bool> {
    sqlx::query(
        "update person
        set home_opened = $2
        where person_id = $1
            and home_opened is null",
    )
    .bind(person.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(true)
}
