//! The rows of `rapport export`: people by their Slack ids, and only what their authors let a coordinator see.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::{self, Row, id, ms, number, raw, time, time_if};
use super::{Conn, endings, releases};
use crate::core::answer::Audience;
use crate::core::care::StepKind;
use crate::core::id::{PersonId, ProgramId};
use crate::core::person::Pair;
use crate::core::scoring::blocks::Cell;
use crate::core::scoring::digest::LineId;
use crate::core::scoring::pool::Batch;
use crate::core::scoring::surveys::{About, SurveyTotal};
use crate::store::exported::{
    AnswerLine, BatchLine, GoalLine, LabelLine, PairLine, PauseLine, PulseLine, ShareLine, SurveyAnswerLine,
    SurveyTotalLine, ThanksLine, TotalLine,
};

/// The programme's pairs.
pub async fn pairs(conn: &mut Conn, program: &ProgramId) -> Result<Vec<PairLine>> {
    let mut reasons = endings::reasons(conn, program).await?;
    let line = |pair: Pair| PairLine {
        ended_reason: reasons.remove(&pair.id),
        mentor: pair.mentor.user().to_owned(),
        mentee: pair.mentee.user().to_owned(),
        starts: pair.starts.to_string(),
        connection: pair.connection,
        group: pair.group,
        ended: pair.ended.map(text),
        pair: pair.id,
    };
    Ok(super::pairs::existing(conn, program).await?.into_iter().map(line).collect())
}

/// The programme's pulses, oldest first.
pub async fn pulses(conn: &mut Conn, program: &ProgramId) -> Result<Vec<PulseLine>> {
    let rows = sqlx::query(
        "select pulse.pulse_id, pulse.pair_id, pulse.number, pulse.strike, pulse.closed
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        where pair.program_id = $1
            and pulse.folded is null
        order by pulse.strike, pulse.pulse_id",
    )
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    let line = |row| {
        Ok(PulseLine {
            pulse: id(row, "pulse", "pulse_id")?,
            pair: id(row, "pulse", "pair_id")?,
            number: number(row, "pulse", "number")?,
            strike: text(time(row, "pulse", "strike")?),
            closed: time_if(row, "pulse", "closed")?.map(text),
        })
    };
    rows.iter().map(line).collect()
}

