//! Where messages go: to whom, and in which conversation if one is open already.

use sqlx::Result;

use super::rows::{self, MENTEE, MENTOR, both_people_columns, raw};
use super::{Conn, people};
use crate::core::id::PairId;
use crate::core::message::{Message, Place};
use crate::core::person::Person;

/// Where a message goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// Whom it reaches: both of a pair (mentee first), one person, or nobody who is known here.
    pub people: Vec<Person>,
    /// The conversation, if it is known already.
    pub channel: Option<String>,
}

/// Where `message` goes.
pub async fn destination(conn: &mut Conn, message: &Message) -> Result<Destination> {
    match message.place() {
        Place::Pair(pair) => of_pair(conn, &pair).await,
        // A file goes to a conversation, not to a person: to the one in which the digest stands.
        Place::Person(person) if matches!(message, Message::Sheet { .. }) => {
            Ok(Destination { people: people::find(conn, &[person]).await?, channel: of_digest(conn, message).await? })
        }
        Place::Person(person) | Place::Home(person) | Place::Reply(person) => {
            Ok(Destination { people: people::find(conn, &[person]).await?, channel: None })
        }
        Place::At(receipt) => Ok(Destination { people: Vec::new(), channel: Some(receipt.channel) }),
    }
}

async fn of_digest(conn: &mut Conn, message: &Message) -> Result<Option<String>> {
    let Message::Sheet { digest, coordinator, .. } = message else { return Ok(None) };
    let digest = Message::Digest { digest: digest.clone(), coordinator: coordinator.clone() };
    sqlx::query_scalar("select channel from outbox where name = $1 and channel is not null")
        .bind(digest.name().as_str())
        .fetch_optional(conn)
        .await
}

async fn of_pair(conn: &mut Conn, pair: &PairId) -> Result<Destination> {
    let row = sqlx::query(concat!(
        "select pair.mentee_id, pair.mentor_id, pair.channel,
        ",
        both_people_columns!(),
        "
        from pair
        join person mentee on mentee.person_id = pair.mentee_id
        join person mentor on mentor.person_id = pair.mentor_id
        where pair.pair_id = $1"
    ))
    .bind(pair.as_str())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(Destination { people: Vec::new(), channel: None }) };
    Ok(Destination {
        people: vec![rows::person(&row, &MENTEE)?, rows::person(&row, &MENTOR)?],
        channel: raw(&row, "pair", "channel")?,
    })
}

/// The pair's group DM is open, or, with `None`, gone.
pub async fn set_channel(conn: &mut Conn, pair: &PairId, channel: Option<&str>) -> Result<()> {
    sqlx::query("update pair set channel = $2 where pair_id = $1")
        .bind(pair.as_str())
        .bind(channel)
        .execute(conn)
        .await?;
    Ok(())
}
