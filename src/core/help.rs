//! A request for help: what it is about, to whom it goes, and what happens when nobody opens it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::availability::Availability;
use super::decision::{Change, Decision};
use super::id::{HelpId, PairId, PersonId};
use super::message::Message;
use super::person::{Pair, Person};
use super::program::Program;
use super::rest::Rest;
use super::words::words;

words! {
    /// What somebody wants help with. They choose it themselves; no words are searched.
    pub enum Topic: "a topic" {
        Time = "time",
        Talking = "talking",
        Direction = "direction",
        Work = "work",
        Other = "other",
    }
}

words! {
    /// How soon somebody needs a word, as they say.
    pub enum Urgency: "an urgency" {
        Today = "today",
        ThisWeek = "this_week",
        NoHurry = "no_hurry",
    }
}

/// Who is asked for help in a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpTo {
    /// The coordinators who are named for it; empty: all of them.
    #[serde(default)]
    pub coordinators: Vec<PersonId>,
    /// Who gets what none of them opens within one working day.
    #[serde(default)]
    pub deputy: Option<PersonId>,
}

/// What somebody may do about help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpAct {
    /// Opens the form.
    Open { pair: PairId },
    /// Sent it. What is missing was not filled in.
    Ask { pair: PairId, topic: Option<Topic>, urgency: Option<Urgency>, words: String },
    /// Opens a request that came in.
    Read { help: HelpId },
    /// Nothing more is to be done about it.
    Handle { help: HelpId },
}

/// A request as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: HelpId,
    pub pair: PairId,
    pub person: PersonId,
    pub topic: Topic,
    pub urgency: Urgency,
    pub words: String,
    pub at: DateTime<Utc>,
}

/// What became true of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum HelpChange {
    /// It was sent to these; the words are sealed when they are stored. It is passed on then, unless somebody opens it.
    Asked { request: Request, receivers: Vec<PersonId>, passes_on: DateTime<Utc> },
    /// One of them has opened it.
    Opened { help: HelpId, by: PersonId, at: DateTime<Utc> },
    /// One of them has dealt with it.
    Handled { help: HelpId, by: PersonId, at: DateTime<Utc> },
    /// Nobody opened it in time. `to`: the deputy has it too.
    PassedOn { help: HelpId, to: Option<PersonId>, at: DateTime<Utc> },
}

/// Somebody whom a request went to.
#[derive(Clone, Debug, PartialEq)]
pub struct Receiver {
    pub person: Person,
    pub opened: Option<DateTime<Utc>>,
    pub handled: Option<DateTime<Utc>>,
}

/// Those of the programme who may read what somebody of this pair says in confidence: the coordinators named for it who
/// are not one of the two, or else the deputy. Empty where the two are the only ones.
pub fn confidants<'a>(
    program: &Program,
    pair: &Pair,
    coordinators: &'a [Person],
    deputy: Option<&'a Person>,
) -> Vec<&'a Person> {
    let named = &program.help.coordinators;
    let may = |one: &&Person| pair.role_of(&one.id).is_none() && one.deactivated.is_none();
    let is_named = |one: &&Person| named.is_empty() || named.contains(&one.id);
    let told: Vec<&Person> = coordinators.iter().filter(is_named).filter(may).collect();
    if told.is_empty() { deputy.into_iter().filter(may).collect() } else { told }
}

/// Whether this person may still open a request that they once got.
pub fn may_open(program: &Program, pair: &Pair, person: &PersonId) -> bool {
    has_part(program, person) && pair.role_of(person).is_none()
}

/// Whether this person coordinates the programme still, or stands in for those who do.
pub fn has_part(program: &Program, person: &PersonId) -> bool {
    program.coordinators.contains(person) || program.help.deputy.as_ref() == Some(person)
}

/// When one working day of each of these is over, from `at` on: nobody is hurried past a day of their own. Who is away, or
/// does not work every day, holds nothing up.
pub fn passes_on(
    program: &Program,
    receivers: &[&Person],
    rests: &HashMap<PersonId, Rest>,
    at: DateTime<Utc>,
) -> DateTime<Utc> {
    let day = |one: &&Person| {
        let rest = rests.get(&one.id).map(Rest::when_needed).unwrap_or_default();
        let own_time = Availability::new(program, one.zone, &rest);
        own_time.working_days_after(own_time.next_open(at), 1)
    };
    receivers.iter().map(day).max().unwrap_or(at)
}

/// A request that nobody has opened by its time.
#[derive(Clone, Debug, PartialEq)]
pub struct UnopenedCase {
    pub program: Program,
    pub pair: Pair,
    pub help: HelpId,
    /// Who asks.
    pub person: Person,
    pub receivers: Vec<Receiver>,
    pub deputy: Option<Person>,
    /// The own time of who asks, and of the deputy.
    pub rests: HashMap<PersonId, Rest>,
    /// The person has App Home open since some time.
    pub home_opened: bool,
}

