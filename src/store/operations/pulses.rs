//! The course of a pulse: planned, its two asks answered or skipped, closed or folded.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::pieces::pulse_is_open;
use super::rows::{form_text, ms, questions_text};
use super::{Conn, attention, raise};
use crate::core::answer::Audience;
use crate::core::attention::Spent;
use crate::core::id::{PairId, PersonId, PulseId};
use crate::core::pulse::{Ask, AskState, Pulse};
use crate::core::question::Role;

/// A pulse with its two asks; the pair is looked at again at `next`. A pulse of the same day stays as it is.
pub async fn planned(conn: &mut Conn, pulse: &Pulse, spends: &[Spent], next: DateTime<Utc>) -> Result<bool> {
    let folded = match (pulse.mentee.state, pulse.mentor.state) {
        (AskState::Folded { at }, AskState::Folded { .. }) => Some(at),
        _ => None,
    };
    let occurrence = pulse.id.occurrence().ok_or_else(|| {
        super::rows::unclear("pulse", "pulse_id", format!("`{}` does not end with a civil date", pulse.id))
    })?;
    let done = sqlx::query(
        "insert into pulse (pulse_id, pair_id, occurrence, number, number_of, strike, form, closes, closed, folded)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (pulse_id) do nothing",
    )
    .bind(pulse.id.as_str())
    .bind(pulse.pair.as_str())
    .bind(occurrence.to_string())
    .bind(i64::from(pulse.number))
    .bind(pulse.of.map(i64::from))
    .bind(ms(pulse.strike))
    .bind(form_text(pulse.form))
    .bind(ms(pulse.closes()))
    .bind(pulse.closed.map(ms))
    .bind(folded.map(ms))
    .execute(&mut *conn)
    .await?;
    let new = done.rows_affected() > 0;
    if new {
        for ask in [&pulse.mentee, &pulse.mentor] {
            asked(conn, &pulse.id, ask).await?;
        }
        for spent in spends {
            attention::spent(conn, spent).await?;
        }
    }
    look_again(conn, &pulse.pair, next).await?;
    Ok(new)
}

async fn asked(conn: &mut Conn, pulse: &PulseId, ask: &Ask) -> Result<()> {
    let (mut answered, mut skipped, mut closed, mut folded) = (None, None, None, None);
    match ask.state {
        AskState::Open => (),
        AskState::Answered { at } => answered = Some(ms(at)),
        AskState::Skipped { at } => skipped = Some(ms(at)),
        AskState::Closed { at } => closed = Some(ms(at)),
        AskState::Folded { at } => folded = Some(ms(at)),
    }
    sqlx::query(
        "insert into ask (pulse_id, person_id, role, questions, due, closes, reminder, answered, skipped, closed, folded)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (pulse_id, person_id) do nothing",
    )
    .bind(pulse.as_str())
    .bind(ask.person.as_str())
    .bind(ask.role.as_str())
    .bind(questions_text(&ask.questions))
    .bind(ms(ask.due))
    .bind(ms(ask.closes))
    .bind(ask.reminder.map(ms))
    .bind(answered)
    .bind(skipped)
    .bind(closed)
    .bind(folded)
    .execute(conn)
    .await?;
    Ok(())
}

/// The pair is looked at again at `next`.
pub async fn look_again(conn: &mut Conn, pair: &PairId, next: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update pair
        set next_look = $2
        where pair_id = $1
            and next_look <> $2",
    )
    .bind(pair.as_str())
    .bind(ms(next))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The person's part is answered, since the earliest answer; no longer skipped.
