//! Takes due messages into this process's hands.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Result, Row};

use crate::core::event::Receipt;
use crate::core::id::{MessageKey, MessageName, WorkspaceId};
use crate::core::message::Message;
use crate::core::pace::Pace;
use crate::store::options::{ClaimClock, Paces};
use crate::store::outbox::{Claim, Claimed, Method};

use super::super::super::begin_claim;
use super::super::{Conn, throttle};

/// What may go now, in order. Not what somebody holds, not to a place where something is under way or just went, not
/// by a method that has to wait, not to a workspace that was stopped. A reply belongs to whoever took the tap.
const CANDIDATES: &str = "
    select name, workspace_id, place, channel
    from outbox as mine
    where due <= $1
        and claimed < $2
        and shown < wanted
        and dead is null
        and place not like 'reply:%'
        and not exists (
            select 1
            from outbox as held
            where held.place = mine.place and held.claimed >= $2 and held.claimed > 0 and held.due is not null)
        and not exists (
            select 1
            from throttle
            where throttle.workspace_id = mine.workspace_id and throttle.name = mine.place and throttle.free > $1)
        and not exists (
            select 1
            from throttle
            where throttle.workspace_id = mine.workspace_id
                and throttle.name = case
                    when mine.place like 'home:%' then 'views.publish'
                    when mine.place like 'channel:%' then 'chat.delete'
                    when mine.channel is null then 'chat.postMessage'
                    else 'chat.update'
                end
                and throttle.free > $1)
        and exists (
            select 1
            from workspace
            where workspace.workspace_id = mine.workspace_id and workspace.stopped is null)
    order by due, name
    limit $3";

/// A row that changed since it was looked at is left alone, above all one whose former holder settled it just now.
/// A holder that is still named did not settle: what it posted may stand in Slack.
const TAKE: &str = "
    update outbox
    set claimed = $3,
        holder = $4,
        attempts = attempts + 1,
        first_try = coalesce(first_try, $5),
        unsure = case
            when $6 = 1 and channel is null and holder is not null then coalesce(unsure, $5)
            else unsure
        end
    where name = $1
        and claimed < $2
        and due <= $5
        and shown < wanted
        and dead is null
    returning key, message, channel, ts, wanted, shown, attempts, first_try, unsure";

/// Claims at most `limit` messages for `holder` until `lease` is over, at most one for each place.
///
/// Places and paces can hold back what is due, so that fewer come than could: claim again until none come, then sleep
/// until `next_due`.
#[allow(clippy::too_many_arguments, reason = "each is another person's business")]
pub async fn claim(
    conn: &mut Conn,
    paces: &Paces,
    clock: ClaimClock,
    holder: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u32,
) -> Result<Vec<Claimed>> {
    let at = begin_claim(conn, clock, now).await?;
    let until = at + lease.num_milliseconds();
    let candidates = sqlx::query(CANDIDATES)
        .bind(now.timestamp_millis())
        .bind(at)
        // Some of them go to the same place.
        .bind(i64::from(limit) * 4)
        .fetch_all(&mut *conn)
        .await?;

    let mut claimed = Vec::with_capacity(candidates.len().min(limit as usize));
    let mut places = HashSet::new();
    let mut going: HashMap<(String, Method), Pace> = HashMap::new();
    for row in &candidates {
        if claimed.len() == limit as usize {
            break;
        }
        let (name, workspace, place): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let method = method(&place, row.try_get::<Option<&str>, _>(3)?.is_some());
        let workspace = WorkspaceId::from(workspace);
        if places.contains(&place) {
            continue;
        }
        let pace = match going.entry((workspace.as_str().to_owned(), method)) {
            std::collections::hash_map::Entry::Occupied(pace) => pace.into_mut(),
            std::collections::hash_map::Entry::Vacant(empty) => {
                empty.insert(throttle::pace(conn, paces, &workspace, method).await?)
            }
        };
        if !pace.take(method.limits(paces), now) {
            continue;
        }
        let taken = sqlx::query(TAKE)
            .bind(&name)
            .bind(at)
            .bind(until)
            .bind(holder)
            .bind(now.timestamp_millis())
            .bind(i64::from(method == Method::Post))
            .fetch_optional(&mut *conn)
            .await?;
        let Some(taken) = taken else { continue };
        places.insert(place.clone());
        let Ok(message) = serde_json::from_str::<Message>(taken.try_get(1)?) else {
            bury(conn, &name, now).await?;
            continue;
        };
        claimed.push(Claimed {
            claim: Claim { name: MessageName::from(name), until },
            key: MessageKey::from(taken.try_get::<String, _>(0)?),
            workspace,
            message,
            place,
            receipt: receipt(taken.try_get(2)?, taken.try_get(3)?),
            wanted: taken.try_get(4)?,
            shown: taken.try_get(5)?,
            attempts: taken.try_get(6)?,
            first_try: DateTime::from_timestamp_millis(taken.try_get(7)?).unwrap_or(now),
            unsure: taken.try_get::<Option<i64>, _>(8)?.is_some(),
        });
    }
    // In one order, for the sake of writers that throttle several.
    let mut going: Vec<_> = going.into_iter().collect();
    going.sort_by(|(a, _), (b, _)| (&a.0, a.1.as_str()).cmp(&(&b.0, b.1.as_str())));
    for ((workspace, method), pace) in going {
        throttle::set_pace(conn, &WorkspaceId::from(workspace), method, pace).await?;
    }
    Ok(claimed)
}

/// The method that a row needs.
pub(super) fn method(place: &str, stands: bool) -> Method {
    match place.split_once(':').map_or(place, |(kind, _)| kind) {
        "home" => Method::Publish,
        "channel" => Method::Delete,
        _ if stands => Method::Update,
        _ => Method::Post,
    }
}

pub(super) fn receipt(channel: Option<String>, ts: Option<String>) -> Option<Receipt> {
    Some(Receipt { channel: channel?, ts: ts? })
}

/// A message that only a newer version understands must not hold up the others.
async fn bury(conn: &mut Conn, name: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update outbox
        set dead = $2, dead_why = 'not_understood', due = null, claimed = 0, holder = null
        where name = $1",
    )
    .bind(name)
    .bind(now.timestamp_millis())
    .execute(conn)
    .await?;
    Ok(())
}
