//! The people of the core's own tests: Ana (mentee) and Ravi (mentor), who are a pair of "Engineering", and Mia, who
//! coordinates it. It begins on Monday 4 May 2026 and asks on Tuesdays at ten. Everybody lives in Berlin.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::agreement::{Agreement, Opening};
use super::cadence::Cadence;
use super::case::{AskingCase, ClosingCase, PairCase, PlanCase, ProgramCase, PulseCase};
use super::event::{Act, What};
use super::hours::WorkingHours;
use super::id::{PairId, PersonId, ProgramId, PulseId, WorkspaceId};
use super::person::{Pair, Person, Standing};
use super::program::Program;
use super::pulse::{Ask, AskState, Form, Pulse};
use super::question::Role;
use super::rest::Rest;

/// An instant in UTC, `2026-05-05 08:00`.
pub fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time").and_utc()
}

/// How an instant is written in tables.
pub fn short(at: DateTime<Utc>) -> String {
    at.format("%a %-d %b %H:%M").to_string()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn person(name: &str) -> Person {
    let id = PersonId::new(&WorkspaceId::from("T1"), &format!("U{}", name.to_uppercase()));
    Person { id, name: name.to_owned(), zone: Tz::Europe__Berlin, deactivated: None, looked: utc("2026-05-04 07:00") }
}

pub fn program() -> Program {
    Program {
        id: ProgramId::new(&WorkspaceId::from("T1"), "Engineering"),
        name: "Engineering".to_owned(),
        starts: date("2026-05-04"),
        ends: Some(date("2026-11-01")),
        coordinators: vec![person("Mia").id],
        cadence: Cadence::parse("0 10 * * TUE").expect("a cadence"),
        hours: WorkingHours::default(),
        zone: Tz::Europe__Berlin,
        country: None,
        open_days: 3,
        digest: Cadence::parse("0 9 * * MON").expect("a cadence"),
        rhythm: 14,
        weekly: 3,
        threshold: 5,
        leave_out: Vec::new(),
        own: Default::default(),
        guides: Vec::new(),
        safety: None,
        help: Default::default(),
    }
}

pub fn pair() -> Pair {
    let (program, mentor, mentee) = (program().id, person("Ravi").id, person("Ana").id);
    Pair {
        id: PairId::new(&program, &mentor, &mentee),
        program,
        mentor,
        mentee,
        starts: date("2026-05-04"),
        connection: None,
        group: None,
        ended: None,
        unreachable: None,
    }
}

/// The pair before its first pulse; both pressed `Start` on Monday, and their agreement was opened.
pub fn plan_case() -> PlanCase {
    let started = Standing::Started { at: utc("2026-05-04 07:00") };
    PlanCase {
        program: program(),
        pair: pair(),
        mentee: person("Ana"),
        mentor: person("Ravi"),
        mentee_standing: started,
        mentor_standing: started,
        mentors_pairs: 1,
        pairs: [1, 1],
        last_occurrence: None,
        asked: 0,
        history: Vec::new(),
        met: false,
        goal: false,
        spent: Vec::new(),
        weekly: [3, 3],
        turns: Default::default(),
        rivals: Vec::new(),
        pauses: Vec::new(),
        rests: Default::default(),
        asked_on: [None; 2],
        agreement: Agreement { openings: vec![(Opening::Start, true)], ..Agreement::new(pair().id) },
        surveys: Vec::new(),
    }
}

/// Their first pulse, asked on Tuesday 5 May at ten and open until Friday.
pub fn pulse() -> Pulse {
    let due = utc("2026-05-05 08:00");
    let ask = |name, role| Ask {
        person: person(name).id,
        role,
        questions: vec!["comm-openness".into(), "comm-honesty".into()],
        due,
        closes: utc("2026-05-08 15:00"),
        reminder: None,
        state: AskState::Open,
    };
    Pulse {
        id: PulseId::new(&pair().id, date("2026-05-05")),
        pair: pair().id,
        number: 1,
        of: Some(26),
        strike: due,
        form: Form::Shared,
        mentee: ask("Ana", Role::Mentee),
        mentor: ask("Ravi", Role::Mentor),
        closed: None,
    }
}

/// That pulse when it is sent or closed.
pub fn closing_case() -> ClosingCase {
    ClosingCase {
        program: program(),
        pulse: pulse(),
        zones: [Tz::Europe__Berlin; 2],
        out: [false; 2],
        home_opened: Vec::new(),
        pauses: Vec::new(),
        rests: Default::default(),
        silent: Default::default(),
        spent: Vec::new(),
        weekly: [3; 2],
    }
}

/// That pulse as somebody of the two meets it, without an answer yet.
pub fn pulse_case() -> PulseCase {
    PulseCase {
        program: program(),
        pair: pair(),
        mentee: person("Ana"),
        mentor: person("Ravi"),
        pulse: pulse(),
        answers: Vec::new(),
        comments: Vec::new(),
        rest: Rest::default(),
        home_opened: false,
    }
}

pub fn pair_case() -> PairCase {
    let coordinators = vec![person("Mia")];
    PairCase {
        program: program(),
        pair: pair(),
        mentee: person("Ana"),
        mentor: person("Ravi"),
        coordinators,
        deputy: None,
        homes: Vec::new(),
    }
}

pub fn asking_case() -> AskingCase {
    AskingCase { about: pair_case(), requests: Vec::new(), rests: HashMap::new() }
}

/// Ana, welcomed to the programme.
pub fn program_case() -> ProgramCase {
    ProgramCase {
        program: program(),
        standing: Some(Standing::Welcomed { at: utc("2026-05-04 07:00") }),
        said: None,
        partners: vec![person("Ravi").id],
        coordinators: vec![person("Mia")],
        home_opened: false,
    }
}

/// Somebody does something.
pub fn act(name: &str, at: &str, what: What) -> Act {
    Act { id: "E1".into(), by: person(name).id, at: utc(at), proof: None, what }
}
