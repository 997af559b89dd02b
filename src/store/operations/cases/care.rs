//! About something that a coordinator may do, and about what somebody of a pair was asked by one.

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::super::pieces::join_partner;
use super::super::rows::{self, Row, id, ms, pair_columns, raw};
use super::super::{Conn, Engine, care, cases, pauses, people, programs, rests, sessions};
use super::pair::{Whole, held, standings};
use super::pulse::standing_case;
use crate::core::cadence::civil;
use crate::core::care::{StepKind, Whereof};
use crate::core::case::{CareCase, CarePair, DigestCase, ReplyCase};
use crate::core::command::Choice;
use crate::core::event::What;
use crate::core::id::{DigestId, HelpId, PairId, PersonId, ProgramId, PulseId, StepId};
use crate::core::message::Message;
use crate::core::person::Standing;
use crate::core::program::Program;
use crate::core::pulse::Pulse;
use crate::core::scoring::digest::{LineId, Subject};

/// About what `actor` wants to do as a coordinator; `None` when there is no such line or pair. Holds the pair.
pub async fn care_case(conn: &mut Conn, what: &What, actor: &PersonId, now: DateTime<Utc>) -> Result<Option<CareCase>> {
    let (line, pair) = match what {
        What::Cared(care) => (care.line(), care.pair()),
        What::WroteToBoth { about, .. } => (about.line.as_ref(), Some(&about.pair)),
        _ => (None, None),
    };
    let subject = line.and_then(LineId::read).map(|(_, subject)| subject);
    let pair = match (&subject, pair) {
        // A line is about its own pair, whatever stands beside it.
        (Some(Subject::Pair(pair) | Subject::Gap(pair)), _) => Some(pair.clone()),
        (Some(Subject::Help(help)), _) => pair_of_help(conn, help).await?,
        (Some(Subject::Declined(..)), _) => None,
        (None, pair) if line.is_none() => pair.cloned(),
        (None, _) => None,
    };
    match (pair, subject) {
        (Some(pair), _) => of_pair(conn, &pair, line, actor, now).await,
        (None, Some(Subject::Declined(program, person))) => {
            let Some(case) = cases::program_case(conn, &program, &person).await? else { return Ok(None) };
            let known = Known { program: case.program, pair: None, kept_from: case.partners };
            known.complete(conn, line, actor).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// About a whole digest, as `actor` may read it; `None` when there is no such digest.
pub async fn digest_case(
    conn: &mut Conn,
    digest: &DigestId,
    actor: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<DigestCase>> {
    let row = sqlx::query("select program_id, person_id from digest where digest_id = $1")
        .bind(digest.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let program: ProgramId = id(&row, "digest", "program_id")?;
    let copy_of: Option<String> = raw(&row, "digest", "person_id")?;
    let Some(program) = programs::find(conn, &program).await? else { return Ok(None) };
    let takes_part = programs::taking_part(conn, &program.id, now).await?.contains_key(actor);
    let today = civil(program.zone, now).date();
    let step = StepId::new(StepKind::Exported, &Whereof::Digest(digest.clone(), actor.clone()), today);
    let exported = care::find(conn, &step).await?.map(|step| step.at);
    let known = Known { program, pair: None, kept_from: Vec::new() };
    Ok(Some(DigestCase {
        digest: digest.clone(),
        care: known.complete(conn, None, actor).await?,
        copy_of: copy_of.map(PersonId::from),
        takes_part,
        exported,
    }))
}

async fn pair_of_help(conn: &mut Conn, help: &HelpId) -> Result<Option<PairId>> {
    let pair: Option<String> = sqlx::query_scalar("select pair_id from help where help_id = $1")
        .bind(help.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(pair.map(PairId::from))
}

struct Known {
    program: Program,
    pair: Option<CarePair>,
    kept_from: Vec<PersonId>,
}

impl Known {
    async fn complete(self, conn: &mut Conn, line: Option<&LineId>, actor: &PersonId) -> Result<CareCase> {
        let pair = self.pair.as_ref().map(|facts| &facts.pair.id);
        let steps = care::steps(conn, line, pair).await?;
        let posted = match line.and_then(LineId::read) {
            Some((cutoff, _)) => posted(conn, &self.program.id, cutoff).await?,
            None => Vec::new(),
        };
        let known = people::find(conn, std::slice::from_ref(actor)).await?;
        let actor = known.into_iter().next().map(|person| person.name).unwrap_or_default();
        Ok(CareCase { program: self.program, actor, pair: self.pair, kept_from: self.kept_from, steps, posted })
    }
}

async fn of_pair(
    conn: &mut Conn,
    pair: &PairId,
    line: Option<&LineId>,
    actor: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<CareCase>> {
    let Some(Whole { pair, program, mentee, mentor }) = held(conn, pair).await? else { return Ok(None) };
    let today = civil(program.zone, now).date();
    let mut running = Vec::new();
    for pause in pauses::running(conn, std::slice::from_ref(&pair), today).await? {
        let by = pause.by.iter().cloned().collect::<Vec<_>>();
        let name = people::find(conn, &by).await?.into_iter().next().map(|person| person.name);
        running.push((pause, name));
    }
    let partners = super::partners(conn, &program.id, actor).await?;
    let [of_mentee, of_mentor] = standings(conn, &pair.id).await?;
    let told = |person: &PersonId, standing| match standing {
        Standing::Declined { .. } if partners.contains(person) => None,
        standing => Some(standing),
    };
    let facts = CarePair {
        standings: [told(&pair.mentee, of_mentee), told(&pair.mentor, of_mentor)],
        mentee,
        mentor,
        pauses: running,
        rests: rests::of_both(conn, [&pair.mentee, &pair.mentor]).await?,
        open: open_pulse(conn, &pair.id, now).await?,
        home_opened: sessions::homes(conn, &pair.id).await?,
        pair,
    };
    let known = Known { program, pair: Some(facts), kept_from: Vec::new() };
    known.complete(conn, line, actor).await.map(Some)
}

/// The pair's newest pulse, as long as it is open.
async fn open_pulse(conn: &mut Conn, pair: &PairId, now: DateTime<Utc>) -> Result<Option<Pulse>> {
    let pulse: Option<String> = sqlx::query_scalar(
        "select pulse_id
        from pulse
        where pair_id = $1
            and closed is null
            and folded is null
            and closes > $2
        order by strike desc
        limit 1",
    )
    .bind(pair.as_str())
    .bind(ms(now))
    .fetch_optional(&mut *conn)
    .await?;
    match pulse {
        Some(pulse) => Ok(standing_case(conn, &PulseId::from(pulse)).await?.map(|case| case.pulse)),
        None => Ok(None),
    }
}

/// The digests of this programme and cut-off that stand in Slack, and with whom. What is not posted yet will show what
/// is true then.
async fn posted(conn: &mut Conn, program: &ProgramId, cutoff: DateTime<Utc>) -> Result<Vec<(DigestId, PersonId)>> {
    let rows = sqlx::query(
        "select digest.digest_id, coordinator.person_id
        from digest
        join coordinator on coordinator.program_id = digest.program_id
            and (digest.person_id is null or digest.person_id = coordinator.person_id)
        where digest.program_id = $1
            and digest.cutoff = $2
        order by digest.digest_id, coordinator.person_id",
    )
    .bind(program.as_str())
    .bind(ms(cutoff))
    .fetch_all(&mut *conn)
    .await?;
    let known = |row: &Row| Ok((id(row, "digest", "digest_id")?, id(row, "coordinator", "person_id")?));
    let all: Vec<(DigestId, PersonId)> = rows.iter().map(known).collect::<Result<_>>()?;
    if all.is_empty() {
        return Ok(all);
    }
    let name = |(digest, coordinator): &(DigestId, PersonId)| {
        Message::Digest { digest: digest.clone(), coordinator: coordinator.clone() }.name()
    };
    let names: Vec<_> = all.iter().map(name).collect();
    let mut select = QueryBuilder::<Engine>::new("select name from outbox where shown > 0 and name in");
    care::listed(&mut select, names.iter().map(|name| name.as_str()));
    let sent: Vec<String> = select.build_query_scalar().persistent(false).fetch_all(conn).await?;
    let stands = |known: &&(DigestId, PersonId)| sent.iter().any(|sent| sent == name(known).as_str());
    Ok(all.iter().filter(stands).cloned().collect())
}

/// About what `actor` was asked by a coordinator alone; `None` when there is no such question, or it was asked of a pair
/// that is not theirs or has ended.
pub async fn reply_case(conn: &mut Conn, step: &StepId, actor: &PersonId) -> Result<Option<ReplyCase>> {
    let Some(step) = care::find(conn, step).await? else { return Ok(None) };
    let Some(pair) = &step.pair else { return Ok(None) };
    let row = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        program.settings, partner.name as partner_name
        from pair
        join program on program.program_id = pair.program_id
        ",
        join_partner!("$2"),
        "
        where pair.pair_id = $1
            and (pair.mentee_id = $2 or pair.mentor_id = $2)
            and pair.ended is null"
    ))
    .bind(pair.as_str())
    .bind(actor.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let by = people::find(conn, std::slice::from_ref(&step.by)).await?;
    let Some(coordinator) = by.into_iter().next() else { return Ok(None) };
    Ok(Some(ReplyCase {
        program: rows::program(&row)?,
        pair: rows::pair(&row)?,
        partner: raw(&row, "person", "partner_name")?,
        step,
        coordinator,
    }))
}

/// Pairs in one answer to a command: more than a coordinator has.
const COORDINATED: i64 = 20_000;

/// The pairs that this person coordinates, by the names of both, without a pair of their own.
pub async fn coordinated(conn: &mut Conn, person: &PersonId) -> Result<Vec<Choice>> {
    let rows = sqlx::query(
        "select pair.pair_id, pair.connection, mentee.name as mentee_name, mentor.name as mentor_name
        from coordinator
        join pair on pair.program_id = coordinator.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where coordinator.person_id = $1
            and pair.mentee_id <> $1
            and pair.mentor_id <> $1
        order by case when pair.ended is null then 0 else 1 end, mentee.name, mentor.name, pair.pair_id
        limit $2",
    )
    .bind(person.as_str())
    .bind(COORDINATED)
    .fetch_all(conn)
    .await?;
    let choice = |row: &Row| {
        let mentee: &str = raw(row, "person", "mentee_name")?;
        let mentor: &str = raw(row, "person", "mentor_name")?;
        let connection: Option<&str> = raw(row, "pair", "connection")?;
        let called = connection.map(|connection| format!(" ({connection})")).unwrap_or_default();
        Ok(Choice { pair: id(row, "pair", "pair_id")?, partner: format!("{mentee} & {mentor}{called}") })
    };
    rows.iter().map(choice).collect()
}
