//! A person says yes or no to a programme, or asks how it works.

use chrono::{DateTime, Utc};

use super::{refuse, say};
use crate::core::case::ProgramCase;
use crate::core::content::{How, Said};
use crate::core::decision::{Change, Decision};
use crate::core::event::{Act, What};
use crate::core::message::Message;
use crate::core::person::Standing;
use crate::core::refusal::Refusal;

/// An act about a programme: the welcome's buttons, and "how this works".
pub fn on_program(case: &ProgramCase, act: &Act, now: DateTime<Utc>) -> Decision {
    let program_name = case.program.name.clone();
    if let What::AskedHow { .. } = act.what {
        let (coordinators, coordinates) = (case.other_coordinators(&act.by), case.is_coordinator(&act.by));
        return say(Said::How(How { program_name, coordinators, coordinates, threshold: case.program.threshold }));
    }
    let Some(standing) = case.standing else {
        return refuse(Refusal::NotYourPair);
    };
    let is_out = matches!(standing, Standing::Declined { .. });
    let out = match act.what {
        What::Started { .. } => false,
        What::Declined { .. } => true,
        _ => return refuse(Refusal::Unknown),
    };
    // Of two words the later counts, in whatever order they arrive.
    let newer = case.said.filter(|said| *said > act.at);
    let said = if newer.map_or(out, |_| is_out) {
        Said::Declined { program_name, coordinators: case.told(&act.by).map(|one| one.name.clone()).collect() }
    } else {
        Said::Started { program_name }
    };
    if newer.is_some() {
        return say(said);
    }
    let (program, person, at) = (case.program.id.clone(), act.by.clone(), act.at);
    let change = if out { Change::Declined { program, person, at } } else { Change::Started { program, person, at } };
    let mut messages = vec![Message::Welcome { program: case.program.id.clone(), person: act.by.clone() }.at(now)];
    // Who is told of a `Not for me` is told as well that it was taken back: the note says then what is true.
    if out || is_out {
        let (program, person) = (&case.program.id, &act.by);
        messages.extend(case.told(person).map(|coordinator| {
            let (program, person, coordinator) = (program.clone(), person.clone(), coordinator.id.clone());
            Message::DeclinedNote { program, person, coordinator }.at(now)
        }));
    }
    if case.home_opened {
        messages.push(Message::Home { person: act.by.clone() }.at(now));
    }
    Decision { changes: vec![change], messages, ..say(said) }
}
