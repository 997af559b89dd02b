//! What decisions need to know, loaded in the transaction that writes their result. Whoever changes a pulse or plans
//! for a pair holds its row first: what is read after that does not change any more.

use chrono_tz::Tz;
use sqlx::Result;

use super::rows::{
    self, MENTEE, MENTOR, PERSON, ask_columns, both_people_columns, date_if, number, pair_columns, pulse_columns, raw,
    time_if,
};
use super::{Conn, answers};
use crate::core::case::{PairCase, PlanCase, ProgramCase, PulseCase};
use crate::core::id::{PairId, PersonId, ProgramId, PulseId};
use crate::core::person::{Pair, Person};
use crate::core::program::Program;
use crate::core::pulse::{Ask, Pulse};
use crate::core::rotation::AskedItem;
use crate::store::vault::Vault;

/// About one pulse, as `actor` may know it. Holds the pulse.
///
/// Two statements: an answer's way is kept short.
pub async fn pulse_case(
    conn: &mut Conn,
    pulse: &PulseId,
    actor: &PersonId,
    vault: &Vault,
) -> Result<Option<PulseCase>> {
    let head = sqlx::query(locking!(
        "pulse",
        "select ",
        pulse_columns!(),
        ",
        ",
        pair_columns!(),
        ",
        ",
        both_people_columns!(),
        ",
        program.settings,
        (select person.home_opened from person where person.person_id = $2) as home_opened
        from pulse
        join pair on pair.pair_id = pulse.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pulse.pulse_id = $1"
    ))
    .bind(pulse.as_str())
    .bind(actor.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(head) = head else { return Ok(None) };
    // One row for each ask, or one for each answer where the ask is the actor's own.
    let parts = sqlx::query(concat!(
        "select ",
        ask_columns!(),
        ",
        ask.pulse_id, answer.question_id, answer.value, answer.audience, answer.at, comment.sealed
        from ask
        left join answer on answer.pulse_id = ask.pulse_id
            and answer.person_id = ask.person_id
            and ask.person_id = $2
        left join comment on comment.pulse_id = answer.pulse_id
            and comment.person_id = answer.person_id
            and comment.question_id = answer.question_id
        where ask.pulse_id = $1
        order by ask.role, answer.at, answer.question_id"
    ))
    .bind(pulse.as_str())
    .bind(actor.as_str())
    .fetch_all(conn)
    .await?;
    let (mut asks, mut own, mut comments) = (Vec::with_capacity(2), Vec::new(), Vec::new());
    for part in &parts {
        let ask = rows::ask(part)?;
        if !asks.iter().any(|known: &Ask| known.role == ask.role) {
            asks.push(ask);
        }
        if raw::<Option<&str>>(part, "answer", "question_id")?.is_none() {
            continue;
        }
        let answer = rows::answer(part)?;
        if let Some(sealed) = raw::<Option<&str>>(part, "comment", "sealed")? {
            let key = answers::AnswerKey { pulse, person: actor, question: &answer.question };
            let words = vault.open(&key.comment_row(), sealed).map_err(rows::sealed)?;
            comments.push((answer.question.clone(), words));
        }
        own.push(answer);
    }
    Ok(Some(PulseCase {
        program: rows::program(&head)?,
        pair: rows::pair(&head)?,
        mentee: rows::person(&head, &MENTEE)?,
        mentor: rows::person(&head, &MENTOR)?,
        pulse: rows::pulse(&head, asks)?,
        answers: own,
        comments,
        home_opened: time_if(&head, "person", "home_opened")?.is_some(),
    }))
}

/// About a pulse whose time is over.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosingCase {
    pub program: Program,
    pub pulse: Pulse,
    /// The mentee's and the mentor's.
    pub zones: [Tz; 2],
    /// Those of the two whose App Home is kept up to date.
    pub home_opened: Vec<PersonId>,
}

