//! About the fit of a pair: somebody says something, or it is time to ask.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::rows::number;
use super::super::{Conn, attention, fit, pauses};
use super::care::facts;
use super::pair::standings;
use super::pair_case;
use crate::core::case::FitCase;
use crate::core::fit::{FitPlanCase, FitSide};
use crate::core::id::{PairId, PersonId, ProgramId};
use crate::core::plan;
use crate::core::program::Program;

/// About one pair, as `actor` may know it.
pub async fn fit_case(conn: &mut Conn, pair: &PairId, actor: &PersonId) -> Result<Option<FitCase>> {
    let Some(case) = pair_case(conn, pair).await? else { return Ok(None) };
    Ok(Some(FitCase {
        state: fit::state(conn, pair, actor).await?,
        program: case.program,
        pair: case.pair,
        mentee: case.mentee,
        mentor: case.mentor,
        coordinators: case.coordinators,
        deputy: case.deputy,
        homes: case.homes,
    }))
}

/// About a pair that may be asked. Holds the pair.
pub async fn fit_plan_case(conn: &mut Conn, pair: &PairId, now: DateTime<Utc>) -> Result<Option<FitPlanCase>> {
    let Some((program, facts)) = facts(conn, pair, now).await? else { return Ok(None) };
    let row = sqlx::query("select count(*) as meetings from met where met.pair_id = $1 and met.at <= $2")
        .bind(pair.as_str())
        .bind(now.timestamp_millis())
        .fetch_one(&mut *conn)
        .await?;
    let [one, other] = standings(conn, pair).await?;
    let [of_mentee, of_mentor] = facts.rests;
    let both = [&facts.pair.mentee, &facts.pair.mentor];
    let [mentees, mentors] = attention::weekly(conn, both).await?;
    let mentee = FitSide {
        state: fit::state(conn, pair, &facts.mentee.id).await?,
        pulses: pulses(conn, &program, &facts.mentee.id).await?,
        person: facts.mentee,
        standing: one,
        rest: of_mentee,
        weekly: mentees,
    };
    let mentor = FitSide {
        state: fit::state(conn, pair, &facts.mentor.id).await?,
        pulses: pulses(conn, &program, &facts.mentor.id).await?,
        person: facts.mentor,
        standing: other,
        rest: of_mentor,
        weekly: mentors,
    };
    Ok(Some(FitPlanCase {
        met: number::<i64>(&row, "met", "meetings")? > 0,
        spent: attention::of_both(conn, both).await?,
        pauses: pauses::spans_of_pair(conn, &facts.pair.id).await?,
        sides: [mentee, mentor],
        pair: facts.pair,
        program,
    }))
}

/// Pulses that this person may get in a week, over all pairs.
async fn pulses(conn: &mut Conn, program: &Program, person: &PersonId) -> Result<u32> {
    let rows = sqlx::query(
        "select pair.program_id,
            count(case when pair.mentee_id = $1 then 1 end) as mentees,
            count(case when pair.mentor_id = $1 then 1 end) as mentors
        from pair
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        group by pair.program_id",
    )
    .bind(person.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let mut pulses = 0;
    for row in &rows {
        let (as_mentee, as_mentor) = (number(row, "pair", "mentees")?, number(row, "pair", "mentors")?);
        let in_it: ProgramId = super::super::rows::id(row, "pair", "program_id")?;
        // How often another programme asks is not looked up: once a week, as most do.
        let weekly = if in_it == program.id {
            plan::pulses_a_week(program, as_mentee, as_mentor)
        } else {
            as_mentee + as_mentor
        };
        pulses += weekly;
    }
    Ok(pulses)
}
