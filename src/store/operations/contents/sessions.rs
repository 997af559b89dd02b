//! What App Home says of sessions: the last, the next, and what its reader may still say to the last.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::Result;

use super::super::Conn;
use super::super::rows::{self, date, id, time};
use super::super::sessions::{self, proposal_columns};
use crate::core::act::{ASK_WITHIN, unanswered};
use crate::core::cadence::civil;
use crate::core::content::HomeSessions;
use crate::core::id::{PairId, PersonId};
use crate::core::session::ProposalState;

/// Of each pair of this person about which there is something to say.
pub async fn sessions(conn: &mut Conn, person: &PersonId, now: DateTime<Utc>) -> Result<HashMap<PairId, HomeSessions>> {
    let mut found: HashMap<PairId, HomeSessions> = HashMap::new();
    let last = sqlx::query(
        "select session.pair_id, session.day, session.minutes
        from pair
        join session on session.pair_id = pair.pair_id
            and session.day = (select max(latest.day)
                from session latest
                where latest.pair_id = pair.pair_id
                    and latest.withdrawn is null)
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and session.withdrawn is null",
    )
    .bind(person.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let since = (now - TimeDelta::days(ASK_WITHIN)).date_naive();
    let answered = if last.is_empty() { HashSet::new() } else { answered(conn, person, since).await? };
    for row in &last {
        let (pair, day): (PairId, NaiveDate) = (id(row, "session", "pair_id")?, date(row, "session", "day")?);
        let entry = found.entry(pair.clone()).or_default();
        entry.last = Some((day, sessions::minutes(row)?));
        if day >= since {
            let is_answered = |item: &str| answered.contains(&(pair.clone(), day, item.to_owned()));
            entry.ask = unanswered(is_answered).collect();
        }
    }
    let said = sqlx::query(
        "select pair.pair_id, program.settings, max(said.at) as at
        from pair
        join program on program.program_id = pair.program_id
        join (
            select meeting.pair_id, meeting.person_id, meeting.at, pulse.closed
            from meeting
            join pulse on pulse.pulse_id = meeting.pulse_id
            where meeting.met = 1
            union all
            select survey_met.pair_id, survey_met.person_id, survey_met.at, survey.closed
            from survey_met
            join survey on survey.survey_id = survey_met.survey_id
            where survey_met.met = 1) said on said.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and (said.closed is not null or said.person_id = $1)
        group by pair.pair_id, program.settings",
    )
    .bind(person.as_str())
    .fetch_all(&mut *conn)
    .await?;
    for row in &said {
        let day = civil(rows::program(row)?.zone, time(row, "meeting", "at")?).date();
        found.entry(id(row, "pair", "pair_id")?).or_default().said_met = Some(day);
    }
    let proposals = sqlx::query(concat!(
        "select proposal.pair_id,
        ",
        proposal_columns!(),
        "
        from pair
        join proposal on proposal.pair_id = pair.pair_id
        where (pair.mentor_id = $1 or pair.mentee_id = $1)
            and pair.ended is null
            and proposal.over is null
        order by proposal.at, proposal.proposal_id"
    ))
    .bind(person.as_str())
    .fetch_all(conn)
    .await?;
    for row in &proposals {
        let proposal = sessions::proposal(row)?;
        let stands = match proposal.state {
            ProposalState::Open => proposal.dates.iter().any(|date| *date > now),
            ProposalState::Set { date } => date > now,
            ProposalState::Over => false,
        };
        if stands {
            let entry = found.entry(id(row, "proposal", "pair_id")?).or_default();
            entry.own_proposal = proposal.by == *person;
            entry.proposal = Some(proposal);
        }
    }
    Ok(found)
}

async fn answered(
    conn: &mut Conn,
    person: &PersonId,
    since: NaiveDate,
) -> Result<HashSet<(PairId, NaiveDate, String)>> {
    let rows = sqlx::query(
        "select pair_id, day, item
        from session_answer
        where person_id = $1
            and day >= $2",
    )
    .bind(person.as_str())
    .bind(since.to_string())
    .fetch_all(conn)
    .await?;
    let answered = |row| {
        let day = date(row, "session_answer", "day")?;
        Ok((id(row, "session_answer", "pair_id")?, day, id(row, "session_answer", "item")?))
    };
    rows.iter().map(answered).collect()
}
