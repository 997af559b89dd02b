//! What comes too late to be asked, looked at in the moment before it is sent.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::availability::{Availability, common, together};
use super::case::ClosingCase;
use super::decision::{Change, Decision};
use super::message::Message;
use super::pause::Span;
use super::program::Program;
use super::pulse::{Ask, AskState, Pulse};
use super::rest::{Pace, Rest};

/// How far a common working hour of two may lie ahead.
const TOGETHER_WITHIN: TimeDelta = TimeDelta::weeks(2);

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
    let is_reminder = |ask: &Ask| ask.reminder.is_some_and(|at| at <= now) && ask.due < now;
    // Who said that they want to be asked nothing is reminded of what they themselves put off.
    let is_resting = |ask: &&Ask| case.rest(ask.role).pace == Pace::Never && !is_reminder(ask);
    let is_fit = !is_paused && !asks.iter().any(is_resting);
    if pulse.closed.is_none() && is_fit && asks.iter().all(|ask| in_time(ask, case.side(ask.role), now)) {
        return None;
    }
    let folded = asks.into_iter().filter(|ask| matches!(ask.state, AskState::Open) && !is_reminder(ask));
    let changes = folded.map(|ask| Change::AskFolded { pulse: pulse.id.clone(), role: ask.role, at: now }).collect();
    Some(Decision { changes, ..Decision::default() })
}

/// What to do instead of sending `message` for the first time, when somebody has pressed `Not for me` since it was planned:
/// a pair of which one side is out is not asked. `None`: it is wanted. `out` are the mentee and the mentor.
///
/// A reminder is a person's own wish, and stays where only the other one is out.
pub fn unwanted(message: &Message, pulse: &Pulse, out: [bool; 2], now: DateTime<Utc>) -> Option<Decision> {
    let sides = [(&pulse.mentee, out[0]), (&pulse.mentor, out[1])];
    let is_asked = |ask: &Ask| match message {
        Message::Pulse { .. } => true,
        Message::PrivatePulse { person, .. } | Message::MentorPulses { person, .. } => *person == ask.person,
        _ => false,
    };
    let is_reminder = |ask: &Ask| ask.reminder.is_some_and(|at| at <= now) && ask.due < now;
    let asked = || sides.into_iter().filter(|(ask, _)| is_asked(ask));
    if !asked().any(|(ask, is_out)| is_out || out.contains(&true) && !is_reminder(ask)) {
        return None;
    }
    let folded = asked().filter(|(ask, _)| matches!(ask.state, AskState::Open) && !is_reminder(ask));
    let changes =
        folded.map(|(ask, _)| Change::AskFolded { pulse: pulse.id.clone(), role: ask.role, at: now }).collect();
    Some(Decision { changes, ..Decision::default() })
}

/// A survey about one pair that somebody was to be asked, as things stand now.
#[derive(Clone, Debug)]
pub struct PlannedSurvey {
    /// The person's side of it closes then.
    pub closes: DateTime<Utc>,
    /// The pair had ended when it was planned: it is each one's own matter then.
    pub early: bool,
    pub ended: bool,
    /// Whether the person has pressed `Not for me`, and whether the other one has.
    pub out: [bool; 2],
    pub pauses: Vec<Span>,
}

impl PlannedSurvey {
    /// Whether it is asked all the same: not in a pause, not once one of the two is out, not once the pair has ended, and
    /// not where the person is away until it closes, or wants to be asked nothing. `rest` is their own.
    pub fn is_wanted(&self, program: &Program, (zone, rest): (Tz, &Rest), now: DateTime<Utc>) -> bool {
        let [own, other] = self.out;
        if rest.pace == Pace::Never || Availability::new(program, zone, rest).next_open(now) >= self.closes {
            return false;
        }
        match self.early {
            true => !own,
            false => !own && !other && !self.ended && !self.pauses.iter().any(|span| span.is_on(program.zone, now)),
        }
    }
}

/// Until when a first message that is no pulse, such as the welcome or a coordinator's question, waits: for the next
/// working time of all whom it reaches, where it was held up beyond its own. `None`: it may go now. A pulse is folded
/// instead, because its time comes again anyway.
pub fn waits(readers: &[Availability<'_>], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let open = match readers {
        [one] => one.next_open(now),
        [one, other] => common([*one, *other], now, now + TOGETHER_WITHIN)?,
        _ => return None,
    };
    (open > now).then_some(open)
}

