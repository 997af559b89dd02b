//! Which surveys a moment concerns: those whose time is over, those that an ended pair still has to be asked, and those of a
//! week.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::ms;
use crate::core::id::{PairId, PersonId, SurveyId};
use crate::core::survey::Point;

/// Surveys whose time is over by `now`.
pub async fn to_close(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<SurveyId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select survey_id
        from survey
        where closes <= $1
            and closed is null
        order by closes, survey_id
        limit $2",
    )
    .bind(ms(now))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(SurveyId::from).collect())
}

/// Pairs that ended not longer ago than `within`, whose two were not asked their last questions.
pub async fn to_end(conn: &mut Conn, now: DateTime<Utc>, within: TimeDelta, limit: u32) -> Result<Vec<PairId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select pair_id
        from pair
        where ended > $1
            and ended <= $2
            and not exists (select 1 from survey where survey.pair_id = pair.pair_id and survey.point = $3)
        order by ended, pair_id
        limit $4",
    )
    .bind(ms(now - within))
    .bind(ms(now))
    .bind(Point::End.as_str())
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PairId::from).collect())
}

/// Whether a survey of this person was asked between these two times: such a week has no pulse of that pair and needs no
/// nudge.
pub async fn asked_between(
    conn: &mut Conn,
    person: &PersonId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool> {
    let count: i64 =
        sqlx::query_scalar("select count(*) from survey_ask where person_id = $1 and due >= $2 and due < $3")
            .bind(person.as_str())
            .bind(ms(from))
            .bind(ms(until))
            .fetch_one(conn)
            .await?;
    Ok(count > 0)
}
