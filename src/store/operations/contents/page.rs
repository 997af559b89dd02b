//! A pair's page: what a coordinator may know of one pair, and named answers when they are asked for.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::rows::{self, Row, number, raw, time, time_if};
use super::super::{Conn, evaluations};
use super::given::Given;
use super::welcome::said;
use crate::core::answer::Audience;
use crate::core::case::CarePair;
use crate::core::content::{AnswersPage, NamedAnswer, PairPage, PauseShown, Side};
use crate::core::id::PairId;
use crate::core::person::{Person, Standing};
use crate::core::program::Program;
use crate::core::pulse::AskState;
use crate::core::question::Role;
use crate::core::survey::STORY;
use crate::store::vault::Vault;

/// Steps on the page.
const STEPS: u32 = 10;
/// Weekly looks on the page.
const WEEKS: u32 = 20;
/// Answers on one page: two blocks each at most, of 100 that a form has.
const ANSWERS: u32 = 30;
/// Pulses of which it is told how many went by unanswered.
const LAST: usize = 4;

/// The page of this pair.
pub async fn page(conn: &mut Conn, program: &Program, facts: &CarePair, now: DateTime<Utc>) -> Result<PairPage> {
    let pair = &facts.pair;
    let row = sqlx::query(
        "select
            (select count(*) from pulse where pulse.pair_id = $1 and pulse.folded is null) as pulses,
            (select count(*) from met where met.pair_id = $1) as meetings,
            (select max(met.at) from met where met.pair_id = $1) as last_met,
            (select max(agreed.at) from agreed where agreed.pair_id = $1) as agreed",
    )
    .bind(pair.id.as_str())
    .fetch_one(&mut *conn)
    .await?;
    let zone = program.zone;
    let running = facts.pauses.iter().filter(|(pause, _)| pause.span.is_on(zone, now));
    let paused = running.max_by_key(|(pause, _)| pause.span.until);
    let [mentee, mentor] = [
        side(conn, &pair.id, &facts.mentee, Role::Mentee, facts.standings[0]).await?,
        side(conn, &pair.id, &facts.mentor, Role::Mentor, facts.standings[1]).await?,
    ];
    Ok(PairPage {
        pair: pair.id.clone(),
        pair_name: facts.name(),
        program_name: program.name.clone(),
        sides: [mentee, mentor],
        starts: pair.starts.max(program.starts),
        ended: pair.ended,
        unreachable: pair.unreachable.is_some(),
        paused: paused.map(|(pause, by)| PauseShown { until: pause.span.until, by: by.clone() }),
        pulses: number(&row, "pulse", "pulses")?,
        weeks: evaluations::of_pair(conn, &pair.id, now, WEEKS).await?,
        meetings: number(&row, "met", "meetings")?,
        last_met: time_if(&row, "met", "last_met")?,
        agreed: time_if(&row, "agreed", "agreed")?,
        steps: super::care::steps_of(conn, &pair.id, STEPS).await?,
        done: None,
    })
}

