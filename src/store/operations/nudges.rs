//! Nudges that were sent or held back, what people said to them, and what became known of their effect.

pub mod effects;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Result;

use super::rows::{self, Row, date, date_if, id, ms, raw, time, unclear};
use super::{Conn, attention};
use crate::core::id::{MessageName, NudgeId, PersonId};
use crate::core::nudge::facts::Nudged;
use crate::core::nudge::{Kind, NudgeChange, Reaction, Wanted};
use crate::core::program::Program;

/// What stands for all kinds.
const ALL: &str = "*";

/// Nudges of one person that one look brings: one a week, of more than a year.
const PAST: i64 = 60;

/// Writes one fact; whether it was new.
pub async fn write(conn: &mut Conn, change: &NudgeChange) -> Result<bool> {
    match change {
        NudgeChange::Looked { person, next } => looked(conn, person, *next).await,
        NudgeChange::Drawn { person, nudge, days, measured, spent } => {
            let is_new = drawn(conn, person, nudge, *days, *measured).await?;
            if let (true, Some(spent)) = (is_new, spent) {
                attention::spent(conn, spent).await?;
            }
            Ok(is_new)
        }
        NudgeChange::Dropped { nudge, person, message, at } => dropped(conn, nudge, person, message, *at).await,
        NudgeChange::Ended { nudge, good, at } => ended(conn, nudge, *good, *at).await,
        NudgeChange::Reacted { nudge, reaction, again, at } => reacted(conn, nudge, *reaction, *again, *at).await,
        NudgeChange::Wanted { person, wanted, at } => match wanted {
            Wanted::Stop(kind) => unwanted(conn, person, kind.map_or(ALL, Kind::as_str), true, *at).await,
            Wanted::Again(Some(kind)) => unwanted(conn, person, kind.as_str(), false, *at).await,
            Wanted::Again(None) => wanted_again(conn, person, *at).await,
            Wanted::Weekly(weekly) => allowed(conn, person, *weekly).await,
        },
        NudgeChange::Revived { workspace, kind, at } => effects::revived(conn, workspace, *kind, *at).await,
    }
}

