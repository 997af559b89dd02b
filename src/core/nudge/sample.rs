//! Somebody of the core's own people, as a nudge may know them: Ana, or Ravi, in their one pair.

use chrono_tz::Tz;

use super::facts::{Facts, NudgeCase, PairFacts};
use crate::core::agreement::Opening;
use crate::core::person::Standing;
use crate::core::question::Role;
use crate::core::rest::Rest;
use crate::core::sample::{date, pair, person, program, utc};

/// The pair from this side: both started, nothing else is known.
pub fn side(role: Role) -> PairFacts {
    let started = Standing::Started { at: utc("2026-05-04 07:00") };
    PairFacts {
        program: program(),
        pair: pair(),
        role,
        standings: [started; 2],
        facts: Facts {
            begins: date("2026-05-04"),
            ends: Some(date("2026-11-01")),
            rhythm: 14,
            openings: vec![Opening::Start],
            ..Facts::default()
        },
        answers: Vec::new(),
        helped: None,
    }
}

/// The person on this side, to whom nothing came yet.
pub fn case(role: Role) -> NudgeCase {
    let mut person = person(if role == Role::Mentee { "Ana" } else { "Ravi" });
    person.zone = Tz::Europe__Berlin;
    NudgeCase {
        person,
        rest: Rest::default(),
        pairs: vec![side(role)],
        past: Vec::new(),
        stopped: Vec::new(),
        spent: Vec::new(),
        weekly: 3,
        measures: false,
        verdicts: Vec::new(),
    }
}
