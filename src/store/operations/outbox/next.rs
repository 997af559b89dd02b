//! When delivery has to wake again.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::super::super::claim_time;
use super::super::Conn;
use crate::store::options::ClaimClock;

/// What waits to be sent by whoever claims it.
macro_rules! waiting {
    ($($and:tt)*) => {
        concat!(
            "outbox
    where due is not null
        and shown < wanted
        and dead is null
        and place not like 'reply:%'
        and workspace_id in (select workspace_id from workspace where stopped is null)
        ",
            $($and)*
        )
    };
}

/// The method that a row needs, as where it is claimed.
macro_rules! method {
    () => {
        "case
            when place like 'home:%' then 'views.publish'
            when place like 'channel:%' then 'chat.delete'
            when channel is null then 'chat.postMessage'
            else 'chat.update'
        end"
    };
}

/// The first that nothing holds back but its own time. These are the conditions of a claim, each for all rows at once.
const FIRST: &str = concat!(
    "select due
    from ",
    waiting!(
        "and place not in (select place from outbox where claimed >= $2 and claimed > 0 and due is not null)
        and (workspace_id, place) not in (select workspace_id, name from throttle where free > $1)
        and (workspace_id, ",
        method!(),
        ") not in (select workspace_id, name from throttle where free > $1)
    order by due
    limit 1"
    )
);

/// When the first of those who hold something has to let it go.
const RELEASED: &str = concat!("select min(claimed) from ", waiting!("and claimed >= $1 and claimed > 0"));

/// When the first place or method that something waits for is free.
const FREE: &str = concat!(
    "select min(free)
    from throttle
    where free > $1
        and (
            exists (
                select 1
                from ",
    waiting!("and workspace_id = throttle.workspace_id and place = throttle.name"),
    ")
            or throttle.name in ('chat.postMessage', 'chat.update', 'chat.delete', 'views.publish')
            and exists (
                select 1
                from ",
    waiting!("and workspace_id = throttle.workspace_id and throttle.name = ", method!()),
    "))"
);

/// When to look again whether something can be claimed: when the time of a message comes that nobody sends, or something
/// ends that holds one back. `None` when nothing waits.
///
/// What ends may free nothing yet, because something else holds it too; it is never too late, and never now for nothing.
pub async fn next_due(conn: &mut Conn, clock: ClaimClock, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let now = now.timestamp_millis();
    let at = claim_time(conn, clock, DateTime::UNIX_EPOCH + TimeDelta::milliseconds(now)).await?;
    let first: Option<i64> = sqlx::query_scalar(FIRST).bind(now).bind(at).fetch_optional(&mut *conn).await?;
    let released: Option<i64> = sqlx::query_scalar(RELEASED).bind(at).fetch_one(&mut *conn).await?;
    let free: Option<i64> = sqlx::query_scalar(FREE).bind(now).fetch_one(conn).await?;
    // A claim is over one millisecond after its end.
    let released = released.map(|claimed| claimed - (at - now) + 1);
    let next = [first, released, free].into_iter().flatten().min();
    Ok(next.map(|ms| DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms)))
}
