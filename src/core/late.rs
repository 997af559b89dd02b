//! What comes too late to be asked, looked at in the moment before it is sent.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::decision::{Change, Decision};
use super::hours::common;
use super::message::Message;
use super::pause::Span;
use super::program::Program;
use super::pulse::{Ask, AskState, Pulse};
use super::question::Role;

/// How far a common working hour of two may lie ahead.
const TOGETHER_WITHIN: TimeDelta = TimeDelta::weeks(2);

/// Whether a person may still be asked now: it is working time there, and the window is open.
pub fn in_time(ask: &Ask, program: &Program, zone: Tz, now: DateTime<Utc>) -> bool {
    program.hours.is_open(zone, now) && now < ask.closes
}

/// What to do instead of sending `message` for the first time, when it is no longer, or not now, working time for
/// those it asks, when the pulse has closed, or when the pair is paused. `None`: it is in time. `zones` are the mentee's
/// and the mentor's.
///
/// What is not sent is folded: not missed, and its questions come back. A reminder that comes too late is left out.
pub fn instead(
    message: &Message,
    pulse: &Pulse,
    program: &Program,
    zones: [Tz; 2],
    pauses: &[Span],
    now: DateTime<Utc>,
) -> Option<Decision> {
    let zone = |ask: &Ask| match ask.role {
        Role::Mentee => zones[0],
        Role::Mentor => zones[1],
    };
    let asks: Vec<&Ask> = match message {
        Message::Pulse { .. } => vec![&pulse.mentee, &pulse.mentor],
        Message::PrivatePulse { person, .. } if *person == pulse.mentee.person => vec![&pulse.mentee],
        Message::PrivatePulse { .. } | Message::MentorPulses { .. } => vec![&pulse.mentor],
        _ => return None,
    };
    // A mentor's one message is about other pairs too; a pause takes its own row out of it.
    let is_paused =
        !matches!(message, Message::MentorPulses { .. }) && pauses.iter().any(|span| span.is_on(program.zone, now));
    if pulse.closed.is_none() && !is_paused && asks.iter().all(|ask| in_time(ask, program, zone(ask), now)) {
        return None;
    }
    let is_reminder = |ask: &Ask| ask.reminder.is_some_and(|at| at <= now) && ask.due < now;
    let folded = asks.into_iter().filter(|ask| matches!(ask.state, AskState::Open) && !is_reminder(ask));
    let changes = folded.map(|ask| Change::AskFolded { pulse: pulse.id.clone(), role: ask.role, at: now }).collect();
    Some(Decision { changes, ..Decision::default() })
}

/// Until when a first message that asks nothing yet, the welcome or the agreement, waits: for the next working time of
/// all whom it reaches, where it was held up beyond its own. `None`: it may go now. What asks is folded instead, because its time comes again anyway.
pub fn waits(program: &Program, zones: &[Tz], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let hours = &program.hours;
    let open = match zones {
        [one] => hours.next_open(*one, now),
        [one, other] => common([(hours, *one), (hours, *other)], now, now + TOGETHER_WITHIN)?,
        _ => return None,
    };
    (open > now).then_some(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{program, pulse, utc};

    /// What becomes of a first post of this pulse at `now`.
    fn check(now: &str, change: fn(&mut Pulse), expected: &str) {
        let mut pulse = pulse();
        change(&mut pulse);
        let message = Message::Pulse { pulse: pulse.id.clone() };
        let said = match instead(&message, &pulse, &program(), [Tz::Europe__Berlin; 2], &[], utc(now)) {
            None => "sent".to_owned(),
            Some(decision) => format!("dropped, {} folded", decision.changes.len()),
        };
        assert_eq!(said, expected, "{now}");
    }

    #[test]
    fn nobody_is_asked_late_in_the_evening_or_after_the_close() {
        check("2026-05-05 08:00", |_| {}, "sent");
        check("2026-05-05 14:59", |_| {}, "sent");
        check("2026-05-05 15:00", |_| {}, "dropped, 2 folded");
        check("2026-05-06 08:00", |_| {}, "sent");
        check("2026-05-08 15:00", |_| {}, "dropped, 2 folded");
    }

    #[test]
    fn a_welcome_that_was_held_up_waits_for_the_morning() {
        let waits = |now: &str| waits(&program(), &[Tz::Europe__Berlin], utc(now));
        assert_eq!(waits("2026-05-05 06:59"), Some(utc("2026-05-05 07:00")));
        assert_eq!(waits("2026-05-05 07:00"), None);
        assert_eq!(waits("2026-05-05 14:59"), None);
        assert_eq!(waits("2026-05-05 15:00"), Some(utc("2026-05-06 07:00")));
        assert_eq!(waits("2026-05-08 15:00"), Some(utc("2026-05-11 07:00")));
    }

    #[test]
    fn nobody_is_asked_in_a_pause() {
        let pulse = pulse();
        let pause = Span { from: "2026-05-05".parse().expect("a day"), until: "2026-05-07".parse().expect("a day") };
        let what = |message: Message, now| {
            let decision = instead(&message, &pulse, &program(), [Tz::Europe__Berlin; 2], &[pause], utc(now));
            decision.map(|decision| decision.changes.len())
        };
        let shared = Message::Pulse { pulse: pulse.id.clone() };
        assert_eq!(what(shared.clone(), "2026-05-05 08:00"), Some(2));
        assert_eq!(what(shared, "2026-05-07 08:00"), None);
        let person = pulse.mentor.person.clone();
        let occurrence = pulse.id.occurrence().expect("a day");
        let rows = Message::MentorPulses { program: program().id, person, occurrence };
        assert_eq!(what(rows, "2026-05-05 08:00"), None, "it is about other pairs too");
    }

    #[test]
    fn a_pulse_that_has_closed_is_never_posted_for_the_first_time() {
        let closed = |pulse: &mut Pulse| {
            let at = utc("2026-05-06 08:00");
            pulse.closed = Some(at);
            pulse.mentee.state = AskState::Answered { at };
            pulse.mentor.state = AskState::Closed { at };
        };
        check("2026-05-06 09:00", closed, "dropped, 0 folded");
    }
}
