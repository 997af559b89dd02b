//! Whether a message that asks somebody comes too late, looked at before it is sent for the first time.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::cases::{pair_case, standing_case};
use super::rows::ms;
use super::{Conn, people, programs};
use crate::core::decision::Decision;
use crate::core::id::PulseId;
use crate::core::late;
use crate::core::message::Message;

/// What to do instead of sending `message` at `now`; `None` when it is in time.
pub async fn instead(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<Decision>> {
    let pulses = match message {
        Message::Pulse { pulse } | Message::PrivatePulse { pulse, .. } => vec![pulse.clone()],
        Message::MentorPulses { .. } => of_mentor(conn, message).await?,
        Message::Surveys { .. } => return surveys_are_over(conn, message, now).await,
        _ => return Ok(None),
    };
    let mut instead: Option<Decision> = None;
    for pulse in pulses {
        let Some(case) = standing_case(conn, &pulse).await? else { continue };
        if let Some(fold) = late::instead(message, &case.pulse, &case.program, case.zones, &case.pauses, now) {
            instead.get_or_insert_default().changes.extend(fold.changes);
        }
    }
    Ok(instead)
}

/// A message of surveys that are all over is not sent for the first time.
async fn surveys_are_over(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<Decision>> {
    let Message::Surveys { program, person, occurrence } = message else { return Ok(None) };
    let open: i64 = sqlx::query_scalar(
        "select count(*)
        from survey_ask
        join survey on survey.survey_id = survey_ask.survey_id
        join pair on pair.pair_id = survey.pair_id
        where survey_ask.person_id = $1
            and pair.program_id = $2
            and survey.occurrence = $3
            and survey.closed is null
            and survey_ask.closes > $4",
    )
    .bind(person.as_str())
    .bind(program.as_str())
    .bind(occurrence.to_string())
    .bind(ms(now))
    .fetch_one(conn)
    .await?;
    Ok((open == 0).then(Decision::default))
}

/// Until when `message`, if it was never sent, has to wait at `now`; `None` when it may go.
pub async fn waits(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    match message {
        Message::Welcome { program, person } => {
            let Some(program) = programs::find(conn, program).await? else { return Ok(None) };
            let person = people::find(conn, std::slice::from_ref(person)).await?.pop();
            Ok(person.and_then(|person| late::waits(&program, &[person.zone], now)))
        }
        Message::Surveys { program, person, .. } => {
            let Some(program) = programs::find(conn, program).await? else { return Ok(None) };
            let person = people::find(conn, std::slice::from_ref(person)).await?.pop();
            Ok(person.and_then(|person| late::waits(&program, &[person.zone], now)))
        }
        Message::Agreement { pair, to, .. } => {
            let Some(case) = pair_case(conn, pair).await? else { return Ok(None) };
            let readers =
                [&case.mentee, &case.mentor].into_iter().filter(|one| to.as_ref().is_none_or(|to| one.id == *to));
            let zones: Vec<_> = readers.map(|one| one.zone).collect();
            Ok(late::waits(&case.program, &zones, now))
        }
        _ => Ok(None),
    }
}

/// The pulses in a mentor's one message.
async fn of_mentor(conn: &mut Conn, message: &Message) -> Result<Vec<PulseId>> {
    let Message::MentorPulses { program, person, occurrence } = message else { return Ok(Vec::new()) };
    let ids: Vec<String> = sqlx::query_scalar(
        "select pulse.pulse_id
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        where pair.mentor_id = $1
            and pair.program_id = $2
            and pulse.occurrence = $3
            and pulse.form = 'rows'
            and pulse.folded is null
        order by pulse.pulse_id",
    )
    .bind(person.as_str())
    .bind(program.as_str())
    .bind(occurrence.to_string())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PulseId::from).collect())
}
