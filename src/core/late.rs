//! What comes too late to be asked, looked at in the moment before it is sent.

use chrono::{DateTime, Utc};

use super::availability::Availability;
use super::case::ClosingCase;
use super::decision::{Change, Decision};
use super::message::Message;
use super::pulse::{Ask, AskState};

/// Whether a person may still be asked now: they can be written to, and the window is open.
pub fn in_time(ask: &Ask, person: Availability<'_>, now: DateTime<Utc>) -> bool {
    person.is_open(now) && now < ask.closes
}

/// What to do instead of sending `message` for the first time, when it is no longer, or not now, a time at which those it
/// asks can be written to, when the pulse has closed, or when the pair is paused. `None`: it is in time.
///
/// What is not sent is folded: not missed, and its questions come back. A reminder that comes too late is left out.
pub fn instead(message: &Message, case: &ClosingCase, now: DateTime<Utc>) -> Option<Decision> {
    let pulse = &case.pulse;
    let asks: Vec<&Ask> = match message {
        Message::Pulse { .. } => vec![&pulse.mentee, &pulse.mentor],
        Message::PrivatePulse { person, .. } if *person == pulse.mentee.person => vec![&pulse.mentee],
        Message::PrivatePulse { .. } | Message::MentorPulses { .. } => vec![&pulse.mentor],
        _ => return None,
    };
    // A mentor's one message is about other pairs too; a pause takes its own row out of it.
    let is_paused = !matches!(message, Message::MentorPulses { .. })
        && case.pauses.iter().any(|span| span.is_on(case.program.zone, now));
    if pulse.closed.is_none() && !is_paused && asks.iter().all(|ask| in_time(ask, case.side(ask.role), now)) {
        return None;
    }
    let is_reminder = |ask: &Ask| ask.reminder.is_some_and(|at| at <= now) && ask.due < now;
    let folded = asks.into_iter().filter(|ask| matches!(ask.state, AskState::Open) && !is_reminder(ask));
    let changes = folded.map(|ask| Change::AskFolded { pulse: pulse.id.clone(), role: ask.role, at: now }).collect();
    Some(Decision { changes, ..Decision::default() })
}

/// Until when a first message that asks nothing yet, the welcome, waits: for the person's next working time, where it
/// was held up beyond its own. `None`: it may go now. What asks is folded instead, because its time comes again anyway.
pub fn waits(person: Availability<'_>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let open = person.next_open(now);
    (open > now).then_some(open)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::core::pause::Span;
    use crate::core::pulse::Pulse;
    use crate::core::rest::Rest;
    use crate::core::sample::{closing_case, program, utc};

    /// What becomes of a first post of this pulse at `now`.
    fn check(now: &str, change: fn(&mut Pulse), expected: &str) {
        let mut case = closing_case();
        change(&mut case.pulse);
        let message = Message::Pulse { pulse: case.pulse.id.clone() };
        let said = match instead(&message, &case, utc(now)) {
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
        let waits = |now: &str| waits(Availability::new(&program(), Tz::Europe__Berlin, &Rest::default()), utc(now));
        assert_eq!(waits("2026-05-05 06:59"), Some(utc("2026-05-05 07:00")));
        assert_eq!(waits("2026-05-05 07:00"), None);
        assert_eq!(waits("2026-05-05 14:59"), None);
        assert_eq!(waits("2026-05-05 15:00"), Some(utc("2026-05-06 07:00")));
        assert_eq!(waits("2026-05-08 15:00"), Some(utc("2026-05-11 07:00")));
    }

    #[test]
    fn nobody_is_asked_in_a_pause() {
        let mut case = closing_case();
        let pulse = case.pulse.clone();
        let pause = Span { from: "2026-05-05".parse().expect("a day"), until: "2026-05-07".parse().expect("a day") };
        case.pauses = vec![pause];
        let what = |message: Message, now| instead(&message, &case, utc(now)).map(|decision| decision.changes.len());
        let shared = Message::Pulse { pulse: pulse.id.clone() };
        assert_eq!(what(shared.clone(), "2026-05-05 08:00"), Some(2));
        assert_eq!(what(shared, "2026-05-07 08:00"), None);
        let person = pulse.mentor.person.clone();
        let occurrence = pulse.id.occurrence().expect("a day");
        let rows = Message::MentorPulses { program: program().id, person, occurrence };
        assert_eq!(what(rows, "2026-05-05 08:00"), None, "it is about other pairs too");
    }

    #[test]
    fn nobody_is_asked_who_went_away_meanwhile() {
        let mut case = closing_case();
        let shared = Message::Pulse { pulse: case.pulse.id.clone() };
        let away = Span { from: "2026-05-05".parse().expect("a day"), until: "2026-05-07".parse().expect("a day") };
        case.rests[1].away.push(away);
        let folded = instead(&shared, &case, utc("2026-05-05 08:00")).map(|decision| decision.changes.len());
        assert_eq!(folded, Some(2), "one post serves both");
        assert_eq!(instead(&shared, &case, utc("2026-05-07 08:00")), None);
        let (pulse, person) = (case.pulse.id.clone(), case.pulse.mentee.person.clone());
        let alone = Message::PrivatePulse { pulse, person, day: "2026-05-05".parse().expect("a day") };
        assert_eq!(instead(&alone, &case, utc("2026-05-05 08:00")), None, "the other one is here");
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
