//! About a person's own time.

use chrono::{DateTime, Days, Utc};
use chrono_tz::Tz;
use sqlx::Result;

use super::super::rows::{self, PERSON, Row, pair_columns, time_if};
use super::super::{Conn, attention, pauses, people, rests};
use crate::core::attention::Week;
use crate::core::case::{RestCase, RestPair};
use crate::core::id::PersonId;
use crate::core::pause::Of;
use crate::core::person::Pair;
use crate::core::rest::Rest;

/// Pairs of one person that are looked at.
const PAIRS: i64 = 300;

/// What both below read first.
macro_rules! select_person {
    () => {
        "select person.person_id, person.name, person.zone, person.deactivated, person.looked, person.home_opened
        from person
        where person.person_id = $1"
    };
}

/// About somebody's own time; `None` for who is not known here. Holds the person.
pub async fn rest_case(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<RestCase>> {
    let select = sqlx::query(locking!("person", select_person!()));
    let row = select.bind(person.as_str()).fetch_optional(&mut *conn).await?;
    with_pairs(conn, row, person, now).await
}

/// The same for who only looks: it holds nothing, and so can be read where nothing may be written.
pub async fn seen_rest(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<RestCase>> {
    let row = sqlx::query(select_person!()).bind(person.as_str()).fetch_optional(&mut *conn).await?;
    with_pairs(conn, row, person, now).await
}

async fn with_pairs(
    conn: &mut Conn,
    row: Option<Row>,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<RestCase>> {
    let Some(row) = row else { return Ok(None) };
    let rest = rests::of(conn, std::slice::from_ref(person)).await?.remove(person).unwrap_or_default();
    Ok(Some(RestCase {
        person: rows::person(&row, &PERSON)?,
        rest,
        home_opened: time_if(&row, "person", "home_opened")?.is_some(),
        pairs: pairs(conn, person, now).await?,
        silence: rests::newest_silence(conn, person).await?,
    }))
}

async fn pairs(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Vec<RestPair>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.home_opened, partner.weekly
        from pair
        join program on program.program_id = pair.program_id
        join person partner on partner.person_id = case
            when pair.mentee_id = $1 then pair.mentor_id
            else pair.mentee_id
        end
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        order by pair.program_id, partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAIRS)
    .fetch_all(&mut *conn)
    .await?;
    let known = rows.iter().map(rows::pair).collect::<Result<Vec<Pair>>>()?;
    let partner_of = |pair: &Pair| if pair.mentee == *person { pair.mentor.clone() } else { pair.mentee.clone() };
    let ids: Vec<PersonId> = known.iter().map(partner_of).collect();
    let people = people::find(conn, &ids).await?;
    let rests = rests::of(conn, &ids).await?;
    let spent = attention::of_all(conn, &ids, &Week::of(Tz::UTC, now - Days::new(8)).to_string()).await?;
    // A day of any zone may have begun earlier than UTC's.
    let running = pauses::running(conn, &known, (now - Days::new(1)).date_naive()).await?;
    let mut all = Vec::with_capacity(known.len());
    for (row, pair) in rows.iter().zip(known) {
        let partner = partner_of(&pair);
        let Some(one) = people.iter().find(|one| one.id == partner) else { continue };
        all.push(RestPair {
            program: rows::program(row)?,
            partner: one.clone(),
            partner_rest: rests.get(&partner).cloned().unwrap_or_else(Rest::default),
            partner_home: time_if(row, "person", "home_opened")?.is_some(),
            pauses: running.iter().filter(|pause| pause.of == Of::Pair(pair.id.clone())).cloned().collect(),
            spent: spent.iter().filter(|spent| spent.person == partner).cloned().collect(),
            weekly: attention::allowed(row)?,
            pair,
        });
    }
    Ok(all)
}
