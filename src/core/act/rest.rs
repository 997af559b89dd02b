//! A person says something of their own time: away, a pause, back, days and hours, or what suits them.

use chrono::{DateTime, Days, NaiveDate, Utc, WeekdaySet};

use super::{mend, open, refuse, say};
use crate::core::attention::Spent;
use crate::core::availability::Availability;
use crate::core::cadence::civil;
use crate::core::case::{RestCase, RestPair};
use crate::core::content::{Form, RestForm, RestSaid, Said};
use crate::core::decision::{Change, Decision, Field};
use crate::core::event::Act;
use crate::core::id::PairId;
use crate::core::message::Message;
use crate::core::pause::{Of, Pause, Span, Why};
use crate::core::program::Program;
use crate::core::refusal::Refusal;
use crate::core::rest::{
    Choice, Pace, RestAct, RestChange, RestField, TimeForm, Trouble, Whose, check_days, check_time,
};

/// How long somebody is paused who chooses so after three times without an answer.
const FOUR_WEEKS: Days = Days::new(28);

/// What the form for a pause offers: two weeks.
const OFFERED: Days = Days::new(13);

/// An act of the person about their own time, or about a pause of a pair of theirs.
pub fn on_rest(case: &RestCase, rest: &RestAct, act: &Act, now: DateTime<Utc>) -> Decision {
    let today = civil(case.person.zone, now).date();
    let mut decision = match rest {
        RestAct::OpenedPause => pause_form(case, today),
        RestAct::Paused { whose: Whose::Mine, first, last, form } => match check_days(*first, *last, today) {
            Ok(()) => away(case, *first, *last, act),
            Err(trouble) => not_noted(trouble, *form),
        },
        RestAct::Paused { whose: Whose::Pair(pair), first, last, form } => {
            pause_pair(case, pair, (*first, *last), act, now).unwrap_or_else(|trouble| not_noted(trouble, *form))
        }
        RestAct::Back { whose: Whose::Mine } => back(case, today, act),
        RestAct::Back { whose: Whose::Pair(pair) } => pair_back(case, pair, act, now),
        RestAct::OpenedTime => time_form(case),
        RestAct::SetTime(time) => set_time(case, time, act),
        RestAct::Chose { day, choice } => chose(case, *day, *choice, today, act, now),
    };
    if !decision.changes.is_empty() && case.home_opened {
        decision.messages.push(Message::Home { person: act.by.clone() }.at(now));
    }
    decision
}

fn not_noted((field, trouble): (RestField, Trouble), in_form: bool) -> Decision {
    match in_form {
        true => mend(Field::Rest(field), trouble.sentence()),
        false => refuse(Refusal::Rest(trouble)),
    }
}

fn rested(change: RestChange, said: RestSaid) -> Decision {
    Decision { changes: vec![Change::Rested(change)], ..say(Said::Rest(said)) }
}

fn pause_form(case: &RestCase, today: NaiveDate) -> Decision {
    if case.pairs.is_empty() {
        return refuse(Refusal::NoPair);
    }
    let pairs = case.pairs.iter().map(|one| (one.pair.id.clone(), one.partner.name.clone())).collect();
    open(Form::Rest(RestForm::Pause { pairs, first: today, last: today + OFFERED }))
}

fn away(case: &RestCase, first: NaiveDate, last: NaiveDate, act: &Act) -> Decision {
    let span = Span { from: first, until: last + Days::new(1) };
    let why = if first > civil(case.person.zone, act.at).date() { Why::Absence } else { Why::Own };
    let pause = Pause { of: Of::Person(act.by.clone()), span, by: Some(act.by.clone()), why };
    rested(RestChange::Paused { pause, at: act.at }, RestSaid::Paused { span, partner: None })
}

