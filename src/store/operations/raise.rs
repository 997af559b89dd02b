//! Asks for messages. The outbox has one row for each Slack message; a decision raises what it wants of it.

use chrono::{DateTime, Utc};
use sqlx::{QueryBuilder, Result};

use super::care::listed;
use super::rows::{id, ms, role, time};
use super::{Conn, Engine};
use crate::core::id::{EventId, MessageName, PairId, PersonId, PulseId, WorkspaceId};
use crate::core::message::{Message, Place, Send};
use crate::core::pulse::days;
use crate::core::question::Role;

/// Rows in one statement: 11 parameters each, of 32,766 that SQLite takes.
const AT_ONCE: usize = 500;

/// Wants a message sent, or sent again in its new form.
///
/// A row that waits for its next try keeps its time: a new wish does not break a back-off. What is dead stays dead.
pub async fn raise(conn: &mut Conn, workspace: &WorkspaceId, send: &Send) -> Result<()> {
    raise_all(conn, workspace, std::slice::from_ref(send)).await
}

/// [`raise`] for many messages, each named once.
pub async fn raise_all(conn: &mut Conn, workspace: &WorkspaceId, sends: &[Send]) -> Result<()> {
    for sends in sends.chunks(AT_ONCE) {
        let mut placed = Vec::with_capacity(sends.len());
        for send in sends {
            placed.push((send, place(conn, &send.message).await?));
        }
        let mut insert = QueryBuilder::<Engine>::new(
            "insert into outbox (name, key, workspace_id, message, place, due, wanted, shown, claimed, attempts) ",
        );
        insert.push_values(placed, |mut row, (send, place)| {
            let name = send.message.name();
            row.push_bind(name.as_str().to_owned())
                .push_bind(name.key().as_str().to_owned())
                .push_bind(workspace.as_str())
                .push_bind(message_text(&send.message))
                .push_bind(place)
                .push_bind(ms(send.due))
                .push("1, 0, 0, 0");
        });
        insert.push(
            "
            on conflict (name) do update
            set wanted = outbox.wanted + 1,
                due = case
                    when outbox.dead is not null then null
                    when outbox.due is null then excluded.due
                    when outbox.attempts = 0 and excluded.due < outbox.due then excluded.due
                    else outbox.due
                end",
        );
        // A single message is the everyday case and worth keeping prepared; a batch is not.
        insert.build().persistent(sends.len() == 1).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Wants the posts of a pulse in a new form: those that stand, and those that may stand any moment.
pub async fn raise_posts(conn: &mut Conn, pulse: &PulseId, now: DateTime<Utc>) -> Result<()> {
    let asks = sqlx::query(
        "select ask.person_id, ask.role, ask.due, ask.closes, pair.program_id
        from ask
        join pulse on pulse.pulse_id = ask.pulse_id
        join pair on pair.pair_id = pulse.pair_id
        where ask.pulse_id = $1",
    )
    .bind(pulse.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let mut names = vec![Message::Pulse { pulse: pulse.clone() }.name()];
    for ask in &asks {
        let person: PersonId = id(ask, "ask", "person_id")?;
        let (due, closes) = (time(ask, "ask", "due")?, time(ask, "ask", "closes")?);
        names.extend(days(due, closes).map(|day| {
            let (pulse, person) = (pulse.clone(), person.clone());
            Message::PrivatePulse { pulse, person, day }.name()
        }));
        if let (Role::Mentor, Some(occurrence)) = (role(ask)?, pulse.occurrence()) {
            names.push(Message::MentorPulses { program: id(ask, "pair", "program_id")?, person, occurrence }.name());
        }
    }
    let mut update = QueryBuilder::<Engine>::new(
        "update outbox
        set wanted = wanted + 1,
            due = case when dead is not null then null else coalesce(due, ",
    );
    update.push_bind(ms(now));
    update.push(
        ") end
        where (channel is not null or due is not null)
            and name in",
    );
    listed(&mut update, names.iter().map(MessageName::as_str));
    update.build().persistent(false).execute(conn).await?;
    Ok(())
}

/// Wants words for the person who tapped. The row is born claimed by the process that has the tap's `response_url`,
/// with its first try counted. It is never due: nobody else can send it, and whoever looks for due messages need not
/// pass it by.
pub async fn raise_said(
    conn: &mut Conn,
    event: &EventId,
    person: &PersonId,
    holder: &str,
    claimed_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let message = Message::Said { event: event.clone(), person: person.clone() };
    let name = message.name();
    sqlx::query(
        "insert into outbox
            (name, key, workspace_id, message, place, wanted, shown, claimed, holder, attempts, first_try)
        values ($1, $2, $3, $4, $5, 1, 0, $7, $8, 1, $6)
        on conflict (name) do nothing",
    )
    .bind(name.as_str())
    .bind(name.key().as_str())
    .bind(person.workspace().as_str())
    .bind(message_text(&message))
    .bind(place_text(&message.place()))
    .bind(ms(now))
    .bind(ms(claimed_until))
    .bind(holder)
    .execute(conn)
    .await?;
    Ok(())
}

fn message_text(message: &Message) -> String {
    serde_json::to_string(message).expect("a message is names and dates")
}

/// What a message is kept a second apart from others by. The same two people share one group DM in whatever pairs they
/// are, so it has the name of the first of these pairs.
async fn place(conn: &mut Conn, message: &Message) -> Result<String> {
    let Place::Pair(pair) = message.place() else { return Ok(place_text(&message.place())) };
    let first: Option<String> = sqlx::query_scalar(
        "select min(other.pair_id)
        from pair mine
        join pair other on (other.mentor_id = mine.mentor_id and other.mentee_id = mine.mentee_id)
            or (other.mentor_id = mine.mentee_id and other.mentee_id = mine.mentor_id)
        where mine.pair_id = $1",
    )
    .bind(pair.as_str())
    .fetch_one(conn)
    .await?;
    Ok(place_text(&Place::Pair(first.map_or(pair, PairId::from))))
}

/// What messages are kept a second apart by.
fn place_text(place: &Place) -> String {
    match place {
        Place::Pair(pair) => format!("pair:{pair}"),
        Place::Person(person) => format!("person:{person}"),
        Place::Home(person) => format!("home:{person}"),
        Place::Reply(person) => format!("reply:{person}"),
        Place::At(receipt) => format!("channel:{}", receipt.channel),
    }
}
