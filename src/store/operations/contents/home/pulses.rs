//! Pulses on App Home: open ones, closed ones with one's own answers, and what partners chose to share.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::super::super::answers::AnswerKey;
use super::super::super::rows::{self, Row, ask_columns, id, ms, raw, time_if};
use super::super::super::{Conn, Engine};
use super::super::asked::{asked, frame_columns, select_asked};
use super::super::given::Given;
use crate::core::content::{HomeAnswer, HomeItem, HomePulse, HomeShared};
use crate::core::id::{PersonId, PulseId, QuestionId};
use crate::core::pulse::AskState;
use crate::store::vault::Vault;

/// Open pulses on one page: far more than anybody is asked in a week.
const OPEN: usize = 30;
/// Open pulses that one person may have at once: a mentor of so many.
const MOST: i64 = 200;
/// Open pulses that surely have room on the page.
const ROOM: usize = 10;
/// Closed pulses on one page.
const PAST: i64 = 10;
/// Shared answers on one page, of one pair and of all.
const SHARED_OF_PAIR: i64 = 4;
const SHARED: usize = 12;

/// Pulses that this person can answer now, soonest closing first, and the newest closed ones.
pub(super) async fn own(
    conn: &mut Conn,
    vault: &Vault,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<(Vec<HomePulse>, Vec<HomePulse>)> {
    let mut open = sqlx::query(select_asked!(
        "where ask.person_id = $1
            and ask.folded is null
            and ask.due <= $2
            and ask.closes > $2
            and pulse.closed is null
            and pulse.folded is null
        order by ask.closes, partner.name, pulse.pulse_id
        limit $3"
    ))
    .bind(person.as_str())
    .bind(ms(now))
    .bind(MOST)
    .fetch_all(&mut *conn)
    .await?;
    let past = sqlx::query(select_asked!(
        "where ask.person_id = $1
            and ask.answered is not null
            and pulse.closed is not null
        order by pulse.closed desc, partner.name, pulse.pulse_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAST)
    .fetch_all(&mut *conn)
    .await?;
    // Where not all of them have room, what waits for an answer stands first.
    if open.len() > ROOM {
        let is_done = |row: &Row| {
            Ok::<_, sqlx::Error>(
                time_if(row, "ask", "answered")?.is_some() || time_if(row, "ask", "skipped")?.is_some(),
            )
        };
        let (mut waiting, mut done) = (Vec::new(), Vec::new());
        for row in std::mem::take(&mut open) {
            if is_done(&row)? { done.push(row) } else { waiting.push(row) }
        }
        open = waiting.into_iter().chain(done).take(OPEN).collect();
    }
    let answers = own_answers(conn, vault, person, open.iter().chain(&past)).await?;
    let pulse = |row| home_pulse(row, &answers);
    Ok((open.iter().map(pulse).collect::<Result<_>>()?, past.iter().map(pulse).collect::<Result<_>>()?))
}

type OwnAnswers = HashMap<(PulseId, QuestionId), HomeAnswer>;

fn home_pulse(row: &Row, answers: &OwnAnswers) -> Result<HomePulse> {
    let asked = asked(row)?;
    let own = |question: &QuestionId| answers.get(&(asked.frame.pulse.clone(), question.clone())).cloned();
    let items = asked.items().map(|item| HomeItem { answer: own(&item.question), item }).collect();
    let skipped = matches!(asked.ask.state, AskState::Skipped { .. });
    Ok(HomePulse { skipped, items, frame: asked.frame, partner: asked.partner })
}

/// The person's own answers in the pulses of these rows.
async fn own_answers(
    conn: &mut Conn,
    vault: &Vault,
    person: &PersonId,
    pulses: impl Iterator<Item = &Row>,
) -> Result<OwnAnswers> {
    let pulses = pulses.map(|row| raw(row, "pulse", "pulse_id")).collect::<Result<Vec<&str>>>()?;
    if pulses.is_empty() {
        return Ok(OwnAnswers::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select answer.pulse_id, answer.question_id, answer.value, answer.audience, comment.sealed
        from answer
        left join comment on comment.pulse_id = answer.pulse_id
            and comment.person_id = answer.person_id
            and comment.question_id = answer.question_id
        where answer.person_id = ",
    );
    select.push_bind(person.as_str()).push(" and answer.pulse_id in (");
    let mut list = select.separated(", ");
    for pulse in pulses {
        list.push_bind(pulse);
    }
    select.push(")");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    let mut answers = OwnAnswers::with_capacity(rows.len());
    for row in &rows {
        let pulse: PulseId = id(row, "answer", "pulse_id")?;
        let question: QuestionId = id(row, "answer", "question_id")?;
        let key = AnswerKey { pulse: &pulse, person, question: &question };
        let open = |sealed| vault.open(&key.comment_row(), sealed).map_err(rows::sealed);
        let answer = HomeAnswer {
            value: rows::number(row, "answer", "value")?,
            audience: rows::audience(row)?,
            comment: raw::<Option<&str>>(row, "comment", "sealed")?.map(open).transpose()?,
        };
        answers.insert((pulse, question), answer);
    }
    Ok(answers)
}

/// What partners chose to share with this person, in pulses and surveys, and how many answers besides. Until those close the
/// partner may still change that.
pub(super) async fn shared(conn: &mut Conn, vault: &Vault, person: &PersonId) -> Result<(Vec<HomeShared>, u32)> {
    let rows = sqlx::query(
        "select shared.*, program.settings
        from (
        select given.*, count(*) over () as all_shared,
            row_number() over (partition by pair_id order by closed desc, asked_id, question_id) as place
        from (
        select pair.pair_id as pair_id, pulse.pulse_id as asked_id, cast(0 as bigint) as survey, pulse.closed as closed,
            answer.person_id as person_id, answer.question_id as question_id, answer.value as value, ask.role as role,
            partner.name as partner_name, comment.sealed as sealed
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join answer on answer.pulse_id = pulse.pulse_id
            and answer.person_id <> $1
        join ask on ask.pulse_id = answer.pulse_id
            and ask.person_id = answer.person_id
        join person partner on partner.person_id = answer.person_id
        left join comment on comment.pulse_id = answer.pulse_id
            and comment.person_id = answer.person_id
            and comment.question_id = answer.question_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pulse.closed is not null
            and answer.audience = 'Partner'
        union all
        select pair.pair_id, survey.survey_id, cast(1 as bigint), survey.closed, survey_answer.person_id,
            survey_answer.item, survey_answer.value, survey_ask.role, partner.name, survey_answer.sealed
        from pair
        join survey on survey.pair_id = pair.pair_id
        join survey_answer on survey_answer.survey_id = survey.survey_id
            and survey_answer.person_id <> $1
        join survey_ask on survey_ask.survey_id = survey_answer.survey_id
            and survey_ask.person_id = survey_answer.person_id
        join person partner on partner.person_id = survey_answer.person_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and survey.closed is not null
            and survey_answer.audience = 'Partner'
            and (survey_answer.value is not null or survey_answer.sealed is not null)) as given) as shared
        join pair on pair.pair_id = shared.pair_id
        join program on program.program_id = pair.program_id
        where place <= $2
        order by closed desc, partner_name, asked_id, question_id
        limit $3",
    )
    .bind(person.as_str())
    .bind(SHARED_OF_PAIR)
    .bind(i64::try_from(SHARED).unwrap_or(i64::MAX))
    .fetch_all(conn)
    .await?;
    let all: u32 = rows.first().map_or(Ok(0), |row| rows::number(row, "answer", "all_shared"))?;
    let shared = |row| {
        let given = Given::read(row, vault, &rows::program(row)?)?;
        Ok(HomeShared {
            partner: raw(row, "person", "partner_name")?,
            label: given.label,
            text: given.question,
            comment: given.words,
            closed: rows::time(row, "pulse", "closed")?,
        })
    };
    let besides = all.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    Ok((rows.iter().map(shared).collect::<Result<_>>()?, besides))
}
