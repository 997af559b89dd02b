//! What the question about the fit says, and what those read whom somebody lets know.

use std::collections::HashMap;

use sqlx::Result;

use super::super::rows::id;
use super::super::{Conn, cases, fit};
use crate::core::content::{FitNote, FitQuestion};
use crate::core::fit::{Fit, FitState, MayKnow};
use crate::core::help::{confidants, may_open};
use crate::core::id::{PairId, PersonId};
use crate::core::question::Role;

/// The question with what the person said; `None` for somebody who is not of the pair.
pub async fn question(conn: &mut Conn, pair: &PairId, person: &PersonId) -> Result<Option<FitQuestion>> {
    let Some(case) = cases::fit_case(conn, pair, person).await? else { return Ok(None) };
    let Some(role) = case.pair.role_of(person) else { return Ok(None) };
    let told = confidants(&case.program, &case.pair, &case.coordinators, case.deputy.as_ref());
    let coordinators = told.iter().map(|one| one.name.clone()).collect();
    Ok(Some(FitQuestion {
        pair: pair.clone(),
        coordinators,
        state: case.state,
        program_name: case.program.name,
        safety: case.program.safety,
        partner: if role == Role::Mentee { case.mentor.name } else { case.mentee.name },
    }))
}

/// That it is not right for this person; `None` for a reader who has no part in the programme any more.
pub async fn note(conn: &mut Conn, pair: &PairId, person: &PersonId, reader: &PersonId) -> Result<Option<FitNote>> {
    let Some(case) = cases::fit_case(conn, pair, person).await? else { return Ok(None) };
    if !may_open(&case.program, &case.pair, reader) {
        return Ok(None);
    }
    let [own, partner] = match case.pair.role_of(person) {
        Some(Role::Mentee) => [case.mentee, case.mentor],
        Some(Role::Mentor) => [case.mentor, case.mentee],
        None => return Ok(None),
    };
    let stands = case.state.answer == Some(Fit::NotGood) && case.state.may_know == Some(MayKnow::Coordinator);
    Ok(Some(FitNote {
        program_name: case.program.name,
        name: own.name,
        user: person.user().to_owned(),
        team: person.workspace().to_string(),
        partner: partner.name,
        otherwise: !stands,
    }))
}

/// What this person said of each of their pairs.
pub async fn own(conn: &mut Conn, person: &PersonId) -> Result<HashMap<PairId, FitState>> {
    let rows = sqlx::query("select pair_id, times, answer, may_know, at from fit where person_id = $1")
        .bind(person.as_str())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| Ok((id(row, "fit", "pair_id")?, fit::read(row)?))).collect()
}
