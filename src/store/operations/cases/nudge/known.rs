//! What is known of all pairs of one person, one statement for each kind of fact.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sqlx::Result;

use super::BACK;
use crate::core::agreement::Opening;
use crate::core::goal::GoalFacts;
use crate::core::id::{PairId, PersonId, QuestionId};
use crate::core::session::ProposalState;
use crate::core::survey::Point;

use super::super::super::rows::{self, Row, date, id, ms, number, time};
use super::super::super::sessions::{proposal, proposal_columns};
use super::super::super::{Conn, goals};

/// How far back own answers are looked at, in days: what weighs, and what came after a nudge.
const ANSWERS: i64 = 90;

/// When each pair met.
pub(super) async fn met(
    conn: &mut Conn,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<BTreeMap<PairId, Vec<DateTime<Utc>>>> {
    let rows = sqlx::query(
        "select met.pair_id, met.at
        from pair
        join met on met.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and met.at >= $2",
    )
    .bind(person.as_str())
    .bind(ms(now - Days::new(BACK)))
    .fetch_all(conn)
    .await?;
    let mut met: BTreeMap<PairId, Vec<DateTime<Utc>>> = BTreeMap::new();
    for row in &rows {
        met.entry(id(row, "met", "pair_id")?).or_default().push(time(row, "met", "at")?);
    }
    Ok(met)
}

/// The newest session of each pair, and whose log it is.
pub(super) async fn logged(conn: &mut Conn, person: &PersonId) -> Result<BTreeMap<PairId, (NaiveDate, PersonId)>> {
    let rows = sqlx::query(
        "select session.pair_id, session.day, session.person_id
        from pair
        join session on session.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and session.withdrawn is null
            and session.day = (select max(newest.day)
                from session newest
                where newest.pair_id = pair.pair_id
                    and newest.withdrawn is null)",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let one =
        |row| Ok((id(row, "session", "pair_id")?, (date(row, "session", "day")?, id(row, "session", "person_id")?)));
    rows.iter().map(one).collect()
}

/// Pairs with a date that is set, or that waits for a tap.
pub(super) async fn dates_ahead(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<BTreeSet<PairId>> {
    let rows = sqlx::query(concat!(
        "select proposal.pair_id,
        ",
        proposal_columns!(),
        "
        from pair
        join proposal on proposal.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and proposal.over is null
            and (proposal.chosen is null or proposal.chosen > $2)"
    ))
    .bind(person.as_str())
    .bind(ms(now))
    .fetch_all(conn)
    .await?;
    let mut ahead = BTreeSet::new();
    for row in &rows {
        let proposal = proposal(row)?;
        let is_ahead = match proposal.state {
            ProposalState::Set { date } => date > now,
            ProposalState::Open => proposal.dates.iter().any(|date| *date > now),
            ProposalState::Over => false,
        };
        if is_ahead {
            ahead.insert(id(row, "proposal", "pair_id")?);
        }
    }
    Ok(ahead)
}

/// What each pair has set, moved and reached of goals, without words; pairs that never had one are left out.
pub(super) async fn goals(conn: &mut Conn, person: &PersonId) -> Result<BTreeMap<PairId, GoalFacts>> {
    let rows = sqlx::query(
        "select goal.pair_id, goal.goal_id, goal.state, coalesce(max(goal_move.at), goal.set_at) as moved
        from pair
        join goal on goal.pair_id = pair.pair_id
        left join goal_move on goal_move.goal_id = goal.goal_id
            and goal_move.withdrawn is null
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        group by goal.pair_id, goal.goal_id, goal.state, goal.set_at",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let mut all: BTreeMap<PairId, GoalFacts> = BTreeMap::new();
    for row in &rows {
        let facts = all.entry(id(row, "goal", "pair_id")?).or_default();
        facts.add(id(row, "goal", "goal_id")?, goals::state(row)?, time(row, "goal", "moved")?);
    }
    Ok(all)
}

/// On which rhythm each pair agreed last, and when.
pub(super) async fn agreed(conn: &mut Conn, person: &PersonId) -> Result<BTreeMap<PairId, (u8, DateTime<Utc>)>> {
    let rows = sqlx::query(
        "select agreed.pair_id, agreed.rhythm, agreed.at
        from pair
        join agreed on agreed.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        order by agreed.at",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    let one =
        |row: &Row| Ok((id(row, "agreed", "pair_id")?, (number(row, "agreed", "rhythm")?, time(row, "agreed", "at")?)));
    rows.iter().map(one).collect()
}

/// On which occasions each pair was asked to agree.
pub(super) async fn openings(conn: &mut Conn, person: &PersonId) -> Result<BTreeMap<PairId, Vec<Opening>>> {
    let rows = sqlx::query(
        "select agreement_opening.pair_id, agreement_opening.opening as word
        from pair
        join agreement_opening on agreement_opening.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    words(&rows, "agreement_opening")
}

/// Which surveys each pair was asked.
pub(super) async fn surveys(conn: &mut Conn, person: &PersonId) -> Result<BTreeMap<PairId, Vec<Point>>> {
    let rows = sqlx::query(
        "select survey.pair_id, survey.point as word
        from pair
        join survey on survey.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    words(&rows, "survey")
}

fn words<T: FromStr>(rows: &[Row], table: &'static str) -> Result<BTreeMap<PairId, Vec<T>>> {
    let mut all: BTreeMap<PairId, Vec<T>> = BTreeMap::new();
    for row in rows {
        let one = rows::word(row, table, "word", |word| word.parse().ok())?;
        all.entry(id(row, table, "pair_id")?).or_default().push(one);
    }
    Ok(all)
}

pub(super) type Given = (QuestionId, u8, DateTime<Utc>);

/// What the person answered, of each pair. Nobody else's answers are read here.
pub(super) async fn answers(
    conn: &mut Conn,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<BTreeMap<PairId, Vec<Given>>> {
    let rows = sqlx::query(
        "select pulse.pair_id, answer.question_id, answer.value, answer.at
        from answer
        join pulse on pulse.pulse_id = answer.pulse_id
        where answer.person_id = $1
            and answer.at >= $2",
    )
    .bind(person.as_str())
    .bind(ms(now - TimeDelta::days(ANSWERS)))
    .fetch_all(conn)
    .await?;
    let mut answers: BTreeMap<PairId, Vec<Given>> = BTreeMap::new();
    for row in &rows {
        let given = (id(row, "answer", "question_id")?, number(row, "answer", "value")?, time(row, "answer", "at")?);
        answers.entry(id(row, "pulse", "pair_id")?).or_default().push(given);
    }
    Ok(answers)
}

/// Programmes whose newest released comparison says that mentors rate feedback higher than mentees do.
pub(super) async fn feedback_gaps(conn: &mut Conn, person: &PersonId) -> Result<BTreeMap<String, DateTime<Utc>>> {
    let rows = sqlx::query(
        "select comparison.program_id, comparison.cutoff
        from comparison
        where comparison.indicator = 'feedback'
            and comparison.higher = 'mentor'
            and comparison.program_id in (select pair.program_id from pair
                where pair.mentor_id = $1
                    and pair.ended is null)
            and comparison.cutoff = (select max(newest.cutoff)
                from comparison newest
                where newest.program_id = comparison.program_id
                    and newest.indicator = comparison.indicator)",
    )
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "comparison", "program_id")?, time(row, "comparison", "cutoff")?))).collect()
}
