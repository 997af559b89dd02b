//! Goals of pairs: their words, sealed, their steps, each time that they moved, and how sure the mentee felt.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{QueryBuilder, Result};

use super::rows::{self, Row, date_if, id, ms, number, raw, time, time_if, word};
use super::{Conn, Engine};
use crate::core::goal::{Confidence, Goal, GoalChange, GoalFacts, GoalState, GoalStep, Movement, When, Words};
use crate::core::id::{GoalId, PairId, ProgramId};
use crate::core::scoring::record::Moves;
use crate::store::vault::Vault;

/// Goals of one look, of all pairs together: three open ones and some past ones of each.
const GOALS: i64 = 2_000;

/// The row keys that words are sealed with.
fn goal_row(goal: &GoalId) -> String {
    format!("goal:{goal}")
}

fn skill_row(goal: &GoalId) -> String {
    format!("goal-skill:{goal}")
}

fn step_row(goal: &GoalId, n: u16) -> String {
    format!("goal-step:{goal}:{n}")
}

/// Writes one fact; whether it was new.
pub async fn write(conn: &mut Conn, vault: &Vault, change: &GoalChange) -> Result<bool> {
    match change {
        GoalChange::Written { goal } => written(conn, vault, goal).await,
        GoalChange::Moved { pair, goal, at } => movement(conn, pair, goal, Movement::Moved, 0, *at).await,
        GoalChange::Stepped { pair, goal, n, done, at } => stepped(conn, pair, goal, *n, *done, *at).await,
        GoalChange::Stands { pair, goal, state, at } => stands(conn, pair, goal, *state, *at).await,
        GoalChange::Rated { confidence } => rated(conn, confidence).await,
    }
}

/// The words of a goal and its steps; of two writings the later counts.
async fn written(conn: &mut Conn, vault: &Vault, goal: &Goal) -> Result<bool> {
    let skill = goal.words.skill.as_ref().map(|skill| vault.seal(&skill_row(&goal.id), skill));
    let done = sqlx::query(
        "insert into goal (goal_id, pair_id, sealed, skill_sealed, by_day, set_at, written, state, state_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $6)
        on conflict (goal_id) do update
        set sealed = excluded.sealed,
            skill_sealed = excluded.skill_sealed,
            by_day = excluded.by_day,
            written = excluded.written
        where excluded.written > goal.written",
    )
    .bind(goal.id.as_str())
    .bind(goal.pair.as_str())
    .bind(vault.seal(&goal_row(&goal.id), &goal.words.title))
    .bind(skill)
    .bind(goal.by.map(|by| by.to_string()))
    .bind(ms(goal.set))
    .bind(ms(goal.written))
    .bind(GoalState::Open.as_str())
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if goal.set == goal.written {
        movement(conn, &goal.pair, &goal.id, Movement::Set, 0, goal.set).await?;
    }
    steps(conn, vault, goal).await?;
    Ok(true)
}

