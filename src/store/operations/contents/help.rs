//! What a request for help looks like: to those who got it, and to the person who asks.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::super::help::{help_columns, receivers, request};
use super::super::rows::{self, Row, ms, raw, time_if};
use super::super::{Conn, help};
use crate::core::content::{HelpNote, HelpReceipt};
use crate::core::help::{Receiver, has_part};
use crate::core::id::{HelpId, PersonId};
use crate::store::vault::Vault;

/// How long a request stands in App Home, and how many of them.
const SHOWN: TimeDelta = TimeDelta::days(28);
const REQUESTS: i64 = 3;

macro_rules! select_help {
    ($rest:literal) => {
        concat!(
            "select ",
            help_columns!(),
            ",
            program.settings, own.name as own_name, partner.name as partner_name, deputy.name as deputy_name
            from help
            join pair on pair.pair_id = help.pair_id
            join program on program.program_id = pair.program_id
            join person own on own.person_id = help.person_id
            join person partner on partner.person_id = case
                when pair.mentee_id = help.person_id then pair.mentor_id
                else pair.mentee_id
            end
            left join person deputy on deputy.person_id = help.deputy_id
            ",
            $rest
        )
    };
}

/// The request for this reader; `None` for somebody to whom it never went. The words are there once this reader has
/// opened it, or where they `open` it now.
pub async fn note(
    conn: &mut Conn,
    vault: &Vault,
    help: &HelpId,
    reader: &PersonId,
    opens: bool,
) -> Result<Option<HelpNote>> {
    let select = sqlx::query(select_help!("where help.help_id = $1"));
    let Some(row) = select.bind(help.as_str()).fetch_optional(&mut *conn).await? else { return Ok(None) };
    let program = rows::program(&row)?;
    if !has_part(&program, reader) {
        return Ok(None);
    }
    let all = receivers(conn, help).await?;
    let Some(own) = all.iter().find(|one| one.person.id == *reader) else { return Ok(None) };
    let request = request(&row, vault)?;
    let deputy: Option<&str> = raw(&row, "help", "deputy_id")?;
    Ok(Some(HelpNote {
        help: help.clone(),
        program_name: program.name,
        name: raw(&row, "person", "own_name")?,
        user: request.person.user().to_owned(),
        team: request.person.workspace().to_string(),
        partner: raw(&row, "person", "partner_name")?,
        topic: request.topic,
        urgency: request.urgency,
        at: request.at,
        words: (opens || own.opened.is_some()).then_some(request.words),
        safety: program.safety,
        as_deputy: deputy == Some(reader.as_str()),
        opened: opened(&all),
        handled: who(&all, |one| one.handled),
    }))
}

/// What became of a request, for the person who asked.
pub async fn receipt(conn: &mut Conn, vault: &Vault, help: &HelpId) -> Result<Option<HelpReceipt>> {
    let select = sqlx::query(select_help!("where help.help_id = $1"));
    match select.bind(help.as_str()).fetch_optional(&mut *conn).await? {
        Some(row) => receipt_of(conn, vault, &row).await.map(Some),
        None => Ok(None),
    }
}

/// That nobody has opened it in time; `None` once somebody has.
pub async fn late(conn: &mut Conn, vault: &Vault, help: &HelpId) -> Result<Option<HelpReceipt>> {
    let receipt = receipt(conn, vault, help).await?;
    Ok(receipt.filter(|receipt| receipt.opened.is_empty() && receipt.passed_on.is_some()))
}

/// The person's own requests of the last weeks, newest first.
pub async fn of_person(
    conn: &mut Conn,
    vault: &Vault,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<HelpReceipt>> {
    let rows = sqlx::query(select_help!(
        "where help.person_id = $1
            and help.at >= $2
        order by help.at desc, help.help_id
        limit $3"
    ))
    .bind(person.as_str())
    .bind(ms(now - SHOWN))
    .bind(REQUESTS)
    .fetch_all(&mut *conn)
    .await?;
    let mut receipts = Vec::with_capacity(rows.len());
    for row in &rows {
        receipts.push(receipt_of(conn, vault, row).await?);
    }
    Ok(receipts)
}

async fn receipt_of(conn: &mut Conn, vault: &Vault, row: &Row) -> Result<HelpReceipt> {
    let (request, program) = (help::request(row, vault)?, rows::program(row)?);
    let all = receivers(conn, &request.id).await?;
    let deputy: Option<&str> = raw(row, "help", "deputy_id")?;
    let first = all.iter().filter(|one| deputy != Some(one.person.id.as_str()));
    let passed_on = time_if(row, "help", "passed_on")?;
    Ok(HelpReceipt {
        program_name: program.name,
        partner: raw(row, "person", "partner_name")?,
        topic: request.topic,
        at: request.at,
        receivers: first.map(|one| one.person.name.clone()).collect(),
        opened: opened(&all),
        passed_on: match passed_on {
            Some(at) => Some((at, raw(row, "person", "deputy_name")?)),
            None => None,
        },
        safety: program.safety,
    })
}

fn opened(all: &[Receiver]) -> Vec<(String, DateTime<Utc>)> {
    who(all, |one| one.opened)
}

/// Names and times, earliest first.
fn who(all: &[Receiver], when: impl Fn(&Receiver) -> Option<DateTime<Utc>>) -> Vec<(String, DateTime<Utc>)> {
    let mut done: Vec<_> = all.iter().filter_map(|one| Some((one.person.name.clone(), when(one)?))).collect();
    done.sort_by_key(|(_, at)| *at);
    done
}
