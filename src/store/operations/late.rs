//! Whether a message that asks somebody comes too late, looked at before it is sent for the first time.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::cases::standing_case;
use super::{Conn, people, programs, rests};
use crate::core::availability::Availability;
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
        if let Some(fold) = late::instead(message, &case, now) {
            instead.get_or_insert_default().changes.extend(fold.changes);
        }
    }
    Ok(instead)
}

/// Until when `message`, if it was never sent, has to wait at `now`; `None` when it may go.
pub async fn waits(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let (Message::Welcome { program, person }
    | Message::Silence { program, person, .. }
    | Message::PairPaused { program, person, .. }) = message
    else {
        return Ok(None);
    };
    let Some(program) = programs::find(conn, program).await? else { return Ok(None) };
    let person = people::find(conn, std::slice::from_ref(person)).await?.pop();
    let Some(person) = person else { return Ok(None) };
    let rest = rests::of(conn, std::slice::from_ref(&person.id)).await?.remove(&person.id).unwrap_or_default();
    Ok(late::waits(Availability::new(&program, person.zone, &rest), now))
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
