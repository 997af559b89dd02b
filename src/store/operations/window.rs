//! The rows that a digest is computed from, in a fixed number of statements whatever the number of pairs.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sqlx::Result;

use super::records::Records;
use super::rows::{self, Row, id, ms, number, pair_columns, raw, time, unclear};
use super::{Conn, digests, programs, releases};
use crate::core::cadence::civil;
use crate::core::id::ProgramId;
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::scoring::record::Record;
use crate::core::scoring::window::{AnswerRow, AskRow, Declined, HelpRow, PairRow, Window};

/// How far a digest looks back.
const WEEKS: i64 = 8;

/// What the digest of this programme and cut-off looks at; `None` when there is no such programme.
pub async fn window(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Option<Window>> {
    let Some(settings) = programs::find(conn, program).await? else { return Ok(None) };
    let from = cutoff - TimeDelta::weeks(WEEKS);
    let span = Span { program, from: ms(from), week: ms(cutoff - TimeDelta::weeks(1)), until: ms(cutoff) };
    let last_week = digests::before(conn, program, cutoff).await?;
    Ok(Some(Window {
        pairs: pairs(conn, &settings, &span, cutoff).await?,
        asks: asks(conn, &span).await?,
        answers: answers(conn, &span).await?,
        declined: declined(conn, &span).await?,
        help: help(conn, &span).await?,
        handled: BTreeSet::new(),
        last_week,
        released: releases::released(conn, program, from, cutoff).await?,
        past_thresholds: releases::past_thresholds(conn, program).await?,
        counted_until: releases::counted_until(conn, program, cutoff).await?,
        program: settings,
    }))
}

struct Span<'a> {
    program: &'a ProgramId,
    /// Milliseconds; what closed at this very time is out.
    from: i64,
    /// One week before the cut-off, in milliseconds; what happened at this very time is out.
    week: i64,
    /// Milliseconds; what closed at this very time is in.
    until: i64,
}

async fn pairs(conn: &mut Conn, program: &Program, span: &Span<'_>, cutoff: DateTime<Utc>) -> Result<Vec<PairRow>> {
    // What was said only after the cut-off was not known then. The two often tell of the same meeting.
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        (select string_agg(cast(newest.at as text), ' ')
            from (
                select max(meeting.at) as at
                from meeting
                where meeting.pair_id = pair.pair_id
                    and meeting.met = 1
                    and meeting.at <= $3
                group by meeting.pulse_id
                union all
                select session.met_at as at
                from session
                where session.pair_id = pair.pair_id
                    and session.met_at <= $3
                    and session.at <= $3
                    and session.withdrawn is null
                order by at desc
                limit 4) as newest) as met,
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
    .bind(civil(program.zone, cutoff).date().to_string())
    .fetch_all(&mut *conn)
    .await?;
    let pairs: Vec<Pair> = rows.iter().map(rows::pair).collect::<Result<_>>()?;
    let records = Records::read(conn, program, pairs.iter().map(|pair| pair.id.clone()), cutoff).await?;
    let row = |((row, pair), record)| {
        let (last_met, met_before) = met(row, program.zone)?;
        let declined = number::<i64>(row, "participation", "declined")? > 0;
        Ok(PairRow { pair, declined, record: Record { last_met, met_before, ..record } })
    };
    rows.iter().zip(pairs).zip(records).map(row).collect()
}

/// When the two last met, and the newest time before that on another day.
fn met(row: &Row, zone: Tz) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    let text: Option<&str> = raw(row, "meeting", "met")?;
    let times = text.into_iter().flat_map(str::split_whitespace).map(|at| {
        let ms = at.parse().map_err(|error| unclear("meeting", "met", error))?;
        rows::read_time("meeting", "met", ms)
    });
    let mut times: Vec<DateTime<Utc>> = times.collect::<Result<_>>()?;
    times.sort_unstable_by(|a, b| b.cmp(a));
    let last = times.first().copied();
    let day = |at: &DateTime<Utc>| civil(zone, *at).date();
    Ok((last, times.iter().find(|at| last.is_some_and(|last| day(at) < day(&last))).copied()))
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
            answer.person_id, ask.role, answer.question_id, answer.value, answer.audience, answer.at,
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
            given: time(row, "answer", "at")?,
            closed: time(row, "pulse", "pulse_closed")?,
        })
    };
    rows.iter().map(answer).collect()
}

async fn declined(conn: &mut Conn, span: &Span<'_>) -> Result<Vec<Declined>> {
    let rows = sqlx::query(
        "select person_id, declined
        from participation
        where program_id = $1
            and declined > $2
            and declined <= $3
        order by declined, person_id",
    )
    .bind(span.program.as_str())
    .bind(span.week)
    .bind(span.until)
    .fetch_all(conn)
    .await?;
    let one = |row| {
        Ok(Declined { person: id(row, "participation", "person_id")?, at: time(row, "participation", "declined")? })
    };
    rows.iter().map(one).collect()
}

async fn help(conn: &mut Conn, span: &Span<'_>) -> Result<Vec<HelpRow>> {
    let rows = sqlx::query(
        "select help.help_id, help.person_id, help.pair_id, help.at
        from help
        join pair on pair.pair_id = help.pair_id
        where pair.program_id = $1
            and help.at > $2
            and help.at <= $3
        order by help.at, help.help_id",
    )
    .bind(span.program.as_str())
    .bind(span.week)
    .bind(span.until)
    .fetch_all(conn)
    .await?;
    let one = |row| {
        Ok(HelpRow {
            help: id(row, "help", "help_id")?,
            person: id(row, "help", "person_id")?,
            pair: id(row, "help", "pair_id")?,
            at: time(row, "help", "at")?,
        })
    };
    rows.iter().map(one).collect()
}
