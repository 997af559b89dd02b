//! Totals of surveys that were released, and the answers that wait for company.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, Row, id, ms, number, raw, time};
use super::{Conn, Engine};
use crate::core::answer::Audience;
use crate::core::id::{PersonId, ProgramId, QuestionId, SurveyId};
use crate::core::scoring::digest::Rate;
use crate::core::scoring::surveys::{About, StoryRef, SurveyRelease, SurveyTotal, Surveys, Waiting, WaitingStory};
use crate::core::survey::{self, Point, STORY};
use crate::store::exported::OwnValue;

/// How an answer left for which no company came.
const EXPIRED: i64 = 0;

/// Answers in one statement: 3 parameters each.
const AT_ONCE: usize = 1_000;

/// Answers of closed surveys that have come out in no total yet, and stories that may be shared and were not.
pub async fn waiting(
    conn: &mut Conn,
    program: &ProgramId,
    cutoff: DateTime<Utc>,
) -> Result<(Vec<Waiting>, Vec<WaitingStory>)> {
    let rows = sqlx::query(
        "select survey.survey_id, survey.point, survey.closed, survey_ask.role, survey_answer.person_id,
            survey_answer.item, survey_answer.value, survey_answer.audience, survey_answer.at, pair.mentor_id,
            pair.mentee_id
        from pair
        join survey on survey.pair_id = pair.pair_id
        join survey_answer on survey_answer.survey_id = survey.survey_id
        join survey_ask on survey_ask.survey_id = survey_answer.survey_id
            and survey_ask.person_id = survey_answer.person_id
        where pair.program_id = $1
            and survey.closed < $2
            and survey_answer.left_with is null
            and survey_answer.value is not null
        order by survey.closed, survey.survey_id, survey_ask.role, survey_answer.item",
    )
    .bind(program.as_str())
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let (mut waiting, mut stories) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in &rows {
        let (item, value): (QuestionId, u8) =
            (id(row, "survey_answer", "item")?, number(row, "survey_answer", "value")?);
        let person: PersonId = id(row, "survey_answer", "person_id")?;
        let pair: [PersonId; 2] = [id(row, "pair", "mentor_id")?, id(row, "pair", "mentee_id")?];
        let partner = pair.into_iter().find(|one| *one != person).unwrap_or_else(|| person.clone());
        let (survey, given): (SurveyId, _) = (id(row, "survey", "survey_id")?, time(row, "survey_answer", "at")?);
        if item.as_str() == STORY.0 {
            // 1 is "No".
            if value > 1 {
                let story = StoryRef { survey, person, named: value == STORY.1 };
                stories.push(WaitingStory { story, partner, given });
            }
            continue;
        }
        let Some(points) = survey::points(&item, value) else { continue };
        waiting.push(Waiting {
            point: point(row)?,
            role: rows::role(row)?,
            named: rows::audience(row)? != Audience::OnlyTotals,
            closed: time(row, "survey", "closed")?,
            survey,
            person,
            partner,
            item,
            points,
            given,
        });
    }
    Ok((waiting, stories))
}

fn point(row: &Row) -> Result<Point> {
    rows::word(row, "survey", "point", |word| word.parse().ok())
}