/// The partner is told that nothing is asked until then, where the week has room for a message; App Home says it anyway.
fn pause_pair(
    case: &RestCase,
    pair: &PairId,
    (first, last): (NaiveDate, NaiveDate),
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Decision, (RestField, Trouble)> {
    let RestPair { pair, program, partner, partner_rest, partner_home, spent, weekly, .. } =
        case.pair(pair).ok_or((RestField::Whose, Trouble::Ended))?;
    check_days(first, last, civil(program.zone, now).date())?;
    let span = Span { from: first, until: last + Days::new(1) };
    let pause = Pause { of: Of::Pair(pair.id.clone()), span, by: Some(act.by.clone()), why: Why::Own };
    let said = RestSaid::Paused { span, partner: Some(partner.name.clone()) };
    let mut decision = rested(RestChange::Paused { pause, at: act.at }, said);
    let (pair, program_id, person) = (pair.id.clone(), program.id.clone(), partner.id.clone());
    let told = Message::PairPaused { program: program_id, pair, person: person.clone(), day: first };
    let due = Availability::new(program, partner.zone, partner_rest).next_open(now);
    let slot = Spent::on(&person, partner.zone, due, told.name());
    if slot.fits(spent, program.weekly.min(*weekly)) && span.until > civil(program.zone, due).date() {
        decision.changes.push(Change::Rested(RestChange::Told(slot)));
        decision.messages.push(told.at(due));
    }
    if *partner_home {
        decision.messages.push(Message::Home { person }.at(now));
    }
    Ok(decision)
}

fn back(case: &RestCase, today: NaiveDate, act: &Act) -> Decision {
    if case.rest.away.iter().all(|span| span.until <= today || span.from >= span.until) {
        return refuse(Refusal::Rest(Trouble::NotAway));
    }
    let change = RestChange::Back { person: act.by.clone(), day: today, at: act.at };
    rested(change, RestSaid::Back { partner: None })
}

fn pair_back(case: &RestCase, pair: &PairId, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some(RestPair { pair, program, partner, pauses, partner_home, .. }) = case.pair(pair) else {
        return refuse(Refusal::Ended);
    };
    let today = civil(program.zone, now).date();
    if !pauses.iter().any(|pause| pause.why == Why::Own && pause.span.until > today) {
        return refuse(Refusal::Rest(Trouble::NotAway));
    }
    let change = RestChange::PairBack { pair: pair.id.clone(), day: today, by: act.by.clone(), at: act.at };
    let mut decision = rested(change, RestSaid::Back { partner: Some(partner.name.clone()) });
    if *partner_home {
        decision.messages.push(Message::Home { person: partner.id.clone() }.at(now));
    }
    decision
}

fn time_form(case: &RestCase) -> Decision {
    if case.pairs.is_empty() {
        return refuse(Refusal::NoPair);
    }
    let days = case.programs().fold(WeekdaySet::EMPTY, |days, program| days.union(program.hours.days()));
    open(Form::Rest(RestForm::Time { rest: Box::new(case.rest.clone()), days }))
}

fn set_time(case: &RestCase, time: &TimeForm, act: &Act) -> Decision {
    let programs: Vec<&Program> = case.programs().collect();
    match check_time(time, &programs) {
        Ok(_) => {
            let change = RestChange::TimeSet { person: act.by.clone(), time: time.clone(), at: act.at };
            rested(change, RestSaid::TimeSet)
        }
        Err((field, trouble)) => mend(Field::Rest(field), trouble.sentence()),
    }
}

/// What was chosen is obeyed at once. Another choice in the same message takes back what the one before did.
fn chose(case: &RestCase, day: NaiveDate, choice: Choice, today: NaiveDate, act: &Act, now: DateTime<Utc>) -> Decision {
    let Some((program, before)) = case
        .silence
        .as_ref()
        .filter(|silence| silence.day == day)
        .map(|silence| (case.programs().next().map(|program| program.id.clone()), silence.choice))
    else {
        return refuse(Refusal::Gone);
    };
    let (person, at) = (act.by.clone(), act.at);
    let until = (choice == Choice::Pause).then(|| today + FOUR_WEEKS);
    let mut decision = rested(
        RestChange::SilenceChosen { person: person.clone(), day, choice, at },
        RestSaid::Chosen { choice, until },
    );
    if before != Some(choice) {
        let mut add = |change| decision.changes.push(Change::Rested(change));
        if before == Some(Choice::Pause) {
            add(RestChange::Back { person: person.clone(), day: today, at });
        }
        let pace = match (choice, before) {
            (Choice::Less, _) => Some(Pace::Second),
            (Choice::Stop, _) => Some(Pace::Never),
            (Choice::Pause | Choice::Keep, Some(Choice::Less | Choice::Stop)) => Some(Pace::Every),
            (Choice::Pause | Choice::Keep, _) => None,
        };
        if let Some(pace) = pace {
            add(RestChange::PaceSet { person: person.clone(), pace, at });
        }
        if let Some(until) = until {
            let (of, by) = (Of::Person(person.clone()), Some(person.clone()));
            let pause = Pause { of, span: Span { from: today, until }, by, why: Why::Own };
            add(RestChange::Paused { pause, at });
        }
    }
    if let Some(program) = program {
        decision.messages.push(Message::Silence { program, person, day }.at(now));
    }
    decision
}