/// Passes a request on that nobody has opened in time, and tells the person. The partner is no deputy.
pub fn unopened(case: &UnopenedCase, now: DateTime<Utc>) -> Decision {
    if case.receivers.iter().any(|one| one.opened.is_some()) {
        return Decision::default();
    }
    let has_it = |one: &Person| case.receivers.iter().any(|receiver| receiver.person.id == one.id);
    let may = |one: &&Person| case.pair.role_of(&one.id).is_none() && one.deactivated.is_none() && !has_it(one);
    let deputy = case.deputy.as_ref().filter(may);
    let own_time = |one: &Person, rest: &Rest| Availability::new(&case.program, one.zone, rest).next_open(now);
    let rest = |one: &Person| case.rests.get(&one.id).cloned().unwrap_or_default();
    let (help, person) = (case.help.clone(), case.person.id.clone());
    let told = own_time(&case.person, &rest(&case.person));
    let mut messages = vec![
        Message::HelpReceipt { help: help.clone(), person: person.clone() }.at(now),
        Message::HelpLate { help: help.clone(), person: person.clone() }.at(told),
    ];
    messages.extend(deputy.map(|one| {
        let note = Message::HelpNote { help: help.clone(), coordinator: one.id.clone() };
        note.at(own_time(one, &rest(one).when_needed()))
    }));
    messages.extend(case.home_opened.then(|| Message::Home { person }.at(now)));
    let change = HelpChange::PassedOn { help, to: deputy.map(|one| one.id.clone()), at: now };
    Decision { changes: vec![Change::Help(change)], messages, ..Decision::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::pause::Span;
    use crate::core::rest::Holidays;
    use crate::core::sample::{date, pair, person, program, short, utc};

    fn told(named: &[&str], deputy: Option<&str>, coordinators: &[&str]) -> Vec<String> {
        let mut program = program();
        program.help.coordinators = named.iter().map(|name| person(name).id).collect();
        let people: Vec<Person> = coordinators.iter().map(|name| person(name)).collect();
        let deputy = deputy.map(person);
        let told = confidants(&program, &pair(), &people, deputy.as_ref());
        told.into_iter().map(|one| one.name.clone()).collect()
    }

    #[test]
    fn it_goes_to_those_who_are_named_and_never_to_one_of_the_two() {
        assert_eq!(told(&[], None, &["Mia", "Lee"]), ["Mia", "Lee"]);
        assert_eq!(told(&["Lee"], None, &["Mia", "Lee"]), ["Lee"]);
        assert_eq!(told(&[], None, &["Mia", "Ravi"]), ["Mia"]);
        assert_eq!(told(&["Ravi"], None, &["Mia", "Ravi"]), [""; 0], "nobody else is named");
        assert_eq!(told(&["Ravi"], Some("Zoe"), &["Mia", "Ravi"]), ["Zoe"]);
        assert_eq!(told(&[], Some("Ravi"), &["Ravi"]), [""; 0], "the partner is no deputy either");
    }

    #[test]
    fn one_working_day_of_those_who_have_it() {
        let mut far = person("Lee");
        far.zone = chrono_tz::Tz::America__New_York;
        let mia = person("Mia");
        let mut rests = HashMap::new();
        let at =
            |receivers: &[&Person], rests: &HashMap<_, _>, at| short(passes_on(&program(), receivers, rests, utc(at)));
        assert_eq!(at(&[&mia], &rests, "2026-05-05 08:00"), "Wed 6 May 08:00");
        assert_eq!(at(&[&mia], &rests, "2026-05-08 14:00"), "Mon 11 May 14:00", "over a weekend");
        assert_eq!(at(&[&mia], &rests, "2026-05-09 10:00"), "Tue 12 May 07:00", "sent on a Saturday");
        assert_eq!(at(&[&mia, &far], &rests, "2026-05-05 08:00"), "Wed 6 May 13:00");
        let away = Span { from: date("2026-05-01"), until: date("2026-06-01") };
        let holidays = Holidays::Of("DE".parse().expect("a country"));
        rests.insert(mia.id.clone(), Rest { away: vec![away], holidays, ..Rest::default() });
        assert_eq!(at(&[&mia], &rests, "2026-05-05 08:00"), "Wed 6 May 08:00", "who is away holds nothing up");
        assert_eq!(at(&[&mia], &rests, "2026-05-13 08:00"), "Fri 15 May 08:00", "Thursday is Ascension Day");
    }

    fn case() -> UnopenedCase {
        let receiver = Receiver { person: person("Mia"), opened: None, handled: None };
        let (program, pair, person) = (program(), pair(), person("Ana"));
        let (help, receivers, deputy) = (HelpId::from("h"), vec![receiver], None);
        UnopenedCase { program, pair, help, person, receivers, deputy, rests: HashMap::new(), home_opened: false }
    }

    fn names(decision: &Decision) -> Vec<String> {
        let name = |send: &crate::core::message::Send| format!("{} {}", send.message.name(), short(send.due));
        decision.messages.iter().map(name).collect()
    }

    #[test]
    fn what_nobody_opens_goes_to_the_deputy_and_the_person_is_told() {
        let now = utc("2026-05-06 18:00");
        let late = |deputy: Option<&str>| {
            let case = UnopenedCase { deputy: deputy.map(person), ..case() };
            names(&unopened(&case, now))
        };
        let (receipt, told) = ("receipt:h Wed 6 May 18:00", "help-late:h Thu 7 May 07:00");
        assert_eq!(late(Some("Zoe")), [receipt, told, "help:h:T1:UZOE Thu 7 May 07:00"]);
        assert_eq!(late(None), [receipt, told]);
        assert_eq!(late(Some("Ravi")), [receipt, told], "the partner is no deputy");
        assert_eq!(late(Some("Mia")), [receipt, told], "who has it already gets it no second time");
        let mut opened = UnopenedCase { deputy: Some(person("Zoe")), ..case() };
        opened.receivers[0].opened = Some(now);
        assert_eq!(unopened(&opened, now), Decision::default());
    }
}
