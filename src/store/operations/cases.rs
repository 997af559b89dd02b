//! What decisions need to know, loaded in the transaction that writes their result. Whoever changes a pulse or plans
//! for a pair holds its row first: what is read after that does not change any more.

mod agenda;
mod agreement;
mod care;
mod ending;
mod fit;
mod goal;
mod help;
mod nudge;
mod pair;
mod plan;
mod pulse;
mod record;
mod rest;
mod session;
mod survey;
mod thanks;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Result;

use super::rows::{self, PERSON, raw, time_if};
use super::{Conn, sessions};
use crate::core::case::{AskingCase, PairCase, ProgramCase};
use crate::core::id::{PairId, PersonId, ProgramId};
use crate::core::person::Person;
use crate::store::vault::Vault;

use pair::{Whole, whole};

pub use agenda::agenda_case;
pub use agreement::agreement_case;
pub use care::{care_case, coordinated, digest_case, reply_case};
pub use ending::end_case;
pub use fit::{fit_case, fit_plan_case};
pub use goal::{goal_case, mentee_pairs};
pub use help::{help_case, unopened_case};
pub use nudge::{nudge_case, nudged_case};
pub use plan::plan_case;
pub use pulse::{closing_case, pulse_case, standing_case};
pub use record::record_case;
pub use rest::{rest_case, seen_rest};
pub use session::{commander, session_case};
pub use survey::{closing_survey, last_survey_case, survey_case};
pub use thanks::thanks_case;

/// About one pair, without anything that one of the two has said.
pub async fn pair_case(conn: &mut Conn, pair: &PairId) -> Result<Option<PairCase>> {
    let Some(Whole { pair, program, mentee, mentor }) = whole(conn, pair).await? else { return Ok(None) };
    Ok(Some(PairCase {
        coordinators: coordinators(conn, &pair.program).await?,
        deputy: help::deputy(conn, &program).await?,
        homes: sessions::homes(conn, &pair.id).await?,
        program,
        mentee,
        mentor,
        pair,
    }))
}

/// The same for somebody who asks for help: with what they asked lately.
pub async fn asking_case(
    conn: &mut Conn,
    vault: &Vault,
    pair: &PairId,
    actor: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<AskingCase>> {
    let Some(about) = pair_case(conn, pair).await? else { return Ok(None) };
    let requests = super::help::own(conn, vault, pair, actor, now - TimeDelta::days(1)).await?;
    let asked: Vec<PersonId> = about.coordinators.iter().chain(&about.deputy).map(|one| one.id.clone()).collect();
    Ok(Some(AskingCase { rests: super::rests::of(conn, &asked).await?, requests, about }))
}

/// About one person in one programme.
pub async fn program_case(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Option<ProgramCase>> {
    let row = sqlx::query(
        "select program.settings, participation.person_id,
            participation.welcomed, participation.started, participation.declined, participation.said,
            (select person.home_opened from person where person.person_id = $2) as home_opened
        from program
        left join participation on participation.program_id = program.program_id
            and participation.person_id = $2
        where program.program_id = $1",
    )
    .bind(program.as_str())
    .bind(person.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let takes_part = raw::<Option<&str>>(&row, "participation", "person_id")?.is_some();
    let standing = takes_part.then(|| rows::standing(&row, ["welcomed", "started", "declined"])).transpose()?;
    Ok(Some(ProgramCase {
        program: rows::program(&row)?,
        standing,
        said: time_if(&row, "participation", "said")?,
        partners: partners(conn, program, person).await?,
        coordinators: coordinators(conn, program).await?,
        home_opened: time_if(&row, "person", "home_opened")?.is_some(),
    }))
}

/// The programme's coordinators, in the order of the alphabet.
pub async fn coordinators(conn: &mut Conn, program: &ProgramId) -> Result<Vec<Person>> {
    let rows = sqlx::query(
        "select person.person_id, person.name, person.zone, person.deactivated, person.looked
        from coordinator
        join person on person.person_id = coordinator.person_id
        where coordinator.program_id = $1
        order by person.name, person.person_id",
    )
    .bind(program.as_str())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| rows::person(row, &PERSON)).collect()
}

/// The other sides of the person's pairs in the programme that have not ended.
async fn partners(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Vec<PersonId>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select distinct case when mentee_id = $2 then mentor_id else mentee_id end as partner_id
        from pair
        where program_id = $1
            and (mentor_id = $2 or mentee_id = $2)
            and ended is null
        order by partner_id",
    )
    .bind(program.as_str())
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PersonId::from).collect())
}