/// About a pulse whose time is over; `None` when it was never asked. Holds the pulse.
pub async fn closing_case(conn: &mut Conn, pulse: &PulseId) -> Result<Option<ClosingCase>> {
    let head = sqlx::query(locking!(
        "pulse",
        "select ",
        pulse_columns!(),
        ",
        pair.mentee_id, pair.mentor_id,
        ",
        both_people_columns!(),
        ",
        mentee.home_opened as mentee_opened, mentor.home_opened as mentor_opened, program.settings
        from pulse
        join pair on pair.pair_id = pulse.pair_id
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pulse.pulse_id = $1
            and pulse.folded is null"
    ))
    .bind(pulse.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(head) = head else { return Ok(None) };
    let parts = sqlx::query(concat!(
        "select ",
        ask_columns!(),
        "
        from ask
        where ask.pulse_id = $1
        order by ask.role"
    ))
    .bind(pulse.as_str())
    .fetch_all(conn)
    .await?;
    let asks = parts.iter().map(rows::ask).collect::<Result<Vec<_>>>()?;
    let (mentee, mentor) = (rows::person(&head, &MENTEE)?, rows::person(&head, &MENTOR)?);
    let zones = [mentee.zone, mentor.zone];
    let mut home_opened = Vec::new();
    for (person, column) in [(mentee, "mentee_opened"), (mentor, "mentor_opened")] {
        if time_if(&head, "person", column)?.is_some() {
            home_opened.push(person.id);
        }
    }
    Ok(Some(ClosingCase { program: rows::program(&head)?, pulse: rows::pulse(&head, asks)?, zones, home_opened }))
}

/// About one pair.
pub async fn pair_case(conn: &mut Conn, pair: &PairId) -> Result<Option<PairCase>> {
    let row = sqlx::query(concat!(
        "select ",
        pair_columns!(),
        ",
        ",
        both_people_columns!(),
        ",
        program.settings
        from pair
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id = $1"
    ))
    .bind(pair.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let pair = rows::pair(&row)?;
    Ok(Some(PairCase {
        coordinators: coordinators(conn, &pair.program).await?,
        program: rows::program(&row)?,
        mentee: rows::person(&row, &MENTEE)?,
        mentor: rows::person(&row, &MENTOR)?,
        pair,
    }))
}

/// About one person in one programme.
pub async fn program_case(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Option<ProgramCase>> {
    let row = sqlx::query(
        "select program.settings, participation.person_id,
            participation.welcomed, participation.started, participation.declined,
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
        partners: partners(conn, program, person).await?,
        coordinators: coordinators(conn, program).await?,
        home_opened: time_if(&row, "person", "home_opened")?.is_some(),
    }))
}

/// About the next pulse of one pair; `None` when there is no such pair, or it has ended. Holds the pair.
pub async fn plan_case(conn: &mut Conn, pair: &PairId) -> Result<Option<PlanCase>> {
    // First the lock alone: on PostgreSQL the other tables of a locking select would be read as they were before it.
    let head = sqlx::query(locking!(
        "pair",
        "select ",
        pair_columns!(),
        "
        from pair
        where pair.pair_id = $1
            and pair.ended is null"
    ))
    .bind(pair.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(head) = head else { return Ok(None) };
    let pair = rows::pair(&head)?;
    let facts = sqlx::query(concat!(
        "select pair.mentor_id, pair.mentee_id,
        ",
        both_people_columns!(),
        ",
        program.settings,
        in_mentee.welcomed as mentee_welcomed, in_mentee.started as mentee_started,
        in_mentee.declined as mentee_declined,
        in_mentor.welcomed as mentor_welcomed, in_mentor.started as mentor_started,
        in_mentor.declined as mentor_declined,
        (select count(*) from pair other
            where other.mentor_id = pair.mentor_id
                and other.program_id = pair.program_id
                and other.ended is null) as mentors_pairs,
        (select max(pulse.occurrence) from pulse where pulse.pair_id = pair.pair_id) as last_occurrence,
        (select count(*) from pulse where pulse.pair_id = pair.pair_id and pulse.folded is null) as asked,
        (select count(*) from meeting where meeting.pair_id = pair.pair_id and meeting.met = 1) as meetings
        from pair
        join program on program.program_id = pair.program_id
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        left join participation in_mentee on in_mentee.program_id = pair.program_id
            and in_mentee.person_id = pair.mentee_id
        left join participation in_mentor on in_mentor.program_id = pair.program_id
            and in_mentor.person_id = pair.mentor_id
        where pair.pair_id = $1"
    ))
    .bind(pair.id.as_str())
    .fetch_one(&mut *conn)
    .await?;
    let program = rows::program(&facts)?;
    Ok(Some(PlanCase {
        mentee: rows::person(&facts, &MENTEE)?,
        mentor: rows::person(&facts, &MENTOR)?,
        mentee_standing: rows::standing(&facts, ["mentee_welcomed", "mentee_started", "mentee_declined"])?,
        mentor_standing: rows::standing(&facts, ["mentor_welcomed", "mentor_started", "mentor_declined"])?,
        mentors_pairs: number(&facts, "pair", "mentors_pairs")?,
        last_occurrence: date_if(&facts, "pulse", "last_occurrence")?,
        asked: number(&facts, "pulse", "asked")?,
        history: history(conn, &pair, &program).await?,
        program,
        met: number::<i64>(&facts, "meeting", "meetings")? > 0,
        pair,
    }))
}

/// What this pair was asked, oldest first; what was folded was never asked.
async fn history(conn: &mut Conn, pair: &Pair, program: &Program) -> Result<Vec<AskedItem>> {
    let rows = sqlx::query(
        "select ask.role, ask.questions, pulse.occurrence
        from pulse
        join ask on ask.pulse_id = pulse.pulse_id
        where pulse.pair_id = $1
            and pulse.folded is null
            and ask.folded is null
        order by pulse.occurrence, ask.role",
    )
    .bind(pair.id.as_str())
    .fetch_all(conn)
    .await?;
    let first_day = pair.starts.max(program.starts);
    let mut history = Vec::with_capacity(rows.len() * 2);
    for row in &rows {
        let (role, day) = (rows::role(row)?, rows::date(row, "pulse", "occurrence")?);
        // As planning counts them: weeks of the pair, from 1.
        let week = u32::try_from((day - first_day).num_weeks()).unwrap_or(0) + 1;
        history.extend(rows::questions(row)?.into_iter().map(|question| AskedItem { question, role, week }));
    }
    Ok(history)
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
