//! Slots of people's weeks that messages of ours have taken.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::{ParseError, Tz};
use sqlx::{QueryBuilder, Result};

use super::rows::{Row, date_if, form, id, ms, number, program, raw, role, time, time_if, unclear};
use super::{Conn, Engine};
use crate::core::attention::{Spent, WEEKLY};
use crate::core::cadence::civil;
use crate::core::case::{Rival, Turns};
use crate::core::id::{PersonId, PulseId};
use crate::core::message::Message;
use crate::core::person::Pair;
use crate::core::plan::GROUP_DM_PAIRS;
use crate::core::pulse::Form;
use crate::core::question::Role;

/// Pairs of one person that are asked about their turn.
const RIVALS: i64 = 200;

/// Weeks of slots that one look brings: what is planned is due in this one or the next.
const WEEKS: i64 = 3;

/// People in one statement: one parameter each, of 32,766 that SQLite takes.
const AT_ONCE: usize = 1000;

/// A message that is planned takes one of the person's [`WEEKLY`] slots; if it has one already it takes no second.
///
/// Whoever decided on a week that somebody else has filled meanwhile asks for a slot that is taken: the database refuses
/// it, and the decision is made again on what is true then.
pub async fn spent(conn: &mut Conn, spent: &Spent) -> Result<bool> {
    take(conn, spent, Some(WEEKLY)).await
}

/// A message that stands in Slack has its slot, however full the week is.
pub async fn stands(conn: &mut Conn, spent: &Spent) -> Result<bool> {
    take(conn, spent, None).await
}

