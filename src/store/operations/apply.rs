//! Writes a decision: every change, then every message, in the transaction of the caller.

use chrono::{DateTime, Utc};
use sqlx::Result;

use super::{
    Conn, agreements, answers, care, endings, fit, goals, help, nudges, outbox, participation, pauses, people, pulses,
    raise, record, rests, sessions, surveys, thanks, unreachable,
};
use crate::core::decision::{Change, Decision};
use crate::core::id::WorkspaceId;
use crate::store::vault::Vault;

/// Writes `decision`.
///
/// When it has changes and each of them was true already, somebody else has decided the same before: then its messages
/// were raised with the changes, and are not raised again. So writing a decision twice changes nothing.
pub async fn apply(
    conn: &mut Conn,
    vault: &Vault,
    decision: &Decision,
    workspace: &WorkspaceId,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut new = decision.changes.is_empty();
    for change in &decision.changes {
        new |= write(conn, vault, change, now).await?;
    }
    if new {
        for send in &decision.messages {
            raise::raise(conn, workspace, send).await?;
        }
    }
    Ok(())
}

/// Writes one fact; whether it was new.
async fn write(conn: &mut Conn, vault: &Vault, change: &Change, now: DateTime<Utc>) -> Result<bool> {
    match change {
        Change::Planned { pulse, spends, next } => pulses::planned(conn, pulse, spends, *next).await,
        Change::LookAgain { pair, next } => pulses::look_again(conn, pair, *next).await,
        Change::Answered(answer) => answers::answered(conn, answer).await,
        Change::AskAnswered { pulse, role, at } => pulses::ask_answered(conn, pulse, *role, *at).await,
        Change::AskSkipped { pulse, role, at } => pulses::ask_skipped(conn, pulse, *role, *at).await,
        Change::AskSnoozed { pulse, role, until, at } => pulses::ask_snoozed(conn, pulse, *role, *until, *at).await,
        Change::AskUnfolded { pulse, person } => pulses::ask_unfolded(conn, pulse, Some(person)).await,
        Change::AskFolded { pulse, role, at } => pulses::ask_folded(conn, pulse, *role, *at).await,
        Change::Rested(change) => rests::changed(conn, change, now).await,
        Change::Commented { pulse, person, question, words, at } => {
            let key = answers::AnswerKey { pulse, person, question };
            answers::commented(conn, vault, key, words, *at).await
        }
        Change::AudienceChosen { pulse, person, question, audience, at } => {
            let key = answers::AnswerKey { pulse, person, question };
            answers::audience_chosen(conn, key, *audience, *at).await
        }
        Change::Met { pulse, person, met, at } => answers::met(conn, pulse, person, *met, *at).await,
        Change::Closed { pulse, at } => pulses::closed(conn, pulse, *at).await,
        Change::Welcomed { program, person, at } => participation::welcomed(conn, program, person, *at, now).await,
        Change::Started { program, person, at } => participation::started(conn, program, person, *at, now).await,
        Change::Declined { program, person, at } => participation::declined(conn, program, person, *at, now).await,
        Change::Fit(change) => fit::write(conn, change).await,
        Change::Ended(ending) => endings::ended(conn, ending).await,
        Change::Help(change) => help::write(conn, vault, change).await,
        Change::SessionLogged { pair, session, in_place_of } => {
            sessions::logged(conn, pair, session, *in_place_of).await
        }
        Change::SessionWithdrawn { pair, day, at } => sessions::withdrawn(conn, pair, *day, *at).await,
        Change::SessionRated { pair, day, person, item, value, at } => {
            sessions::rated(conn, pair, *day, person, (item, *value), *at).await
        }
        Change::DatesSuggested { pair, proposal, by, dates, at } => {
            sessions::suggested(conn, pair, proposal, by, dates, *at).await
        }
        Change::DateSet { proposal, date, at } => sessions::set(conn, proposal, *date, *at).await,
        Change::DatesOver { proposal, at } => sessions::called_off(conn, proposal, *at).await,
        Change::Survey(change) => surveys::write(conn, vault, change).await,
        Change::Agreement(change) => agreements::write(conn, vault, change).await,
        Change::Unreachable { pair, why, at } => unreachable::noted(conn, pair, why, *at, now).await,
        Change::Paused { pause, at } => pauses::paused(conn, pause, *at).await,
        Change::Resumed { pair, day, by, at } => pauses::resumed(conn, pair, *day, by, *at, now).await,
        Change::Stepped { step, program, words } => care::stepped(conn, vault, step, program, words.as_deref()).await,
        Change::Replied { step, person, words, at } => care::replied(conn, vault, step, person, words, *at).await,
        Change::Looked { event, pair, by, what, at } => care::looked(conn, event, pair, by, *what, *at).await,
        Change::Goal(change) => goals::write(conn, vault, change).await,
        Change::Thanks(change) => thanks::write(conn, vault, change).await,
        Change::Record(change) => record::write(conn, change).await,
        Change::HomeOpened { person, at } => people::home_opened(conn, person, *at).await,
        Change::Nudge(change) => nudges::write(conn, change).await,
        Change::Found { message, receipt } => {
            outbox::found(conn, &message.key(), receipt, now).await?;
            Ok(true)
        }
    }
}
