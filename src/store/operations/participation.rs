//! How people stand to a programme: welcomed, then in or out by their own word. Each step lets planning look again.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::rows::ms;
use super::{Conn, attention, people};
use crate::core::attention::Spent;
use crate::core::id::{PersonId, ProgramId};
use crate::core::message::Message;

/// The welcome arrived.
pub async fn welcomed(
    conn: &mut Conn,
    program: &ProgramId,
    person: &PersonId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "update participation
        set welcomed = $3
        where program_id = $1
            and person_id = $2
            and welcomed is null",
    )
    .bind(program.as_str())
    .bind(person.as_str())
    .bind(ms(at))
    .execute(&mut *conn)
    .await?;
    let new = done.rows_affected() > 0;
    if new && let Some(own) = people::find(conn, std::slice::from_ref(person)).await?.pop() {
        let welcome = Message::Welcome { program: program.clone(), person: person.clone() };
        attention::stands(conn, &Spent::on(person, own.zone, at, welcome.name())).await?;
    }
    look_if(conn, new, program, person, now).await
}

/// The person is in; a `Not for me` that was said later counts for more.
pub async fn started(
    conn: &mut Conn,
    program: &ProgramId,
    person: &PersonId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let statement = "update participation
        set started = $3,
            declined = null,
            said = $3
        where program_id = $1
            and person_id = $2
            and started is null
            and (said is null or said <= $3)";
    let changed = said(conn, statement, program, person, at).await?;
    look_if(conn, changed, program, person, now).await
}

/// The person is out; a `Start` that was said later counts for more.
pub async fn declined(
    conn: &mut Conn,
    program: &ProgramId,
    person: &PersonId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let statement = "update participation
        set declined = $3,
            started = null,
            said = $3
        where program_id = $1
            and person_id = $2
            and declined is null
            and (said is null or said <= $3)";
    let changed = said(conn, statement, program, person, at).await?;
    look_if(conn, changed, program, person, now).await
}

/// Writes down the person's word, and says whether it changed something.
async fn said(
    conn: &mut Conn,
    statement: &'static str,
    program: &ProgramId,
    person: &PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done =
        sqlx::query(statement).bind(program.as_str()).bind(person.as_str()).bind(ms(at)).execute(&mut *conn).await?;
    said_again(conn, program, person, at).await?;
    Ok(done.rows_affected() > 0)
}

/// The person's latest word, also where it says the same as the one before: an older word must not undo it.
async fn said_again(conn: &mut Conn, program: &ProgramId, person: &PersonId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "update participation
        set said = $3
        where program_id = $1
            and person_id = $2
            and said < $3",
    )
    .bind(program.as_str())
    .bind(person.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets planning look at the person's pairs in the programme now, if something changed. Returns `changed`.
async fn look_if(
    conn: &mut Conn,
    changed: bool,
    program: &ProgramId,
    person: &PersonId,
    now: DateTime<Utc>,
) -> Result<bool> {
    if changed {
        sqlx::query(
            "update pair
            set next_look = $3
            where program_id = $1
                and (mentor_id = $2 or mentee_id = $2)
                and ended is null",
        )
        .bind(program.as_str())
        .bind(person.as_str())
        .bind(ms(now))
        .execute(conn)
        .await?;
    }
    Ok(changed)
}
