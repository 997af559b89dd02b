//! Who was asked nothing in a week, because of a pause, because they were away, or because they want it so.

use chrono::{DateTime, Days, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::rows::{id, ms, role};
use crate::core::cadence::{civil, instant};
use crate::core::id::PairId;
use crate::core::program::Program;
use crate::core::question::Role;

/// The sides of pairs that were asked nothing in the seven days before the day of `cutoff`, as it was known then.
pub async fn resting(conn: &mut Conn, program: &Program, cutoff: DateTime<Utc>) -> Result<Vec<(PairId, Role)>> {
    let today = civil(program.zone, cutoff).date();
    let first = today - Days::new(7);
    let rows = sqlx::query(
        "select pair.pair_id, case when person.person_id = pair.mentee_id then 'mentee' else 'mentor' end as role
        from pair
        join person on person.person_id in (pair.mentee_id, pair.mentor_id)
        left join rest on rest.person_id = person.person_id
        where pair.program_id = $1
            and (pair.ended is null or pair.ended > $2)
            and ((rest.pace = 'never' and rest.said <= $2)
                or exists (
                    select 1
                    from pause
                    where (pause.pair_id = pair.pair_id or pause.person_id = person.person_id)
                        and pause.at <= $2
                        and pause.from_day < $4
                        and pause.until_day > $3
                        and pause.from_day < pause.until_day))
            and not exists (
                select 1
                from pulse
                join ask on ask.pulse_id = pulse.pulse_id
                where pulse.pair_id = pair.pair_id
                    and ask.person_id = person.person_id
                    and ask.folded is null
                    and ask.due >= $5
                    and ask.due < $2)
        order by pair.pair_id, role",
    )
    .bind(program.id.as_str())
    .bind(ms(cutoff))
    .bind(first.to_string())
    .bind(today.to_string())
    .bind(ms(instant(program.zone, first.into())))
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((id(row, "pair", "pair_id")?, role(row)?))).collect()
}
