//! What is known of goals without their words: for planning, nudges, scoring and the digest.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::rows::{Row, id, ms, number, time};
use super::state;
use crate::core::goal::GoalFacts;
use crate::core::id::{PairId, ProgramId};
use crate::core::scoring::record::Moves;

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
