//! Totals that were released, and the answers for totals only that wait for company.

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, id, ms, number, raw, time};
use super::{Conn, Engine};
use crate::core::id::{PersonId, ProgramId, QuestionId};
use crate::core::program::Program;
use crate::core::scoring::pool::{Batch, Hidden, Left};
use crate::core::scoring::release::Release;
use crate::core::scoring::statistics::{Comparison, Outcome};
use crate::core::scoring::suppression::PastThreshold;
use crate::core::scoring::window::Released;

/// How an answer left the pool that no company came for.
const EXPIRED: &str = "expired";

/// Answers in one statement: 3 parameters each.
const AT_ONCE: usize = 1000;

/// The programme's pool at the cut-off: answers for totals only of closed pulses that have not left yet, oldest first.
pub async fn pool(conn: &mut Conn, program: &Program, cutoff: DateTime<Utc>) -> Result<Vec<Hidden>> {
    // From the pool outwards: it is small, and `answer_in_pool` holds nothing else where the audience is named like this.
    let rows = sqlx::query(
        "select answer.pulse_id, answer.person_id, answer.question_id, answer.value, answer.at,
            ask.role, pulse.closed as pulse_closed, pair.mentor_id, pair.mentee_id
        from answer
        cross join pulse
        cross join pair
        cross join ask
        where answer.audience = 'OnlyTotals'
            and answer.left_with is null
            and pulse.pulse_id = answer.pulse_id
            and pulse.closed < $2
            and pair.pair_id = pulse.pair_id
            and pair.program_id = $1
            and ask.pulse_id = answer.pulse_id
            and ask.person_id = answer.person_id
        order by pulse.closed, answer.pulse_id, ask.role, answer.question_id",
    )
    .bind(program.id.as_str())
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let mut pool = Vec::with_capacity(rows.len());
    for row in &rows {
        let question: QuestionId = id(row, "answer", "question_id")?;
        // A question that the programme no longer knows is about nothing.
        let Some(known) = program.question(question.as_str()) else { continue };
        let person: PersonId = id(row, "answer", "person_id")?;
        let pair: [PersonId; 2] = [id(row, "pair", "mentor_id")?, id(row, "pair", "mentee_id")?];
        pool.push(Hidden {
            pulse: id(row, "answer", "pulse_id")?,
            partner: pair.into_iter().find(|one| *one != person).unwrap_or_else(|| person.clone()),
            person,
            question,
            indicator: known.indicator,
            role: rows::role(row)?,
            points: known.upright(number(row, "answer", "value")?),
            given: time(row, "answer", "at")?,
            closed: time(row, "pulse", "pulse_closed")?,
        });
    }
    Ok(pool)
}

