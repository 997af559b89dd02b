//! Pauses of pairs and of people.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, Row, date, id, ms, raw, time_if};
use super::{Conn, Engine};
use crate::core::cadence::civil;
use crate::core::id::{PairId, PauseId, PersonId};
use crate::core::pause::{Of, Pause, Span};
use crate::core::person::Pair;
use crate::core::program::Program;

/// What [`pause`] reads, of `pause`.
macro_rules! pause_columns {
    () => {
        "pause.pair_id as paused_pair, pause.person_id as paused_person, pause.from_day, pause.until_day,
        pause.by_person, pause.why"
    };
}

/// A pause begins. One of the same day that runs stays as it is; one that was ended early begins anew.
pub async fn paused(conn: &mut Conn, pause: &Pause, at: DateTime<Utc>) -> Result<bool> {
    let (pair, person) = match &pause.of {
        Of::Pair(pair) => (Some(pair.as_str()), None),
        Of::Person(person) => (None, Some(person.as_str())),
    };
    let done = sqlx::query(
        "insert into pause (pause_id, pair_id, person_id, from_day, until_day, by_person, why, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (pause_id) do update
        set until_day = excluded.until_day,
            by_person = excluded.by_person,
            why = excluded.why,
            at = excluded.at,
            resumed = null,
            resumed_by = null
        where pause.resumed is not null
            and pause.resumed <= excluded.at",
    )
    .bind(PauseId::new(&pause.of, pause.span.from).as_str())
    .bind(pair)
    .bind(person)
    .bind(pause.span.from.to_string())
    .bind(pause.span.until.to_string())
    .bind(pause.by.as_ref().map(PersonId::as_str))
    .bind(pause.why.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The pauses of this pair that run on `day` end before it. Planning looks at the pair at once.
pub async fn resumed(
    conn: &mut Conn,
    pair: &PairId,
    day: NaiveDate,
    by: &PersonId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "update pause
        set until_day = $2,
            resumed = $3,
            resumed_by = $4
        where pair_id = $1
            and from_day <= $2
            and until_day > $2",
    )
    .bind(pair.as_str())
    .bind(day.to_string())
    .bind(ms(at))
    .bind(by.as_str())
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    super::pulses::look_again(conn, pair, now).await?;
    Ok(true)
}

/// The pauses of this pair and of each of the two, in the order in which they begin.
pub async fn of_pair(conn: &mut Conn, pair: &Pair) -> Result<Vec<Pause>> {
    let rows = sqlx::query(concat!(
        "select ",
        pause_columns!(),
        "
        from pause
        where pause.pair_id = $1
            or pause.person_id in ($2, $3)
        order by pause.from_day, pause.pause_id"
    ))
    .bind(pair.id.as_str())
    .bind(pair.mentor.as_str())
    .bind(pair.mentee.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(pause).collect()
}

/// The days of this pair's own pauses.
pub async fn spans_of_pair(conn: &mut Conn, pair: &PairId) -> Result<Vec<Span>> {
    let rows = sqlx::query("select from_day, until_day from pause where pair_id = $1 order by from_day, pause_id")
        .bind(pair.as_str())
        .fetch_all(conn)
        .await?;
    rows.iter().map(span).collect()
}

/// The days on which each pair of the programme is or was paused, as it was known at `known`, in one statement; a pair
/// without any is not here. A pause that was ended only later counts the day of `known` whole.
pub async fn of_program(
    conn: &mut Conn,
    program: &Program,
    known: DateTime<Utc>,
) -> Result<BTreeMap<PairId, Vec<Span>>> {
    let rows = sqlx::query(
        "select pair.pair_id, pause.from_day, pause.until_day, pause.resumed
        from pause
        join pair on pair.pair_id = pause.pair_id
        where pair.program_id = $1
            and pause.at <= $2
        union all
        select pair.pair_id, pause.from_day, pause.until_day, pause.resumed
        from pause
        join pair on pair.mentor_id = pause.person_id or pair.mentee_id = pause.person_id
        where pair.program_id = $1
            and pause.at <= $2
        order by 1, 2, 3",
    )
    .bind(program.id.as_str())
    .bind(ms(known))
    .fetch_all(conn)
    .await?;
    let tomorrow = civil(program.zone, known).date() + Days::new(1);
    let mut spans: BTreeMap<PairId, Vec<Span>> = BTreeMap::new();
    for row in &rows {
        let mut span = span(row)?;
        if time_if(row, "pause", "resumed")?.is_some_and(|resumed| resumed > known) {
            span.until = span.until.max(tomorrow);
        }
        spans.entry(id(row, "pair", "pair_id")?).or_default().push(span);
    }
    Ok(spans)
}

/// Pauses of these pairs, or of one of their people, that are not over on `day`.
pub async fn running(conn: &mut Conn, pairs: &[Pair], day: NaiveDate) -> Result<Vec<Pause>> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let mut select =
        QueryBuilder::<Engine>::new(concat!("select ", pause_columns!(), " from pause where until_day > "));
    select.push_bind(day.to_string()).push(" and (pause.pair_id in (");
    let mut list = select.separated(", ");
    for pair in pairs {
        list.push_bind(pair.id.as_str());
    }
    select.push(") or pause.person_id in (");
    let mut list = select.separated(", ");
    for pair in pairs {
        list.push_bind(pair.mentor.as_str()).push_bind(pair.mentee.as_str());
    }
    select.push(")) order by pause.from_day, pause.pause_id");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    rows.iter().map(pause).collect()
}

fn pause(row: &Row) -> Result<Pause> {
    let of = match (raw::<Option<String>>(row, "pause", "paused_pair")?, raw(row, "pause", "paused_person")?) {
        (Some(pair), _) => Of::Pair(PairId::from(pair)),
        (None, person) => {
            let person: Option<String> = person;
            let nobody = || rows::unclear("pause", "person_id", "a pause is of a pair or of a person");
            Of::Person(PersonId::from(person.ok_or_else(nobody)?))
        }
    };
    let by: Option<String> = raw(row, "pause", "by_person")?;
    let why =
        raw::<&str>(row, "pause", "why")?.parse().map_err(|error: String| rows::unclear("pause", "why", error))?;
    Ok(Pause { of, span: span(row)?, by: by.map(PersonId::from), why })
}

fn span(row: &Row) -> Result<Span> {
    Ok(Span { from: date(row, "pause", "from_day")?, until: date(row, "pause", "until_day")? })
}
