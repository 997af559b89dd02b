//! What a nudge says now.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Result;

use super::super::nudges::{nudge_columns, nudged};
use super::super::rows::{self, id, number, pair_columns, raw, time_if};
use super::super::{Conn, pauses};
use crate::core::cadence::civil;
use crate::core::content::NudgePage;
use crate::core::id::{NudgeId, PersonId};
use crate::core::nudge::Reaction;

/// A nudge, or its second coming on `day`; `None` when it was held back, when the pair has ended or is paused, or when one
/// of the two is out.
pub async fn page(conn: &mut Conn, nudge: &NudgeId, day: NaiveDate, now: DateTime<Utc>) -> Result<Option<NudgePage>> {
    let row = sqlx::query(concat!(
        "select ",
        nudge_columns!(),
        ", nudge.days, nudge.person_id, ",
        pair_columns!(),
        ", program.settings,
            (select agreed.rhythm from agreed
                where agreed.pair_id = nudge.pair_id
                    and agreed.at <= nudge.due
                order by agreed.at desc limit 1) as rhythm,
            partner.person_id as partner_id, partner.name as partner_name,
            (select max(participation.declined) from participation
                where participation.program_id = pair.program_id
                    and participation.person_id in (pair.mentor_id, pair.mentee_id)) as declined,
            (select count(*) from participation
                where participation.person_id = nudge.person_id) as programs
        from nudge
        join pair on pair.pair_id = nudge.pair_id
        join program on program.program_id = pair.program_id
        join person partner on partner.person_id = case
            when pair.mentee_id = nudge.person_id then pair.mentor_id
            else pair.mentee_id
        end
        where nudge.nudge_id = $1
            and nudge.held = 0
            and pair.ended is null"
    ))
    .bind(nudge.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (found, pair, program) = (nudged(&row)?, rows::pair(&row)?, rows::program(&row)?);
    let again = found.day != day;
    if again && found.again.is_none() {
        return Ok(None);
    }
    if time_if(&row, "participation", "declined")?.is_some() {
        return Ok(None);
    }
    let paused = pauses::spans_of_pair(conn, &pair.id).await?;
    if paused.iter().any(|span| span.is_on(program.zone, now)) {
        return Ok(None);
    }
    let first = pair.starts.max(program.starts);
    let week = |day: NaiveDate| u32::try_from((day - first).num_weeks()).unwrap_or(0) + 1;
    // "Tomorrow" takes the buttons from the message that it was said to, and leaves them on the one that comes.
    let said = found.reaction.filter(|said| *said != Reaction::Tomorrow || found.again != Some(day));
    Ok(Some(NudgePage {
        nudge: found.id,
        kind: found.kind,
        pair: pair.id,
        program_name: (number::<i64>(&row, "participation", "programs")? > 1).then(|| program.name.clone()),
        partner: id::<PersonId>(&row, "person", "partner_id")?,
        partner_name: raw(&row, "person", "partner_name")?,
        episode: found.episode,
        days: number(&row, "nudge", "days")?,
        // As it was when the nudge was decided.
        rhythm: raw::<Option<i64>>(&row, "agreed", "rhythm")?
            .and_then(|rhythm| u32::try_from(rhythm).ok())
            .unwrap_or(u32::from(program.rhythm)),
        week: week(civil(program.zone, found.due).date()),
        weeks: program.ends.map(week),
        reaction: said,
        again,
    }))
}
