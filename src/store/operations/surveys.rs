//! Surveys: who is asked what and until when, and what each answered.

mod folded;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{self, Row, date, id, ms, number, raw, time, time_if};
use super::{Conn, attention, pulses};
use crate::core::answer::Audience;
use crate::core::attention::Spent;
use crate::core::id::{PersonId, QuestionId, SurveyId};
use crate::core::survey::{Point, Survey, SurveyAnswer, SurveyAsk, SurveyChange};
use crate::store::vault::Vault;

/// Writes one fact; whether it was new.
pub async fn write(conn: &mut Conn, vault: &Vault, change: &SurveyChange) -> Result<bool> {
    match change {
        SurveyChange::Planned { survey, spends, next } => {
            let new = planned(conn, survey, spends).await?;
            if let Some(next) = next {
                pulses::look_again(conn, &survey.pair, *next).await?;
            }
            Ok(new)
        }
        SurveyChange::Answered { survey, person, item, value, audience, at } => {
            let given = Given { value: Some(*value), sealed: None, audience: *audience };
            answered(conn, Key { survey, person, item }, given, *at).await
        }
        SurveyChange::Wrote { survey, person, item, words, consent, audience, at } => {
            let key = Key { survey, person, item };
            let sealed = (!words.is_empty()).then(|| vault.seal(&key.row(), words));
            let value = consent.filter(|_| sealed.is_some());
            answered(conn, key, Given { value, sealed, audience: *audience }, *at).await
        }
        SurveyChange::AudienceChosen { survey, person, item, audience, at } => {
            audience_chosen(conn, Key { survey, person, item }, *audience, *at).await
        }
        SurveyChange::Met { survey, person, met, at } => said_met(conn, survey, person, *met, *at).await,
        SurveyChange::Folded { survey, person, message } => folded::folded(conn, survey, person, message).await,
        SurveyChange::Closed { survey, at } => closed(conn, survey, *at).await,
    }
}

/// Whose answer to what.
#[derive(Clone, Copy)]
pub struct Key<'a> {
    pub survey: &'a SurveyId,
    pub person: &'a PersonId,
    pub item: &'a QuestionId,
}

impl Key<'_> {
    /// The row of somebody's words, to which their seal belongs.
    pub fn row(&self) -> String {
        format!("survey:{}:{}:{}", self.survey, self.person, self.item)
    }
}

async fn planned(conn: &mut Conn, survey: &Survey, spends: &[Spent]) -> Result<bool> {
    let point = survey.id.point().map(Point::as_str).unwrap_or_default();
    let done = sqlx::query(
        "insert into survey (survey_id, pair_id, point, occurrence, early, closes)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing",
    )
    .bind(survey.id.as_str())
    .bind(survey.pair.as_str())
    .bind(point)
    .bind(survey.occurrence.to_string())
    .bind(i64::from(survey.early))
    .bind(survey.closes().map_or(0, ms))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    for ask in &survey.asks {
        sqlx::query("insert into survey_ask (survey_id, person_id, role, due, closes) values ($1, $2, $3, $4, $5)")
            .bind(survey.id.as_str())
            .bind(ask.person.as_str())
            .bind(ask.role.as_str())
            .bind(ms(ask.due))
            .bind(ms(ask.closes))
            .execute(&mut *conn)
            .await?;
    }
    for spent in spends {
        attention::spent(conn, spent).await?;
    }
    Ok(true)
}

struct Given {
    value: Option<u8>,
    sealed: Option<String>,
    audience: Audience,
}

