//! Goals of pairs: their words, sealed, their steps, each time that they moved, and how sure the mentee felt.

mod numbers;
mod read;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::{Row, ms, word};
use crate::core::goal::{Confidence, Goal, GoalChange, GoalState, Movement};
use crate::core::id::{GoalId, PairId};
use crate::store::vault::Vault;

pub use numbers::{facts, moves};
pub use read::{Wanted, confidence, of_pairs, title};

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

pub fn state(row: &Row) -> Result<GoalState> {
    word(row, "goal", "state", |name| name.parse().ok())
}
