//! Three times in a row without an answer: what suits the person is asked once, in private, and obeyed.

use chrono::{DateTime, Duration, Utc};

use super::attention::Spent;
use super::cadence::civil;
use super::case::ClosingCase;
use super::decision::Change;
use super::message::{Message, Send};
use super::pulse::{Ask, AskState};
use super::question::Role;
use super::rest::{Pace, RestChange};

/// Times in a row without an answer after which the person is asked what suits them.
pub const TIMES: u32 = 3;

/// It is asked again after this long at the earliest.
const AGAIN: Duration = Duration::weeks(12);

/// The question loses its sense if it cannot be sent for longer than this.
const WITHIN: Duration = Duration::days(7);

/// What is known of a person's silence when a pulse of theirs closes without their answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Silent {
    /// Pulses of this pair, just before this one and in a row, that the person was asked in and said nothing to; at most two.
    pub before: u32,
    /// When the first of them was due.
    pub since: Option<DateTime<Utc>>,
    /// When the person last answered, or said "not this week", in whatever pair.
    pub spoke: Option<DateTime<Utc>>,
    /// When the person was last asked what suits them.
    pub asked: Option<DateTime<Utc>>,
}

/// The question to the person on this side of a pulse that closes now, if it is time for it: the third in a row without a
/// word in any pair, not asked in the last twelve weeks, and with room in their week.
pub fn ask(case: &ClosingCase, role: Role, now: DateTime<Utc>) -> Option<(Change, Send)> {
    let n = usize::from(role == Role::Mentor);
    let (silent, ask, zone) = (case.silent[n], case.pulse.ask(role), case.zones[n]);
    if !is_third(silent, ask) || silent.asked.is_some_and(|asked| now < asked + AGAIN) {
        return None;
    }
    if case.rests[n].pace == Pace::Never {
        return None;
    }
    let due = case.side(role).next_open(now);
    let (person, day) = (ask.person.clone(), civil(zone, now).date());
    let message = Message::Silence { program: case.program.id.clone(), person: person.clone(), day };
    let spends = Spent::on(&person, zone, due, message.name());
    let most = case.weekly[n].min(case.program.weekly);
    // It is a nudge of its own kind, and one a week is all.
    let is_nudged = case.spent.iter().any(|one| one.person == person && one.week == spends.week && one.is_nudge());
    if due > now + WITHIN || is_nudged || !spends.fits(&case.spent, most) {
        return None;
    }
    Some((Change::Rested(RestChange::SilenceAsked { person, day, spends, at: now }), message.at(due)))
}

fn is_third(silent: Silent, ask: &Ask) -> bool {
    let spoke_since = silent.since.is_none_or(|since| silent.spoke.is_some_and(|spoke| spoke >= since));
    matches!(ask.state, AskState::Open) && silent.before + 1 >= TIMES && !spoke_since
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{closing_case, utc};

    #[test]
    fn it_is_asked_after_three_times_and_not_again_for_twelve_weeks() {
        let check = |name: &str, change: fn(&mut ClosingCase), expected: Option<&str>| {
            let mut case = closing_case();
            case.silent[0] = Silent { before: 2, since: Some(utc("2026-04-21 08:00")), ..Silent::default() };
            change(&mut case);
            let said = ask(&case, Role::Mentee, utc("2026-05-08 15:00"));
            assert_eq!(said.map(|(_, send)| crate::core::sample::short(send.due)).as_deref(), expected, "{name}");
        };
        let monday = Some("Mon 11 May 07:00");
        check("the third", |_| {}, monday);
        check("the second", |case| case.silent[0].before = 1, None);
        check("answered elsewhere", |case| case.silent[0].spoke = Some(utc("2026-04-30 08:00")), None);
        check("answered before", |case| case.silent[0].spoke = Some(utc("2026-04-20 08:00")), monday);
        check("asked eleven weeks ago", |case| case.silent[0].asked = Some(utc("2026-02-20 15:00")), None);
        check("asked twelve weeks ago", |case| case.silent[0].asked = Some(utc("2026-02-13 15:00")), monday);
        check(
            "answered this one",
            |case| case.pulse.mentee.state = AskState::Answered { at: utc("2026-05-06 08:00") },
            None,
        );
        check("away for long", |case| case.rests[0].out = Some(utc("2026-05-20 08:00")), None);
        check("not asked at all any more", |case| case.rests[0].pace = Pace::Never, None);
        check(
            "no room",
            |case| {
                let due = utc("2026-05-11 08:00");
                let slot = |n: usize| Spent::on(&case.pulse.mentee.person, case.zones[0], due, format!("m{n}").into());
                case.spent = (0..3).map(slot).collect();
            },
            None,
        );
    }
}
