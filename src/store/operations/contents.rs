//! What a message says now: the facts for its renderer, in a fixed number of statements whatever the number of rows.

mod asked;
pub mod care;
mod dates;
pub mod digest;
mod home;
mod notes;
mod nudge;
pub mod page;
mod pulse;
mod sessions;
mod sheet;
mod welcome;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::Conn;
use crate::core::content::Content;
use crate::core::message::Message;
use crate::store::vault::Vault;

/// What `message` says at `now`; `None` when there is nothing to say (any more).
///
/// The words of [`Message::Said`] are in the memory of the process that took the tap, and nowhere else.
pub async fn content(conn: &mut Conn, vault: &Vault, message: &Message, now: DateTime<Utc>) -> Result<Option<Content>> {
    Ok(match message {
        Message::Welcome { program, person } => welcome::welcome(conn, program, person).await?.map(Content::Welcome),
        Message::Pulse { pulse } => pulse::shared(conn, pulse).await?.map(Content::Pulse),
        Message::PrivatePulse { pulse, person, day } => {
            pulse::private(conn, pulse, person, *day).await?.map(Content::PrivatePulse)
        }
        Message::MentorPulses { program, person, occurrence } => {
            pulse::mentors(conn, program, person, *occurrence).await?.map(Content::MentorPulses)
        }
        Message::Said { .. } => None,
        Message::Home { person } => Some(Content::Home(home::home(conn, vault, person, now).await?)),
        Message::Dates { proposal, .. } => dates::dates(conn, proposal).await?.map(Content::Dates),
        Message::Nudge { nudge, day, .. } => nudge::page(conn, nudge, *day, now).await?.map(Content::Nudge),
        Message::DeclinedNote { program, person, .. } => {
            notes::declined(conn, program, person).await?.map(Content::Note)
        }
        Message::HelpNote { help, .. } => notes::help(conn, vault, help).await?.map(Content::Note),
        Message::UnreachableNote { pair, .. } => notes::unreachable(conn, pair).await?.map(Content::Note),
        Message::WordToBoth { step, .. } => care::word_to_both(conn, vault, step).await?.map(Content::WordToBoth),
        Message::PrivateQuestion { step, person } => {
            care::question(conn, step, person).await?.map(Content::PrivateQuestion)
        }
        Message::ReplyNote { step, person, .. } => care::reply(conn, vault, step, person).await?.map(Content::Note),
        Message::Sheet { digest, coordinator, .. } => {
            sheet::sheet(conn, digest, coordinator).await?.map(Content::Sheet)
        }
        Message::Digest { digest, .. } => digest::page(conn, vault, digest).await?.map(Content::Digest),
        Message::Withdrawal { copy } => Some(Content::Withdrawal(copy.clone())),
    })
}
