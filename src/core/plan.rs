//! Time passed: what is to be asked now, what came too late, and what is over.

mod close;
mod fair;
mod opening;
mod survey;
#[cfg(test)]
mod tests;
mod when;

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use super::attention::{Spent, WEEKLY};
use super::availability::Availability;
use super::cadence::Strike;
use super::case::PlanCase;
use super::decision::{Change, Decision};
use super::id::PulseId;
use super::late::in_time;
use super::message::{Message, Send};
use super::person::{Person, Standing};
use super::program::Program;
use super::pulse::{Ask, AskState, Form, Pulse};
use super::question::Role;
use super::rest::Rest;
use super::rotation::{self, Questions, Situation};
use super::unreachable::unreachable;
pub use close::close;
use when::When;

pub use opening::half_way;
pub use survey::{END_WITHIN, close_survey, ending, survey_on};

/// Messages beside pulses: a nudge, and the agreement in the weeks in which it is opened.
const BESIDE: u32 = 2;

/// A person who says nothing to the welcome is asked from this many working days after it on.
const CONSENT_DAYS: u16 = 3;

/// A mentor of more pairs than this gets one message with a row for each mentee, and group DMs are left alone.
pub const GROUP_DM_PAIRS: u32 = 2;

/// A pair that waits for somebody's word is looked at again when that word comes, and at the latest after this.
const LOOK_AGAIN: Duration = Duration::days(7);

/// What to do about a pair now: plan the newest pulse that is due, or only say when to look again.
///
/// After downtime at most the latest occurrence is planned. What is due already is asked only while it is working
/// time and the window is open; otherwise it is folded into the next one.
pub fn plan(case: &PlanCase, now: DateTime<Utc>) -> Decision {
    opening::with_opening(case, asking(case, now), now)
}

fn asking(case: &PlanCase, now: DateTime<Utc>) -> Decision {
    let Some(ready) = ready(case, now) else {
        let mut decision = if is_news(case, now) { gone(case, now) } else { Decision::default() };
        decision.changes.extend(look_again(case, now + LOOK_AGAIN).changes);
        return decision;
    };
    let next = next_look(case, now.max(ready));
    if ready > now {
        return look_again(case, next);
    }
    let Some(occurrence) = newest_occurrence(case, ready, now) else {
        return look_again(case, next);
    };
    if let Some(decision) = survey::in_place_of(case, occurrence, next, now) {
        return decision;
    }
    match pulse(case, occurrence, now) {
        Some(mut pulse) => {
            let spends = afford(case, &mut pulse, now);
            let messages = if pulse.is_folded() { Vec::new() } else { posts(case, &pulse) };
            let planned = Change::Planned { pulse: Box::new(pulse), spends, next };
            Decision { changes: vec![planned], messages, ..Decision::default() }
        }
        None => look_again(case, next),
    }
}

/// The welcome to a programme, when the person may next be written to.
pub fn welcome(program: &Program, person: &Person, rest: &Rest, now: DateTime<Utc>) -> Send {
    let due = Availability::new(program, person.zone, rest).next_open(now);
    Message::Welcome { program: program.id.clone(), person: person.id.clone() }.at(due)
}

/// How many messages the bot starts in a week, at most, for somebody in so many pairs of the programme: one for each
/// pulse, one for all pulses of a mentor's many pairs, and what comes beside them, within what the programme allows. A
/// reminder comes only to those who ask for it.
pub fn weekly(program: &Program, as_mentee: u32, as_mentor: u32) -> u32 {
    const LOOK_AHEAD: Duration = Duration::weeks(8);
    let until = program.starts + LOOK_AHEAD;
    let strikes = program.cadence.between(program.zone, program.starts, until);
    let days: BTreeSet<NaiveDate> = strikes.map(|at| civil(program.zone, at)).collect();
    let in_a_week = |day: &NaiveDate| days.range(*day..*day + Duration::weeks(1)).count();
    let pulses = u32::try_from(days.iter().map(in_a_week).max().unwrap_or(1)).unwrap_or(u32::MAX);
    let as_mentor = if as_mentor > GROUP_DM_PAIRS { 1 } else { as_mentor };
    pulses.saturating_mul(as_mentee + as_mentor).saturating_add(BESIDE).min(u32::from(program.weekly.min(WEEKLY)))
}

fn look_again(case: &PlanCase, next: DateTime<Utc>) -> Decision {
    let look = Change::LookAgain { pair: case.pair.id.clone(), next };
    Decision { changes: vec![look], ..Decision::default() }
}

/// One of the two is deactivated in Slack, and the coordinators of this running pair have not heard it this week.
fn is_news(case: &PlanCase, now: DateTime<Utc>) -> bool {
    let gone = case.mentee.deactivated.is_some() || case.mentor.deactivated.is_some();
    let over = case.program.ends.is_some_and(|ends| civil(case.program.zone, now) > ends);
    gone && case.pair.ended.is_none() && !over && case.pair.unreachable.is_none_or(|since| now >= since + LOOK_AGAIN)
}

