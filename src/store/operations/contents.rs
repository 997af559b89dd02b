//! What a message says now: the facts for its renderer, in a fixed number of statements whatever the number of rows.

mod agreement;
mod asked;
pub mod care;
mod dates;
pub mod digest;
mod ending;
mod fit;
mod given;
pub mod goals;
pub mod help;
mod home;
mod notes;
mod nudge;
pub mod page;
mod pulse;
mod rest;
mod sessions;
mod sheet;
mod survey;
mod thanks;
mod welcome;

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::{Conn, record, workspaces};
use crate::core::content::{Content, Note, RecordPost};
use crate::core::message::Message;
use crate::store::vault::Vault;

/// What `message` says at `now`; `None` when there is nothing to say (any more).
///
/// The words of [`Message::Said`] are in the memory of the process that took the tap, and nowhere else.
pub async fn content(conn: &mut Conn, vault: &Vault, message: &Message, now: DateTime<Utc>) -> Result<Option<Content>> {
    if !is_for_its_reader(conn, message).await? {
        return Ok(None);
    }
    Ok(match message {
        Message::Welcome { program, person } => {
            welcome::welcome(conn, program, person, now).await?.map(Content::Welcome)
        }
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
        Message::Silence { program, person, day } => {
            rest::silence(conn, program, person, *day).await?.map(Content::Silence)
        }
        Message::PairPaused { pair, .. } => rest::pair_paused(conn, pair, now).await?.map(Content::PairPaused),
        Message::Surveys { program, person, occurrence } => {
            survey::post(conn, program, person, *occurrence).await?.map(Content::Surveys)
        }
        Message::Agreement { pair, opening, .. } => {
            agreement::post(conn, vault, pair, *opening).await?.map(|post| Content::Agreement(Box::new(post)))
        }
        Message::DeclinedNote { program, person, .. } => {
            notes::declined(conn, program, person).await?.map(Content::Note)
        }
        Message::FitQuestion { pair, person, .. } => fit::question(conn, pair, person).await?.map(Content::FitQuestion),
        Message::FitNote { pair, person, coordinator } => {
            fit::note(conn, pair, person, coordinator).await?.map(|note| Content::Note(Note::Fit(note)))
        }
        Message::Closing { pair } => ending::closing(conn, pair).await?.map(Content::Closing),
        Message::EndedNote { pair, .. } => ending::note(conn, pair).await?.map(|note| Content::Note(Note::Ended(note))),
        Message::HelpNote { help, coordinator } => {
            help::note(conn, vault, help, coordinator, false).await?.map(|note| Content::Note(Note::Help(note)))
        }
        Message::HelpReceipt { help, .. } => help::receipt(conn, vault, help).await?.map(Content::HelpReceipt),
        Message::HelpLate { help, .. } => help::late(conn, vault, help).await?.map(Content::HelpLate),
        Message::UnreachableNote { pair, .. } => notes::unreachable(conn, pair).await?.map(Content::Note),
        Message::WordToBoth { step, .. } => care::word_to_both(conn, vault, step).await?.map(Content::WordToBoth),
        Message::PrivateQuestion { step, person } => {
            care::question(conn, step, person).await?.map(Content::PrivateQuestion)
        }
        Message::ReplyNote { step, person, .. } => care::reply(conn, vault, step, person).await?.map(Content::Note),
        Message::Sheet { digest, coordinator, .. } => {
            sheet::sheet(conn, digest, coordinator).await?.map(Content::Sheet)
        }
        Message::Record { person, .. } => {
            let charts = workspaces::takes_charts(conn, &person.workspace()).await?;
            let page = record::own(conn, vault, person, now).await?;
            (!page.is_empty()).then(|| Content::Record(Box::new(RecordPost { page, charts })))
        }
        Message::Thanks { thanks, .. } => thanks::post(conn, vault, thanks, now).await?.map(Content::Thanks),
        Message::Digest { digest, .. } => digest::page(conn, vault, digest).await?.map(Box::new).map(Content::Digest),
        Message::Withdrawal { copy } => Some(Content::Withdrawal(copy.clone())),
    })
}

/// Whether what only coordinators read still goes to one. The answer to one's own question still does, as was promised
/// to who gave it; and requests and words about the fit know their own readers, the deputy among them.
async fn is_for_its_reader(conn: &mut Conn, message: &Message) -> Result<bool> {
    macro_rules! coordinates {
        ($program:literal) => {
            concat!("select count(*) from coordinator where person_id = $1 and program_id in (", $program, ")")
        };
    }
    let (coordinates, of, coordinator) = match message {
        Message::Digest { digest, coordinator } | Message::Sheet { digest, coordinator, .. } => {
            (coordinates!("select program_id from digest where digest_id = $2"), digest.as_str(), coordinator)
        }
        Message::DeclinedNote { program, coordinator, .. } => (coordinates!("$2"), program.as_str(), coordinator),
        Message::UnreachableNote { pair, coordinator } | Message::EndedNote { pair, coordinator } => {
            (coordinates!("select program_id from pair where pair_id = $2"), pair.as_str(), coordinator)
        }
        _ => return Ok(true),
    };
    let coordinates: i64 = sqlx::query_scalar(coordinates).bind(coordinator.as_str()).bind(of).fetch_one(conn).await?;
    Ok(coordinates > 0)
}