/// The same for a coordinator's words to both of a pair, the mentee and the mentor.
pub fn both_wait(both: [Availability<'_>; 2], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let open = together(both, now);
    (open > now).then_some(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{closing_case, date, program, pulse, utc};

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
        let rest = Rest::default();
        let waits = |now: &str| waits(&[Availability::new(&program(), Tz::Europe__Berlin, &rest)], utc(now));
        assert_eq!(waits("2026-05-05 06:59"), Some(utc("2026-05-05 07:00")));
        assert_eq!(waits("2026-05-05 07:00"), None);
        assert_eq!(waits("2026-05-05 14:59"), None);
        assert_eq!(waits("2026-05-05 15:00"), Some(utc("2026-05-06 07:00")));
        assert_eq!(waits("2026-05-08 15:00"), Some(utc("2026-05-11 07:00")));
    }

    #[test]
    fn words_to_both_wait_for_a_common_hour() {
        let waits = |zone, now| {
            let (program, rest) = (program(), Rest::default());
            both_wait([Tz::Europe__Berlin, zone].map(|zone| Availability::new(&program, zone, &rest)), utc(now))
        };
        assert_eq!(waits(Tz::Europe__Berlin, "2026-05-05 14:59"), None);
        assert_eq!(waits(Tz::Europe__Berlin, "2026-05-05 15:00"), Some(utc("2026-05-06 07:00")));
        assert_eq!(waits(Tz::America__New_York, "2026-05-05 08:00"), Some(utc("2026-05-05 13:00")));
        assert_eq!(waits(Tz::America__New_York, "2026-05-05 13:00"), None);
        // Without a common hour Ana's decides.
        assert_eq!(waits(Tz::Pacific__Auckland, "2026-05-05 07:00"), None);
        assert_eq!(waits(Tz::Pacific__Auckland, "2026-05-05 15:00"), Some(utc("2026-05-06 07:00")));
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
        case.rests[0].pace = Pace::Never;
        let folded = instead(&alone, &case, utc("2026-05-05 08:00")).map(|decision| decision.changes.len());
        assert_eq!(folded, Some(1), "asked nothing any more");
        case.pulse.mentee.reminder = Some(utc("2026-05-06 08:00"));
        assert_eq!(instead(&alone, &case, utc("2026-05-06 08:00")), None, "put off by the person, who wants it");
    }

    #[test]
    fn nobody_is_asked_once_one_of_the_two_is_out() {
        let noon = "2026-05-06 10:00";
        let mut pulse = pulse();
        let (id, ana, ravi) = (pulse.id.clone(), pulse.mentee.person.clone(), pulse.mentor.person.clone());
        let day = "2026-05-06".parse().expect("a day");
        let shared = Message::Pulse { pulse: id.clone() };
        let anas = Message::PrivatePulse { pulse: id.clone(), person: ana.clone(), day };
        let ravis = Message::PrivatePulse { pulse: id, person: ravi.clone(), day };
        let rows = Message::MentorPulses { program: program().id, person: ravi, occurrence: day };
        let welcome = Message::Welcome { program: program().id, person: ana };
        let folds = |pulse: &Pulse, message: &Message, out| {
            unwanted(message, pulse, out, utc(noon)).map(|decision| decision.changes.len())
        };
        for message in [&shared, &anas, &ravis, &rows, &welcome] {
            assert_eq!(folds(&pulse, message, [false, false]), None, "{message:?}");
        }
        for out in [[true, false], [false, true], [true, true]] {
            assert_eq!(folds(&pulse, &shared, out), Some(2));
            assert_eq!(folds(&pulse, &anas, out), Some(1));
            assert_eq!(folds(&pulse, &ravis, out), Some(1));
            assert_eq!(folds(&pulse, &rows, out), Some(1));
            assert_eq!(folds(&pulse, &welcome, out), None);
        }
        // The pulse stands, and Ana asked to be reminded of it.
        pulse.mentee.reminder = Some(utc(noon));
        assert_eq!(folds(&pulse, &anas, [true, false]), Some(0), "she is out herself");
        assert_eq!(folds(&pulse, &anas, [false, true]), None, "she still wants it");
    }

    #[test]
    fn a_survey_that_was_planned_folds_as_a_pulse_does() {
        let span = |until: &str| Span { from: date("2026-05-01"), until: date(until) };
        let wanted = |change: &dyn Fn(&mut PlannedSurvey, &mut Rest)| {
            let (closes, mut rest) = (utc("2026-05-08 15:00"), Rest::default());
            let mut survey = PlannedSurvey { closes, early: false, ended: false, out: [false; 2], pauses: Vec::new() };
            change(&mut survey, &mut rest);
            survey.is_wanted(&program(), (Tz::Europe__Berlin, &rest), utc("2026-05-05 08:00"))
        };
        assert!(wanted(&|_, _| {}));
        assert!(!wanted(&|survey, _| survey.out = [true, false]));
        assert!(!wanted(&|survey, _| survey.out = [false, true]));
        assert!(!wanted(&|survey, _| survey.pauses.push(span("2026-05-06"))));
        assert!(wanted(&|survey, _| survey.pauses.push(span("2026-05-05"))), "it is over");
        assert!(!wanted(&|survey, _| survey.ended = true));
        // The last questions after the end are nobody's but one's own.
        assert!(wanted(&|survey, _| (survey.early, survey.ended, survey.out) = (true, true, [false, true])));
        assert!(!wanted(&|survey, _| (survey.early, survey.ended, survey.out) = (true, true, [true, false])));
        // Who is back before it closes is asked then.
        assert!(wanted(&|_, rest| rest.away.push(span("2026-05-08"))));
        assert!(!wanted(&|_, rest| rest.away.push(span("2026-05-09"))));
        assert!(!wanted(&|_, rest| rest.pace = Pace::Never));
        assert!(!wanted(&|survey, rest| (survey.early, survey.ended, rest.pace) = (true, true, Pace::Never)));
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
