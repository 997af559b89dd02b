//! Until when people's status in Slack says that they are out, for those who want it to count.

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::super::rows::{ms, raw};
use super::super::{Conn, Engine};
use super::AT_ONCE;
use super::changes::look_at_pairs;
use crate::core::id::PersonId;

/// Keeps what was seen at `now`. Of people who did not switch it on nothing is written.
pub async fn seen(conn: &mut Conn, people: &[(PersonId, Option<DateTime<Utc>>)], now: DateTime<Utc>) -> Result<()> {
    for people in people.chunks(AT_ONCE) {
        let mut select = QueryBuilder::<Engine>::new(
            "select person_id, out_until
            from rest
            where by_status is not null
                and person_id in (",
        );
        let mut list = select.separated(", ");
        for (person, _) in people {
            list.push_bind(person.as_str());
        }
        select.push(")");
        for row in &select.build().persistent(false).fetch_all(&mut *conn).await? {
            let known: &str = raw(row, "rest", "person_id")?;
            let stored: Option<i64> = raw(row, "rest", "out_until")?;
            let Some((person, out)) = people.iter().find(|(person, _)| person.as_str() == known) else { continue };
            let out = out.filter(|out| *out > now).map(ms);
            if out == stored {
                continue;
            }
            sqlx::query("update rest set out_until = $2 where person_id = $1 and by_status is not null")
                .bind(person.as_str())
                .bind(out)
                .execute(&mut *conn)
                .await?;
            look_at_pairs(conn, person, now).await?;
        }
    }
    Ok(())
}