/// Writes what a cut-off released. Its answers are in no pool from then on.
pub async fn store(conn: &mut Conn, program: &ProgramId, release: &Release<'_>) -> Result<()> {
    for block in &release.new.blocks {
        let value = serde_json::to_string(block).map_err(|error| rows::unclear("block", "value", error))?;
        sqlx::query("insert into block (program_id, cutoff, indicator, value) values ($1, $2, $3, $4)")
            .bind(program.as_str())
            .bind(ms(block.cutoff))
            .bind(block.indicator.as_str())
            .bind(value)
            .execute(&mut *conn)
            .await?;
    }
    for batch in &release.new.batches {
        sqlx::query(
            "insert into batch (batch_id, program_id, cutoff, indicator, role, people, points)
            values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(batch_id(program, batch))
        .bind(program.as_str())
        .bind(ms(batch.cutoff))
        .bind(batch.indicator.as_str())
        .bind(batch.role.as_str())
        .bind(i64::from(batch.people))
        .bind(batch.points.map(i64::from))
        .execute(&mut *conn)
        .await?;
        let gone = release.left.iter().filter(|(hidden, left)| {
            *left == Left::InBatch && (hidden.indicator, hidden.role) == (batch.indicator, batch.role)
        });
        leave(conn, &batch_id(program, batch), gone.map(|(hidden, _)| *hidden).collect()).await?;
    }
    let expired = release.left.iter().filter(|(_, left)| *left == Left::Expired);
    leave(conn, EXPIRED, expired.map(|(hidden, _)| *hidden).collect()).await?;
    for one in &release.new.comparisons {
        let higher = match one.outcome {
            Outcome::Higher(role) => Some(role.as_str()),
            Outcome::NotProven => None,
        };
        sqlx::query(
            "insert into comparison (program_id, cutoff, indicator, pairs, higher)
            values ($1, $2, $3, $4, $5)",
        )
        .bind(program.as_str())
        .bind(ms(one.cutoff))
        .bind(one.indicator.as_str())
        .bind(i64::from(one.pairs))
        .bind(higher)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

fn batch_id(program: &ProgramId, batch: &Batch) -> String {
    format!("batch:{program}:{}:{}:{}", ms(batch.cutoff), batch.indicator, batch.role)
}

async fn leave(conn: &mut Conn, with: &str, answers: Vec<&Hidden>) -> Result<()> {
    for answers in answers.chunks(AT_ONCE) {
        let mut update = QueryBuilder::<Engine>::new("update answer set left_with = ");
        update.push_bind(with).push(" where left_with is null and (pulse_id, person_id, question_id) in (");
        update.push_values(answers, |mut row, hidden| {
            row.push_bind(hidden.pulse.as_str()).push_bind(hidden.person.as_str()).push_bind(hidden.question.as_str());
        });
        update.push(")");
        update.build().persistent(false).execute(&mut *conn).await?;
    }
    Ok(())
}

/// What was released after `from` and up to `until`, oldest first.
pub async fn released(
    conn: &mut Conn,
    program: &ProgramId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Released> {
    let (from, until) = (ms(from), ms(until));
    let blocks: Vec<String> = sqlx::query_scalar(
        "select value from block
        where program_id = $1 and cutoff > $2 and cutoff <= $3
        order by cutoff, indicator",
    )
    .bind(program.as_str())
    .bind(from)
    .bind(until)
    .fetch_all(&mut *conn)
    .await?;
    let batches = sqlx::query(
        "select cutoff, indicator, role, people, points from batch
        where program_id = $1 and cutoff > $2 and cutoff <= $3
        order by cutoff, indicator, role",
    )
    .bind(program.as_str())
    .bind(from)
    .bind(until)
    .fetch_all(&mut *conn)
    .await?;
    let comparisons = sqlx::query(
        "select cutoff, indicator, pairs, higher from comparison
        where program_id = $1 and cutoff > $2 and cutoff <= $3
        order by cutoff, indicator",
    )
    .bind(program.as_str())
    .bind(from)
    .bind(until)
    .fetch_all(conn)
    .await?;
    let block = |value: &String| serde_json::from_str(value).map_err(|error| rows::unclear("block", "value", error));
    Ok(Released {
        blocks: blocks.iter().map(block).collect::<Result<_>>()?,
        batches: batches.iter().map(batch).collect::<Result<_>>()?,
        comparisons: comparisons.iter().map(comparison).collect::<Result<_>>()?,
    })
}

fn batch(row: &rows::Row) -> Result<Batch> {
    let points: Option<i64> = raw(row, "batch", "points")?;
    Ok(Batch {
        indicator: rows::word(row, "batch", "indicator", |word| word.parse().ok())?,
        role: rows::word(row, "batch", "role", |word| word.parse().ok())?,
        cutoff: time(row, "batch", "cutoff")?,
        people: number(row, "batch", "people")?,
        points: points
            .map(|points| u32::try_from(points).map_err(|error| rows::unclear("batch", "points", error)))
            .transpose()?,
    })
}

fn comparison(row: &rows::Row) -> Result<Comparison> {
    let higher: Option<&str> = raw(row, "comparison", "higher")?;
    let outcome = match higher {
        Some(role) => Outcome::Higher(role.parse().map_err(|error| rows::unclear("comparison", "higher", error))?),
        None => Outcome::NotProven,
    };
    Ok(Comparison {
        indicator: rows::word(row, "comparison", "indicator", |word| word.parse().ok())?,
        cutoff: time(row, "comparison", "cutoff")?,
        pairs: number(row, "comparison", "pairs")?,
        outcome,
    })
}

/// Thresholds that the programme had before, oldest first.
pub async fn past_thresholds(conn: &mut Conn, program: &ProgramId) -> Result<Vec<PastThreshold>> {
    let rows = sqlx::query("select until, people from past_threshold where program_id = $1 order by until")
        .bind(program.as_str())
        .fetch_all(conn)
        .await?;
    let past = |row| {
        Ok(PastThreshold {
            until: time(row, "past_threshold", "until")?,
            people: number(row, "past_threshold", "people")?,
        })
    };
    rows.iter().map(past).collect()
}

/// The threshold was this until now.
pub async fn keep_threshold(conn: &mut Conn, program: &ProgramId, past: PastThreshold) -> Result<()> {
    sqlx::query(
        "insert into past_threshold (program_id, until, people)
        values ($1, $2, $3)
        on conflict (program_id, until) do nothing",
    )
    .bind(program.as_str())
    .bind(ms(past.until))
    .bind(i64::from(past.people))
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest cut-off before this one: what closed before it is counted.
pub async fn counted_until(
    conn: &mut Conn,
    program: &ProgramId,
    cutoff: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let newest: Option<i64> = sqlx::query_scalar(
        "select max(cutoff) from (
            select cutoff from digest where program_id = $1 and cutoff < $2
            union all
            select cutoff from block where program_id = $1 and cutoff < $2
        ) counted",
    )
    .bind(program.as_str())
    .bind(ms(cutoff))
    .fetch_one(conn)
    .await?;
    Ok(newest.and_then(DateTime::from_timestamp_millis))
}
