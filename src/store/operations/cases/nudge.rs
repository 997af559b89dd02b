//! About what may come to one person as a nudge, in a fixed number of statements whatever the number of pairs; and
//! about what somebody says to one.

mod known;

use chrono::{DateTime, Days, TimeDelta, Utc};
use sqlx::Result;

use super::super::nudges::{self, nudge_columns};
use super::super::rows::{self, PERSON, id, ms, number, pair_columns, time_if};
use super::super::{Conn, attention, pauses, rests};
use crate::core::cadence::civil;
use crate::core::case::NudgedCase;
use crate::core::id::{PersonId, WorkspaceId};
use crate::core::nudge::effect::Verdict;
use crate::core::nudge::facts::{Facts, Goals, NudgeCase, OwnAnswer, PairFacts};
use crate::core::nudge::{NudgeAct, hold_out};
use crate::core::pause::{Of, Pause};
use crate::core::person::Person;
use crate::core::question::Role;
use crate::core::rest::Rest;

/// Pairs of one person that are looked at.
const PAIRS: i64 = 200;

/// How far back meetings and pauses are looked at, in days: an anniversary asks for the first of all.
const BACK: u64 = 400;

/// How far back a request for help is one of these weeks, in days.
const HELP: i64 = 28;

/// Everything about the next nudge to this person.
pub async fn nudge_case(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Option<NudgeCase>> {
    let row = sqlx::query(
        "select person.person_id, person.name, person.zone, person.deactivated, person.looked, person.weekly
        from person
        where person.person_id = $1",
    )
    .bind(person.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let workspace = person.workspace();
    let own = rows::person(&row, &PERSON)?;
    let pairs = match own.deactivated {
        None => pairs(conn, person, now).await?,
        Some(_) => Vec::new(),
    };
    Ok(Some(NudgeCase {
        past: nudges::past(conn, person).await?,
        stopped: nudges::stopped(conn, person).await?,
        spent: attention::of_both(conn, [person, person]).await?,
        weekly: attention::allowed(&row)?,
        measures: !pairs.is_empty() && measures(conn, &workspace).await?,
        verdicts: nudges::effects::verdicts(conn, &workspace).await?,
        rest: rest_of(conn, person).await?,
        person: own,
        pairs,
    }))
}

async fn rest_of(conn: &mut Conn, person: &PersonId) -> Result<Rest> {
    Ok(rests::of(conn, std::slice::from_ref(person)).await?.remove(person).unwrap_or_default())
}

/// Whether the workspace has so many active pairs that effects can be told from chance.
async fn measures(conn: &mut Conn, workspace: &WorkspaceId) -> Result<bool> {
    let pairs: i64 = sqlx::query_scalar(
        "select count(*)
        from (
            select 1 as one
            from pair
            join program on program.program_id = pair.program_id
            where program.workspace_id = $1
                and pair.ended is null
            limit $2) as some_pairs",
    )
    .bind(workspace.as_str())
    .bind(i64::from(hold_out::PAIRS))
    .fetch_one(conn)
    .await?;
    Ok(pairs >= i64::from(hold_out::PAIRS))
}

async fn pairs(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Vec<PairFacts>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings,
            own.welcomed as own_welcomed, own.started as own_started, own.declined as own_declined,
            partner.welcomed as partner_welcomed, partner.started as partner_started,
            partner.declined as partner_declined,
            (select max(help.at) from help
                where help.pair_id = pair.pair_id
                    and help.person_id = $1
                    and help.at >= $3) as helped
        from pair
        join program on program.program_id = pair.program_id
        left join participation own on own.program_id = pair.program_id
            and own.person_id = $1
        left join participation partner on partner.program_id = pair.program_id
            and partner.person_id = case when pair.mentee_id = $1 then pair.mentor_id else pair.mentee_id end
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        order by pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAIRS)
    .bind(ms(now - TimeDelta::days(HELP)))
    .fetch_all(&mut *conn)
    .await?;
    let mut pairs = Vec::with_capacity(rows.len());
    for row in &rows {
        let (pair, program) = (rows::pair(row)?, rows::program(row)?);
        let day = |at: DateTime<Utc>| civil(program.zone, at).date();
        let facts = Facts {
            begins: pair.starts.max(program.starts),
            ends: program.ends,
            rhythm: u32::from(program.rhythm),
            ..Facts::default()
        };
        pairs.push(PairFacts {
            role: if pair.mentee == *person { Role::Mentee } else { Role::Mentor },
            standings: [
                rows::standing(row, ["own_welcomed", "own_started", "own_declined"])?,
                rows::standing(row, ["partner_welcomed", "partner_started", "partner_declined"])?,
            ],
            facts,
            answers: Vec::new(),
            helped: time_if(row, "help", "helped")?.map(day),
            program,
            pair,
        });
    }
    if pairs.is_empty() {
        return Ok(pairs);
    }
    add_known(conn, person, &mut pairs, now).await?;
    Ok(pairs)
}

/// What both of each pair know, and what the person alone said.
async fn add_known(conn: &mut Conn, person: &PersonId, pairs: &mut [PairFacts], now: DateTime<Utc>) -> Result<()> {
    let first = (now - Days::new(BACK)).date_naive();
    let mut met = known::met(conn, person, now).await?;
    let logged = known::logged(conn, person).await?;
    let ahead = known::dates_ahead(conn, person, now).await?;
    let (goals, agreed) = (known::goals(conn, person).await?, known::agreed(conn, person).await?);
    let (mut openings, mut surveys) = (known::openings(conn, person).await?, known::surveys(conn, person).await?);
    let mut answers = known::answers(conn, person, now).await?;
    let gaps = known::feedback_gaps(conn, person).await?;
    let all: Vec<_> = pairs.iter().map(|one| one.pair.clone()).collect();
    let pauses = pauses::running(conn, &all, first).await?;
    for one in pairs {
        let zone = one.program.zone;
        let day = |at: &DateTime<Utc>| civil(zone, *at).date();
        let (pair, facts) = (&one.pair, &mut one.facts);
        facts.met = met.remove(&pair.id).unwrap_or_default().iter().map(day).collect();
        facts.logged = logged.get(&pair.id).and_then(|(day, by)| Some((*day, pair.role_of(by)?)));
        facts.date_ahead = ahead.contains(&pair.id);
        let of_goals = goals.get(&pair.id);
        facts.goals = Some(Goals {
            open: of_goals.is_some_and(|goals| goals.open > 0),
            moved: of_goals.and_then(|goals| goals.moved.as_ref()).map(day),
        });
        if let Some((rhythm, at)) = agreed.get(&pair.id) {
            (facts.rhythm, facts.agreed) = (u32::from(*rhythm), Some(day(at)));
        }
        facts.openings = openings.remove(&pair.id).unwrap_or_default();
        facts.surveys = surveys.remove(&pair.id).unwrap_or_default();
        facts.feedback_gap = gaps.get(pair.program.as_str()).map(day);
        let of_it = |pause: &&Pause| match &pause.of {
            Of::Pair(of) => *of == pair.id,
            Of::Person(of) => *of == pair.mentor || *of == pair.mentee,
        };
        facts.pauses = pauses.iter().filter(of_it).map(|pause| pause.span).collect();
        let own = answers.remove(&pair.id).unwrap_or_default();
        one.answers =
            own.into_iter().map(|(question, value, at)| OwnAnswer { question, value, day: day(&at) }).collect();
    }
    Ok(())
}

/// About what `actor` says to a nudge or wants of all of them; `None` for a stranger.
pub async fn nudged_case(conn: &mut Conn, about: &NudgeAct, actor: &PersonId) -> Result<Option<NudgedCase>> {
    let row = sqlx::query(
        "select person.person_id, person.name, person.zone, person.deactivated, person.looked, person.home_opened,
            (select count(*) from coordinator where coordinator.person_id = person.person_id) as coordinates
        from person
        where person.person_id = $1",
    )
    .bind(actor.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let person: Person = rows::person(&row, &PERSON)?;
    let home_opened = time_if(&row, "person", "home_opened")?.is_some();
    let nudge = match about {
        NudgeAct::Reacted { nudge, .. } => {
            let row = sqlx::query(concat!(
                "select ",
                nudge_columns!(),
                ",
                nudge.person_id, program.settings
                from nudge
                join pair on pair.pair_id = nudge.pair_id
                join program on program.program_id = pair.program_id
                where nudge.nudge_id = $1
                    and nudge.held = 0"
            ))
            .bind(nudge.as_str())
            .fetch_optional(&mut *conn)
            .await?;
            match row {
                Some(row) => Some((nudges::nudged(&row)?, rows::program(&row)?, id(&row, "nudge", "person_id")?)),
                None => None,
            }
        }
        NudgeAct::Chose(_) | NudgeAct::Revived(_) => None,
    };
    let coordinates = number::<i64>(&row, "coordinator", "coordinates")? > 0;
    let verdicts = nudges::effects::verdicts(conn, &actor.workspace()).await?;
    let retired =
        verdicts.into_iter().filter(|(_, verdict)| *verdict == Verdict::Retired).map(|(kind, _)| kind).collect();
    let rest = rest_of(conn, actor).await?;
    Ok(Some(NudgedCase { person, rest, nudge, coordinates, retired, home_opened }))
}
