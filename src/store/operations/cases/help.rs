//! About a request for help: for one who got it, or because nobody has opened it in time.

use sqlx::Result;

use super::super::contents::help::note;
use super::super::rows::{self, MENTEE, MENTOR, both_people_columns, pair_columns, raw};
use super::super::{Conn, help, people, rests};
use crate::core::case::HelpCase;
use crate::core::help::UnopenedCase;
use crate::core::id::{HelpId, PersonId};
use crate::core::person::Person;
use crate::core::program::Program;
use crate::store::vault::Vault;

/// Reads what both below need. Holds the request.
async fn head(conn: &mut Conn, id: &HelpId) -> Result<Option<rows::Row>> {
    sqlx::query(locking!(
        "help",
        "select ",
        pair_columns!(),
        ",
        ",
        both_people_columns!(),
        ",
        program.settings, help.person_id as asker,
        (select person.home_opened from person where person.person_id = help.person_id) as home_opened
        from help
        join pair on pair.pair_id = help.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where help.help_id = $1"
    ))
    .bind(id.as_str())
    .fetch_optional(conn)
    .await
}

/// For `actor`, who may be nobody to whom it went.
pub async fn help_case(conn: &mut Conn, vault: &Vault, id: &HelpId, actor: &PersonId) -> Result<Option<HelpCase>> {
    let Some(head) = head(conn, id).await? else { return Ok(None) };
    let Some(note) = note(conn, vault, id, actor, true).await? else { return Ok(None) };
    Ok(Some(HelpCase {
        program: rows::program(&head)?,
        pair: rows::pair(&head)?,
        note,
        asker: rows::id(&head, "help", "asker")?,
        receivers: help::receivers(conn, id).await?,
        home_opened: rows::time_if(&head, "person", "home_opened")?.is_some(),
    }))
}

/// A request that nobody may have opened.
pub async fn unopened_case(conn: &mut Conn, id: &HelpId) -> Result<Option<UnopenedCase>> {
    let Some(head) = head(conn, id).await? else { return Ok(None) };
    let (program, pair) = (rows::program(&head)?, rows::pair(&head)?);
    let asker: &str = raw(&head, "help", "asker")?;
    let side = if pair.mentee.as_str() == asker { &MENTEE } else { &MENTOR };
    let (person, deputy) = (rows::person(&head, side)?, deputy(conn, &program).await?);
    let told: Vec<PersonId> = deputy.iter().chain([&person]).map(|one| one.id.clone()).collect();
    Ok(Some(UnopenedCase {
        help: id.clone(),
        receivers: help::receivers(conn, id).await?,
        rests: rests::of(conn, &told).await?,
        person,
        deputy,
        home_opened: rows::time_if(&head, "person", "home_opened")?.is_some(),
        program,
        pair,
    }))
}

/// Who stands in for the coordinators, where the programme names somebody who is known here.
pub async fn deputy(conn: &mut Conn, program: &Program) -> Result<Option<Person>> {
    let Some(deputy) = &program.help.deputy else { return Ok(None) };
    Ok(people::find(conn, std::slice::from_ref(deputy)).await?.pop())
}
