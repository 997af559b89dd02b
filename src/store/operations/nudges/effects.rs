//! Whether kinds of nudge help, as it was looked at in a workspace, and what a digest says of them.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::super::rows::{id, ms, number, raw, time, time_if, unclear};
use super::super::{Conn, export};
use crate::core::id::{ProgramId, WorkspaceId};
use crate::core::nudge::Kind;
use crate::core::nudge::effect::{self, Arm, Counts, Look, Verdict};
use crate::core::scoring::window::{KindLook, NudgeRows};
use crate::store::exported::NudgeLine;

async fn judged(conn: &mut Conn, workspace: &WorkspaceId, kind: Kind, look: &Look, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "insert into judgement (workspace_id, kind, mark, value, at)
        values ($1, $2, $3, $4, $5)
        on conflict (workspace_id, kind, mark) do nothing",
    )
    .bind(workspace.as_str())
    .bind(kind.as_str())
    .bind(i64::from(look.at))
    .bind(serde_json::to_string(look).expect("a look is numbers"))
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A coordinator has the kind sent again.
pub async fn revived(conn: &mut Conn, workspace: &WorkspaceId, kind: Kind, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update judgement
        set revived = $3
        where workspace_id = $1
            and kind = $2
            and revived is null
            and mark = (select max(newest.mark)
                from judgement newest
                where newest.workspace_id = $1
                    and newest.kind = $2)",
    )
    .bind(workspace.as_str())
    .bind(kind.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Episodes of each measured kind whose outcome was known by then, in both arms. The two of a pair are one episode.
async fn counts(conn: &mut Conn, workspace: &WorkspaceId, until: DateTime<Utc>) -> Result<Vec<(Kind, Counts)>> {
    let rows = sqlx::query(
        "select episode.kind, episode.held, count(*) as episodes, cast(sum(episode.good) as bigint) as good
        from (
            select nudge.kind, nudge.pair_id, nudge.episode, nudge.held, max(nudge.outcome) as good
            from nudge
            join pair on pair.pair_id = nudge.pair_id
            join program on program.program_id = pair.program_id
            where program.workspace_id = $1
                and nudge.measured = 1
                and nudge.outcome is not null
                and nudge.ended <= $2
            group by nudge.kind, nudge.pair_id, nudge.episode, nudge.held) as episode
        group by episode.kind, episode.held
        order by episode.kind, episode.held",
    )
    .bind(workspace.as_str())
    .bind(ms(until))
    .fetch_all(conn)
    .await?;
    let mut counts: Vec<(Kind, Counts)> = Vec::new();
    for row in &rows {
        let Ok(kind) = raw::<&str>(row, "nudge", "kind")?.parse::<Kind>() else { continue };
        let arm = Arm { of: number(row, "nudge", "episodes")?, good: number(row, "nudge", "good")? };
        if counts.last().is_none_or(|(last, _)| *last != kind) {
            counts.push((kind, Counts::default()));
        }
        if let Some((_, of_kind)) = counts.last_mut() {
            match raw::<i64>(row, "nudge", "held")? {
                0 => of_kind.sent = arm,
                _ => of_kind.held = arm,
            }
        }
    }
    Ok(counts)
}

/// Looks at each kind that has come to its next mark, and keeps what that shows. Always true: the digest goes on.
pub async fn judge(conn: &mut Conn, workspace: &WorkspaceId, cutoff: DateTime<Utc>) -> Result<bool> {
    let before = looks(conn, workspace, DateTime::<Utc>::MAX_UTC).await?;
    for (kind, counts) in counts(conn, workspace, cutoff).await? {
        let last = before.iter().find(|one| one.kind == kind);
        let is_retired = last.is_some_and(|one| one.look.verdict == Some(Verdict::Retired) && !one.revived);
        if let Some(mark) = effect::due(last.map_or(0, |one| one.look.at), counts).filter(|_| !is_retired) {
            judged(conn, workspace, kind, &effect::look(mark, counts), cutoff).await?;
        }
    }
    Ok(true)
}

/// What a digest says of nudges.
pub async fn window(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<NudgeRows> {
    let rows = sqlx::query(
        "select nudge.pair_id, nudge.person_id
        from pair
        join nudge on nudge.pair_id = pair.pair_id
        where pair.program_id = $1
            and nudge.held = 0
            and nudge.dropped is null
            and nudge.due > $2
            and nudge.due <= $3
        order by nudge.pair_id, nudge.person_id",
    )
    .bind(program.as_str())
    .bind(ms(cutoff - TimeDelta::weeks(1)))
    .bind(ms(cutoff))
    .fetch_all(&mut *conn)
    .await?;
    let sent = |row| Ok((id(row, "nudge", "pair_id")?, id(row, "nudge", "person_id")?));
    let workspace = program.workspace();
    let counts = counts(conn, &workspace, cutoff).await?;
    Ok(NudgeRows {
        sent: rows.iter().map(sent).collect::<Result<_>>()?,
        collected: counts.into_iter().map(|(kind, counts)| (kind, counts.all())).collect(),
        looks: looks(conn, &workspace, cutoff).await?,
    })
}

/// What the newest look at each kind says, unless a coordinator took it back.
pub async fn verdicts(conn: &mut Conn, workspace: &WorkspaceId) -> Result<Vec<(Kind, Verdict)>> {
    let looks = looks(conn, workspace, DateTime::<Utc>::MAX_UTC).await?;
    let holds = |one: KindLook| Some((one.kind, one.look.verdict.filter(|_| !one.revived)?));
    Ok(looks.into_iter().filter_map(holds).collect())
}

/// The newest look at each kind up to then, and whether a coordinator took its verdict back.
async fn looks(conn: &mut Conn, workspace: &WorkspaceId, until: DateTime<Utc>) -> Result<Vec<KindLook>> {
    let rows = sqlx::query(
        "select judgement.kind, judgement.value, judgement.at, judgement.revived
        from judgement
        where judgement.workspace_id = $1
            and judgement.mark = (select max(newest.mark)
                from judgement newest
                where newest.workspace_id = judgement.workspace_id
                    and newest.kind = judgement.kind
                    and newest.at <= $2)
        order by judgement.kind",
    )
    .bind(workspace.as_str())
    .bind(ms(until))
    .fetch_all(conn)
    .await?;
    let mut looks = Vec::with_capacity(rows.len());
    for row in &rows {
        let Ok(kind) = raw::<&str>(row, "judgement", "kind")?.parse() else { continue };
        let look = serde_json::from_str(raw(row, "judgement", "value")?);
        let look = look.map_err(|error| unclear("judgement", "value", error))?;
        let revived = raw::<Option<i64>>(row, "judgement", "revived")?.is_some();
        looks.push(KindLook { kind, look, at: time(row, "judgement", "at")?, revived });
    }
    Ok(looks)
}

/// Every look, oldest first.
pub async fn exported(conn: &mut Conn, workspace: &WorkspaceId) -> Result<Vec<NudgeLine>> {
    let rows = sqlx::query(
        "select kind, mark, value, at, revived
        from judgement
        where workspace_id = $1
        order by at, kind, mark",
    )
    .bind(workspace.as_str())
    .fetch_all(conn)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let Ok(kind) = raw::<&str>(row, "judgement", "kind")?.parse() else { continue };
        let look: Look = serde_json::from_str(raw(row, "judgement", "value")?)
            .map_err(|error| unclear("judgement", "value", error))?;
        let (sent, held) = (look.counts.sent, look.counts.held);
        lines.push(NudgeLine {
            kind,
            mark: look.at,
            at: export::text(time(row, "judgement", "at")?),
            sent_good: sent.good,
            sent: sent.of,
            held_good: held.good,
            held: held.of,
            effect: look.effect,
            from: look.from,
            until: look.until,
            verdict: look.verdict,
            revived: time_if(row, "judgement", "revived")?.map(export::text),
        });
    }
    Ok(lines)
}