/// An answer, or a changed one: the later counts. Who sees it stays as it was chosen.
async fn answered(conn: &mut Conn, key: Key<'_>, given: Given, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into survey_answer (survey_id, person_id, item, value, sealed, audience, at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (survey_id, person_id, item) do update
        set value = excluded.value,
            sealed = excluded.sealed,
            at = excluded.at
        where excluded.at > survey_answer.at
            or (excluded.at = survey_answer.at and coalesce(excluded.value, 0) <> coalesce(survey_answer.value, 0))",
    )
    .bind(key.survey.as_str())
    .bind(key.person.as_str())
    .bind(key.item.as_str())
    .bind(given.value.map(i64::from))
    .bind(given.sealed)
    .bind(given.audience.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "update survey_ask
        set answered = $3
        where survey_id = $1
            and person_id = $2
            and answered is null",
    )
    .bind(key.survey.as_str())
    .bind(key.person.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Who sees an answer, also one that is still to be given; an older choice changes nothing.
async fn audience_chosen(conn: &mut Conn, key: Key<'_>, audience: Audience, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into survey_answer (survey_id, person_id, item, audience, audience_at, at)
        values ($1, $2, $3, $4, $5, 0)
        on conflict (survey_id, person_id, item) do update
        set audience = excluded.audience,
            audience_at = excluded.audience_at
        where coalesce(survey_answer.audience_at, -1) < excluded.audience_at",
    )
    .bind(key.survey.as_str())
    .bind(key.person.as_str())
    .bind(key.item.as_str())
    .bind(audience.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether the two have met, as this person says; of two sayings the later counts.
async fn said_met(conn: &mut Conn, survey: &SurveyId, person: &PersonId, met: bool, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into survey_met (survey_id, pair_id, person_id, met, at)
        select survey.survey_id, survey.pair_id, $2, $3, $4
        from survey
        where survey.survey_id = $1
            and survey.closed is null
        on conflict (survey_id, person_id) do update
        set met = excluded.met,
            at = excluded.at
        where excluded.at >= survey_met.at
            and (excluded.at <> survey_met.at or excluded.met <> survey_met.met)",
    )
    .bind(survey.as_str())
    .bind(person.as_str())
    .bind(i64::from(met))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn closed(conn: &mut Conn, survey: &SurveyId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query("update survey set closed = $2 where survey_id = $1 and closed is null")
        .bind(survey.as_str())
        .bind(ms(at))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What [`survey`] reads, of `survey`.
macro_rules! survey_columns {
    () => {
        "survey.survey_id, survey.pair_id, survey.occurrence, survey.early, survey.closed as survey_closed"
    };
}
pub(super) use survey_columns;

/// Reads `survey_columns!`, with the asks of its two people.
pub async fn survey(conn: &mut Conn, row: &Row) -> Result<Survey> {
    let survey: SurveyId = id(row, "survey", "survey_id")?;
    let asks = sqlx::query(
        "select person_id, role, due, closes
        from survey_ask
        where survey_id = $1
        order by role",
    )
    .bind(survey.as_str())
    .fetch_all(conn)
    .await?;
    let ask = |row| {
        Ok(SurveyAsk {
            person: id(row, "survey_ask", "person_id")?,
            role: rows::role(row)?,
            due: time(row, "survey_ask", "due")?,
            closes: time(row, "survey_ask", "closes")?,
        })
    };
    Ok(Survey {
        id: survey,
        pair: id(row, "survey", "pair_id")?,
        occurrence: date(row, "survey", "occurrence")?,
        early: number::<i64>(row, "survey", "early")? == 1,
        asks: asks.iter().map(ask).collect::<Result<_>>()?,
        closed: time_if(row, "survey", "survey_closed")?,
    })
}

/// What this person answered in this survey.
pub async fn answers(
    conn: &mut Conn,
    vault: &Vault,
    survey: &SurveyId,
    person: &PersonId,
) -> Result<Vec<SurveyAnswer>> {
    let rows = sqlx::query(
        "select item, value, sealed, audience, audience_at, at
        from survey_answer
        where survey_id = $1
            and person_id = $2
        order by item",
    )
    .bind(survey.as_str())
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let answer = |row: &Row| {
        let item: QuestionId = id(row, "survey_answer", "item")?;
        let key = Key { survey, person, item: &item };
        let open = |sealed| vault.open(&key.row(), sealed).map_err(rows::sealed);
        Ok(SurveyAnswer {
            value: value(row)?,
            words: raw::<Option<&str>>(row, "survey_answer", "sealed")?.map(open).transpose()?,
            audience: rows::audience(row)?,
            audience_at: time_if(row, "survey_answer", "audience_at")?,
            at: time(row, "survey_answer", "at")?,
            item,
        })
    };
    rows.iter().map(answer).collect()
}

/// The place of a label, from 1.
pub fn value(row: &Row) -> Result<Option<u8>> {
    let value: Option<i64> = raw(row, "survey_answer", "value")?;
    value.map(u8::try_from).transpose().map_err(|error| rows::unclear("survey_answer", "value", error))
}

/// The surveys that a pair was asked, from the column `surveys`.
pub fn planned_before(row: &Row) -> Result<Vec<Point>> {
    let points: Option<&str> = raw(row, "survey", "surveys")?;
    let read = |point: &str| point.parse().map_err(|error: String| rows::unclear("survey", "point", error));
    points.into_iter().flat_map(|text| text.split(',')).map(read).collect()
}
