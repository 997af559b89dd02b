//! A survey that was planned and that nobody is asked any more.

use sqlx::Result;

use super::super::Conn;
use crate::core::id::{MessageName, PersonId, SurveyId};

/// This person's part was never asked. Of a survey that asked nobody nothing is left.
pub async fn folded(conn: &mut Conn, survey: &SurveyId, person: &PersonId, message: &MessageName) -> Result<bool> {
    let done = sqlx::query("delete from survey_ask where survey_id = $1 and person_id = $2")
        .bind(survey.as_str())
        .bind(person.as_str())
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "delete from attention
        where person_id = $2
            and message = $3
            and not exists (
                select 1
                from survey_ask
                join survey other on other.survey_id = survey_ask.survey_id
                join pair on pair.pair_id = other.pair_id
                where survey_ask.person_id = $2
                    and other.occurrence = (select occurrence from survey where survey_id = $1)
                    and pair.program_id = (
                        select own.program_id
                        from pair own
                        join survey on survey.pair_id = own.pair_id
                        where survey.survey_id = $1))",
    )
    .bind(survey.as_str())
    .bind(person.as_str())
    .bind(message.as_str())
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "delete from survey
        where survey_id = $1
            and not exists (select 1 from survey_ask where survey_ask.survey_id = survey.survey_id)",
    )
    .bind(survey.as_str())
    .execute(conn)
    .await?;
    Ok(true)
}