/// The steps as they are now; what is not among them any more is left out.
async fn steps(conn: &mut Conn, vault: &Vault, goal: &Goal) -> Result<()> {
    sqlx::query("update goal_step set removed = $2 where goal_id = $1 and removed is null")
        .bind(goal.id.as_str())
        .bind(ms(goal.written))
        .execute(&mut *conn)
        .await?;
    for (step, place) in goal.steps.iter().zip(1_i64..) {
        sqlx::query(
            "insert into goal_step (goal_id, n, place, sealed)
            values ($1, $2, $3, $4)
            on conflict (goal_id, n) do update
            set place = excluded.place,
                removed = null",
        )
        .bind(goal.id.as_str())
        .bind(i64::from(step.n))
        .bind(place)
        .bind(vault.seal(&step_row(&goal.id, step.n), &step.words))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

async fn movement(
    conn: &mut Conn,
    pair: &PairId,
    goal: &GoalId,
    kind: Movement,
    n: u16,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into goal_move (goal_id, pair_id, at, kind, n)
        values ($1, $2, $3, $4, $5)
        on conflict (goal_id, kind, n, at) do nothing",
    )
    .bind(goal.as_str())
    .bind(pair.as_str())
    .bind(ms(at))
    .bind(kind.as_str())
    .bind(i64::from(n))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What was taken back was no movement.
async fn withdrawn(conn: &mut Conn, goal: &GoalId, kind: Movement, n: u16, at: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update goal_move
        set withdrawn = $4
        where goal_id = $1
            and kind = $2
            and n = $3
            and at <= $4
            and withdrawn is null",
    )
    .bind(goal.as_str())
    .bind(kind.as_str())
    .bind(i64::from(n))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// A step is done, or is not after all; the later word counts.
async fn stepped(conn: &mut Conn, pair: &PairId, goal: &GoalId, n: u16, done: bool, at: DateTime<Utc>) -> Result<bool> {
    let changed = sqlx::query(
        "update goal_step
        set done = case when $3 = 1 then $4 end,
            said = $4
        where goal_id = $1
            and n = $2
            and said <= $4
            and ($3 = 1) <> (done is not null)",
    )
    .bind(goal.as_str())
    .bind(i64::from(n))
    .bind(i64::from(done))
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    if done {
        movement(conn, pair, goal, Movement::Step, n, at).await?;
    } else {
        withdrawn(conn, goal, Movement::Step, n, at).await?;
    }
    Ok(true)
}

/// A goal is reached, dropped or open again; the later word counts.
async fn stands(conn: &mut Conn, pair: &PairId, goal: &GoalId, state: GoalState, at: DateTime<Utc>) -> Result<bool> {
    let changed = sqlx::query(
        "update goal
        set state = $2,
            state_at = $3
        where goal_id = $1
            and state_at <= $3
            and state <> $2",
    )
    .bind(goal.as_str())
    .bind(state.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    if state == GoalState::Reached {
        movement(conn, pair, goal, Movement::Reached, 0, at).await?;
    } else {
        withdrawn(conn, goal, Movement::Reached, 0, at).await?;
    }
    Ok(true)
}

/// How sure the mentee feels; the later word counts.
async fn rated(conn: &mut Conn, confidence: &Confidence) -> Result<bool> {
    let done = sqlx::query(
        "insert into goal_confidence (goal_id, asked, value, at)
        values ($1, $2, $3, $4)
        on conflict (goal_id, asked) do update
        set value = excluded.value,
            at = excluded.at
        where excluded.at >= goal_confidence.at
            and (excluded.at <> goal_confidence.at or excluded.value <> goal_confidence.value)",
    )
    .bind(confidence.goal.as_str())
    .bind(confidence.when.as_str())
    .bind(i64::from(confidence.value))
    .bind(ms(confidence.at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What is known of a pair's goals without their words, for planning and nudges.
pub async fn facts(conn: &mut Conn, pair: &PairId) -> Result<GoalFacts> {
    let rows = sqlx::query(
        "select goal.goal_id, goal.state, coalesce(max(goal_move.at), goal.set_at) as moved
        from goal
        left join goal_move on goal_move.goal_id = goal.goal_id
            and goal_move.withdrawn is null
        where goal.pair_id = $1
        group by goal.goal_id, goal.state, goal.set_at
        order by moved, goal.goal_id",
    )
    .bind(pair.as_str())
    .fetch_all(conn)
    .await?;
    let mut facts = GoalFacts::default();
    for row in &rows {
        facts.add(id(row, "goal", "goal_id")?, state(row)?, time(row, "goal", "moved")?);
    }
    Ok(facts)
}

/// How the goals of a programme's pairs moved, as it was known at the cut-off: what was taken back later still counts.
pub async fn moves(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Vec<(PairId, Moves)>> {
    let rows = sqlx::query(
        "select pair.pair_id, max(goal_move.at) as moved,
            cast(sum(case when goal_move.kind = 'set' and goal_move.at > $3 then 1 else 0 end) as bigint) as newly_set,
            cast(sum(case when goal_move.kind = 'reached' and goal_move.at > $3 then 1 else 0 end) as bigint) as reached
        from pair
        join goal_move on goal_move.pair_id = pair.pair_id
        where pair.program_id = $1
            and goal_move.at <= $2
            and (goal_move.withdrawn is null or goal_move.withdrawn > $2)
        group by pair.pair_id",
    )
    .bind(program.as_str())
    .bind(ms(cutoff))
    .bind(ms(cutoff - TimeDelta::weeks(1)))
    .fetch_all(conn)
    .await?;
    let one = |row: &Row| {
        let moves = Moves {
            last: Some(time(row, "goal_move", "moved")?),
            set: number(row, "goal_move", "newly_set")?,
            reached: number(row, "goal_move", "reached")?,
        };
        Ok((id(row, "pair", "pair_id")?, moves))
    };
    rows.iter().map(one).collect()
}

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

fn state(row: &Row) -> Result<GoalState> {
    word(row, "goal", "state", |name| name.parse().ok())
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