fn gone(case: &PlanCase, now: DateTime<Utc>) -> Decision {
    unreachable(&case.pair, &case.program, "user_disabled", now)
}

/// From when on the pair may be asked; `None` while that depends on somebody's word. What struck in a pause is not made
/// up for.
fn ready(case: &PlanCase, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if case.pair.ended.is_some() || case.mentee.deactivated.is_some() || case.mentor.deactivated.is_some() {
        return None;
    }
    if case.pair.unreachable.is_some_and(|since| now < since + LOOK_AGAIN) {
        return None;
    }
    if case.program.ends.is_some_and(|ends| civil(case.program.zone, now) > ends) {
        return None;
    }
    let consent = |role, standing| match standing {
        Standing::Started { at } => Some(at),
        Standing::Welcomed { at } => Some(case.side(role).working_days_after(at, CONSENT_DAYS)),
        Standing::Invited | Standing::Declined { .. } => None,
    };
    let mentee = consent(Role::Mentee, case.mentee_standing)?;
    let mentor = consent(Role::Mentor, case.mentor_standing)?;
    Some(mentee.max(mentor).max(begins(case)).max(when::resumed(case, now)))
}

/// The first instant of the pair's first day.
fn begins(case: &PlanCase) -> DateTime<Utc> {
    super::cadence::instant(case.program.zone, case.pair.starts.max(case.program.starts).into())
}

/// When the cadence strikes next for either of the two.
fn next_look(case: &PlanCase, after: DateTime<Utc>) -> DateTime<Utc> {
    let next = |person: &Person| case.program.cadence.next(person.zone, after).map(|strike| strike.at);
    [next(&case.mentee), next(&case.mentor)].into_iter().flatten().min().unwrap_or(after + LOOK_AGAIN)
}

/// The newest occurrence that has struck for either of the two since the pair was ready and was not planned before.
fn newest_occurrence(case: &PlanCase, ready: DateTime<Utc>, now: DateTime<Utc>) -> Option<NaiveDate> {
    let newest = |person: &Person| case.program.cadence.latest_due(person.zone, ready, now);
    [newest(&case.mentee), newest(&case.mentor)]
        .into_iter()
        .flatten()
        .map(|strike| strike.occurrence)
        .max()
        .filter(|occurrence| case.last_occurrence.is_none_or(|last| *occurrence > last))
        .filter(|occurrence| case.program.ends.is_none_or(|ends| *occurrence <= ends))
}

fn pulse(case: &PlanCase, occurrence: NaiveDate, now: DateTime<Utc>) -> Option<Pulse> {
    let questions = questions(case, occurrence)?;
    let strike = |person: &Person| strike_on(&case.program, person.zone, occurrence);
    let (mentee_strike, mentor_strike) = (strike(&case.mentee)?, strike(&case.mentor)?);
    let When { form, due, skips } = when::when(case, [mentee_strike.at, mentor_strike.at]);
    let mentee_closes = when::closes(case, Role::Mentee, occurrence, due[0]);
    let mentor_closes = match form {
        Form::Shared => mentee_closes,
        Form::Private | Form::PrivateRows => when::closes(case, Role::Mentor, occurrence, due[1]),
    };
    let ask = |person: &Person, role, due, closes, skips| {
        let (questions, state) = (questions.of(role).cloned().collect(), AskState::Open);
        let mut ask = Ask { person: person.id.clone(), role, questions, due, closes, reminder: None, state };
        // It would be asked only when the next one is: that one is enough.
        let is_overtaken = closes <= due;
        if skips || is_overtaken || due <= now && !in_time(&ask, case.side(role), now) {
            ask.state = AskState::Folded { at: now };
        }
        ask
    };
    let mut mentee = ask(&case.mentee, Role::Mentee, due[0], mentee_closes, skips[0]);
    let mut mentor = ask(&case.mentor, Role::Mentor, due[1], mentor_closes, skips[1]);
    if form == Form::Shared && [&mentee, &mentor].iter().any(|ask| matches!(ask.state, AskState::Folded { .. })) {
        // One post serves both: it comes in time for both or not at all.
        mentee.state = AskState::Folded { at: now };
        mentor.state = AskState::Folded { at: now };
    }
    let (number, of) = numbers(case, occurrence);
    let id = PulseId::new(&case.pair.id, occurrence);
    let strike = mentee_strike.at.min(mentor_strike.at);
    Some(Pulse { id, pair: case.pair.id.clone(), number, of, strike, form, mentee, mentor, closed: None })
}

