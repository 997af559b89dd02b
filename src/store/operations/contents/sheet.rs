//! The numbers of a digest's pairs, for a file: in three statements whatever the number of pairs.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, TimeDelta, Utc};
use sqlx::Result;

use super::super::rows::{self, Row, id, ms, number, raw, time_if};
use super::super::{Conn, digests, evaluations, pauses, programs};
use crate::core::cadence::civil;
use crate::core::content::{Sheet, SheetRow};
use crate::core::id::{DigestId, PairId, PersonId, ProgramId};
use crate::core::question::Role;
use crate::core::scoring::digest::Rate;
use crate::core::scoring::record::Weekly;
use crate::core::scoring::trend;

/// The sheet of this digest as `reader` may have it: without a pair of their own. `None` when the digest is gone.
pub async fn sheet(conn: &mut Conn, digest: &DigestId, reader: &PersonId) -> Result<Option<Sheet>> {
    let Some(digest) = digests::load(conn, digest).await? else { return Ok(None) };
    let Some(program) = programs::find(conn, &digest.program).await? else { return Ok(None) };
    let (cutoff, zone) = (digest.cutoff, program.zone);
    let looks = evaluations::at(conn, &program.id, cutoff).await?;
    let paused = pauses::of_program(conn, &program, cutoff).await?;
    let answered = answered(conn, &program.id, cutoff).await?;
    let day = civil(zone, cutoff).date();
    let mut sheet = Vec::new();
    for row in &pairs(conn, &program.id, reader, cutoff).await? {
        let pair: PairId = id(row, "pair", "pair_id")?;
        let spans = paused.get(&pair).map(Vec::as_slice).unwrap_or_default();
        let until = spans.iter().filter(|span| span.is_on(zone, cutoff)).map(|span| span.until).max();
        let (look, before) = looks.get(&pair).cloned().unwrap_or_default();
        // Numbers of other rules are not compared.
        let is_same =
            |before: &Weekly| look.as_ref().is_some_and(|look| look.evaluation.rules == before.evaluation.rules);
        let before = before.filter(is_same);
        // What is neither looked at nor paused does not run: it has not begun, has ended, or nobody is asked.
        if look.is_none() && until.is_none() {
            continue;
        }
        let shown = |week: &Weekly| week.evaluation.ready.then_some(week.evaluation.health.value);
        let (now, then) = (look.as_ref().and_then(shown), before.as_ref().and_then(shown));
        let four_weeks = match (&look, &before) {
            (Some(look), Some(before)) => look.number - before.number >= 4,
            _ => false,
        };
        sheet.push(SheetRow {
            mentee: raw(row, "person", "mentee_name")?,
            mentor: raw(row, "person", "mentor_name")?,
            paused_until: until,
            trend: look
                .as_ref()
                .zip(now.zip(then))
                .filter(|_| four_weeks)
                .map(|(look, (now, then))| trend::of(look.evaluation.rules, now, then)),
            before: before.as_ref().filter(|_| now.is_some()).map(|week| week.evaluation.health.value),
            evaluation: look.map(|look| look.evaluation),
            last_met: time_if(row, "met", "last_met")?.map(|at| civil(zone, at).date()),
            answered: Role::ALL.map(|role| answered.get(&(pair.clone(), role)).copied().unwrap_or_default()),
            pair,
        });
    }
    Ok(Some(Sheet {
        slug: program.id.slug().to_owned(),
        until: day - Days::new(1),
        program_name: program.name,
        rows: sheet,
    }))
}

async fn pairs(conn: &mut Conn, program: &ProgramId, reader: &PersonId, cutoff: DateTime<Utc>) -> Result<Vec<Row>> {
    sqlx::query(
        "select pair.pair_id, mentee.name as mentee_name, mentor.name as mentor_name,
            (select max(met.at) from met where met.pair_id = pair.pair_id and met.at <= $3) as last_met
        from pair
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.program_id = $1
            and pair.mentee_id <> $2
            and pair.mentor_id <> $2
            and (pair.ended is null or pair.ended > $3)
        order by mentee.name, mentor.name, pair.pair_id",
    )
    .bind(program.as_str())
    .bind(reader.as_str())
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await
}

/// Answered of asked over the four weeks before, for each pair and side; skipped and folded ones are in neither.
async fn answered(
    conn: &mut Conn,
    program: &ProgramId,
    cutoff: DateTime<Utc>,
) -> Result<BTreeMap<(PairId, Role), Rate>> {
    let rows = sqlx::query(
        "select pulse.pair_id, ask.role, count(*) as asked, count(ask.answered) as answered
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        join ask on ask.pulse_id = pulse.pulse_id
        where pair.program_id = $1
            and pulse.closed > $2
            and pulse.closed <= $3
            and ask.skipped is null
            and ask.folded is null
        group by pulse.pair_id, ask.role",
    )
    .bind(program.as_str())
    .bind(ms(cutoff - TimeDelta::weeks(4)))
    .bind(ms(cutoff))
    .fetch_all(conn)
    .await?;
    let rate = |row: &Row| {
        let rate = Rate { answered: number(row, "ask", "answered")?, asked: number(row, "ask", "asked")? };
        Ok(((id(row, "pulse", "pair_id")?, rows::role(row)?), rate))
    };
    rows.iter().map(rate).collect()
}