async fn side(conn: &mut Conn, pair: &PairId, person: &Person, role: Role, standing: Option<Standing>) -> Result<Side> {
    let rows = sqlx::query(
        "select ask.answered, ask.skipped, ask.closed as ask_closed, ask.folded as ask_folded
        from pulse
        join ask on ask.pulse_id = pulse.pulse_id
            and ask.role = $2
        where pulse.pair_id = $1
            and pulse.closed is not null
            and ask.folded is null
            and ask.skipped is null
        order by pulse.closed desc
        limit $3",
    )
    .bind(pair.as_str())
    .bind(role.as_str())
    .bind(i64::try_from(LAST).unwrap_or(i64::MAX))
    .fetch_all(&mut *conn)
    .await?;
    let states = rows.iter().map(rows::ask_state).collect::<Result<Vec<_>>>()?;
    let missed = states.iter().filter(|state| matches!(state, AskState::Closed { .. })).count();
    let named: i64 = sqlx::query_scalar(
        "select
            (select count(*)
                from pulse
                join answer on answer.pulse_id = pulse.pulse_id
                where pulse.pair_id = $1
                    and pulse.closed is not null
                    and answer.person_id = $2
                    and answer.audience <> $3)
            + (select count(*)
                from survey
                join survey_answer on survey_answer.survey_id = survey.survey_id
                where survey.pair_id = $1
                    and survey.closed is not null
                    and survey_answer.person_id = $2
                    and survey_answer.audience <> $3
                    and (survey_answer.value is not null or survey_answer.sealed is not null)
                    and (survey_answer.item <> $4 or survey_answer.value = $5))",
    )
    .bind(pair.as_str())
    .bind(person.id.as_str())
    .bind(Audience::OnlyTotals.as_str())
    .bind(STORY.0)
    .bind(i64::from(STORY.1))
    .fetch_one(conn)
    .await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Side {
        name: person.name.clone(),
        user: person.id.user().to_owned(),
        role,
        said: standing.and_then(said),
        missed: (count(missed), count(states.len())),
        named: u32::try_from(named).unwrap_or(u32::MAX),
    })
}

/// Named answers of closed pulses and surveys, newest first. What is kept to totals is in none of them, and what somebody
/// wrote at the end only if it may be shared with the name.
pub async fn answers(
    conn: &mut Conn,
    vault: &Vault,
    program: &Program,
    facts: &CarePair,
    skip: u32,
) -> Result<AnswersPage> {
    let rows = sqlx::query(
        "select answer.pulse_id as asked_id, cast(0 as bigint) as survey, answer.person_id,
            answer.question_id as question_id, answer.value, answer.audience, ask.role as role, pulse.closed as closed, person.name, comment.sealed
        from pulse
        join answer on answer.pulse_id = pulse.pulse_id
        join ask on ask.pulse_id = answer.pulse_id
            and ask.person_id = answer.person_id
        join person on person.person_id = answer.person_id
        left join comment on comment.pulse_id = answer.pulse_id
            and comment.person_id = answer.person_id
            and comment.question_id = answer.question_id
        where pulse.pair_id = $1
            and pulse.closed is not null
            and answer.audience <> $2
        union all
        select survey.survey_id, cast(1 as bigint), survey_answer.person_id, survey_answer.item, survey_answer.value,
            survey_answer.audience, survey_ask.role, survey.closed, person.name, survey_answer.sealed
        from survey
        join survey_answer on survey_answer.survey_id = survey.survey_id
        join survey_ask on survey_ask.survey_id = survey_answer.survey_id
            and survey_ask.person_id = survey_answer.person_id
        join person on person.person_id = survey_answer.person_id
        where survey.pair_id = $1
            and survey.closed is not null
            and survey_answer.audience <> $2
            and (survey_answer.value is not null or survey_answer.sealed is not null)
            and (survey_answer.item <> $5 or survey_answer.value = $6)
        order by closed desc, asked_id, role, question_id
        limit $3
        offset $4",
    )
    .bind(facts.pair.id.as_str())
    .bind(Audience::OnlyTotals.as_str())
    .bind(i64::from(ANSWERS) + 1)
    .bind(i64::from(skip))
    .bind(STORY.0)
    .bind(i64::from(STORY.1))
    .fetch_all(conn)
    .await?;
    let shown = usize::try_from(ANSWERS).unwrap_or(usize::MAX);
    Ok(AnswersPage {
        pair: facts.pair.id.clone(),
        pair_name: facts.name(),
        answers: rows.iter().take(shown).map(|row| named(row, vault, program)).collect::<Result<_>>()?,
        skip,
        more: rows.len() > shown,
    })
}

fn named(row: &Row, vault: &Vault, program: &Program) -> Result<NamedAnswer> {
    let given = Given::read(row, vault, program)?;
    Ok(NamedAnswer {
        name: raw(row, "person", "name")?,
        label: given.label,
        question: given.question,
        words: given.words,
        audience: rows::audience(row)?,
        closed: time(row, "pulse", "closed")?,
    })
}
