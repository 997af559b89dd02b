//! The rows that a digest is computed from, in a fixed number of statements whatever the number of pairs.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::rows::{self, id, ms, number, pair_columns, raw, time, time_if};
use super::{Conn, programs};
use crate::core::id::{PersonId, ProgramId};
use crate::core::scoring::window::{AnswerRow, AskRow, PairRow, Window};

/// How far a digest looks back.
const WEEKS: i64 = 8;

/// What the digest of this programme and cut-off looks at; `None` when there is no such programme.
pub async fn window(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Option<Window>> {
    let Some(settings) = programs::find(conn, program).await? else { return Ok(None) };
    let from = cutoff - TimeDelta::weeks(WEEKS);
    let today = cutoff.with_timezone(&settings.zone).date_naive();
    let span = Span { program, from: ms(from), until: ms(cutoff) };
    Ok(Some(Window {
        pairs: pairs(conn, &span, &today.to_string()).await?,
        asks: asks(conn, &span).await?,
        answers: answers(conn, &span).await?,
        declined: declined(conn, program, cutoff).await?,
        program: settings,
    }))
}

struct Span<'a> {
    program: &'a ProgramId,
    /// Milliseconds; what closed at this very time is out.
    from: i64,
    /// Milliseconds; what closed at this very time is in.
    until: i64,
}

async fn pairs(conn: &mut Conn, span: &Span<'_>, today: &str) -> Result<Vec<PairRow>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        (select max(met.at) from met
            where met.pair_id = pair.pair_id
                and met.at <= $3) as last_met,
        (select count(*) from participation
            where participation.program_id = pair.program_id
                and participation.person_id in (pair.mentor_id, pair.mentee_id)
                and participation.declined <= $3) as declined
        from pair
        where pair.program_id = $1
            and pair.starts <= $4
            and (pair.ended is null or pair.ended > $2)
        order by pair.pair_id"
    ))
    .bind(span.program.as_str())
    .bind(span.from)
    .bind(span.until)
    .bind(today)
    .fetch_all(conn)
    .await?;
    let pair = |row| {
        let declined = number::<i64>(row, "participation", "declined")? > 0;
        Ok(PairRow { pair: rows::pair(row)?, declined, last_met: time_if(row, "meeting", "last_met")? })
    };
    rows.iter().map(pair).collect()
}

async fn asks(conn: &mut Conn, span: &Span<'_>) -> Result<Vec<AskRow>> {
    let rows = sqlx::query(
        "select pulse.pulse_id, pulse.pair_id, pulse.closed as pulse_closed,
            ask.person_id, ask.role, ask.questions, ask.answered, ask.skipped, ask.closed as ask_closed, ask.folded as ask_folded
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join ask on ask.pulse_id = pulse.pulse_id
        where pair.program_id = $1
            and pulse.closed > $2
            and pulse.closed <= $3
        order by pulse.closed, pulse.pulse_id, ask.role",
    )
    .bind(span.program.as_str())
    .bind(span.from)
    .bind(span.until)
    .fetch_all(conn)
    .await?;
    let ask = |row| {
        Ok(AskRow {
            pulse: id(row, "pulse", "pulse_id")?,
            pair: id(row, "pulse", "pair_id")?,
            person: id(row, "ask", "person_id")?,
            role: rows::role(row)?,
            questions: rows::questions(row)?,
            closed: time(row, "pulse", "pulse_closed")?,
            state: rows::ask_state(row)?,
        })
    };
    rows.iter().map(ask).collect()
}

async fn answers(conn: &mut Conn, span: &Span<'_>) -> Result<Vec<AnswerRow>> {
    let rows = sqlx::query(
        "select pulse.pulse_id, pulse.pair_id, pulse.closed as pulse_closed,
            answer.person_id, ask.role, answer.question_id, answer.value, answer.audience,
            comment.at as comment_at
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join answer on answer.pulse_id = pulse.pulse_id
        join ask on ask.pulse_id = answer.pulse_id
            and ask.person_id = answer.person_id
        left join comment on comment.pulse_id = answer.pulse_id
            and comment.person_id = answer.person_id
            and comment.question_id = answer.question_id
        where pair.program_id = $1
            and pulse.closed > $2
            and pulse.closed <= $3
        order by pulse.closed, pulse.pulse_id, ask.role, answer.question_id",
    )
    .bind(span.program.as_str())
    .bind(span.from)
    .bind(span.until)
    .fetch_all(conn)
    .await?;
    let answer = |row| {
        Ok(AnswerRow {
            pulse: id(row, "pulse", "pulse_id")?,
            pair: id(row, "pulse", "pair_id")?,
            person: id(row, "answer", "person_id")?,
            role: rows::role(row)?,
            question: id(row, "answer", "question_id")?,
            value: number(row, "answer", "value")?,
            audience: rows::audience(row)?,
            commented: raw::<Option<i64>>(row, "comment", "comment_at")?.is_some(),
            closed: time(row, "pulse", "pulse_closed")?,
        })
    };
    rows.iter().map(answer).collect()
}

async fn declined(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Vec<PersonId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select person_id
        from participation
        where program_id = $1
            and declined > $2
            and declined <= $3
        order by declined, person_id",
    )
    .bind(program.as_str())
    .bind(ms(cutoff - TimeDelta::weeks(1)))
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PersonId::from).collect())
}
