//! What coordinators say to a pair, what they are answered, and who looked at what.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{QueryBuilder, Result};

use super::super::care::{listed, reply_row, word_row};
use super::super::pieces::join_partner;
use super::super::rows::{self, Row, number, raw, time};
use super::super::{Conn, Engine, cases};
use crate::core::care::StepKind;
use crate::core::content::{LookShown, Note, PrivateQuestion, StepShown, WordToBoth};
use crate::core::id::{DigestId, PairId, PersonId, StepId};
use crate::core::scoring::digest::{ActionLine, Digest, DigestCare, LineId};
use crate::store::vault::Vault;

/// Lines of one digest whose steps are looked up.
const LINES: usize = 500;
/// Looks on one page.
const LOOKS: i64 = 10;

/// A coordinator's words to both; `None` when the pair has ended meanwhile.
pub async fn word_to_both(conn: &mut Conn, vault: &Vault, step: &StepId) -> Result<Option<WordToBoth>> {
    let row = sqlx::query(
        "select program.settings, person.name, step.sealed
        from step
        join pair on pair.pair_id = step.pair_id
        join program on program.program_id = pair.program_id
        join person on person.person_id = step.person_id
        where step.step_id = $1
            and step.sealed is not null
            and pair.ended is null",
    )
    .bind(step.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(WordToBoth {
        program_name: rows::program(&row)?.name,
        coordinator: raw(&row, "person", "name")?,
        words: vault.open(&word_row(step), raw(&row, "step", "sealed")?).map_err(rows::sealed)?,
    }))
}

/// What a coordinator asks of one of the two alone.
pub async fn question(conn: &mut Conn, step: &StepId, person: &PersonId) -> Result<Option<PrivateQuestion>> {
    let Some(case) = cases::reply_case(conn, step, person).await? else { return Ok(None) };
    let replied: i64 = sqlx::query_scalar("select count(*) from reply where step_id = $1 and person_id = $2")
        .bind(step.as_str())
        .bind(person.as_str())
        .fetch_one(conn)
        .await?;
    Ok(Some(PrivateQuestion {
        step: step.clone(),
        program_name: case.program.name,
        coordinator: case.coordinator.name,
        partner: case.partner,
        replied: replied > 0,
    }))
}

/// The answer, for the coordinator who asked.
pub async fn reply(conn: &mut Conn, vault: &Vault, step: &StepId, person: &PersonId) -> Result<Option<Note>> {
    let Some(case) = cases::reply_case(conn, step, person).await? else { return Ok(None) };
    let row = sqlx::query(
        "select person.name, reply.sealed
        from reply
        join person on person.person_id = reply.person_id
        where reply.step_id = $1
            and reply.person_id = $2",
    )
    .bind(step.as_str())
    .bind(person.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Note::Reply {
        program_name: case.program.name,
        name: raw(&row, "person", "name")?,
        user: person.user().to_owned(),
        partner: case.partner,
        words: vault.open(&reply_row(step, person), raw(&row, "reply", "sealed")?).map_err(rows::sealed)?,
    }))
}

/// What [`shown`] reads, of `step` with the coordinator joined as `person`.
macro_rules! shown_columns {
    () => {
        "select step.kind, step.line_id, step.at, person.name,
            (select count(*) from reply where reply.step_id = step.step_id) as replies,
            (select max(pause.until_day) from pause
                where pause.pair_id = step.pair_id
                    and pause.at = step.at) as until_day
        from step
        join person on person.person_id = step.person_id
        "
    };
}

/// What was done about these lines, in the order in which it was done.
pub async fn steps_about(conn: &mut Conn, lines: &[LineId]) -> Result<Vec<StepShown>> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = QueryBuilder::<Engine>::new(concat!(shown_columns!(), "where step.line_id in"));
    listed(&mut select, lines.iter().map(LineId::as_str));
    select.push(" order by step.at, step.step_id");
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    rows.iter().map(shown).collect()
}

/// What was done about the lines of a stored digest, and with whom its readers can speak about them. Digests of before
/// there were lines have nothing of it.
pub async fn of_digest(conn: &mut Conn, id: &DigestId, digest: &Digest) -> Result<DigestCare> {
    let lines = || digest.actions.iter().chain(&digest.more).take(LINES);
    let pairs: BTreeSet<&PairId> = lines().filter_map(ActionLine::pair).collect();
    let lines: Vec<LineId> = lines().map(|line| line.line.clone()).collect();
    Ok(DigestCare {
        digest: Some(id.clone()),
        steps: steps_about(conn, &lines).await?,
        members: members(conn, &pairs).await?,
    })
}

/// Mentee and mentor of these pairs.
async fn members(conn: &mut Conn, pairs: &BTreeSet<&PairId>) -> Result<BTreeMap<PairId, [(PersonId, String); 2]>> {
    if pairs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut select = QueryBuilder::<Engine>::new(
        "select pair.pair_id, pair.mentee_id, pair.mentor_id, mentee.name as mentee_name, mentor.name as mentor_name
        from pair
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id in",
    );
    listed(&mut select, pairs.iter().map(|pair| pair.as_str()));
    let rows = select.build().persistent(false).fetch_all(conn).await?;
    let both = |row: &Row| {
        let mentee = (rows::id(row, "pair", "mentee_id")?, raw(row, "person", "mentee_name")?);
        let mentor = (rows::id(row, "pair", "mentor_id")?, raw(row, "person", "mentor_name")?);
        Ok((rows::id(row, "pair", "pair_id")?, [mentee, mentor]))
    };
    rows.iter().map(both).collect()
}

/// What was done about a pair, newest first.
pub async fn steps_of(conn: &mut Conn, pair: &PairId, limit: u32) -> Result<Vec<StepShown>> {
    let rows = sqlx::query(concat!(
        shown_columns!(),
        "where step.pair_id = $1
        order by step.at desc, step.step_id
        limit $2"
    ))
    .bind(pair.as_str())
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    rows.iter().map(shown).collect()
}

fn shown(row: &Row) -> Result<StepShown> {
    let word = |error: String| rows::unclear("step", "kind", error);
    let kind: StepKind = raw::<&str>(row, "step", "kind")?.parse().map_err(word)?;
    Ok(StepShown {
        kind,
        line: raw::<Option<String>>(row, "step", "line_id")?.map(LineId::from),
        by: raw(row, "person", "name")?,
        at: time(row, "step", "at")?,
        replied: number(row, "reply", "replies")?,
        until: if kind == StepKind::Paused { rows::date_if(row, "pause", "until_day")? } else { None },
    })
}

/// Who looked at named answers of this person's pairs, newest first.
pub async fn looks(conn: &mut Conn, person: &PersonId) -> Result<Vec<LookShown>> {
    let rows = sqlx::query(concat!(
        "select look.what, look.at, coordinator.name as coordinator_name, partner.name as partner_name
        from pair
        join look on look.pair_id = pair.pair_id
        join person coordinator on coordinator.person_id = look.person_id
        ",
        join_partner!("$1"),
        "
        where pair.mentor_id = $1 or pair.mentee_id = $1
        order by look.at desc, look.event_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(LOOKS)
    .fetch_all(conn)
    .await?;
    let look = |row: &Row| {
        let word = |error: String| rows::unclear("look", "what", error);
        Ok(LookShown {
            partner: raw(row, "person", "partner_name")?,
            coordinator: raw(row, "person", "coordinator_name")?,
            what: raw::<&str>(row, "look", "what")?.parse().map_err(word)?,
            at: time(row, "look", "at")?,
        })
    };
    rows.iter().map(look).collect()
}
