//! A pulse as it is posted: to both, to one alone, or as a mentor's rows.

use chrono::NaiveDate;
use sqlx::Result;

use super::super::Conn;
use super::super::rows::{self, Row, ask_columns, form_text, raw};
use super::asked::{Asked, asked, frame, frame_columns, select_asked};
use crate::core::content::{Item, MentorPulses, PrivatePulse, SharedPulse};
use crate::core::id::{PersonId, ProgramId, PulseId};
use crate::core::program::Program;
use crate::core::pulse::{AskState, Form};
use crate::core::question::Role;

/// Mentees in one message to their mentor.
const ROWS: usize = 20;
/// Mentees of one mentor that are counted.
const MOST: i64 = 200;

/// The post in the group DM.
pub async fn shared(conn: &mut Conn, pulse: &PulseId) -> Result<Option<SharedPulse>> {
    let row = sqlx::query(concat!(
        "select ",
        frame_columns!(),
        ",
        mentee.name as mentee_name, mentor.name as mentor_name,
        of_mentee.questions as mentee_questions, of_mentor.questions as mentor_questions
        from pulse
        join pair on pair.pair_id = pulse.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        join ask of_mentee on of_mentee.pulse_id = pulse.pulse_id and of_mentee.role = 'mentee'
        join ask of_mentor on of_mentor.pulse_id = pulse.pulse_id and of_mentor.role = 'mentor'
        where pulse.pulse_id = $1
            and pulse.folded is null"
    ))
    .bind(pulse.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let program = rows::program(&row)?;
    let mentee = first_item(&row, &program, "mentee_questions", Role::Mentee)?;
    let mentor = first_item(&row, &program, "mentor_questions", Role::Mentor)?;
    let (Some(mentee), Some(mentor)) = (mentee, mentor) else { return Ok(None) };
    Ok(Some(SharedPulse {
        frame: frame(&row, &program)?,
        mentee_name: raw(&row, "person", "mentee_name")?,
        mentor_name: raw(&row, "person", "mentor_name")?,
        mentee,
        mentor,
    }))
}

/// The first question of an ask: the one that both read.
fn first_item(row: &Row, program: &Program, column: &'static str, role: Role) -> Result<Option<Item>> {
    let questions: &str = raw(row, "ask", column)?;
    Ok(questions.split_whitespace().next().and_then(|question| Item::of(program, &question.into(), role)))
}

/// The post to one person alone, on its day or again on a later one.
pub async fn private(
    conn: &mut Conn,
    pulse: &PulseId,
    person: &PersonId,
    day: NaiveDate,
) -> Result<Option<PrivatePulse>> {
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
    let asked = asked(&row)?;
    let again = asked.is_reminder(day);
    // Nobody is reminded of what is done. A reminder that came before still says so when the pulse closes.
    let done = match asked.ask.state {
        AskState::Answered { at } | AskState::Skipped { at } => Some(at),
        AskState::Open | AskState::Closed { .. } | AskState::Folded { .. } => None,
    };
    let never_reminded = |done| !asked.frame.closed || asked.ask.reminder.is_none_or(|reminder| done < reminder);
    if again && done.is_some_and(never_reminded) {
        return Ok(None);
    }
    Ok(alone(asked, again))
}

/// One message with a row for each mentee of whom this mentor is asked on this day.
pub async fn mentors(
    conn: &mut Conn,
    program: &ProgramId,
    mentor: &PersonId,
    occurrence: NaiveDate,
) -> Result<Option<MentorPulses>> {
    let rows = sqlx::query(select_asked!(
        "where ask.person_id = $1
            and ask.role = 'mentor'
            and ask.folded is null
            and pair.program_id = $2
            and pulse.occurrence = $3
            and pulse.form = $4
        order by partner.name, pulse.pulse_id
        limit $5"
    ))
    .bind(mentor.as_str())
    .bind(program.as_str())
    .bind(occurrence.to_string())
    .bind(form_text(Form::PrivateRows))
    .bind(MOST)
    .fetch_all(conn)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let program_name = rows::program(first)?.name;
    let more = rows.len().saturating_sub(ROWS);
    let mut pulses = Vec::with_capacity(ROWS);
    for row in rows.iter().take(ROWS) {
        pulses.extend(alone(asked(row)?, false));
    }
    Ok(Some(MentorPulses { program_name, rows: pulses, more }))
}

fn alone(asked: Asked, again: bool) -> Option<PrivatePulse> {
    let item = asked.items().next()?;
    Some(PrivatePulse { item, frame: asked.frame, partner: asked.partner, again })
}
