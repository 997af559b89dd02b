//! Sessions that took place, what each said to them, and dates for the next one.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sqlx::Result;

use super::Conn;
use super::pieces::join_partner;
use super::rows::{Row, date, id, ms, raw, time, time_if, unclear};
use crate::core::id::{PairId, PersonId, ProposalId, QuestionId};
use crate::core::session::{DATES, Proposal, ProposalState, Session};

/// Sessions that one look at a pair brings: one on each day that can still be logged is fewer.
const SESSIONS: i64 = 100;

/// The two met, as one of them says; of two sayings about one day the later counts.
pub async fn logged(conn: &mut Conn, pair: &PairId, session: &Session, in_place_of: Option<NaiveDate>) -> Result<bool> {
    let moved = match in_place_of {
        Some(before) => withdrawn(conn, pair, before, session.at).await?,
        None => false,
    };
    let noon = session.day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time")).and_utc();
    let done = sqlx::query(
        "insert into session (pair_id, day, met_at, minutes, person_id, at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (pair_id, day) do update
        set met_at = excluded.met_at,
            minutes = excluded.minutes,
            person_id = excluded.person_id,
            at = excluded.at,
            withdrawn = null
        where excluded.at >= session.at
            and (excluded.at <> session.at
                or excluded.person_id <> session.person_id
                or coalesce(excluded.minutes, 0) <> coalesce(session.minutes, 0)
                or session.withdrawn is not null)",
    )
    .bind(pair.as_str())
    .bind(session.day.to_string())
    .bind(ms(noon.min(session.at)))
    .bind(session.minutes.map(i64::from))
    .bind(session.by.as_str())
    .bind(ms(session.at))
    .execute(&mut *conn)
    .await?;
    if let (true, Some(before)) = (moved, in_place_of) {
        answers_follow(conn, pair, before, session.day).await?;
    }
    Ok(moved || done.rows_affected() > 0)
}

