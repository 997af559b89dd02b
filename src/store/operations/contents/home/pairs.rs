//! A person's pairs on App Home, with their sessions and pauses.

use chrono::{DateTime, Days, Utc};
use sqlx::Result;

use super::super::super::pieces::join_partner;
use super::super::super::rows::{self, pair_columns, raw};
use super::super::super::{Conn, pauses, people};
use super::super::sessions::sessions;
use super::super::welcome::said;
use crate::core::content::{HomePair, PauseShown};
use crate::core::id::PersonId;
use crate::core::pause::{Of, Pause};
use crate::core::person::Pair;
use crate::core::question::Role;

/// Pairs on one page.
const PAIRS: i64 = 50;

pub(super) async fn pairs(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<Vec<HomePair>> {
    let rows = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
            program.settings, partner.name as partner_name,
            participation.welcomed, participation.started, participation.declined
        from pair
        join program on program.program_id = pair.program_id
        ",
        join_partner!("$1"),
        "
        left join participation on participation.program_id = pair.program_id
            and participation.person_id = $1
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
        order by pair.program_id, partner.name, pair.pair_id
        limit $2"
    ))
    .bind(person.as_str())
    .bind(PAIRS)
    .fetch_all(&mut *conn)
    .await?;
    let mut sessions = sessions(conn, person, now).await?;
    let known = rows.iter().map(rows::pair).collect::<Result<Vec<Pair>>>()?;
    let pauses = paused(conn, person, &known, now).await?;
    let mut pair = |row| {
        let (pair, program) = (rows::pair(row)?, rows::program(row)?);
        let of_it = |pause: &&(Pause, Option<String>)| match &pause.0.of {
            Of::Pair(of) => *of == pair.id && pause.0.span.is_on(program.zone, now),
            Of::Person(_) => pause.0.span.is_on(program.zone, now),
        };
        let pause = pauses.iter().filter(of_it).max_by_key(|(pause, _)| pause.span.until);
        Ok(HomePair {
            sessions: sessions.remove(&pair.id).unwrap_or_default(),
            paused: pause.map(|(pause, by)| PauseShown { until: pause.span.until, by: by.clone() }),
            program_name: program.name,
            role: if pair.mentee == *person { Role::Mentee } else { Role::Mentor },
            pair: pair.id,
            program: pair.program,
            partner: raw(row, "person", "partner_name")?,
            said: said(rows::standing(row, ["welcomed", "started", "declined"])?),
        })
    };
    rows.iter().map(&mut pair).collect()
}

/// Pauses of these pairs and of this person, with the names of those who wanted them. That the partner is away is the
/// partner's to tell.
async fn paused(
    conn: &mut Conn,
    person: &PersonId,
    pairs: &[Pair],
    now: DateTime<Utc>,
) -> Result<Vec<(Pause, Option<String>)>> {
    // A day of any programme may have begun earlier than UTC's.
    let yesterday = now.date_naive() - Days::new(1);
    let mut pauses = pauses::running(conn, pairs, yesterday).await?;
    pauses.retain(|pause| !matches!(&pause.of, Of::Person(of) if of != person));
    let by: Vec<PersonId> = pauses.iter().filter_map(|pause| pause.by.clone()).collect();
    let people = people::find(conn, &by).await?;
    let name = |pause: &Pause| people.iter().find(|one| Some(&one.id) == pause.by.as_ref()).map(|one| one.name.clone());
    Ok(pauses.into_iter().map(|pause| (pause.clone(), name(&pause))).collect())
}