/// Writes what a cut-off released. Its answers wait no longer.
pub async fn store(
    conn: &mut Conn,
    program: &ProgramId,
    release: &SurveyRelease<'_>,
    cutoff: DateTime<Utc>,
) -> Result<()> {
    for total in &release.totals {
        let About { point, item, role, named } = &total.about;
        sqlx::query(
            "insert into survey_total (program_id, cutoff, point, item, role, named, people, points, squares)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(program.as_str())
        .bind(ms(total.cutoff))
        .bind(point.as_str())
        .bind(item.as_str())
        .bind(role.as_str())
        .bind(i64::from(*named))
        .bind(i64::from(total.people))
        .bind(total.points.map(i64::from))
        .bind(total.squares.map(i64::from))
        .execute(&mut *conn)
        .await?;
    }
    let of = |in_total: bool| -> Vec<(&SurveyId, &PersonId, QuestionId)> {
        let left = release.left.iter().filter(|(_, with)| *with == in_total);
        left.map(|(one, _)| (&one.survey, &one.person, one.item.clone())).collect()
    };
    let stories = release.stories.iter().map(|story| (&story.survey, &story.person, QuestionId::from(STORY.0)));
    leave(conn, ms(cutoff), of(true).into_iter().chain(stories).collect()).await?;
    leave(conn, EXPIRED, of(false)).await
}

async fn leave(conn: &mut Conn, with: i64, answers: Vec<(&SurveyId, &PersonId, QuestionId)>) -> Result<()> {
    for answers in answers.chunks(AT_ONCE) {
        let mut update = QueryBuilder::<Engine>::new("update survey_answer set left_with = ");
        update.push_bind(with).push(" where left_with is null and (survey_id, person_id, item) in (");
        update.push_values(answers, |mut row, (survey, person, item)| {
            row.push_bind(survey.as_str()).push_bind(person.as_str()).push_bind(item.as_str());
        });
        update.push(")");
        update.build().persistent(false).execute(&mut *conn).await?;
    }
    Ok(())
}

/// What is known of a programme's surveys at a cut-off.
pub async fn known(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Surveys> {
    Ok(Surveys {
        totals: totals(conn, program, cutoff).await?,
        stories: stories(conn, program, cutoff).await?,
        rates: rates(conn, program, cutoff).await?,
    })
}

/// Totals that were released up to the cut-off, oldest first.
pub async fn totals(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Vec<SurveyTotal>> {
    let rows = sqlx::query(
        "select cutoff, point, item, role, named, people, points, squares
        from survey_total
        where program_id = $1
            and cutoff <= $2
        order by cutoff, point, item, role, named",
    )
    .bind(program.as_str())
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let total = |row: &Row| {
        let sum = |column| {
            let sum: Option<i64> = raw(row, "survey_total", column)?;
            sum.map(u32::try_from).transpose().map_err(|error| rows::unclear("survey_total", column, error))
        };
        Ok(SurveyTotal {
            about: About {
                point: point(row)?,
                item: id(row, "survey_total", "item")?,
                role: rows::role(row)?,
                named: number::<i64>(row, "survey_total", "named")? == 1,
            },
            cutoff: time(row, "survey_total", "cutoff")?,
            people: number(row, "survey_total", "people")?,
            points: sum("points")?,
            squares: sum("squares")?,
        })
    };
    rows.iter().map(total).collect()
}

/// Stories that came out at this cut-off.
async fn stories(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Vec<StoryRef>> {
    let rows = sqlx::query(
        "select survey_answer.survey_id, survey_answer.person_id, survey_answer.value
        from pair
        join survey on survey.pair_id = pair.pair_id
        join survey_answer on survey_answer.survey_id = survey.survey_id
        where pair.program_id = $1
            and survey_answer.item = $2
            and survey_answer.left_with = $3
        order by survey_answer.survey_id, survey_answer.person_id",
    )
    .bind(program.as_str())
    .bind(STORY.0)
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let story = |row| {
        Ok(StoryRef {
            survey: id(row, "survey_answer", "survey_id")?,
            person: id(row, "survey_answer", "person_id")?,
            named: number::<u8>(row, "survey_answer", "value")? == STORY.1,
        })
    };
    rows.iter().map(story).collect()
}

/// Of surveys that closed in the week before the cut-off: answered of asked.
async fn rates(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Vec<(Point, Rate)>> {
    let rows = sqlx::query(
        "select survey.point, count(*) as asked, count(survey_ask.answered) as answered
        from pair
        join survey on survey.pair_id = pair.pair_id
        join survey_ask on survey_ask.survey_id = survey.survey_id
        where pair.program_id = $1
            and survey.closed >= $2
            and survey.closed < $3
        group by survey.point",
    )
    .bind(program.as_str())
    .bind(ms(cutoff - TimeDelta::weeks(1)))
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let rate = |row: &Row| {
        let rate =
            Rate { answered: number(row, "survey_ask", "answered")?, asked: number(row, "survey_ask", "asked")? };
        Ok((point(row)?, rate))
    };
    let mut rates: Vec<(Point, Rate)> = rows.iter().map(rate).collect::<Result<_>>()?;
    rates.sort_by_key(|(point, _)| *point);
    Ok(rates)
}

/// What somebody answered at the start, in the middle and at the end, for their own record: nobody else's.
pub async fn of_person(conn: &mut Conn, person: &PersonId) -> Result<Vec<OwnValue>> {
    let rows = sqlx::query(
        "select survey.pair_id, survey.point, survey_ask.role, survey_answer.item, survey_answer.value, survey_answer.at
        from survey_ask
        join survey on survey.survey_id = survey_ask.survey_id
        join survey_answer on survey_answer.survey_id = survey_ask.survey_id
            and survey_answer.person_id = survey_ask.person_id
        where survey_ask.person_id = $1
            and survey_answer.value is not null
        order by survey_answer.item, survey_answer.at, survey.pair_id",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let own = |row: &Row| {
        Ok(OwnValue {
            pair: id(row, "survey", "pair_id")?,
            point: point(row)?,
            role: rows::role(row)?,
            item: id(row, "survey_answer", "item")?,
            value: number(row, "survey_answer", "value")?,
            at: time(row, "survey_answer", "at")?,
        })
    };
    rows.iter().map(own).collect()
}
