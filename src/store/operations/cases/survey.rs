//! About one survey, and about a pair that has ended.

use sqlx::Result;

use super::super::rows::{self, MENTEE, MENTOR, both_people_columns, id, time_if};
use super::super::surveys::{self, survey_columns};
use super::super::{Conn, attention, rests, sessions};
use super::pair::{Whole, standings, whole};
use crate::core::case::{EndingCase, SurveyCase};
use crate::core::id::{PairId, PersonId, SurveyId};
use crate::core::program::Program;
use crate::core::survey::Survey;
use crate::store::vault::Vault;

/// About one survey, as `actor` may know it. Holds the survey.
pub async fn survey_case(
    conn: &mut Conn,
    vault: &Vault,
    survey: &SurveyId,
    actor: &PersonId,
) -> Result<Option<SurveyCase>> {
    let held = sqlx::query(locking!("survey", "select survey.survey_id from survey where survey.survey_id = $1"))
        .bind(survey.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    if held.is_none() {
        return Ok(None);
    }
    let row = sqlx::query(concat!(
        "select ",
        survey_columns!(),
        ", pair.mentor_id, pair.mentee_id,
        ",
        both_people_columns!(),
        ",
        program.settings,
        (select person.home_opened from person where person.person_id = $2) as home_opened
        from survey
        join pair on pair.pair_id = survey.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where survey.survey_id = $1"
    ))
    .bind(survey.as_str())
    .bind(actor.as_str())
    .fetch_one(&mut *conn)
    .await?;
    Ok(Some(SurveyCase {
        program: rows::program(&row)?,
        mentee: rows::person(&row, &MENTEE)?,
        mentor: rows::person(&row, &MENTOR)?,
        home_opened: time_if(&row, "person", "home_opened")?.is_some(),
        survey: surveys::survey(conn, &row).await?,
        answers: surveys::answers(conn, vault, survey, actor).await?,
    }))
}

/// A survey that is to be closed, its programme, and those of its people whose App Home is kept up to date.
pub async fn closing_survey(conn: &mut Conn, survey: &SurveyId) -> Result<Option<(Survey, Program, Vec<PersonId>)>> {
    let row = sqlx::query(concat!(
        "select ",
        survey_columns!(),
        ", program.settings
        from survey
        join pair on pair.pair_id = survey.pair_id
        join program on program.program_id = pair.program_id
        where survey.survey_id = $1
            and survey.closed is null"
    ))
    .bind(survey.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let pair: PairId = id(&row, "survey", "pair_id")?;
    let homes = sessions::homes(conn, &pair).await?;
    Ok(Some((surveys::survey(conn, &row).await?, rows::program(&row)?, homes)))
}

/// About a pair that has ended; `None` where there is no such pair.
pub async fn ending_case(conn: &mut Conn, pair: &PairId) -> Result<Option<EndingCase>> {
    let Some(Whole { pair, program, mentee, mentor }) = whole(conn, pair).await? else { return Ok(None) };
    if pair.ended.is_none() {
        return Ok(None);
    }
    Ok(Some(EndingCase {
        program,
        mentee,
        mentor,
        standings: standings(conn, &pair.id).await?,
        spent: attention::of_both(conn, [&pair.mentee, &pair.mentor]).await?,
        weekly: attention::weekly(conn, [&pair.mentee, &pair.mentor]).await?,
        rests: rests::of_both(conn, [&pair.mentee, &pair.mentor]).await?,
        pair,
    }))
}
