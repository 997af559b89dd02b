//! The rows that a digest is computed from, in a fixed number of statements whatever the number of pairs.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::TryStreamExt as _;
use sqlx::Result;

use super::rows::{self, Row, id, ms, number, pair_columns, raw, time, unclear};
use super::{Conn, care, digests, nudges, programs, records, releases, survey_totals};
use crate::core::answer::Audience;
use crate::core::cadence::civil;
use crate::core::id::ProgramId;
use crate::core::program::Program;
use crate::core::question::Indicator;
use crate::core::scoring::record::Record;
use crate::core::scoring::window::{CommentRow, Declined, HelpRow, PairRow, Window};

/// How far back pairs are looked at that have ended.
const WEEKS: i64 = 8;

/// What the digest of this programme and cut-off looks at; `None` when there is no such programme.
pub async fn window(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Option<Window>> {
    let Some(settings) = programs::find(conn, program).await? else { return Ok(None) };
    let from = cutoff - TimeDelta::weeks(WEEKS);
    let span = Span { program, from: ms(from), week: ms(cutoff - TimeDelta::weeks(1)), until: ms(cutoff) };
    let last_week = digests::before(conn, program, cutoff).await?;
    let pairs = pairs(conn, &settings, &span, cutoff).await?;
    Ok(Some(Window {
        nudges: nudges::effects::window(conn, program, cutoff).await?,
        asked_about: asked_about(conn, &settings, &pairs, &span, cutoff).await?,
        pairs,
        comments: comments(conn, &span).await?,
        declined: declined(conn, &span).await?,
        help: help(conn, &span).await?,
        handled: care::handled(conn, program, cutoff).await?,
        last_week,
        released: releases::released(conn, program, from, cutoff).await?,
        surveys: survey_totals::known(conn, program, cutoff).await?,
        past_thresholds: releases::past_thresholds(conn, program).await?,
        counted_until: releases::counted_until(conn, program, cutoff).await?,
        taking_part: programs::taking_part(conn, program, from).await?,
        program: settings,
    }))
}

struct Span<'a> {
    program: &'a ProgramId,
    /// Milliseconds; what ended at this very time is out.
    from: i64,
    /// One week before the cut-off, in milliseconds: a week holds what happened at its very beginning, and what happened at
    /// the cut-off itself is the next one's.
    week: i64,
    until: i64,
}

async fn pairs(conn: &mut Conn, program: &Program, span: &Span<'_>, cutoff: DateTime<Utc>) -> Result<Vec<PairRow>> {
    // What was said only after the cut-off was not known then. The two often tell of the same meeting: of a pulse there are
    // two reports at most, so that the newest eight hold the newest four meetings.
    let mut rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        (select string_agg(cast(newest.at as text), ' ')
            from (
                select max(told.at) as at
                from (
                    select meeting.pulse_id, meeting.at
                    from meeting
                    where meeting.pair_id = pair.pair_id
                        and meeting.met = 1
                        and meeting.at <= $3
                    order by meeting.at desc
                    limit 8) as told
                group by told.pulse_id
                union all
                select max(survey_met.at) as at
                from survey_met
                where survey_met.pair_id = pair.pair_id
                    and survey_met.met = 1
                    and survey_met.at <= $3
                group by survey_met.survey_id
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
                and participation.declined < $3) as declined
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
    .fetch(&mut *conn);
    let mut pairs = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let [last_met, met_before] = met(&row, program.zone)?;
        let declined = number::<i64>(&row, "participation", "declined")? > 0;
        let record = Record { last_met, met_before, ..Record::default() };
        pairs.push(PairRow { pair: rows::pair(&row)?, declined, record });
    }
    drop(rows);
    records::fill(conn, program, &mut pairs, cutoff).await?;
    Ok(pairs)
}

/// When the two last met, and the newest time before that on another day.
fn met(row: &Row, zone: Tz) -> Result<[Option<DateTime<Utc>>; 2]> {
    let text: Option<&str> = raw(row, "meeting", "met")?;
    let times = text.into_iter().flat_map(str::split_whitespace).map(|at| {
        let ms = at.parse().map_err(|error| unclear("meeting", "met", error))?;
        rows::read_time("meeting", "met", ms)
    });
    let mut times: Vec<DateTime<Utc>> = times.collect::<Result<_>>()?;
    times.sort_unstable_by(|a, b| b.cmp(a));
    let last = times.first().copied();
    let day = |at: &DateTime<Utc>| civil(zone, *at).date();
    Ok([last, times.iter().find(|at| last.is_some_and(|last| day(at) < day(&last))).copied()])
}

/// The indicators of all questions that closed pulses of the last four weeks asked.
async fn asked_about(
    conn: &mut Conn,
    program: &Program,
    pairs: &[PairRow],
    span: &Span<'_>,
    cutoff: DateTime<Utc>,
) -> Result<BTreeSet<Indicator>> {
    let from = cutoff - TimeDelta::weeks(4);
    let given = pairs.iter().flat_map(|row| &row.record.given);
    let lately = given.filter(|given| given.closed >= from && given.closed < cutoff);
    let mut known: BTreeSet<Indicator> = lately.map(|given| given.question.indicator).collect();
    if known.len() == Indicator::ALL.len() {
        return Ok(known);
    }
    // What was answered was asked; of the rest it takes a look at every ask.
    let texts: Vec<String> = sqlx::query_scalar(
        "select distinct ask.questions
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join ask on ask.pulse_id = pulse.pulse_id
        where pair.program_id = $1
            and pulse.closed >= $2
            and pulse.closed < $3
            and ask.folded is null",
    )
    .bind(span.program.as_str())
    .bind(ms(from))
    .bind(span.until)
    .fetch_all(conn)
    .await?;
    let questions: BTreeSet<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
    let asked = questions.into_iter().filter_map(|id| program.question(id));
    known.extend(asked.map(|question| question.indicator));
    Ok(known)
}

async fn comments(conn: &mut Conn, span: &Span<'_>) -> Result<Vec<CommentRow>> {
    let rows = sqlx::query(
        "select comment.pulse_id, comment.person_id, comment.question_id, pulse.closed
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join comment on comment.pulse_id = pulse.pulse_id
        join answer on answer.pulse_id = comment.pulse_id
            and answer.person_id = comment.person_id
            and answer.question_id = comment.question_id
        join ask on ask.pulse_id = comment.pulse_id
            and ask.person_id = comment.person_id
        where pair.program_id = $1
            and pulse.closed >= $2
            and pulse.closed < $3
            and answer.audience <> $4
        order by pulse.closed, pulse.pulse_id, ask.role, comment.question_id",
    )
    .bind(span.program.as_str())
    .bind(span.week)
    .bind(span.until)
    .bind(Audience::OnlyTotals.as_str())
    .fetch_all(conn)
    .await?;
    let comment = |row| {
        Ok(CommentRow {
            pulse: id(row, "comment", "pulse_id")?,
            person: id(row, "comment", "person_id")?,
            question: id(row, "comment", "question_id")?,
            closed: time(row, "pulse", "closed")?,
        })
    };
    rows.iter().map(comment).collect()
}

async fn declined(conn: &mut Conn, span: &Span<'_>) -> Result<Vec<Declined>> {
    let rows = sqlx::query(
        "select person_id, declined
        from participation
        where program_id = $1
            and declined >= $2
            and declined < $3
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
            and help.at >= $2
            and help.at < $3
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