/// The lowest free slot, or, where `most` are taken, one of those.
async fn take(conn: &mut Conn, spent: &Spent, most: Option<u8>) -> Result<bool> {
    let done = sqlx::query(
        "insert into attention (person_id, week, slot, message)
        select $1, $2, case when count(*) >= $4 then min(own.slot) else (
                select min(free.slot)
                from (
                    select 1 as slot
                    union all
                    select taken.slot + 1
                    from attention taken
                    where taken.person_id = $1
                        and taken.week = $2) free
                where free.slot not in (
                    select taken.slot
                    from attention taken
                    where taken.person_id = $1
                        and taken.week = $2))
            end, $3
        from attention own
        where own.person_id = $1
            and own.week = $2
        having not exists (
            select 1
            from attention mine
            where mine.person_id = $1
                and mine.message = $3)
        on conflict (person_id, message) do nothing",
    )
    .bind(spent.person.as_str())
    .bind(spent.week.as_str())
    .bind(spent.message.as_str())
    .bind(most.map_or(i64::MAX, i64::from))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What was folded stands after all: its message takes its slot again. A mentor's one message never gave it back.
pub async fn taken_again(conn: &mut Conn, pulse: &PulseId, person: Option<&PersonId>) -> Result<()> {
    let rows = sqlx::query(
        "select ask.person_id, ask.role, ask.due, pulse.form, person.zone
        from ask
        join pulse on pulse.pulse_id = ask.pulse_id
        join person on person.person_id = ask.person_id
        where ask.pulse_id = $1
            and ask.person_id = coalesce($2, ask.person_id)
            and ask.folded is null",
    )
    .bind(pulse.as_str())
    .bind(person.map(PersonId::as_str))
    .fetch_all(&mut *conn)
    .await?;
    for row in &rows {
        let (person, due): (PersonId, _) = (id(row, "ask", "person_id")?, time(row, "ask", "due")?);
        let zone: &str = raw(row, "person", "zone")?;
        let zone: Tz = zone.parse().map_err(|error: ParseError| unclear("person", "zone", error))?;
        let message = match (form(row)?, role(row)?) {
            (Form::Shared, _) => Message::Pulse { pulse: pulse.clone() },
            (Form::PrivateRows, Role::Mentor) => continue,
            (Form::Private | Form::PrivateRows, _) => {
                Message::PrivatePulse { pulse: pulse.clone(), person: person.clone(), day: civil(zone, due).date() }
            }
        };
        stands(conn, &Spent::on(&person, zone, due, message.name())).await?;
    }
    Ok(())
}

/// The message about this pulse was never sent to the person on this side: the slot is free again. A mentor's one message
/// about many pulses keeps its own.
pub async fn returned(conn: &mut Conn, pulse: &PulseId, role: Role) -> Result<()> {
    sqlx::query(
        "delete from attention
        where person_id in (
                select ask.person_id
                from ask
                where ask.pulse_id = $1
                    and ask.role = $2)
            and (message = $1 or substr(message, 1, length($1) + 1) = $1 || ':')",
    )
    .bind(pulse.as_str())
    .bind(role.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// What these two have spent in their newest weeks.
pub async fn of_both(conn: &mut Conn, people: [&PersonId; 2]) -> Result<Vec<Spent>> {
    let rows = sqlx::query(
        "select person_id, week, message
        from attention
        where person_id in ($1, $2)
            and week in (
                select distinct newest.week
                from attention newest
                where newest.person_id in ($1, $2)
                order by newest.week desc
                limit $3)",
    )
    .bind(people[0].as_str())
    .bind(people[1].as_str())
    .bind(WEEKS)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// What these people have spent since the ISO week `since`.
pub async fn of_all(conn: &mut Conn, people: &[PersonId], since: &str) -> Result<Vec<Spent>> {
    let mut all = Vec::new();
    for people in people.chunks(AT_ONCE) {
        let mut select = QueryBuilder::<Engine>::new("select person_id, week, message from attention where week >= ");
        select.push_bind(since.to_owned()).push(" and person_id in (");
        let mut list = select.separated(", ");
        for person in people {
            list.push_bind(person.as_str());
        }
        select.push(")");
        let rows = select.build().persistent(false).fetch_all(&mut *conn).await?;
        for row in &rows {
            all.push(read(row)?);
        }
    }
    Ok(all)
}

fn read(row: &Row) -> Result<Spent> {
    Ok(Spent {
        person: id(row, "attention", "person_id")?,
        week: id(row, "attention", "week")?,
        message: id(row, "attention", "message")?,
    })
}

/// The messages that the person of this row, `person.weekly`, allows in a week.
pub fn allowed(row: &Row) -> Result<u8> {
    let own: Option<i64> = raw(row, "person", "weekly")?;
    Ok(own.and_then(|own| u8::try_from(own).ok()).map_or(WEEKLY, |own| own.min(WEEKLY)))
}

/// The messages that these two allow in a week.
pub async fn weekly(conn: &mut Conn, people: [&PersonId; 2]) -> Result<[u8; 2]> {
    let rows = sqlx::query("select person_id, weekly from person where person_id in ($1, $2) and weekly is not null")
        .bind(people[0].as_str())
        .bind(people[1].as_str())
        .fetch_all(conn)
        .await?;
    let mut weekly = [WEEKLY; 2];
    for row in &rows {
        let (of, own): (PersonId, u8) = (id(row, "person", "person_id")?, allowed(row)?);
        for (most, person) in weekly.iter_mut().zip(people) {
            if *person == of {
                *most = own;
            }
        }
    }
    Ok(weekly)
}

/// How often this pair asked its mentee and its mentor since then.
pub async fn turns(conn: &mut Conn, pair: &Pair, since: DateTime<Utc>) -> Result<[Turns; 2]> {
    let rows = sqlx::query(
        "select ask.role, count(*) as times, max(ask.due) as asked
        from pulse
        join ask on ask.pulse_id = pulse.pulse_id
        where pulse.pair_id = $1
            and ask.folded is null
            and ask.due >= $2
        group by ask.role",
    )
    .bind(pair.id.as_str())
    .bind(ms(since))
    .fetch_all(conn)
    .await?;
    let mut turns = [Turns::default(); 2];
    for row in &rows {
        let of = Turns { count: number(row, "ask", "times")?, last: time_if(row, "ask", "asked")? };
        turns[usize::from(role(row)? == Role::Mentor)] = of;
    }
    Ok(turns)
}

/// Other running pairs of these two that want a slot of the same weeks. A mentor's pairs of one programme that share one
/// message are one, and those of this pair's own are none.
pub async fn rivals(conn: &mut Conn, pair: &Pair, since: DateTime<Utc>) -> Result<Vec<Rival>> {
    let mut rivals = Vec::new();
    for (person, is_mentor) in [(&pair.mentee, false), (&pair.mentor, true)] {
        let rows = sqlx::query(
            "select pair.program_id, program.settings,
                case when pair.mentor_id = $1 then 1 else 0 end as is_mentor,
                (select max(pulse.occurrence) from pulse where pulse.pair_id = pair.pair_id) as planned,
                (select count(*) from pulse
                    join ask on ask.pulse_id = pulse.pulse_id
                    where pulse.pair_id = pair.pair_id
                        and ask.person_id = $1
                        and ask.folded is null
                        and ask.due >= $4) as times,
                (select max(ask.due) from pulse
                    join ask on ask.pulse_id = pulse.pulse_id
                    where pulse.pair_id = pair.pair_id
                        and ask.person_id = $1
                        and ask.folded is null
                        and ask.due >= $4) as asked
            from pair
            join program on program.program_id = pair.program_id
            where (pair.mentor_id = $1 or pair.mentee_id = $1)
                and pair.pair_id <> $2
                and pair.ended is null
                and pair.unreachable is null
                and not exists (select 1 from participation
                    where participation.program_id = pair.program_id
                        and participation.person_id in (pair.mentor_id, pair.mentee_id)
                        and participation.declined is not null)
            order by pair.pair_id
            limit $3",
        )
        .bind(person.as_str())
        .bind(pair.id.as_str())
        .bind(RIVALS)
        .bind(ms(since))
        .fetch_all(&mut *conn)
        .await?;
        let mut of_program: BTreeMap<String, Vec<Rival>> = BTreeMap::new();
        for row in &rows {
            let rival = Rival {
                person: person.clone(),
                cadence: program(row)?.cadence,
                planned: date_if(row, "pulse", "planned")?,
                asked: Turns { count: number(row, "ask", "times")?, last: time_if(row, "ask", "asked")? },
            };
            match raw::<i64>(row, "pair", "is_mentor")? {
                0 => rivals.push(rival),
                _ => of_program.entry(id(row, "pair", "program_id")?).or_default().push(rival),
            }
        }
        for (of, pairs) in of_program {
            let is_own = is_mentor && of == pair.program.as_str();
            let together = pairs.len() + usize::from(is_own) > GROUP_DM_PAIRS as usize;
            match (together, is_own) {
                (true, true) => {}
                (true, false) => rivals.extend(pairs.into_iter().min_by_key(|rival| rival.asked)),
                (false, _) => rivals.extend(pairs),
            }
        }
    }
    Ok(rivals)
}
