//! Writes what became true of people's own time. Planning looks at their pairs at once.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Result;

use super::super::rows::ms;
use super::super::{Conn, attention, pulses};
use crate::core::id::{PairId, PauseId, PersonId};
use crate::core::pause::{Of, Pause, Why};
use crate::core::rest::{Holidays, Pace, Quiet, RestChange, TimeForm, week_text};

/// Writes one fact; whether it was new.
pub async fn changed(conn: &mut Conn, change: &RestChange, now: DateTime<Utc>) -> Result<bool> {
    match change {
        RestChange::Paused { pause, at } => {
            let new = paused(conn, pause, *at).await?;
            match &pause.of {
                Of::Pair(pair) => pulses::look_again(conn, pair, now).await?,
                Of::Person(person) => look_at_pairs(conn, person, now).await?,
            };
            Ok(new)
        }
        RestChange::Back { person, day, at } => {
            let new = back(conn, person, *day, *at).await?;
            look_at_pairs(conn, person, now).await?;
            Ok(new)
        }
        RestChange::PairBack { pair, day, by, at } => {
            let new = pair_back(conn, pair, *day, by, *at).await?;
            pulses::look_again(conn, pair, now).await?;
            Ok(new)
        }
        RestChange::TimeSet { person, time, at } => {
            let new = time_set(conn, person, time, *at).await?;
            look_at_pairs(conn, person, now).await?;
            Ok(new)
        }
        RestChange::PaceSet { person, pace, at } => {
            let new = pace_set(conn, person, *pace, *at).await?;
            look_at_pairs(conn, person, now).await?;
            Ok(new)
        }
        RestChange::SilenceAsked { person, day, spends, at } => {
            attention::spent(conn, spends).await?;
            let insert = "insert into silence (person_id, day, at) values ($1, $2, $3) on conflict do nothing";
            let asked = sqlx::query(insert).bind(person.as_str()).bind(day.to_string()).bind(ms(*at));
            Ok(asked.execute(conn).await?.rows_affected() > 0)
        }
        RestChange::SilenceChosen { person, day, choice, at } => {
            let done = sqlx::query(
                "update silence
                set choice = $3,
                    chosen = $4
                where person_id = $1
                    and day = $2
                    and (chosen is null or (chosen <= $4 and choice <> $3))",
            )
            .bind(person.as_str())
            .bind(day.to_string())
            .bind(choice.as_str())
            .bind(ms(*at))
            .execute(conn)
            .await?;
            Ok(done.rows_affected() > 0)
        }
        RestChange::Told(spent) => attention::spent(conn, spent).await,
    }
}

/// By one's own word: the same first day again, said later, is another last day.
async fn paused(conn: &mut Conn, pause: &Pause, at: DateTime<Utc>) -> Result<bool> {
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
        where pause.at <= excluded.at
            and (pause.until_day <> excluded.until_day or pause.resumed is not null)",
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

/// Ends the person's pauses, also those that are still to come.
async fn back(conn: &mut Conn, person: &PersonId, day: NaiveDate, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update pause
        set until_day = case when from_day > $2 then from_day else $2 end,
            resumed = $3,
            resumed_by = $1
        where person_id = $1
            and until_day > $2
            and from_day < until_day",
    )
    .bind(person.as_str())
    .bind(day.to_string())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends the pair's pauses that one of the two began. One that a coordinator began is the coordinators' to end.
async fn pair_back(conn: &mut Conn, pair: &PairId, day: NaiveDate, by: &PersonId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update pause
        set until_day = case when from_day > $2 then from_day else $2 end,
            resumed = $3,
            resumed_by = $4
        where pair_id = $1
            and until_day > $2
            and from_day < until_day
            and why = $5",
    )
    .bind(pair.as_str())
    .bind(day.to_string())
    .bind(ms(at))
    .bind(by.as_str())
    .bind(Why::Own.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn time_set(conn: &mut Conn, person: &PersonId, time: &TimeForm, at: DateTime<Utc>) -> Result<bool> {
    let quiet = match time.quiet {
        [Some(from), Some(until)] => Some(Quiet { from, until }.to_string()),
        _ => None,
    };
    let done = sqlx::query(
        "insert into rest (person_id, week, quiet, holidays, pace, said)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (person_id) do update
        set week = excluded.week,
            quiet = excluded.quiet,
            holidays = excluded.holidays,
            pace = excluded.pace,
            said = excluded.said
        where rest.said <= excluded.said",
    )
    .bind(person.as_str())
    .bind(week_text(time.week))
    .bind(quiet)
    .bind(time.holidays.to_string())
    .bind(time.pace.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn pace_set(conn: &mut Conn, person: &PersonId, pace: Pace, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into rest (person_id, holidays, pace, said)
        values ($1, $2, $3, $4)
        on conflict (person_id) do update
        set pace = excluded.pace,
            said = excluded.said
        where rest.said <= excluded.said
            and rest.pace <> excluded.pace",
    )
    .bind(person.as_str())
    .bind(Holidays::Program.to_string())
    .bind(pace.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn look_at_pairs(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update pair
        set next_look = $2
        where (mentor_id = $1 or mentee_id = $1)
            and ended is null
            and next_look > $2",
    )
    .bind(person.as_str())
    .bind(ms(now))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
