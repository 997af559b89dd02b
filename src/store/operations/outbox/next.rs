//! When delivery has to wake again.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Result, Row};

use super::super::super::claim_time;
use super::super::Conn;
use crate::store::options::ClaimClock;

/// Rows that are looked at. When so many are held back the pace is what holds them, and it frees them all at once.
const LOOK: i64 = 200;

const HELD: &str = "
    select due, claimed,
        (select free from throttle where throttle.workspace_id = outbox.workspace_id and throttle.name = outbox.place),
        (select free
            from throttle
            where throttle.workspace_id = outbox.workspace_id
                and throttle.name = case
                    when place like 'home:%' then 'views.publish'
                    when place like 'channel:%' then 'chat.delete'
                    when channel is null then 'chat.postMessage'
                    else 'chat.update'
                end)
    from outbox
    where due is not null
        and shown < wanted
        and dead is null
        and place not like 'reply:%'
        and exists (
            select 1
            from workspace
            where workspace.workspace_id = outbox.workspace_id and workspace.stopped is null)
    order by due, name
    limit $1";

/// When the first message that nobody sends can be claimed: its time has come, its place and its method are free, and
/// its holder's claim is over. `None` when nothing waits.
pub async fn next_due(conn: &mut Conn, clock: ClaimClock, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let behind = claim_time(conn, clock, now).await? - now.timestamp_millis();
    let rows = sqlx::query(HELD).bind(LOOK).fetch_all(conn).await?;
    let mut first: Option<i64> = None;
    for row in &rows {
        let (due, claimed): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let (place, method): (Option<i64>, Option<i64>) = (row.try_get(2)?, row.try_get(3)?);
        // A claim is over one millisecond after its end.
        let released = if claimed > 0 { claimed - behind + 1 } else { 0 };
        let free = due.max(released).max(place.unwrap_or(0)).max(method.unwrap_or(0));
        first = Some(first.map_or(free, |first| first.min(free)));
    }
    Ok(first.map(|ms| DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms)))
}
