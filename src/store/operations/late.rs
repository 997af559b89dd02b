//! Whether a message that asks somebody comes too late, looked at before it is sent for the first time.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::cases::standing_case;
use super::{Conn, nudges, people, programs};
use crate::core::decision::Decision;
use crate::core::id::PulseId;
use crate::core::late;
use crate::core::message::Message;

/// What to do instead of sending `message` at `now`; `None` when it is in time.
pub async fn instead(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<Decision>> {
    let pulses = match message {
        Message::Pulse { pulse } | Message::PrivatePulse { pulse, .. } => vec![pulse.clone()],
        Message::MentorPulses { .. } => of_mentor(conn, message).await?,
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

/// Until when `message`, if it was never sent, has to wait at `now`; `None` when it may go.
pub async fn waits(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let (program, person) = match message {
        Message::Welcome { program, person } => (programs::find(conn, program).await?, person),
        Message::Nudge { nudge, person, .. } => (nudges::program(conn, nudge).await?, person),
        _ => return Ok(None),
    };
    let Some(program) = program else { return Ok(None) };
    let person = people::find(conn, std::slice::from_ref(person)).await?.pop();
    Ok(person.and_then(|person| late::waits(&program, person.zone, now)))
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
