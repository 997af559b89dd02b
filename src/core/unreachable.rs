//! A pair that cannot be reached: only people can mend that, so the coordinators are told, once.

use chrono::{DateTime, Utc};

use super::decision::{Change, Decision};
use super::id::PairId;
use super::message::Message;
use super::program::Program;

/// Notes that Slack refuses messages to this pair, by Slack's code, and tells each coordinator.
pub fn unreachable(pair: &PairId, program: &Program, why: &str, now: DateTime<Utc>) -> Decision {
    let noted = Change::Unreachable { pair: pair.clone(), why: why.to_owned(), at: now };
    let note = |coordinator| Message::UnreachableNote { pair: pair.clone(), coordinator }.at(now);
    let messages = program.coordinators.iter().cloned().map(note).collect();
    Decision { changes: vec![noted], messages, ..Decision::default() }
}
