//! The time of a pulse is over.

use chrono::{DateTime, Utc};

use super::civil;
use crate::core::case::ClosingCase;
use crate::core::decision::{Change, Decision};
use crate::core::message::{Message, Send};
use crate::core::pulse::{Ask, AskState};
use crate::core::question::Role;
use crate::core::silence;

/// Closes a pulse whose time is over: answers are frozen, and with the same fact each post that stands changes once.
///
/// What was open in a pause of the pair, or while the person was away, and is not answered counts as skipped: a pause takes
/// nothing away, and nothing is missed in it.
pub fn close(case: &ClosingCase, now: DateTime<Utc>) -> Decision {
    let (pulse, program) = (&case.pulse, &case.program);
    let homes = case.home_opened.iter().map(|person| Message::Home { person: person.clone() }.at(now));
    let mut messages: Vec<Send> = homes.collect();
    let spared = |(ask, n): &(&Ask, usize)| {
        let (first, last) = (civil(program.zone, ask.due), civil(program.zone, ask.closes));
        let (own_first, own_last) = (civil(case.zones[*n], ask.due), civil(case.zones[*n], ask.closes));
        matches!(ask.state, AskState::Open)
            && (case.pauses.iter().any(|span| span.touches(first, last))
                || case.rests[*n].away.iter().any(|span| span.touches(own_first, own_last)))
    };
    let skipped = |(ask, _): (&Ask, usize)| Change::AskSkipped { pulse: pulse.id.clone(), role: ask.role, at: now };
    let asks = [(&pulse.mentee, 0), (&pulse.mentor, 1)].into_iter();
    let mut changes: Vec<Change> = asks.filter(spared).map(skipped).collect();
    let is_spared =
        |role| changes.iter().any(|change| matches!(change, Change::AskSkipped { role: it, .. } if *it == role));
    let silent = [Role::Mentee, Role::Mentor].into_iter().filter(|role| !is_spared(*role));
    let (asked, questions): (Vec<Change>, Vec<Send>) = silent.filter_map(|role| silence::ask(case, role, now)).unzip();
    changes.extend(asked);
    messages.extend(questions);
    changes.push(Change::Closed { pulse: pulse.id.clone(), at: now });
    Decision { changes, messages, ..Decision::default() }
}
