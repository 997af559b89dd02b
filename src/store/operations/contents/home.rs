//! A person's App Home: what waits, what was said, and where the person takes part.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use sqlx::{QueryBuilder, Result};

use super::super::answers::AnswerKey;
use super::super::rows::{self, Row, id, ms, raw};
use super::super::rows::{ask_columns, pair_columns};
use super::super::{Conn, Engine, attention, pauses, people};
use super::asked::{asked, frame_columns, select_asked};
use super::sessions::sessions;
use super::welcome::said;
use crate::core::attention::{WEEKLY, Week};
use crate::core::content::{Home, HomeAnswer, HomeItem, HomePair, HomePulse, HomeShared, Item, PauseShown};
use crate::core::id::{PersonId, PulseId, QuestionId};
use crate::core::pause::{Of, Pause};
use crate::core::person::Pair;
use crate::core::pulse::AskState;
use crate::core::question::{Bank, Role};
use crate::store::vault::Vault;

/// Open pulses on one page: far more than anybody is asked in a week.
const OPEN: i64 = 30;
/// Closed pulses on one page.
const PAST: i64 = 10;
/// Shared answers on one page.
const SHARED: i64 = 4;
/// Pairs on one page.
const PAIRS: i64 = 50;

/// The page of this person, who may be a stranger to every programme.
pub async fn home(conn: &mut Conn, vault: &Vault, person: &PersonId, now: DateTime<Utc>) -> Result<Home> {
    let open = sqlx::query(select_asked!(
        "where ask.person_id = $1
            and ask.folded is null
            and ask.due <= $2
            and ask.closes > $2
            and pulse.closed is null
            and pulse.folded is null
        order by ask.closes, pulse.pulse_id
        limit $3"
    ))
    .bind(person.as_str())
    .bind(ms(now))
    .bind(OPEN)
    .fetch_all(&mut *conn)
    .await?;
    let past = sqlx::query(select_asked!(
        "where ask.person_id = $1
            and ask.answered is not null
            and pulse.closed is not null
        order by pulse.closed desc, pulse.pulse_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAST)
    .fetch_all(&mut *conn)
    .await?;
    let answers = own_answers(conn, vault, person, open.iter().chain(&past)).await?;
    let pulse = |row| home_pulse(row, &answers);
    Ok(Home {
        open: open.iter().map(pulse).collect::<Result<_>>()?,
        past: past.iter().map(pulse).collect::<Result<_>>()?,
        shared: shared(conn, vault, person).await?,
        pairs: pairs(conn, person, now).await?,
        coordinates: coordinates(conn, person).await?,
        looks: super::care::looks(conn, person).await?,
        attention: attention(conn, person, now).await?,
    })
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

/// What partners chose to share with this person. Until its pulse closes the partner may still change that.
async fn shared(conn: &mut Conn, vault: &Vault, person: &PersonId) -> Result<Vec<HomeShared>> {
    let rows = sqlx::query(
        "select pulse.pulse_id, pulse.closed, answer.person_id, answer.question_id, answer.value, ask.role,
            partner.name as partner_name, comment.sealed
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
        order by pulse.closed desc, pulse.pulse_id, answer.question_id
        limit $2",
    )
    .bind(person.as_str())
    .bind(SHARED)
    .fetch_all(conn)
    .await?;
    let mut shared = Vec::with_capacity(rows.len());
    for row in &rows {
        let (pulse, partner): (PulseId, PersonId) = (id(row, "answer", "pulse_id")?, id(row, "answer", "person_id")?);
        let question: QuestionId = id(row, "answer", "question_id")?;
        // A question that has left the bank has no words any more.
        let Some(item) = Item::of(Bank::built_in(), &question, rows::role(row)?) else { continue };
        let key = AnswerKey { pulse: &pulse, person: &partner, question: &question };
        let open = |sealed| vault.open(&key.comment_row(), sealed).map_err(rows::sealed);
        shared.push(HomeShared {
            partner: raw(row, "person", "partner_name")?,
            label: item.label(rows::number(row, "answer", "value")?).unwrap_or_default().to_owned(),
            text: item.text,
            comment: raw::<Option<&str>>(row, "comment", "sealed")?.map(open).transpose()?,
            closed: rows::time(row, "pulse", "closed")?,
        });
    }
    Ok(shared)
}

async fn pairs(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Vec<HomePair>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.name as partner_name,
            participation.welcomed, participation.started, participation.declined
        from pair
        join program on program.program_id = pair.program_id
        join person partner on partner.person_id = case
            when pair.mentee_id = $1 then pair.mentor_id
            else pair.mentee_id
        end
        left join participation on participation.program_id = pair.program_id
            and participation.person_id = $1
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        order by pair.program_id, partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAIRS)
    .fetch_all(&mut *conn)
    .await?;
    let mut sessions = sessions(conn, person, now).await?;
    let known = rows.iter().map(rows::pair).collect::<Result<Vec<Pair>>>()?;
    let pauses = paused(conn, person, &known, now).await?;
    let mut pair = |row| {
        let (pair, program) = (rows::pair(row)?, rows::program(row)?);
        let of_it = |pause: &&(Pause, Option<String>)| match &pause.0.of {
            Of::Pair(of) => *of == pair.id && pause.0.span.is_on(program.zone, now),
            Of::Person(_) => pause.0.span.is_on(program.zone, now),
        };
        let pause = pauses.iter().filter(of_it).max_by_key(|(pause, _)| pause.span.until);
        Ok(HomePair {
            sessions: sessions.remove(&pair.id).unwrap_or_default(),
            paused: pause.map(|(pause, by)| PauseShown { until: pause.span.until, by: by.clone() }),
            program_name: program.name,
            role: if pair.mentee == *person { Role::Mentee } else { Role::Mentor },
            pair: pair.id,
            program: pair.program,
            partner: raw(row, "person", "partner_name")?,
            said: said(rows::standing(row, ["welcomed", "started", "declined"])?),
        })
    };
    rows.iter().map(&mut pair).collect()
}

/// Pauses of these pairs and of this person, with the names of those who wanted them. That the partner is away is the
/// partner's to tell.
async fn paused(
    conn: &mut Conn,
    person: &PersonId,
    pairs: &[Pair],
    now: DateTime<Utc>,
) -> Result<Vec<(Pause, Option<String>)>> {
    // A day of any programme may have begun earlier than UTC's.
    let yesterday = now.date_naive() - Days::new(1);
    let mut pauses = pauses::running(conn, pairs, yesterday).await?;
    pauses.retain(|pause| !matches!(&pause.of, Of::Person(of) if of != person));
    let by: Vec<PersonId> = pauses.iter().filter_map(|pause| pause.by.clone()).collect();
    let people = people::find(conn, &by).await?;
    let name = |pause: &Pause| people.iter().find(|one| Some(&one.id) == pause.by.as_ref()).map(|one| one.name.clone());
    Ok(pauses.into_iter().map(|pause| (pause.clone(), name(&pause))).collect())
}

/// Names of the programmes that the person coordinates.
async fn coordinates(conn: &mut Conn, person: &PersonId) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "select program.settings
        from coordinator
        join program on program.program_id = coordinator.program_id
        where coordinator.person_id = $1
        order by program.program_id",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| rows::program(row).map(|program| program.name)).collect()
}

/// What the person's week has cost so far.
async fn attention(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<(u32, u8)>> {
    let Some(own) = people::find(conn, std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let used = attention::used(conn, person, &Week::of(own.zone, now).to_string()).await?;
    Ok(Some((u32::try_from(used).unwrap_or(u32::MAX), WEEKLY)))
}