/// Takes a slot of each person's week for the message that asks them. A side whose week is full is never asked; one post
/// for both needs room with both.
fn afford(case: &PlanCase, pulse: &mut Pulse, now: DateTime<Utc>) -> Vec<Spent> {
    let zones = [case.mentee.zone, case.mentor.zone];
    let posts = first_posts(pulse, &case.program, zones);
    let is_open = |ask: &Ask| !matches!(ask.state, AskState::Folded { .. });
    let spends = |ask: &Ask, zone: Tz| {
        let own = posts.iter().find(|post| match post {
            Message::PrivatePulse { person, .. } | Message::MentorPulses { person, .. } => *person == ask.person,
            _ => true,
        });
        own.filter(|_| is_open(ask)).map(|post| Spent::on(&ask.person, zone, ask.due, post.name()))
    };
    let (mentee, mentor) = (spends(&pulse.mentee, zones[0]), spends(&pulse.mentor, zones[1]));
    let fits = |spent: &Option<Spent>, zone| spent.as_ref().is_none_or(|spent| fair::fits(case, spent, zone));
    let alone = (fits(&mentee, zones[0]), fits(&mentor, zones[1]));
    let (mentee_fits, mentor_fits) = match pulse.form {
        Form::Shared => (alone.0 && alone.1, alone.0 && alone.1),
        Form::Private | Form::PrivateRows => alone,
    };
    for (ask, fits) in [(&mut pulse.mentee, mentee_fits), (&mut pulse.mentor, mentor_fits)] {
        if !fits && is_open(ask) {
            ask.state = AskState::Folded { at: now };
        }
    }
    [mentee.filter(|_| mentee_fits), mentor.filter(|_| mentor_fits)].into_iter().flatten().collect()
}

fn strike_on(program: &Program, zone: Tz, occurrence: NaiveDate) -> Option<Strike> {
    program
        .cadence
        .strikes(zone, day_before(zone, occurrence))
        .find(|strike| strike.occurrence >= occurrence)
        .filter(|strike| strike.occurrence == occurrence)
}

/// An instant before all strikes of that occurrence.
fn day_before(zone: Tz, occurrence: NaiveDate) -> DateTime<Utc> {
    // Civil days reach from 14 hours before to 12 hours after the same day in UTC, and a gap moves a strike further.
    super::cadence::instant(zone, occurrence.into()) - Duration::days(1)
}

/// Which of how many this pulse is, if the programme ends. A survey has the place of the pulse that it stands for, so that the
/// total does not change on its way; a week that nobody was asked in has none.
fn numbers(case: &PlanCase, occurrence: NaiveDate) -> (u32, Option<u32>) {
    let before = case.asked + u32::try_from(case.surveys.len()).unwrap_or(u32::MAX);
    let of = case.program.ends.map(|ends| {
        let zone = case.mentee.zone;
        let left: BTreeSet<_> =
            case.program.cadence.between(zone, occurrence, ends).map(|at| civil(zone, at)).collect();
        before + u32::try_from(left.len()).unwrap_or(u32::MAX).max(1)
    });
    (before + 1, of)
}

fn questions(case: &PlanCase, occurrence: NaiveDate) -> Option<Questions> {
    let first_day = case.pair.starts.max(case.program.starts);
    let week = |day: NaiveDate| u32::try_from((day - first_day).num_weeks()).unwrap_or(0) + 1;
    let (turn, weeks) = (case.asked.saturating_add(1), case.program.ends.map(week));
    let situation = Situation { turn, week: week(occurrence), weeks, met: case.met, goal: case.goal };
    rotation::next(&case.program.bank(), &case.history, &situation)
}

/// The messages that ask.
fn posts(case: &PlanCase, pulse: &Pulse) -> Vec<Send> {
    let zones = [case.mentee.zone, case.mentor.zone];
    let dues = |post: Message| {
        let ask = match &post {
            Message::PrivatePulse { person, .. } if *person == case.mentee.id => &pulse.mentee,
            Message::Pulse { .. } => &pulse.mentee,
            _ => &pulse.mentor,
        };
        (!matches!(ask.state, AskState::Folded { .. })).then(|| post.at(ask.due))
    };
    first_posts(pulse, &case.program, zones).into_iter().filter_map(dues).collect()
}

/// The messages in which a pulse is asked. `zones` are the mentee's and the mentor's.
fn first_posts(pulse: &Pulse, program: &Program, zones: [Tz; 2]) -> Vec<Message> {
    let alone = |ask: &Ask, zone| Message::PrivatePulse {
        pulse: pulse.id.clone(),
        person: ask.person.clone(),
        day: civil(zone, ask.due),
    };
    let sides = [(&pulse.mentee, zones[0]), (&pulse.mentor, zones[1])];
    match pulse.form {
        Form::Shared => vec![Message::Pulse { pulse: pulse.id.clone() }],
        Form::Private => sides.map(|(ask, zone)| alone(ask, zone)).to_vec(),
        Form::PrivateRows => {
            let program = program.id.clone();
            let occurrence = pulse.id.occurrence().unwrap_or_default();
            let person = pulse.mentor.person.clone();
            vec![alone(&pulse.mentee, zones[0]), Message::MentorPulses { program, person, occurrence }]
        }
    }
}

fn civil(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}