async fn looked(conn: &mut Conn, person: &PersonId, next: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query("update person set nudge_look = $2 where person_id = $1 and nudge_look <> $2")
        .bind(person.as_str())
        .bind(ms(next))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

async fn drawn(conn: &mut Conn, person: &PersonId, nudge: &Nudged, days: u32, measured: bool) -> Result<bool> {
    let done = sqlx::query(
        "insert into nudge (nudge_id, person_id, pair_id, kind, episode, days, day, week, due, held, measured)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict do nothing",
    )
    .bind(nudge.id.as_str())
    .bind(person.as_str())
    .bind(nudge.pair.as_str())
    .bind(nudge.kind.as_str())
    .bind(nudge.episode.to_string())
    .bind(i64::from(days))
    .bind(nudge.day.to_string())
    .bind(nudge.week.as_str())
    .bind(ms(nudge.due))
    .bind(i64::from(nudge.held))
    .bind(i64::from(measured))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn dropped(
    conn: &mut Conn,
    nudge: &NudgeId,
    person: &PersonId,
    message: &MessageName,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query("update nudge set dropped = $2 where nudge_id = $1 and dropped is null")
        .bind(nudge.as_str())
        .bind(ms(at))
        .execute(&mut *conn)
        .await?;
    sqlx::query("delete from attention where person_id = $1 and message = $2")
        .bind(person.as_str())
        .bind(message.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

async fn ended(conn: &mut Conn, nudge: &NudgeId, good: bool, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query("update nudge set outcome = $2, ended = $3 where nudge_id = $1 and outcome is null")
        .bind(nudge.as_str())
        .bind(i64::from(good))
        .bind(ms(at))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

async fn reacted(
    conn: &mut Conn,
    nudge: &NudgeId,
    reaction: Reaction,
    again: Option<NaiveDate>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "update nudge
        set reaction = $2,
            again = coalesce($3, again),
            reacted = $4
        where nudge_id = $1
            and (reacted is null or reacted <= $4)",
    )
    .bind(nudge.as_str())
    .bind(reaction.as_str())
    .bind(again.map(|day| day.to_string()))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn unwanted(conn: &mut Conn, person: &PersonId, kind: &str, is_so: bool, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into unwanted (person_id, kind, since, said)
        values ($1, $2, $3, $4)
        on conflict (person_id, kind) do update
        set since = excluded.since,
            said = excluded.said
        where excluded.said >= unwanted.said",
    )
    .bind(person.as_str())
    .bind(kind)
    .bind(is_so.then(|| ms(at)))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whatever was stopped up to then.
async fn wanted_again(conn: &mut Conn, person: &PersonId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update unwanted
        set since = null,
            said = $2
        where person_id = $1
            and since is not null
            and said <= $2",
    )
    .bind(person.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn allowed(conn: &mut Conn, person: &PersonId, weekly: u8) -> Result<bool> {
    let done = sqlx::query("update person set weekly = $2 where person_id = $1")
        .bind(person.as_str())
        .bind(i64::from(weekly))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What [`nudged`] reads, of `nudge`.
macro_rules! nudge_columns {
    () => {
        "nudge.nudge_id, nudge.pair_id, nudge.kind, nudge.episode, nudge.day, nudge.week, nudge.due, nudge.held,
        nudge.reaction, nudge.again, nudge.outcome"
    };
}
pub(super) use nudge_columns;

/// Reads `nudge_columns!`.
pub fn nudged(row: &Row) -> Result<Nudged> {
    let reaction: Option<&str> = raw(row, "nudge", "reaction")?;
    let reaction = reaction.map(str::parse::<Reaction>).transpose();
    Ok(Nudged {
        id: id(row, "nudge", "nudge_id")?,
        pair: id(row, "nudge", "pair_id")?,
        kind: rows::word(row, "nudge", "kind", |word| word.parse().ok())?,
        episode: date(row, "nudge", "episode")?,
        day: date(row, "nudge", "day")?,
        week: id(row, "nudge", "week")?,
        due: time(row, "nudge", "due")?,
        held: raw::<i64>(row, "nudge", "held")? != 0,
        reaction: reaction.map_err(|error| unclear("nudge", "reaction", error))?,
        again: date_if(row, "nudge", "again")?,
        outcome: raw::<Option<i64>>(row, "nudge", "outcome")?.map(|outcome| outcome != 0),
    })
}

/// What came to this person, or was held back, oldest first.
pub async fn past(conn: &mut Conn, person: &PersonId) -> Result<Vec<Nudged>> {
    let rows = sqlx::query(concat!(
        "select ",
        nudge_columns!(),
        "
        from nudge
        where nudge.person_id = $1
        order by nudge.due desc, nudge.nudge_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAST)
    .fetch_all(conn)
    .await?;
    let mut past = rows.iter().map(nudged).collect::<Result<Vec<_>>>()?;
    past.reverse();
    Ok(past)
}

/// Kinds that this person does not want; `None` among them: none at all. A kind that this version does not know is none
/// of its own.
pub async fn stopped(conn: &mut Conn, person: &PersonId) -> Result<Vec<Option<Kind>>> {
    let words: Vec<String> =
        sqlx::query_scalar("select kind from unwanted where person_id = $1 and since is not null order by kind")
            .bind(person.as_str())
            .fetch_all(conn)
            .await?;
    let read = |word: &String| if word == ALL { Some(None) } else { word.parse().ok().map(Some) };
    Ok(words.iter().filter_map(read).collect())
}

/// The programme in which this nudge came; `None` where it is not known.
pub async fn program(conn: &mut Conn, nudge: &NudgeId) -> Result<Option<Program>> {
    let row = sqlx::query(
        "select program.settings
        from nudge
        join pair on pair.pair_id = nudge.pair_id
        join program on program.program_id = pair.program_id
        where nudge.nudge_id = $1",
    )
    .bind(nudge.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(rows::program).transpose()
}
