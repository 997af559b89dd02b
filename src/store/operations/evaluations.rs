//! Each pair's weekly evaluations: what the next one goes on from, and a pair's Health over time.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{Row, id, ms, number, raw, time, time_if, unclear};
use super::{Conn, Engine};
use crate::core::id::{PairId, ProgramId};
use crate::core::scoring::evaluation::Evaluation;
use crate::core::scoring::health::{AskedBefore, Health, Usual};
use crate::core::scoring::record::Weekly;
use crate::core::scoring::rules::RulesVersion;

/// Evaluations in one statement, 19 parameters each. Ten thousand are a hundred times the same one, kept prepared.
const AT_ONCE: usize = 100;

/// What [`weekly`] reads, of `evaluation`.
macro_rules! evaluation_columns {
    () => {
        "evaluation.cutoff, evaluation.number, evaluation.rules, evaluation.health, evaluation.parts,
        evaluation.without_worst_day, evaluation.ready, evaluation.thin, evaluation.state,
        evaluation.mentee_answers, evaluation.mentee_points, evaluation.mentor_answers, evaluation.mentor_points,
        evaluation.mentee_asked, evaluation.mentee_missed, evaluation.mentor_asked, evaluation.mentor_missed,
        evaluation.gap"
    };
}

/// Stores this week's evaluations. The first of a pair and cut-off stays.
pub async fn store(conn: &mut Conn, evaluations: &[(PairId, Weekly)]) -> Result<()> {
    for some in evaluations.chunks(AT_ONCE) {
        let mut insert = QueryBuilder::<Engine>::new(
            "insert into evaluation (pair_id, cutoff, number, rules, health, parts, without_worst_day, ready, thin, state,
            mentee_answers, mentee_points, mentor_answers, mentor_points,
            mentee_asked, mentee_missed, mentor_asked, mentor_missed, gap) ",
        );
        insert.push_values(some, |mut row, (pair, weekly)| {
            let Evaluation { rules, health, without_worst_day, ready, thin, state } = &weekly.evaluation;
            let parts = serde_json::to_string(&health.parts).expect("a map of words and numbers");
            let ([mentee, mentor], asked) = (weekly.usual, weekly.asked);
            row.push_bind(pair.as_str())
                .push_bind(ms(weekly.cutoff))
                .push_bind(i64::from(weekly.number))
                .push_bind(i64::from(rules.number()))
                .push_bind(i64::from(health.value))
                .push_bind(parts)
                .push_bind(i64::from(*without_worst_day))
                .push_bind(i64::from(*ready))
                .push_bind(i64::from(*thin))
                .push_bind(state.as_str())
                .push_bind(i64::from(mentee.n))
                .push_bind(i64::from(mentee.sum))
                .push_bind(i64::from(mentor.n))
                .push_bind(i64::from(mentor.sum))
                .push_bind(i64::from(asked[0].asked))
                .push_bind(i64::from(asked[0].missed))
                .push_bind(i64::from(asked[1].asked))
                .push_bind(i64::from(asked[1].missed))
                .push_bind(weekly.gap.map(ms));
        });
        insert.push(" on conflict do nothing");
        insert.build().persistent(some.len() == AT_ONCE).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Of each pair of the programme the newest evaluation before the cut-off, and the third before that one or the first:
/// what this week's is compared with. In the order of their numbers, of the pairs from `first` to `last` by their ids.
pub async fn before(
    conn: &mut Conn,
    program: &ProgramId,
    (first, last): (&PairId, &PairId),
    cutoff: DateTime<Utc>,
) -> Result<Vec<(PairId, Weekly)>> {
    let rows = sqlx::query(concat!(
        "select last.pair_id, ",
        evaluation_columns!(),
        "
        from (
            select pair.pair_id, (
                select newest.number
                from evaluation newest
                where newest.pair_id = pair.pair_id
                    and newest.cutoff < $2
                order by newest.cutoff desc
                limit 1) as number
            from pair
            where pair.program_id = $1
                and pair.pair_id >= $3
                and pair.pair_id <= $4) as last
        join evaluation on evaluation.pair_id = last.pair_id
            and evaluation.cutoff < $2
            and evaluation.number in (last.number, case when last.number > 3 then last.number - 3 else 1 end)
        order by last.pair_id, evaluation.number"
    ))
    .bind(program.as_str())
    .bind(ms(cutoff))
    .bind(first.as_str())
    .bind(last.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "evaluation", "pair_id")?, weekly(row)?))).collect()
}

