//! Whether a pulse still may be posted for the first time: late is decided, not accidental.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::rows::{self, Row, ask_columns, form_text};
use super::asked::{Asked, asked, frame_columns, select_asked};
use crate::core::decision::{Change, Decision};
use crate::core::id::{PersonId, ProgramId, PulseId};
use crate::core::message::Message;
use crate::core::plan;
use crate::core::pulse::Form;

/// What is decided when `message`, not posted yet, came too late at `now`: parts that were never asked. `None` when it
/// is in time, or when its time does not matter.
pub async fn too_late(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<Decision>> {
    match message {
        Message::Pulse { pulse } => shared(conn, pulse, now).await,
        Message::PrivatePulse { pulse, person, day } => private(conn, pulse, person, *day, now).await,
        Message::MentorPulses { program, person, occurrence } => mentors(conn, program, person, *occurrence, now).await,
        _ => Ok(None),
    }
}

/// One post serves both: it comes in time for both or not at all.
async fn shared(conn: &mut Conn, pulse: &PulseId, now: DateTime<Utc>) -> Result<Option<Decision>> {
    let rows = sqlx::query(select_asked!(
        "where ask.pulse_id = $1
            and ask.folded is null
        order by ask.role"
    ))
    .bind(pulse.as_str())
    .fetch_all(conn)
    .await?;
    let parts = rows.iter().map(|row| part(row, now)).collect::<Result<Vec<_>>>()?;
    let late = parts.iter().any(|part| !part.in_time);
    Ok(late.then(|| fold(parts.iter(), now)))
}

async fn private(
    conn: &mut Conn,
    pulse: &PulseId,
    person: &PersonId,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Decision>> {
    let row = sqlx::query(select_asked!(
        "where ask.pulse_id = $1
            and ask.person_id = $2
            and ask.folded is null"
    ))
    .bind(pulse.as_str())
    .bind(person.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let part = part(&row, now)?;
    Ok(match (part.in_time, part.asked.is_reminder(day)) {
        (true, _) => None,
        // The person was asked before; only the reminder is left out.
        (false, true) => Some(Decision::default()),
        (false, false) => Some(fold([&part].into_iter(), now)),
    })
}

async fn mentors(
    conn: &mut Conn,
    program: &ProgramId,
    mentor: &PersonId,
    occurrence: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Decision>> {
    let rows = sqlx::query(select_asked!(
        "where ask.person_id = $1
            and ask.role = 'mentor'
            and ask.folded is null
            and pair.program_id = $2
            and pulse.occurrence = $3
            and pulse.form = $4
        order by pulse.pulse_id"
    ))
    .bind(mentor.as_str())
    .bind(program.as_str())
    .bind(occurrence.to_string())
    .bind(form_text(Form::PrivateRows))
    .fetch_all(conn)
    .await?;
    let parts = rows.iter().map(|row| part(row, now)).collect::<Result<Vec<_>>>()?;
    let late = !parts.is_empty() && parts.iter().all(|part| !part.in_time);
    Ok(late.then(|| fold(parts.iter(), now)))
}

struct Part {
    asked: Asked,
    in_time: bool,
}

fn part(row: &Row, now: DateTime<Utc>) -> Result<Part> {
    let (asked, program) = (asked(row)?, rows::program(row)?);
    let in_time = plan::in_time(&asked.ask, &program, asked.zone, now);
    Ok(Part { asked, in_time })
}

fn fold<'a>(parts: impl Iterator<Item = &'a Part>, now: DateTime<Utc>) -> Decision {
    let folded =
        |part: &Part| Change::AskFolded { pulse: part.asked.frame.pulse.clone(), role: part.asked.ask.role, at: now };
    Decision { changes: parts.map(folded).collect(), ..Decision::default() }
}
