//! People's own time: what they said of it, and the days on which they are away.

mod changes;
mod holidays;
mod resting;

use std::collections::HashMap;

use sqlx::{QueryBuilder, Result};

use super::rows::{date, number, raw, time_if, unclear, word};
use super::{Conn, Engine};
use crate::core::case::SilenceRow;
use crate::core::id::{PairId, PersonId};
use crate::core::pause::Span;
use crate::core::rest::{Rest, week_of};
use crate::core::silence::{Silent, TIMES};
pub use changes::changed;
pub use holidays::holidays;
pub use resting::resting;

/// People in one statement: one parameter each, of 32,766 that SQLite takes.
const AT_ONCE: usize = 1000;

/// The own time of those of these people who said something of it or were ever away, in one statement.
pub async fn of(conn: &mut Conn, people: &[PersonId]) -> Result<HashMap<PersonId, Rest>> {
    let mut rests: HashMap<PersonId, Rest> = HashMap::new();
    for people in people.chunks(AT_ONCE) {
        let mut select = QueryBuilder::<Engine>::new(
            "select person.person_id, rest.week, rest.quiet, rest.holidays, rest.pace, rest.out_until,
                pause.from_day, pause.until_day
            from person
            left join rest on rest.person_id = person.person_id
            left join pause on pause.person_id = person.person_id
            where (rest.person_id is not null or pause.pause_id is not null)
                and person.person_id in (",
        );
        let mut list = select.separated(", ");
        for person in people {
            list.push_bind(person.as_str());
        }
        select.push(") order by pause.from_day, pause.pause_id");
        let rows = select.build().persistent(false).fetch_all(&mut *conn).await?;
        for row in &rows {
            let rest = rests.entry(PersonId::from(raw::<String>(row, "person", "person_id")?)).or_default();
            if let Some(week) = raw::<Option<&str>>(row, "rest", "week")? {
                rest.week = Some(week_of(week).map_err(|error| unclear("rest", "week", error))?);
            }
            if let Some(quiet) = raw::<Option<&str>>(row, "rest", "quiet")? {
                rest.quiet = Some(quiet.parse().map_err(|error: String| unclear("rest", "quiet", error))?);
            }
            if raw::<Option<&str>>(row, "rest", "pace")?.is_some() {
                rest.pace = word(row, "rest", "pace", |text| text.parse().ok())?;
                rest.holidays = word(row, "rest", "holidays", |text| text.parse().ok())?;
            }
            rest.out = time_if(row, "rest", "out_until")?;
            if raw::<Option<&str>>(row, "pause", "from_day")?.is_some() {
                let span = Span { from: date(row, "pause", "from_day")?, until: date(row, "pause", "until_day")? };
                rest.away.push(span);
            }
        }
    }
    Ok(rests)
}

/// The own time of two people, in their order.
pub async fn of_both(conn: &mut Conn, people: [&PersonId; 2]) -> Result<[Rest; 2]> {
    let mut rests = of(conn, &people.map(Clone::clone)).await?;
    Ok(people.map(|person| rests.remove(person).unwrap_or_default()))
}

/// What is known of the person's silence before an open pulse of this pair.
pub async fn silent(conn: &mut Conn, pair: &PairId, person: &PersonId) -> Result<Silent> {
    let row = sqlx::query(
        "select
            (select max(at) from silence where person_id = $2) as asked,
            (select max(coalesce(answered, skipped)) from ask where person_id = $2) as spoke,
            (select count(*) from (
                select ask.answered, ask.skipped
                from pulse
                join ask on ask.pulse_id = pulse.pulse_id
                where pulse.pair_id = $1
                    and ask.person_id = $2
                    and pulse.closed is not null
                    and ask.folded is null
                order by pulse.strike desc
                limit $3) last
            where last.answered is null
                and last.skipped is null) as missed,
            (select min(last.due) from (
                select ask.due
                from pulse
                join ask on ask.pulse_id = pulse.pulse_id
                where pulse.pair_id = $1
                    and ask.person_id = $2
                    and pulse.closed is not null
                    and ask.folded is null
                order by pulse.strike desc
                limit $3) last) as since",
    )
    .bind(pair.as_str())
    .bind(person.as_str())
    .bind(i64::from(TIMES - 1))
    .fetch_one(conn)
    .await?;
    Ok(Silent {
        before: number(&row, "ask", "missed")?,
        since: time_if(&row, "ask", "since")?,
        spoke: time_if(&row, "ask", "spoke")?,
        asked: time_if(&row, "silence", "asked")?,
    })
}

/// The newest question to this person what suits them.
pub async fn newest_silence(conn: &mut Conn, person: &PersonId) -> Result<Option<SilenceRow>> {
    let row = sqlx::query("select day, choice from silence where person_id = $1 order by day desc limit 1")
        .bind(person.as_str())
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let choice = match raw::<Option<&str>>(&row, "silence", "choice")? {
        Some(_) => Some(word(&row, "silence", "choice", |text| text.parse().ok())?),
        None => None,
    };
    Ok(Some(SilenceRow { day: date(&row, "silence", "day")?, choice }))
}
