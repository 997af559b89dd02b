//! A pair that cannot be reached: only people can mend that, so the coordinators are told, once.

use chrono::{DateTime, Utc};

use super::case::PairCase;
use super::decision::{Change, Decision};
use super::message::Message;

/// Notes that Slack refuses messages to this pair, by Slack's code, and tells each coordinator but the two themselves.
pub fn unreachable(case: &PairCase, why: &str, now: DateTime<Utc>) -> Decision {
    let pair = &case.pair.id;
    let noted = Change::Unreachable { pair: pair.clone(), why: why.to_owned(), at: now };
    let note = |coordinator| Message::UnreachableNote { pair: pair.clone(), coordinator }.at(now);
    let others = case.coordinators.iter().filter(|one| case.pair.role_of(&one.id).is_none());
    let messages = others.map(|one| note(one.id.clone())).collect();
    Decision { changes: vec![noted], messages, ..Decision::default() }
}
