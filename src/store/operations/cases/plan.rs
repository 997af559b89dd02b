//! About the next pulse of a pair.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::Result;

use super::super::pieces::{both_standings_columns, join_both_people, join_both_standings};
use super::super::rows::{self, MENTEE, MENTOR, both_people_columns, date_if, number, pair_columns};
use super::super::{Conn, agreements, attention, goals, pauses, rests, surveys};
use crate::core::case::PlanCase;
use crate::core::id::PairId;
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::question::Role;
use crate::core::rotation::AskedItem;

/// Over these weeks pairs of one person that share its slots are compared.
const TURNS: TimeDelta = TimeDelta::weeks(8);

/// About the next pulse of one pair; `None` when there is no such pair, or it has ended. Holds the pair.
pub async fn plan_case(conn: &mut Conn, pair: &PairId, now: DateTime<Utc>) -> Result<Option<PlanCase>> {
    let since = now - TURNS;
    // First the lock alone: on PostgreSQL the other tables of a locking select would be read as they were before it.
    let head = sqlx::query(locking!(
        "pair",
        "select ",
        pair_columns!(),
        "
        from pair
        where pair.pair_id = $1
            and pair.ended is null"
    ))
    .bind(pair.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(head) = head else { return Ok(None) };
    let pair = rows::pair(&head)?;
    let facts = sqlx::query(concat!(
        "select pair.mentor_id, pair.mentee_id,
        ",
        both_people_columns!(),
        ",
        program.settings,
        ",
        both_standings_columns!(),
        ",
        (select count(*) from pair other
            where other.mentor_id = pair.mentor_id
                and other.program_id = pair.program_id
                and other.ended is null) as mentors_pairs,
        (select count(*) from pair other
            where (other.mentor_id = pair.mentee_id or other.mentee_id = pair.mentee_id)
                and other.ended is null) as mentee_pairs,
        (select count(*) from pair other
            where (other.mentor_id = pair.mentor_id or other.mentee_id = pair.mentor_id)
                and other.ended is null) as mentor_pairs,
        (select max(asked.occurrence)
            from (
                select pulse.occurrence from pulse where pulse.pair_id = pair.pair_id
                union all
                select survey.occurrence from survey where survey.pair_id = pair.pair_id) as asked) as last_occurrence,
        (select count(*) from pulse where pulse.pair_id = pair.pair_id and pulse.folded is null) as asked,
        (select count(*) from met where met.pair_id = pair.pair_id) as meetings,
        (select string_agg(agreement_opening.opening || ' ' || cast(agreement_opening.shared as text), ',')
            from agreement_opening
            where agreement_opening.pair_id = pair.pair_id) as openings,
        (select max(agreed.at) from agreed where agreed.pair_id = pair.pair_id) as agreed,
        (select string_agg(survey.point, ',') from survey where survey.pair_id = pair.pair_id) as surveys
        from pair
        join program on program.program_id = pair.program_id
        ",
        join_both_people!(),
        "
        ",
        join_both_standings!(),
        "
        where pair.pair_id = $1"
    ))
    .bind(pair.id.as_str())
    .fetch_one(&mut *conn)
    .await?;
    let program = rows::program(&facts)?;
    let (history, asked_on) = history(conn, &pair, &program).await?;
    let [mentee_standing, mentor_standing] = rows::both_standings(&facts)?;
    Ok(Some(PlanCase {
        mentee: rows::person(&facts, &MENTEE)?,
        mentor: rows::person(&facts, &MENTOR)?,
        mentee_standing,
        mentor_standing,
        mentors_pairs: number(&facts, "pair", "mentors_pairs")?,
        pairs: [number(&facts, "pair", "mentee_pairs")?, number(&facts, "pair", "mentor_pairs")?],
        last_occurrence: date_if(&facts, "pulse", "last_occurrence")?,
        asked: number(&facts, "pulse", "asked")?,
        history,
        asked_on,
        rests: rests::of_both(conn, [&pair.mentee, &pair.mentor]).await?,
        spent: attention::of_both(conn, [&pair.mentee, &pair.mentor]).await?,
        weekly: attention::weekly(conn, [&pair.mentee, &pair.mentor]).await?,
        turns: attention::turns(conn, &pair, since).await?,
        rivals: attention::rivals(conn, &pair, since).await?,
        program,
        pauses: pauses::spans_of_pair(conn, &pair.id).await?,
        agreement: agreements::planned(&facts, &pair)?,
        surveys: surveys::planned_before(&facts)?,
        met: number::<i64>(&facts, "meeting", "meetings")? > 0,
        goal: goals::facts(conn, &pair.id).await?.open > 0,
        pair,
    }))
}

/// What this pair was asked, oldest first, and when each of the two was last; what was folded was never asked.
async fn history(conn: &mut Conn, pair: &Pair, program: &Program) -> Result<(Vec<AskedItem>, [Option<NaiveDate>; 2])> {
    let rows = sqlx::query(
        "select ask.role, ask.questions, pulse.occurrence
        from pulse
        join ask on ask.pulse_id = pulse.pulse_id
        where pulse.pair_id = $1
            and pulse.folded is null
            and ask.folded is null
        order by pulse.occurrence, ask.role",
    )
    .bind(pair.id.as_str())
    .fetch_all(conn)
    .await?;
    let first_day = pair.starts.max(program.starts);
    let (mut history, mut asked_on) = (Vec::with_capacity(rows.len() * 2), [None; 2]);
    for row in &rows {
        let (role, day) = (rows::role(row)?, rows::date(row, "pulse", "occurrence")?);
        asked_on[usize::from(role == Role::Mentor)] = Some(day);
        // As planning counts them: weeks of the pair, from 1.
        let week = u32::try_from((day - first_day).num_weeks()).unwrap_or(0) + 1;
        history.extend(rows::questions(row)?.into_iter().map(|question| AskedItem { question, role, week }));
    }
    Ok((history, asked_on))
}
