//! The question after a silence, and the word to the partner of somebody who paused the pair.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Result;

use super::super::{Conn, cases, pauses, people, rests};
use crate::core::cadence::civil;
use crate::core::content::{PairPaused, SilenceAsked};
use crate::core::id::{PairId, PersonId, ProgramId};
use crate::core::pause::{Of, Why};

/// What suits the person, as it was asked on `day`.
pub async fn silence(
    conn: &mut Conn,
    program: &ProgramId,
    person: &PersonId,
    day: NaiveDate,
) -> Result<Option<SilenceAsked>> {
    let asked = rests::newest_silence(conn, person).await?.filter(|silence| silence.day == day);
    Ok(asked.map(|asked| SilenceAsked { program: program.clone(), day, choice: asked.choice }))
}

/// Until when the pair is paused; `None` when it goes on already.
pub async fn pair_paused(conn: &mut Conn, pair: &PairId, now: DateTime<Utc>) -> Result<Option<PairPaused>> {
    let Some(case) = cases::pair_case(conn, pair).await? else { return Ok(None) };
    let today = civil(case.program.zone, now).date();
    let all = pauses::of_pair(conn, &case.pair).await?;
    let own = all.into_iter().filter(|pause| pause.why == Why::Own && matches!(pause.of, Of::Pair(_)));
    let Some(pause) = own.filter(|pause| pause.span.until > today).max_by_key(|pause| pause.span.until) else {
        return Ok(None);
    };
    let by: Vec<PersonId> = pause.by.into_iter().collect();
    let Some(by) = people::find(conn, &by).await?.pop() else { return Ok(None) };
    Ok(Some(PairPaused { pair: pair.clone(), by: by.name, program_name: case.program.name, until: pause.span.until }))
}
