//! The time of a pulse is over.

use chrono::{DateTime, Utc};

use super::civil;
use crate::core::decision::{Change, Decision};
use crate::core::id::PersonId;
use crate::core::message::Message;
use crate::core::pause::Span;
use crate::core::program::Program;
use crate::core::pulse::{Ask, AskState, Pulse};

/// Closes a pulse whose time is over: answers are frozen, and with the same fact each post that stands changes once.
///
/// `home_opened` are those of the two whose App Home is kept up to date. What was open in a pause and is not answered
/// counts as skipped: a pause takes nothing away, and nothing is missed in it.
pub fn close(
    pulse: &Pulse,
    program: &Program,
    home_opened: &[PersonId],
    pauses: &[Span],
    now: DateTime<Utc>,
) -> Decision {
    let messages = home_opened.iter().map(|person| Message::Home { person: person.clone() }.at(now)).collect();
    let days = |ask: &Ask| (civil(program.zone, ask.due), civil(program.zone, ask.closes));
    let spared = |ask: &&&Ask| {
        let (first, last) = days(ask);
        matches!(ask.state, AskState::Open) && pauses.iter().any(|span| span.touches(first, last))
    };
    let skipped = |ask: &&Ask| Change::AskSkipped { pulse: pulse.id.clone(), role: ask.role, at: now };
    let mut changes: Vec<Change> = [&pulse.mentee, &pulse.mentor].iter().filter(spared).map(skipped).collect();
    changes.push(Change::Closed { pulse: pulse.id.clone(), at: now });
    Decision { changes, messages, ..Decision::default() }
}
