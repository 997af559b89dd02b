//! Whether a message that asks somebody comes too late, looked at before it is sent for the first time.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::cases::{nudge_case, pair_case, program_case, reply_case, standing_case};
use super::rows::{self, id, number, pair_columns, time, time_if};
use super::{Conn, fit, help, nudges, pauses, people, programs, rests, thanks};
use crate::core::availability::Availability;
use crate::core::decision::{Change, Decision};
use crate::core::id::{DigestId, PairId, PersonId, ProgramId, PulseId, StepId};
use crate::core::late::{self, PlannedSurvey};
use crate::core::message::Message;
use crate::core::nudge;
use crate::core::person::{Person, Standing};
use crate::core::rest::{Pace, Rest};
use crate::core::scoring::schedule;
use crate::core::survey::SurveyChange;
use crate::store::Instead;

/// What to do instead of sending `message` at `now`; `None` when it is in time.
pub async fn instead(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<Instead>> {
    let pulses = match message {
        Message::Pulse { pulse } | Message::PrivatePulse { pulse, .. } => vec![pulse.clone()],
        Message::MentorPulses { .. } => of_mentor(conn, message).await?,
        Message::DeclinedNote { program, person, .. } => {
            let case = program_case(conn, program, person).await?;
            let is_out = case.is_some_and(|case| matches!(case.standing, Some(Standing::Declined { .. })));
            return Ok((!is_out).then(|| Instead::Drop(Decision::default())));
        }
        Message::WordToBoth { step, .. } => return nobody_out(conn, step, None).await,
        Message::PrivateQuestion { step, person } => return nobody_out(conn, step, Some(person)).await,
        Message::Surveys { .. } => return surveys(conn, message, now).await,
        Message::FitQuestion { pair, person, times } => {
            let state = fit::state(conn, pair, person).await?;
            let rest = rests::of(conn, std::slice::from_ref(person)).await?.remove(person).unwrap_or_default();
            let is_moot = state.times > *times || (state.answer.is_some() && *times == 1) || rest.pace == Pace::Never;
            return if is_moot { Ok(Some(Instead::Drop(Decision::default()))) } else { ended(conn, pair).await };
        }
        Message::Dates { pair, .. } => return ended(conn, pair).await,
        Message::Silence { program, person, .. } => return in_no_pair(conn, program, person).await,
        Message::Nudge { nudge, person, day } => {
            let case = nudge_case(conn, person, now).await?;
            return Ok(case.and_then(|case| nudge::late::instead(&case, nudge, *day, now)).map(Instead::Drop));
        }
        _ => return Ok(None),
    };
    let (mut instead, mut unwanted): (Option<Decision>, Option<Decision>) = (None, None);
    for pulse in pulses {
        let Some(case) = standing_case(conn, &pulse).await? else { continue };
        if let Some(fold) = late::instead(message, &case, now) {
            instead.get_or_insert_default().changes.extend(fold.changes);
        } else if let Some(fold) = late::unwanted(message, &case.pulse, case.out, now) {
            unwanted.get_or_insert_default().changes.extend(fold.changes);
        }
    }
    Ok(match (message, instead, unwanted) {
        // The mentor's other rows are asked all the same; one that is folded is a row no more.
        (Message::MentorPulses { .. }, None, Some(rows)) => {
            (!rows.changes.is_empty()).then_some(Instead::LeaveOut(rows))
        }
        (_, instead, unwanted) => instead.or(unwanted).map(Instead::Drop),
    })
}

/// Drops what a coordinator wrote to a pair, or asks this one of it, where somebody has pressed `Not for me` meanwhile,
/// or the pair has ended.
async fn nobody_out(conn: &mut Conn, step: &StepId, person: Option<&PersonId>) -> Result<Option<Instead>> {
    let out: i64 = sqlx::query_scalar(
        "select count(*)
        from step
        join pair on pair.pair_id = step.pair_id
        join participation on participation.program_id = pair.program_id
            and participation.person_id in (pair.mentee_id, pair.mentor_id)
        where step.step_id = $1
            and participation.person_id = coalesce($2, participation.person_id)
            and (participation.declined is not null or pair.ended is not null)",
    )
    .bind(step.as_str())
    .bind(person.map(PersonId::as_str))
    .fetch_one(conn)
    .await?;
    Ok((out > 0).then(|| Instead::Drop(Decision::default())))
}

/// A message of surveys is not sent for the first time where all are over; and what nobody should be asked any more goes out
/// of it, unless it was answered already, in App Home, or its post may stand there.
async fn surveys(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<Instead>> {
    let Message::Surveys { program, person, occurrence } = message else { return Ok(None) };
    let Some(program) = programs::find(conn, program).await? else { return Ok(None) };
    let name = message.name();
    let rows = sqlx::query(concat!(
        "select survey.survey_id, survey.early, survey.closed, survey_ask.closes,
        ",
        pair_columns!(),
        ",
        (select count(*) from participation
            where participation.program_id = pair.program_id
                and participation.person_id = $1
                and participation.declined is not null) as own_out,
        (select count(*) from participation
            where participation.program_id = pair.program_id
                and participation.person_id in (pair.mentor_id, pair.mentee_id)
                and participation.person_id <> $1
                and participation.declined is not null) as other_out,
        (select count(*) from survey_answer
            where survey_answer.survey_id = survey.survey_id
                and survey_answer.person_id = $1)
            + (select count(*) from survey_met
                where survey_met.survey_id = survey.survey_id
                    and survey_met.person_id = $1)
            + (select count(*) from outbox where outbox.name = $4 and outbox.unsure is not null) as begun
        from survey_ask
        join survey on survey.survey_id = survey_ask.survey_id
        join pair on pair.pair_id = survey.pair_id
        where survey_ask.person_id = $1
            and pair.program_id = $2
            and survey.occurrence = $3
        order by survey.survey_id"
    ))
    .bind(person.as_str())
    .bind(program.id.as_str())
    .bind(occurrence.to_string())
    .bind(name.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let Some(reader) = people::find(conn, std::slice::from_ref(person)).await?.pop() else { return Ok(None) };
    let rest = rests::of(conn, std::slice::from_ref(person)).await?.remove(person).unwrap_or_default();
    let (mut folds, mut is_asked) = (Decision::default(), false);
    for row in &rows {
        let is = |table, column| Ok::<_, sqlx::Error>(number::<i64>(row, table, column)? > 0);
        let closes = time(row, "survey_ask", "closes")?;
        let is_over = time_if(row, "survey", "closed")?.is_some() || closes <= now;
        let pair = rows::pair(row)?;
        let planned = PlannedSurvey {
            closes,
            early: is("survey", "early")?,
            ended: pair.ended.is_some(),
            out: [is("participation", "own_out")?, is("participation", "other_out")?],
            pauses: pauses::spans_of_pair(conn, &pair.id).await?,
        };
        if is_over {
            continue;
        }
        if planned.is_wanted(&program, (reader.zone, &rest), now) {
            is_asked = true;
        } else if !is("survey_answer", "begun")? {
            let (survey, person, message) = (id(row, "survey", "survey_id")?, person.clone(), name.clone());
            folds.changes.push(Change::Survey(SurveyChange::Folded { survey, person, message }));
        }
    }
    Ok(match (is_asked, folds.changes.is_empty()) {
        (false, _) => Some(Instead::Drop(folds)),
        (true, false) => Some(Instead::LeaveOut(folds)),
        (true, true) => None,
    })
}

/// Nothing in its place, where the pair has ended.
async fn ended(conn: &mut Conn, pair: &PairId) -> Result<Option<Instead>> {
    let ended: Option<String> = sqlx::query_scalar("select pair_id from pair where pair_id = $1 and ended is not null")
        .bind(pair.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(ended.map(|_| Instead::Drop(Decision::default())))
}

/// Nothing in its place, where all pairs of this person in the programme have ended.
async fn in_no_pair(conn: &mut Conn, program: &ProgramId, person: &PersonId) -> Result<Option<Instead>> {
    let pairs: i64 = sqlx::query_scalar(
        "select count(*)
        from pair
        where program_id = $1
            and (mentor_id = $2 or mentee_id = $2)
            and ended is null",
    )
    .bind(program.as_str())
    .bind(person.as_str())
    .fetch_one(conn)
    .await?;
    Ok((pairs == 0).then(|| Instead::Drop(Decision::default())))
}

/// Until when `message`, if it was never sent, has to wait at `now`; `None` when it may go.
pub async fn waits(conn: &mut Conn, message: &Message, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let (program, readers) = match message {
        Message::Nudge { nudge, person, .. } => (nudges::program(conn, nudge).await?, vec![person.clone()]),
        Message::Welcome { program, person }
        | Message::Surveys { program, person, .. }
        | Message::Silence { program, person, .. }
        | Message::PairPaused { program, person, .. } => (programs::find(conn, program).await?, vec![person.clone()]),
        Message::PrivateQuestion { step, person } => {
            (reply_case(conn, step, person).await?.map(|case| case.program), vec![person.clone()])
        }
        Message::FitQuestion { pair, person, .. } => {
            (pair_case(conn, pair).await?.map(|case| case.program), vec![person.clone()])
        }
        Message::HelpLate { help, person } => (help::program_of(conn, help).await?, vec![person.clone()]),
        Message::WordToBoth { pair, .. } | Message::Closing { pair } => {
            let Some(case) = pair_case(conn, pair).await? else { return Ok(None) };
            let rests = rests::of_both(conn, [&case.mentee.id, &case.mentor.id]).await?;
            let sides = [(case.mentee.zone, &rests[0]), (case.mentor.zone, &rests[1])];
            let both = sides.map(|(zone, rest)| Availability::new(&case.program, zone, rest));
            return Ok(late::both_wait(both, now));
        }
        Message::Agreement { pair, to, .. } => {
            let Some(case) = pair_case(conn, pair).await? else { return Ok(None) };
            let both = [case.mentee.id, case.mentor.id];
            let readers = both.into_iter().filter(|one| to.as_ref().is_none_or(|to| one == to)).collect();
            (Some(case.program), readers)
        }
        Message::Thanks { thanks, person } => {
            let Some((pair, due)) = thanks::due(conn, thanks).await? else { return Ok(None) };
            if due > now {
                return Ok(Some(due));
            }
            (pair_case(conn, &pair).await?.map(|case| case.program), vec![person.clone()])
        }
        Message::Digest { digest, coordinator } => return digest_waits(conn, digest, coordinator, now).await,
        _ => return Ok(None),
    };
    let Some(program) = program else { return Ok(None) };
    let people = people::find(conn, &readers).await?;
    let rests = rests::of(conn, &readers).await?;
    let unrestricted = Rest::default();
    let availability =
        |person: &Person| Availability::new(&program, person.zone, rests.get(&person.id).unwrap_or(&unrestricted));
    let readers: Vec<_> = people.iter().map(availability).collect();
    Ok(late::waits(&readers, now))
}

/// A digest comes at its coordinator's own hour, whatever that is; one that was held up beyond it waits for working time.
async fn digest_waits(
    conn: &mut Conn,
    digest: &DigestId,
    coordinator: &PersonId,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let program: Option<String> = sqlx::query_scalar("select program_id from digest where digest_id = $1")
        .bind(digest.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let (Some(program), Some(occurrence)) = (program, digest.occurrence()) else { return Ok(None) };
    let Some(program) = programs::find(conn, &program.into()).await? else { return Ok(None) };
    let reader = people::find(conn, std::slice::from_ref(coordinator)).await?.pop();
    let due = reader.map(|reader| schedule::post(&program, &reader, occurrence, digest.clone(), now).due);
    Ok(due.filter(|due| *due > now))
}

/// The pulses in a mentor's one message.
async fn of_mentor(conn: &mut Conn, message: &Message) -> Result<Vec<PulseId>> {
    let Message::MentorPulses { program, person, occurrence } = message else { return Ok(Vec::new()) };
    let ids: Vec<String> = sqlx::query_scalar(
        "select pulse.pulse_id
        from pair
        join pulse on pulse.pair_id = pair.pair_id
        where pair.mentor_id = $1
            and pair.program_id = $2
            and pulse.occurrence = $3
            and pulse.form = 'rows'
            and pulse.folded is null
        order by pulse.pulse_id",
    )
    .bind(person.as_str())
    .bind(program.as_str())
    .bind(occurrence.to_string())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(PulseId::from).collect())
}
