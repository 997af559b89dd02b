//! Public holidays of the people of a programme: they are no active days of their pairs.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::rows::{Row, id, ms, raw, unclear};
use crate::core::cadence::civil;
use crate::core::holidays::Country;
use crate::core::id::PairId;
use crate::core::pause::Span;
use crate::core::program::Program;
use crate::core::rest::Holidays;

/// How far back holidays are known, in days: a pair's score looks back a year at most.
const BACK: u64 = 366;

/// The public holidays of the two of each pair up to `known`, as people had named their countries by then.
pub async fn holidays(conn: &mut Conn, program: &Program, known: DateTime<Utc>) -> Result<Vec<(PairId, Vec<Span>)>> {
    let rows = sqlx::query(
        "select pair.pair_id, mentee.holidays as mentee_holidays, mentor.holidays as mentor_holidays
        from pair
        left join rest mentee on mentee.person_id = pair.mentee_id
            and mentee.said <= $2
        left join rest mentor on mentor.person_id = pair.mentor_id
            and mentor.said <= $2
        where pair.program_id = $1
            and (pair.ended is null or pair.ended > $2)
            and ($3 = 1 or mentee.person_id is not null or mentor.person_id is not null)",
    )
    .bind(program.id.as_str())
    .bind(ms(known))
    .bind(i64::from(program.country.is_some()))
    .fetch_all(conn)
    .await?;
    let today = civil(program.zone, known).date();
    let first = today.checked_sub_days(Days::new(BACK)).unwrap_or(NaiveDate::MIN);
    let mut known: BTreeMap<[Option<Country>; 2], Vec<Span>> = BTreeMap::new();
    let mut all = Vec::new();
    for row in &rows {
        let countries = [country(row, program, "mentee_holidays")?, country(row, program, "mentor_holidays")?];
        if countries == [None; 2] {
            continue;
        }
        let spans = known.entry(countries).or_insert_with(|| {
            let countries = countries.into_iter().flatten();
            let days = countries.flat_map(|country| country.holidays(first, today + Days::new(1)));
            days.map(|day| Span { from: day, until: day + Days::new(1) }).collect()
        });
        all.push((id(row, "pair", "pair_id")?, spans.clone()));
    }
    Ok(all)
}

fn country(row: &Row, program: &Program, column: &'static str) -> Result<Option<Country>> {
    let own: Holidays = match raw::<Option<&str>>(row, "rest", column)? {
        Some(text) => text.parse().map_err(|error| unclear("rest", column, error))?,
        None => Holidays::Program,
    };
    Ok(own.country(program.country))
}
