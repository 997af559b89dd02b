//! A person's own time on App Home.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::super::super::{Conn, cases};
use crate::core::cadence::civil;
use crate::core::content::HomeRest;
use crate::core::id::PersonId;
use crate::core::pause::{Span, Why};

/// What the page says of it; `None` for who is in no pair.
pub(super) async fn rest(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<HomeRest>> {
    let Some(case) = cases::seen_rest(conn, person, now).await?.filter(|case| !case.pairs.is_empty()) else {
        return Ok(None);
    };
    let today = civil(case.person.zone, now).date();
    let is_paused = |pair: &&crate::core::case::RestPair| {
        let today = civil(pair.program.zone, now).date();
        pair.pauses.iter().any(|pause| pause.why == Why::Own && pause.span.from <= today && pause.span.until > today)
    };
    let paused = case.pairs.iter().filter(is_paused).map(|one| (one.pair.id.clone(), one.partner.name.clone()));
    let paused = paused.collect();
    let is_to_come = |span: &Span| span.until > today && span.from < span.until;
    let away: Vec<Span> = case.rest.away.iter().copied().filter(is_to_come).collect();
    let is_away = away.first().is_some_and(|span| span.from <= today);
    let out = case.rest.out.filter(|out| *out > now);
    Ok(Some(HomeRest { away, is_away, out, paused, rest: case.rest }))
}