pub async fn ask_answered(conn: &mut Conn, pulse: &PulseId, role: Role, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(concat!(
        "update ask
        set answered = $3,
            skipped = null
        where pulse_id = $1
            and role = $2
            and (answered is null or answered > $3)
            and ",
        pulse_is_open!()
    ))
    .bind(pulse.as_str())
    .bind(role.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// "Not this week": an answer counts for more, and so does "ask me tomorrow" if it was said later.
pub async fn ask_skipped(conn: &mut Conn, pulse: &PulseId, role: Role, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(concat!(
        "update ask
        set skipped = $3
        where pulse_id = $1
            and role = $2
            and answered is null
            and (skipped is null or skipped < $3)
            and (snoozed is null or snoozed <= $3)
            and ",
        pulse_is_open!()
    ))
    .bind(pulse.as_str())
    .bind(role.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The pulse is over; asks that wait are missed, and its posts say so.
pub async fn closed(conn: &mut Conn, pulse: &PulseId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update pulse
        set closed = $2
        where pulse_id = $1
            and closed is null
            and folded is null",
    )
    .bind(pulse.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "update ask
        set closed = $2
        where pulse_id = $1
            and answered is null
            and skipped is null
            and folded is null",
    )
    .bind(pulse.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    count(conn, pulse).await?;
    raise::raise_posts(conn, pulse, at).await?;
    Ok(true)
}

/// Writes down what the pulse counts for: it does not change any more. See `migrations/0006_evaluations.sql`.
async fn count(conn: &mut Conn, pulse: &PulseId) -> Result<()> {
    sqlx::query(
        "update pulse
        set counted = (
            select string_agg(entries.entry, ',')
            from (
                select ask.role || ' ' || case when ask.answered is null then '0' else '1' end as entry
                from ask
                where ask.pulse_id = $1
                    and ask.folded is null
                    and (ask.answered is not null or (ask.skipped is null and ask.closed is not null))
                union all
                select ask.role || ' ' || answer.question_id
                    || ' ' || cast(answer.value as text) || ' ' || cast(answer.at as text)
                from answer
                join ask on ask.pulse_id = answer.pulse_id
                    and ask.person_id = answer.person_id
                where answer.pulse_id = $1
                    and answer.audience <> $2) as entries)
        where pulse_id = $1",
    )
    .bind(pulse.as_str())
    .bind(Audience::OnlyTotals.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// The person's part was never asked. With both parts folded the pulse is.
pub async fn ask_folded(conn: &mut Conn, pulse: &PulseId, role: Role, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(concat!(
        "update ask
        set folded = $3
        where pulse_id = $1
            and role = $2
            and answered is null
            and skipped is null
            and folded is null
            and ",
        pulse_is_open!()
    ))
    .bind(pulse.as_str())
    .bind(role.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    attention::returned(conn, pulse, role).await?;
    sqlx::query(
        "update pulse
        set folded = $2
        where pulse_id = $1
            and not exists (
                select 1
                from ask
                where ask.pulse_id = $1
                    and ask.folded is null)",
    )
    .bind(pulse.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(true)
}

/// The message that asks stands in Slack after all: this person's part is open again, or both, and with it the pulse.
pub async fn ask_unfolded(conn: &mut Conn, pulse: &PulseId, person: Option<&PersonId>) -> Result<bool> {
    let done = sqlx::query(
        "update ask
        set folded = null
        where pulse_id = $1
            and person_id = coalesce($2, person_id)
            and folded is not null
            and exists (
                select 1
                from pulse
                where pulse.pulse_id = $1
                    and pulse.closed is null)",
    )
    .bind(pulse.as_str())
    .bind(person.map(PersonId::as_str))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "update pulse
        set folded = null
        where pulse_id = $1",
    )
    .bind(pulse.as_str())
    .execute(&mut *conn)
    .await?;
    attention::taken_again(conn, pulse, person).await?;
    Ok(true)
}

/// "Ask me tomorrow": the person is reminded then, and has not skipped after all, unless that was said later.
pub async fn ask_snoozed(
    conn: &mut Conn,
    pulse: &PulseId,
    role: Role,
    until: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(concat!(
        "update ask
        set reminder = $3,
            snoozed = $4,
            skipped = null
        where pulse_id = $1
            and role = $2
            and answered is null
            and (skipped is null or skipped <= $4)
            and (snoozed is null or snoozed < $4 or (snoozed = $4 and (reminder <> $3 or skipped is not null)))
            and ",
        pulse_is_open!()
    ))
    .bind(pulse.as_str())
    .bind(role.as_str())
    .bind(ms(until))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