/// Answers that a coordinator may see, oldest first. Only of closed pulses: until then their authors may still choose
/// totals only, and what has left cannot be called back.
pub async fn answers(conn: &mut Conn, program: &ProgramId) -> Result<Vec<AnswerLine>> {
    let rows = sqlx::query(
        "select pulse.pulse_id, pulse.pair_id, answer.person_id, ask.role, answer.question_id, answer.value,
            answer.audience, answer.at
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join answer on answer.pulse_id = pulse.pulse_id
        join ask on ask.pulse_id = answer.pulse_id
            and ask.person_id = answer.person_id
        where pair.program_id = $1
            and pulse.closed is not null
            and answer.audience in ($2, $3)
        order by pulse.strike, pulse.pulse_id, ask.role, answer.question_id",
    )
    .bind(program.as_str())
    .bind(Audience::NAMED[0].as_str())
    .bind(Audience::NAMED[1].as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(answer_line).collect()
}

fn answer_line(row: &Row) -> Result<AnswerLine> {
    let person = PersonId::from(raw::<String>(row, "answer", "person_id")?);
    Ok(AnswerLine {
        pulse: id(row, "pulse", "pulse_id")?,
        pair: id(row, "pulse", "pair_id")?,
        person: person.user().to_owned(),
        role: rows::role(row)?,
        question: id(row, "answer", "question_id")?,
        value: number(row, "answer", "value")?,
        audience: rows::audience(row)?,
        at: text(time(row, "answer", "at")?),
    })
}

/// Pauses of the programme's pairs, and days away of their people, as far as they were not called off before they began.
pub async fn pauses(conn: &mut Conn, program: &ProgramId) -> Result<Vec<PauseLine>> {
    let rows = sqlx::query(
        "select pair.pair_id, pause.why, pause.from_day, pause.until_day,
            case
                when pause.pair_id is not null then 'pair'
                when pause.person_id = pair.mentee_id then 'mentee'
                else 'mentor'
            end as whose
        from pair
        join pause on pause.pair_id = pair.pair_id
            or pause.person_id in (pair.mentee_id, pair.mentor_id)
        where pair.program_id = $1
            and pause.from_day < pause.until_day
        order by pair.pair_id, pause.from_day, whose",
    )
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    let line = |row| {
        Ok(PauseLine {
            pair: id(row, "pair", "pair_id")?,
            of: raw(row, "pause", "whose")?,
            why: raw(row, "pause", "why")?,
            from: raw(row, "pause", "from_day")?,
            until: raw(row, "pause", "until_day")?,
        })
    };
    rows.iter().map(line).collect()
}

/// How many goals each pair has had. Their words are the pair's own.
pub async fn goals(conn: &mut Conn, program: &ProgramId) -> Result<Vec<GoalLine>> {
    let rows = sqlx::query(
        "select pair.pair_id,
            cast(sum(case when goal.state = 'open' then 1 else 0 end) as bigint) as open_goals,
            cast(sum(case when goal.state = 'reached' then 1 else 0 end) as bigint) as reached,
            cast(sum(case when goal.state = 'dropped' then 1 else 0 end) as bigint) as dropped,
            coalesce((
                select max(goal_move.at)
                from goal_move
                where goal_move.pair_id = pair.pair_id
                    and goal_move.withdrawn is null), max(goal.set_at)) as moved
        from pair
        join goal on goal.pair_id = pair.pair_id
        where pair.program_id = $1
        group by pair.pair_id
        order by pair.pair_id",
    )
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    let line = |row| {
        Ok(GoalLine {
            pair: id(row, "pair", "pair_id")?,
            open: number(row, "goal", "open_goals")?,
            reached: number(row, "goal", "reached")?,
            dropped: number(row, "goal", "dropped")?,
            moved: text(time(row, "goal", "moved")?),
        })
    };
    rows.iter().map(line).collect()
}

/// How often thanks was said in each pair, of what is sent by now. The words are the reader's own.
pub async fn thanks(conn: &mut Conn, program: &ProgramId, now: DateTime<Utc>) -> Result<Vec<ThanksLine>> {
    let rows = sqlx::query(
        "select pair.pair_id,
            cast(sum(case when thanks.from_id = pair.mentee_id then 1 else 0 end) as bigint) as by_mentee,
            cast(sum(case when thanks.from_id = pair.mentor_id then 1 else 0 end) as bigint) as by_mentor
        from pair
        join thanks on thanks.pair_id = pair.pair_id
        where pair.program_id = $1
            and thanks.due <= $2
        group by pair.pair_id
        order by pair.pair_id",
    )
    .bind(program.as_str())
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    let line = |row| {
        Ok(ThanksLine {
            pair: id(row, "pair", "pair_id")?,
            by_mentee: number(row, "thanks", "by_mentee")?,
            by_mentor: number(row, "thanks", "by_mentor")?,
        })
    };
    rows.iter().map(line).collect()
}

/// What mentees said of sharing their record; nothing that stands in one.
pub async fn shares(conn: &mut Conn, program: &ProgramId) -> Result<Vec<ShareLine>> {
    let rows = sqlx::query(
        "select record_share.pair_id, record_share.shared, record_share.at
        from pair
        join record_share on record_share.pair_id = pair.pair_id
        where pair.program_id = $1
        order by record_share.pair_id",
    )
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    let line = |row| {
        Ok(ShareLine {
            pair: id(row, "record_share", "pair_id")?,
            shared: number::<i64>(row, "record_share", "shared")? > 0,
            at: text(time(row, "record_share", "at")?),
        })
    };
    rows.iter().map(line).collect()
}

/// Totals that were released, oldest first.
pub async fn totals(conn: &mut Conn, program: &ProgramId) -> Result<(Vec<TotalLine>, Vec<BatchLine>)> {
    let ever = (DateTime::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC);
    let released = releases::released(conn, program, ever.0, ever.1).await?;
    let mut totals = Vec::new();
    for block in &released.blocks {
        totals.extend(block.rows.iter().map(|row| {
            let (of, group) = match &row.of {
                Cell::Programme => ("programme", None),
                Cell::Side(role) => (role.as_str(), None),
                Cell::Group(group) => ("group", group.clone()),
            };
            let (people, answers, points) = (row.people, row.answers, row.points);
            let (cutoff, indicator) = (text(block.cutoff), block.indicator);
            TotalLine { cutoff, indicator, of, group, people, answers, points }
        }));
    }
    // A batch that may not be shown is not there at all.
    let line = |batch: &Batch| {
        let (indicator, role, people) = (batch.indicator, batch.role, batch.people);
        Some(BatchLine { cutoff: text(batch.cutoff), indicator, role, people, points: batch.points? })
    };
    Ok((totals, released.batches.iter().filter_map(line).collect()))
}

/// Answers to closed surveys that a coordinator may see, oldest first. Words never leave this way.
pub async fn survey_answers(conn: &mut Conn, program: &ProgramId) -> Result<Vec<SurveyAnswerLine>> {
    let rows = sqlx::query(
        "select survey.pair_id, survey.point, survey_answer.person_id, survey_ask.role, survey_answer.item,
            survey_answer.value, survey_answer.audience, survey_answer.at
        from pair
        join survey on survey.pair_id = pair.pair_id
        join survey_answer on survey_answer.survey_id = survey.survey_id
        join survey_ask on survey_ask.survey_id = survey_answer.survey_id
            and survey_ask.person_id = survey_answer.person_id
        where pair.program_id = $1
            and survey.closed is not null
            and survey_answer.audience in ($2, $3)
            and survey_answer.value is not null
            and survey_answer.sealed is null
        order by survey.closed, survey.survey_id, survey_ask.role, survey_answer.item",
    )
    .bind(program.as_str())
    .bind(Audience::NAMED[0].as_str())
    .bind(Audience::NAMED[1].as_str())
    .fetch_all(conn)
    .await?;
    let line = |row: &Row| {
        let person = PersonId::from(raw::<String>(row, "survey_answer", "person_id")?);
        Ok(SurveyAnswerLine {
            pair: id(row, "survey", "pair_id")?,
            point: rows::word(row, "survey", "point", |word| word.parse().ok())?,
            person: person.user().to_owned(),
            role: rows::role(row)?,
            item: id(row, "survey_answer", "item")?,
            value: number(row, "survey_answer", "value")?,
            audience: rows::audience(row)?,
            at: text(time(row, "survey_answer", "at")?),
        })
    };
    rows.iter().map(line).collect()
}

/// Totals of surveys that were released and may be shown, oldest first.
pub async fn survey_totals(conn: &mut Conn, program: &ProgramId) -> Result<Vec<SurveyTotalLine>> {
    let totals = super::survey_totals::totals(conn, program, DateTime::<Utc>::MAX_UTC).await?;
    let line = |total: SurveyTotal| {
        let About { point, item, role, named } = total.about;
        let (cutoff, of) = (text(total.cutoff), if named { "named" } else { "totals" });
        Some(SurveyTotalLine { cutoff, point, item, role, of, people: total.people, points: total.points? })
    };
    Ok(totals.into_iter().filter_map(line).collect())
}

/// What coordinators said of lines about pairs, with the evaluation that had named the pair.
pub async fn labels(conn: &mut Conn, program: &ProgramId) -> Result<Vec<LabelLine>> {
    let rows = sqlx::query(
        "select step.pair_id, step.line_id, step.kind, step.at, evaluation.rules, evaluation.health,
            evaluation.without_worst_day, evaluation.ready, evaluation.thin, evaluation.state, evaluation.parts
        from step
        left join evaluation on evaluation.pair_id = step.pair_id
            and step.line_id = 'line:' || cast(evaluation.cutoff as text) || ':pair:' || evaluation.pair_id
        where step.program_id = $1
            and step.pair_id is not null
            and step.kind in ($2, $3)
        order by step.at, step.step_id",
    )
    .bind(program.as_str())
    .bind(StepKind::NeededHelp.as_str())
    .bind(StepKind::AllWell.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(label_line).collect()
}

fn label_line(row: &Row) -> Result<LabelLine> {
    let line = LineId::from(raw::<String>(row, "step", "line_id")?);
    let (cutoff, _) = line.read().ok_or_else(|| rows::unclear("step", "line_id", format!("`{line}` is no line")))?;
    let word = |error: String| rows::unclear("step", "kind", error);
    Ok(LabelLine {
        pair: id(row, "pair", "pair_id")?,
        cutoff: text(cutoff),
        label: raw::<&str>(row, "step", "kind")?.parse().map_err(word)?,
        at: text(time(row, "step", "at")?),
        rules: raw(row, "evaluation", "rules")?,
        health: raw(row, "evaluation", "health")?,
        without_worst_day: raw(row, "evaluation", "without_worst_day")?,
        ready: raw(row, "evaluation", "ready")?,
        thin: raw(row, "evaluation", "thin")?,
        state: raw(row, "evaluation", "state")?,
        parts: raw(row, "evaluation", "parts")?,
    })
}

/// The form in which times leave: `2026-01-06T04:15:00Z`.
/// A time as exports write it.
pub fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
