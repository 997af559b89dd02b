//! Requests for help: what was asked, to whom it went, and who has opened it.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use super::rows::{self, PERSON, Row, id, ms, raw, time, time_if, word};
use crate::core::help::{HelpChange, Receiver, Request};
use crate::core::id::{HelpId, PairId, PersonId};
use crate::core::program::Program;
use crate::store::vault::Vault;

/// What [`request`] reads, of `help`.
macro_rules! help_columns {
    () => {
        "help.help_id, help.pair_id as help_pair, help.person_id as help_person, help.topic, help.urgency,
        help.sealed as help_sealed, help.at as help_at, help.passed_on, help.deputy_id"
    };
}

pub(super) use help_columns;

/// The row key that the words of a request for help are sealed with.
fn help_row(help: &HelpId) -> String {
    format!("help:{help}")
}

/// Writes what became true of a request; whether it was new.
pub async fn write(conn: &mut Conn, vault: &Vault, change: &HelpChange) -> Result<bool> {
    match change {
        HelpChange::Asked { request, receivers, passes_on } => asked(conn, vault, request, receivers, *passes_on).await,
        HelpChange::Opened { help, by, at } => opened(conn, help, by, *at).await,
        HelpChange::Handled { help, by, at } => handled(conn, help, by, *at).await,
        HelpChange::PassedOn { help, to, at } => passed_on(conn, help, to.as_ref(), *at).await,
    }
}

async fn asked(
    conn: &mut Conn,
    vault: &Vault,
    request: &Request,
    receivers: &[PersonId],
    passes_on: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into help (help_id, pair_id, person_id, topic, urgency, sealed, at, passes_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (help_id) do nothing",
    )
    .bind(request.id.as_str())
    .bind(request.pair.as_str())
    .bind(request.person.as_str())
    .bind(request.topic.as_str())
    .bind(request.urgency.as_str())
    .bind(vault.seal(&help_row(&request.id), &request.words))
    .bind(ms(request.at))
    .bind(ms(passes_on))
    .execute(&mut *conn)
    .await?;
    for person in receivers {
        receives(conn, &request.id, person).await?;
    }
    Ok(done.rows_affected() > 0)
}

async fn receives(conn: &mut Conn, help: &HelpId, person: &PersonId) -> Result<()> {
    sqlx::query(
        "insert into help_receiver (help_id, person_id)
        values ($1, $2)
        on conflict (help_id, person_id) do nothing",
    )
    .bind(help.as_str())
    .bind(person.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

async fn opened(conn: &mut Conn, help: &HelpId, by: &PersonId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update help_receiver
        set opened = $3
        where help_id = $1
            and person_id = $2
            and opened is null",
    )
    .bind(help.as_str())
    .bind(by.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    sqlx::query("update help set passes_on = null where help_id = $1").bind(help.as_str()).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

async fn handled(conn: &mut Conn, help: &HelpId, by: &PersonId, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update help_receiver
        set handled = $3
        where help_id = $1
            and person_id = $2
            and handled is null",
    )
    .bind(help.as_str())
    .bind(by.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn passed_on(conn: &mut Conn, help: &HelpId, to: Option<&PersonId>, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "update help
        set passes_on = null,
            passed_on = $3,
            deputy_id = $2
        where help_id = $1
            and passed_on is null
            and not exists (
                select 1
                from help_receiver
                where help_receiver.help_id = help.help_id
                    and help_receiver.opened is not null)",
    )
    .bind(help.as_str())
    .bind(to.map(PersonId::as_str))
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    let new = done.rows_affected() > 0;
    if let Some(to) = to.filter(|_| new) {
        receives(conn, help, to).await?;
    }
    Ok(new)
}

/// That time has come changes nothing: somebody has opened it, or it was passed on.
pub async fn settled(conn: &mut Conn, help: &HelpId) -> Result<()> {
    sqlx::query("update help set passes_on = null where help_id = $1").bind(help.as_str()).execute(conn).await?;
    Ok(())
}

/// Requests that nobody has opened by `now`, longest waiting first.
pub async fn due(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<HelpId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select help_id
        from help
        where passes_on <= $1
        order by passes_on, help_id
        limit $2",
    )
    .bind(ms(now))
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(HelpId::from).collect())
}

/// The programme in which it was asked.
pub async fn program_of(conn: &mut Conn, help: &HelpId) -> Result<Option<Program>> {
    let row = sqlx::query(
        "select program.settings
        from help
        join pair on pair.pair_id = help.pair_id
        join program on program.program_id = pair.program_id
        where help.help_id = $1",
    )
    .bind(help.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(rows::program).transpose()
}

/// Everybody whom a request went to, with what they did.
pub async fn receivers(conn: &mut Conn, help: &HelpId) -> Result<Vec<Receiver>> {
    let rows = sqlx::query(
        "select person.person_id, person.name, person.zone, person.deactivated, person.looked,
            help_receiver.opened, help_receiver.handled
        from help_receiver
        join person on person.person_id = help_receiver.person_id
        where help_receiver.help_id = $1
        order by person.name, person.person_id",
    )
    .bind(help.as_str())
    .fetch_all(conn)
    .await?;
    let receiver = |row| {
        Ok(Receiver {
            person: rows::person(row, &PERSON)?,
            opened: time_if(row, "help_receiver", "opened")?,
            handled: time_if(row, "help_receiver", "handled")?,
        })
    };
    rows.iter().map(receiver).collect()
}

/// What this person asked about this pair since then, newest first.
pub async fn own(
    conn: &mut Conn,
    vault: &Vault,
    pair: &PairId,
    person: &PersonId,
    since: DateTime<Utc>,
) -> Result<Vec<Request>> {
    let rows = sqlx::query(concat!(
        "select ",
        help_columns!(),
        "
        from help
        where help.person_id = $1
            and help.at >= $2
            and help.pair_id = $3
        order by help.at desc, help.help_id
        limit 20"
    ))
    .bind(person.as_str())
    .bind(ms(since))
    .bind(pair.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| request(row, vault)).collect()
}

/// Reads `help_columns!`.
pub fn request(row: &Row, vault: &Vault) -> Result<Request> {
    let help: HelpId = id(row, "help", "help_id")?;
    Ok(Request {
        pair: id(row, "help", "help_pair")?,
        person: id(row, "help", "help_person")?,
        topic: word(row, "help", "topic", |word| word.parse().ok())?,
        urgency: word(row, "help", "urgency", |word| word.parse().ok())?,
        words: vault.open(&help_row(&help), raw(row, "help", "help_sealed")?).map_err(rows::sealed)?,
        at: time(row, "help", "help_at")?,
        id: help,
    })
}
