//! The words of goals and how sure mentees felt: whoever calls this says for whom, and asks for their pairs only.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::super::rows::{self, Row, date_if, id, ms, number, raw, time, time_if, word};
use super::super::{Conn, Engine};
use super::{goal_row, skill_row, state, step_row};
use crate::core::goal::{Confidence, Goal, GoalStep, When, Words};
use crate::core::id::{GoalId, PairId};
use crate::store::vault::Vault;

/// Goals of one look, of all pairs together: three open ones and some past ones of each.
const GOALS: i64 = 2_000;

/// The words of a goal, for a message to one of its pair; `None` when it is gone.
pub async fn title(conn: &mut Conn, vault: &Vault, goal: &GoalId) -> Result<Option<String>> {
    let sealed: Option<String> = sqlx::query_scalar("select sealed from goal where goal_id = $1")
        .bind(goal.as_str())
        .fetch_optional(conn)
        .await?;
    sealed.map(|sealed| vault.open(&goal_row(goal), &sealed).map_err(rows::sealed)).transpose()
}

/// Whose words are opened, and since when goals that are over are wanted too.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub pairs: &'a [PairId],
    /// `None`: open ones only.
    pub over_since: Option<DateTime<Utc>>,
}

/// Goals of these pairs, oldest first.
pub async fn of_pairs(conn: &mut Conn, vault: &Vault, wanted: Wanted<'_>) -> Result<Vec<Goal>> {
    if wanted.pairs.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select goal.goal_id, goal.pair_id, goal.sealed, goal.skill_sealed, goal.by_day, goal.set_at, goal.written,
            goal.state, goal.state_at, (
                select max(goal_move.at)
                from goal_move
                where goal_move.goal_id = goal.goal_id
                    and goal_move.withdrawn is null) as moved
        from goal
        where (goal.state = 'open' or goal.state_at >= ",
    );
    select.push_bind(wanted.over_since.map_or(i64::MAX, ms)).push(") and goal.pair_id in (");
    let mut list = select.separated(", ");
    for pair in wanted.pairs {
        list.push_bind(pair.as_str());
    }
    select.push(") order by goal.set_at, goal.goal_id limit ").push_bind(GOALS);
    let rows = select.build().persistent(false).fetch_all(&mut *conn).await?;
    let mut goals: Vec<Goal> = rows.iter().map(|row| goal(row, vault)).collect::<Result<_>>()?;
    let mut steps = steps_of(conn, vault, &goals).await?;
    for goal in &mut goals {
        goal.steps = steps.remove(&goal.id).unwrap_or_default();
    }
    Ok(goals)
}

fn goal(row: &Row, vault: &Vault) -> Result<Goal> {
    let goal: GoalId = id(row, "goal", "goal_id")?;
    let open = |row: &str, sealed: &str| vault.open(row, sealed).map_err(rows::sealed);
    let skill: Option<&str> = raw(row, "goal", "skill_sealed")?;
    let set = time(row, "goal", "set_at")?;
    Ok(Goal {
        pair: id(row, "goal", "pair_id")?,
        words: Words {
            title: open(&goal_row(&goal), raw(row, "goal", "sealed")?)?,
            skill: skill.map(|skill| open(&skill_row(&goal), skill)).transpose()?,
        },
        steps: Vec::new(),
        by: date_if(row, "goal", "by_day")?,
        state: state(row)?,
        set,
        moved: time_if(row, "goal", "moved")?.unwrap_or(set),
        state_at: time(row, "goal", "state_at")?,
        written: time(row, "goal", "written")?,
        id: goal,
    })
}

async fn steps_of(conn: &mut Conn, vault: &Vault, goals: &[Goal]) -> Result<HashMap<GoalId, Vec<GoalStep>>> {
    let mut steps: HashMap<GoalId, Vec<GoalStep>> = HashMap::new();
    if goals.is_empty() {
        return Ok(steps);
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select goal_id, n, sealed, done from goal_step where removed is null and goal_id in (",
    );
    let mut list = select.separated(", ");
    for goal in goals {
        list.push_bind(goal.id.as_str());
    }
    select.push(") order by goal_id, place");
    for row in &select.build().persistent(false).fetch_all(conn).await? {
        let (goal, n): (GoalId, u16) = (id(row, "goal_step", "goal_id")?, number(row, "goal_step", "n")?);
        let sealed: &str = raw(row, "goal_step", "sealed")?;
        let words = vault.open(&step_row(&goal, n), sealed).map_err(rows::sealed)?;
        steps.entry(goal).or_default().push(GoalStep { n, words, done: time_if(row, "goal_step", "done")? });
    }
    Ok(steps)
}

/// What the mentees of these pairs said of how sure they feel, by goal and time. For the mentee alone.
pub async fn confidence(conn: &mut Conn, pairs: &[PairId]) -> Result<Vec<Confidence>> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select goal_confidence.goal_id, goal_confidence.asked, goal_confidence.value, goal_confidence.at
        from goal
        join goal_confidence on goal_confidence.goal_id = goal.goal_id
        where goal.pair_id in (",
    );
    let mut list = select.separated(", ");
    for pair in pairs {
        list.push_bind(pair.as_str());
    }
    select.push(") order by goal_confidence.at, goal_confidence.goal_id, goal_confidence.asked");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    let one = |row: &Row| {
        Ok(Confidence {
            goal: id(row, "goal_confidence", "goal_id")?,
            when: word(row, "goal_confidence", "asked", |name| name.parse::<When>().ok())?,
            value: number(row, "goal_confidence", "value")?,
            at: time(row, "goal_confidence", "at")?,
        })
    };
    rows.iter().map(one).collect()
}