/// A pair's evaluations up to a cut-off, newest first.
pub async fn of_pair(conn: &mut Conn, pair: &PairId, until: DateTime<Utc>, limit: u32) -> Result<Vec<Weekly>> {
    let rows = sqlx::query(concat!(
        "select ",
        evaluation_columns!(),
        "
        from evaluation
        where evaluation.pair_id = $1
            and evaluation.cutoff <= $2
        order by evaluation.cutoff desc
        limit $3"
    ))
    .bind(pair.as_str())
    .bind(ms(until))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    rows.iter().map(weekly).collect()
}

/// An evaluation, from `evaluation_columns!`.
fn weekly(row: &Row) -> Result<Weekly> {
    const TABLE: &str = "evaluation";
    let usual = |n, sum| Ok::<_, sqlx::Error>(Usual { n: number(row, TABLE, n)?, sum: number(row, TABLE, sum)? });
    let asked = |asked, missed| {
        Ok::<_, sqlx::Error>(AskedBefore { asked: number(row, TABLE, asked)?, missed: number(row, TABLE, missed)? })
    };
    let rules = RulesVersion::try_from(number::<u16>(row, TABLE, "rules")?);
    let parts = serde_json::from_str(raw(row, TABLE, "parts")?);
    let state = raw::<&str>(row, TABLE, "state")?.parse();
    Ok(Weekly {
        cutoff: time(row, TABLE, "cutoff")?,
        number: number(row, TABLE, "number")?,
        evaluation: Evaluation {
            rules: rules.map_err(|error| unclear(TABLE, "rules", error))?,
            health: Health {
                value: number(row, TABLE, "health")?,
                parts: parts.map_err(|error| unclear(TABLE, "parts", error))?,
            },
            without_worst_day: number(row, TABLE, "without_worst_day")?,
            ready: number::<i64>(row, TABLE, "ready")? == 1,
            thin: number::<i64>(row, TABLE, "thin")? == 1,
            state: state.map_err(|error: String| unclear(TABLE, "state", error))?,
        },
        usual: [usual("mentee_answers", "mentee_points")?, usual("mentor_answers", "mentor_points")?],
        asked: [asked("mentee_asked", "mentee_missed")?, asked("mentor_asked", "mentor_missed")?],
        gap: time_if(row, TABLE, "gap")?,
    })
}

/// Of each pair of the programme the evaluation at this cut-off, and the fourth before it, or the first.
pub async fn at(
    conn: &mut Conn,
    program: &ProgramId,
    cutoff: DateTime<Utc>,
) -> Result<BTreeMap<PairId, (Option<Weekly>, Option<Weekly>)>> {
    let rows = sqlx::query(concat!(
        "select evaluation.pair_id, ",
        evaluation_columns!(),
        "
        from evaluation now
        join pair on pair.pair_id = now.pair_id
        join evaluation on evaluation.pair_id = now.pair_id
            and (evaluation.number = now.number
                or evaluation.number = case when now.number > 4 then now.number - 4 else 1 end)
        where pair.program_id = $1
            and now.cutoff = $2
        order by evaluation.pair_id, evaluation.number desc"
    ))
    .bind(program.as_str())
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let mut looks: BTreeMap<PairId, (Option<Weekly>, Option<Weekly>)> = BTreeMap::new();
    for row in &rows {
        let (now, before) = looks.entry(id(row, "evaluation", "pair_id")?).or_default();
        let week = weekly(row)?;
        if week.cutoff == cutoff { *now = Some(week) } else { *before = Some(week) }
    }
    Ok(looks)
}
