//! A person's surveys: those of one day in their message, and those that wait on App Home.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::pieces::join_partner;
use super::super::rows::{self, Row, date, date_if, id, ms, number, raw, time, time_if};
use crate::core::content::{SurveyRow, SurveysPost};
use crate::core::id::{PersonId, ProgramId, QuestionId, SurveyId};
use crate::core::program::Program;
use crate::core::survey::{Kind, Point, items};

/// Rows in one message, or on one page.
const ROWS: i64 = 20;

/// What both statements read.
macro_rules! select_surveys {
    ($rest:literal) => {
        concat!(
            "select survey.survey_id, survey.early, survey.closed, survey_ask.role, survey_ask.closes,
                partner.name as partner_name, program.settings, pair.starts,
                (select max(asked_before.occurrence)
                    from (
                        select pulse.occurrence
                        from pulse
                        where pulse.pair_id = survey.pair_id
                            and pulse.occurrence < survey.occurrence
                            and pulse.folded is null
                        union all
                        select earlier.occurrence
                        from survey earlier
                        where earlier.pair_id = survey.pair_id
                            and earlier.occurrence < survey.occurrence) as asked_before) as since,
                (select string_agg(survey_answer.item, ' ')
                    from survey_answer
                    where survey_answer.survey_id = survey.survey_id
                        and survey_answer.person_id = survey_ask.person_id
                        and survey_answer.value is not null) as given
            from survey_ask
            join survey on survey.survey_id = survey_ask.survey_id
            join pair on pair.pair_id = survey.pair_id
            join program on program.program_id = pair.program_id
            ",
            join_partner!("survey_ask.person_id"),
            "
            where survey_ask.person_id = $1
            ",
            $rest
        )
    };
}

/// The message of a day; `None` where nothing was asked then.
pub async fn post(
    conn: &mut Conn,
    program: &ProgramId,
    person: &PersonId,
    occurrence: NaiveDate,
) -> Result<Option<SurveysPost>> {
    let rows = sqlx::query(select_surveys!(
        "and pair.program_id = $2
            and survey.occurrence = $3
        order by partner.name, survey.survey_id
        limit $4"
    ))
    .bind(person.as_str())
    .bind(program.as_str())
    .bind(occurrence.to_string())
    .bind(ROWS)
    .fetch_all(conn)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let program_name = rows::program(first)?.name;
    Ok(Some(SurveysPost { program_name, rows: rows.iter().map(row).collect::<Result<_>>()? }))
}

/// Those that can be answered now, soonest closing first.
pub async fn open(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Vec<SurveyRow>> {
    let rows = sqlx::query(select_surveys!(
        "and survey.closed is null
            and survey_ask.due <= $2
            and survey_ask.closes > $2
        order by survey_ask.closes, partner.name, survey.survey_id
        limit $3"
    ))
    .bind(person.as_str())
    .bind(ms(now))
    .bind(ROWS)
    .fetch_all(conn)
    .await?;
    rows.iter().map(row).collect()
}

fn row(row: &Row) -> Result<SurveyRow> {
    let survey: SurveyId = id(row, "survey", "survey_id")?;
    let point = survey.point().ok_or_else(|| rows::unclear("survey", "survey_id", "it names no time"))?;
    let early = number::<i64>(row, "survey", "early")? == 1;
    let program: Program = rows::program(row)?;
    Ok(SurveyRow {
        partner: raw(row, "person", "partner_name")?,
        closes: time(row, "survey_ask", "closes")?,
        closed: time_if(row, "survey", "closed")?.is_some(),
        taps: taps(row, point, early, &program)?,
        since: match date_if(row, "survey", "since")? {
            Some(day) => day,
            None => date(row, "pair", "starts")?,
        },
        early,
        point,
        survey,
    })
}

/// Of what is tapped: answered, asked.
fn taps(row: &Row, point: Point, early: bool, program: &Program) -> Result<(usize, usize)> {
    let given: Option<&str> = raw(row, "survey_answer", "given")?;
    let given: Vec<QuestionId> = given.unwrap_or_default().split_whitespace().map(QuestionId::from).collect();
    let items = items(point, rows::role(row)?, early, &program.leave_out);
    let taps = || items.iter().filter(|item| matches!(item.kind, Kind::Labels(_)));
    Ok((taps().filter(|item| given.contains(&item.id)).count(), taps().count()))
}
