//! A pair that cannot be reached: only people can mend that, so the coordinators are told, once.

use chrono::{DateTime, Utc};

use super::decision::{Change, Decision};
use super::message::Message;
use super::person::Pair;
use super::program::Program;

/// Notes that Slack refuses messages to this pair, by Slack's code, and tells each coordinator but the two themselves.
pub fn unreachable(pair: &Pair, program: &Program, why: &str, now: DateTime<Utc>) -> Decision {
    let noted = Change::Unreachable { pair: pair.id.clone(), why: why.to_owned(), at: now };
    let note = |coordinator| Message::UnreachableNote { pair: pair.id.clone(), coordinator }.at(now);
    let others = program.coordinators.iter().filter(|one| pair.role_of(one).is_none());
    let messages = others.cloned().map(note).collect();
    Decision { changes: vec![noted], messages, ..Decision::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{pair, person, program, utc};

    #[test]
    fn coordinators_of_the_pair_itself_are_not_told() {
        let mut program = program();
        program.coordinators.push(person("Ana").id);
        let told = unreachable(&pair(), &program, "user_disabled", utc("2026-05-05 08:00")).messages;
        let [one] = &told[..] else { panic!("one is told") };
        assert!(
            matches!(&one.message, Message::UnreachableNote { coordinator, .. } if *coordinator == person("Mia").id)
        );
    }
}
