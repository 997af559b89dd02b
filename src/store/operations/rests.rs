//! People's own time: what they said of it, and the days on which they are away.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Result};

use super::rows::{date, raw, time_if, unclear, word};
use super::{Conn, Engine};
use crate::core::id::PersonId;
use crate::core::pause::Span;
use crate::core::rest::{Rest, week_of};

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