/// What was answered after a session goes with it to its other day. An answer that stands there already stays.
async fn answers_follow(conn: &mut Conn, pair: &PairId, from: NaiveDate, to: NaiveDate) -> Result<()> {
    sqlx::query(
        "update session_answer
        set day = $3
        where pair_id = $1
            and day = $2
            and not exists (
                select 1
                from session_answer stands
                where stands.pair_id = $1
                    and stands.day = $3
                    and stands.person_id = session_answer.person_id
                    and stands.item = session_answer.item)",
    )
    .bind(pair.as_str())
    .bind(from.to_string())
    .bind(to.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// The session of that day did not take place.
pub async fn withdrawn(conn: &mut Conn, pair: &PairId, day: NaiveDate, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update session
        set withdrawn = $3,
            at = $3
        where pair_id = $1
            and day = $2
            and at <= $3
            and withdrawn is null",
    )
    .bind(pair.as_str())
    .bind(day.to_string())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What one of the two answered after a session.
pub async fn rated(
    conn: &mut Conn,
    pair: &PairId,
    day: NaiveDate,
    person: &PersonId,
    (item, value): (&QuestionId, u8),
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into session_answer (pair_id, day, person_id, item, value, at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (pair_id, day, person_id, item) do update
        set value = excluded.value,
            at = excluded.at
        where excluded.at >= session_answer.at
            and (excluded.at <> session_answer.at or excluded.value <> session_answer.value)",
    )
    .bind(pair.as_str())
    .bind(day.to_string())
    .bind(person.as_str())
    .bind(item.as_str())
    .bind(i64::from(value))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Dates for the next session, in place of what was suggested before.
pub async fn suggested(
    conn: &mut Conn,
    pair: &PairId,
    proposal: &ProposalId,
    by: &PersonId,
    dates: &[DateTime<Utc>],
    at: DateTime<Utc>,
) -> Result<bool> {
    let dates: Vec<String> = dates.iter().map(|date| ms(*date).to_string()).collect();
    let done = sqlx::query(
        "insert into proposal (proposal_id, pair_id, person_id, dates, at)
        values ($1, $2, $3, $4, $5)
        on conflict (proposal_id) do nothing",
    )
    .bind(proposal.as_str())
    .bind(pair.as_str())
    .bind(by.as_str())
    .bind(dates.join(" "))
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "update proposal
        set over = $3
        where pair_id = $1
            and proposal_id <> $2
            and over is null
            and (chosen is null or chosen > $3)",
    )
    .bind(pair.as_str())
    .bind(proposal.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// One of the suggested dates is set; the first tap counts.
pub async fn set(conn: &mut Conn, proposal: &ProposalId, date: DateTime<Utc>, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update proposal
        set chosen = $2,
            chosen_at = $3
        where proposal_id = $1
            and chosen is null
            and over is null",
    )
    .bind(proposal.as_str())
    .bind(ms(date))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A suggestion, or the date that came of it, is called off.
pub async fn called_off(conn: &mut Conn, proposal: &ProposalId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query("update proposal set over = $2 where proposal_id = $1 and over is null")
        .bind(proposal.as_str())
        .bind(ms(at))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The pair's sessions since `first`, newest first.
pub async fn sessions(conn: &mut Conn, pair: &PairId, first: NaiveDate) -> Result<Vec<Session>> {
    let rows = sqlx::query(
        "select day, minutes, person_id, at
        from session
        where pair_id = $1
            and day >= $2
            and withdrawn is null
        order by day desc
        limit $3",
    )
    .bind(pair.as_str())
    .bind(first.to_string())
    .bind(SESSIONS)
    .fetch_all(conn)
    .await?;
    rows.iter().map(session).collect()
}

fn session(row: &Row) -> Result<Session> {
    Ok(Session {
        day: date(row, "session", "day")?,
        minutes: minutes(row)?,
        by: id(row, "session", "person_id")?,
        at: time(row, "session", "at")?,
    })
}

/// The length of a session, where the row names one.
pub fn minutes(row: &Row) -> Result<Option<u16>> {
    let minutes: Option<i64> = raw(row, "session", "minutes")?;
    minutes.map(u16::try_from).transpose().map_err(|error| unclear("session", "minutes", error))
}

/// How many are logged and took place.
pub async fn count(conn: &mut Conn, pair: &PairId) -> Result<u32> {
    let count: i64 = sqlx::query_scalar(
        "select count(*)
        from session
        where pair_id = $1
            and withdrawn is null",
    )
    .bind(pair.as_str())
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What this person answered after sessions since `first`.
pub async fn answered(
    conn: &mut Conn,
    pair: &PairId,
    person: &PersonId,
    first: NaiveDate,
) -> Result<Vec<(NaiveDate, QuestionId)>> {
    let rows = sqlx::query(
        "select day, item
        from session_answer
        where pair_id = $1
            and person_id = $2
            and day >= $3
        order by day desc, item
        limit $4",
    )
    .bind(pair.as_str())
    .bind(person.as_str())
    .bind(first.to_string())
    .bind(SESSIONS)
    .fetch_all(conn)
    .await?;
    let answered = |row| Ok((date(row, "session_answer", "day")?, id(row, "session_answer", "item")?));
    rows.iter().map(answered).collect()
}

/// What [`proposal`] reads, of `proposal`.
macro_rules! proposal_columns {
    () => {
        "proposal.proposal_id, proposal.person_id, proposal.dates, proposal.chosen, proposal.over"
    };
}
pub(super) use proposal_columns;

/// The newest suggestion of this pair, whatever became of it.
pub async fn newest_proposal(conn: &mut Conn, pair: &PairId) -> Result<Option<Proposal>> {
    let row = sqlx::query(concat!(
        "select ",
        proposal_columns!(),
        "
        from proposal
        where proposal.pair_id = $1
        order by proposal.at desc, proposal.proposal_id
        limit 1"
    ))
    .bind(pair.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(proposal).transpose()
}

/// Reads `proposal_columns!`.
pub fn proposal(row: &Row) -> Result<Proposal> {
    let dates: &str = raw(row, "proposal", "dates")?;
    let read = |text: &str| text.parse().ok().and_then(DateTime::from_timestamp_millis);
    let dates: Option<Vec<_>> = dates.split_whitespace().take(DATES).map(read).collect();
    let state = match (time_if(row, "proposal", "over")?, time_if(row, "proposal", "chosen")?) {
        (Some(_), _) => ProposalState::Over,
        (None, Some(date)) => ProposalState::Set { date },
        (None, None) => ProposalState::Open,
    };
    Ok(Proposal {
        id: id(row, "proposal", "proposal_id")?,
        by: id(row, "proposal", "person_id")?,
        dates: dates.ok_or_else(|| unclear("proposal", "dates", "these are no times"))?,
        state,
    })
}

/// Of these people of a pair, those whose App Home is kept up to date.
pub async fn homes(conn: &mut Conn, pair: &PairId) -> Result<Vec<PersonId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select person.person_id
        from pair
        join person on person.person_id in (pair.mentee_id, pair.mentor_id)
        where pair.pair_id = $1
            and person.home_opened is not null
        order by person.person_id",
    )
    .bind(pair.as_str())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PersonId::from).collect())
}

/// The pairs of this person that have not ended, with the other's name.
pub async fn choices(conn: &mut Conn, person: &PersonId) -> Result<Vec<(PairId, String)>> {
    let rows = sqlx::query(concat!(
        "select pair.pair_id, partner.name
        from pair
        ",
        join_partner!("$1"),
        "
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        order by partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(SESSIONS)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "pair", "pair_id")?, raw(row, "person", "name")?))).collect()
}
