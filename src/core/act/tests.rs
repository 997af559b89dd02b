//! Acts by tables: who does what when, and what follows.

mod confided;

use super::*;
use crate::core::answer::{Answer, Audience, Comment};
use crate::core::case::{AskingCase, ProgramCase, PulseCase};
use crate::core::help::{HelpAct, Topic, Urgency};
use crate::core::id::QuestionId;
use crate::core::person::Standing;
use crate::core::pulse::{AskState, Form};
use crate::core::question::{Bank, Role};
use crate::core::sample::{act, asking_case, person, program_case, pulse, pulse_case, utc};

/// Who, when, what, on which case, and why not.
type Refused = (&'static str, &'static str, What, fn(&mut PulseCase), Refusal);

const TUESDAY: &str = "2026-05-05 09:00";

fn openness() -> QuestionId {
    "comm-openness".into()
}

fn tapped(value: u8) -> What {
    What::Answered { pulse: pulse().id, question: openness(), value }
}

/// Ana's answer of ten o'clock, which is in Berlin's summer 08:00 UTC.
fn answered(case: &mut PulseCase) {
    let (pulse, person, at) = (pulse().id, person("Ana").id, utc("2026-05-05 08:00"));
    let (value, audience, audience_at, followed_up) = (2, Audience::Partner, None, None);
    case.answers.push(Answer { pulse, person, question: openness(), value, audience, audience_at, followed_up, at });
    case.pulse.mentee.state = AskState::Answered { at };
}

fn refusal(decision: &Decision) -> Option<&Refusal> {
    match &decision.reply {
        Reply::Say(Said::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let (pulse_id, at) = (pulse().id, utc("2026-05-08 15:00"));
    let comment = What::Commented { pulse: pulse_id.clone(), question: openness(), words: "x".to_owned() };
    let other = What::Answered { pulse: pulse_id.clone(), question: "growth-goals".into(), value: 3 };
    let as_is: fn(&mut PulseCase) = |_| {};
    let cases: [Refused; 9] = [
        ("Mia", TUESDAY, tapped(3), as_is, Refusal::NotYourPair),
        ("Ana", TUESDAY, tapped(0), as_is, Refusal::Unknown),
        ("Ana", TUESDAY, tapped(6), as_is, Refusal::Unknown),
        ("Ana", TUESDAY, other, as_is, Refusal::NotAsked),
        ("Ana", TUESDAY, comment, as_is, Refusal::AnswerFirst),
        ("Ana", "2026-05-08 15:00", tapped(3), as_is, Refusal::PulseClosed { at }),
        ("Ana", TUESDAY, tapped(3), |case| case.pair.ended = Some(utc(TUESDAY)), Refusal::Ended),
        ("Ana", TUESDAY, What::Skipped { pulse: pulse_id.clone() }, answered, Refusal::AnsweredAlready),
        ("Ana", "2026-05-08 09:00", What::Snoozed { pulse: pulse_id }, as_is, Refusal::ClosesBefore { at }),
    ];
    for (name, when, what, change, expected) in cases {
        let mut case = pulse_case();
        change(&mut case);
        let decision = on_pulse(&case, &act(name, when, what.clone()), utc(when));
        assert_eq!(refusal(&decision), Some(&expected), "{name} {what:?}");
        assert_eq!((decision.changes.len(), decision.messages.len()), (0, 0), "{name} {what:?}");
    }
}

#[test]
fn the_later_tap_wins_and_keeps_the_audience() {
    let mut case = pulse_case();
    answered(&mut case);
    let stored = |when: &str| {
        let decision = on_pulse(&case, &act("Ana", when, tapped(5)), utc(TUESDAY));
        let Reply::Say(Said::Saved { label, audience, .. }) = decision.reply else { panic!("nothing was saved") };
        assert_eq!(audience, Audience::Partner);
        (decision.changes.len(), label)
    };
    assert_eq!(stored("2026-05-05 07:59"), (0, "Not really".to_owned()));
    assert_eq!(stored("2026-05-05 08:00"), (1, "Yes".to_owned()));
    assert_eq!(stored("2026-05-05 08:01"), (1, "Yes".to_owned()));
}

#[test]
fn what_follows_a_low_answer_is_said_once() {
    let mut case = pulse_case();
    let mut taps = |value, when| {
        let decision = on_pulse(&case, &act("Ana", when, tapped(value)), utc(TUESDAY));
        let Some(Change::Answered(answer)) = decision.changes.into_iter().next() else { panic!("it is stored") };
        case.answers = vec![answer];
        let Reply::Say(Said::Saved { follow_up, .. }) = decision.reply else { panic!("nothing was saved") };
        follow_up
    };
    assert_eq!(taps(3, "2026-05-05 09:01"), None);
    let line = Bank::built_in().question("comm-openness").expect("of the bank").follow_up.clone();
    assert_eq!(taps(2, "2026-05-05 09:02"), Some(line));
    for (value, when) in [(1, "2026-05-05 09:03"), (5, "2026-05-05 09:04"), (1, "2026-05-05 09:05")] {
        assert_eq!(taps(value, when), None, "{value} at {when}");
    }
}

#[test]
fn the_later_choice_of_who_sees_it_counts() {
    use Audience::{Coordinator, OnlyTotals, Partner};
    // At the same moment, which people cannot do and a clock that stands can, the order of arrival is all there is.
    for (stands, chosen_at, audience, when, expected) in [
        (Partner, None, OnlyTotals, "2026-05-05 08:00", OnlyTotals),
        (OnlyTotals, Some("2026-05-05 08:10"), Partner, "2026-05-05 08:09", OnlyTotals),
        (OnlyTotals, Some("2026-05-05 08:10"), Partner, "2026-05-05 08:10", Partner),
        (Partner, Some("2026-05-05 08:10"), Coordinator, "2026-05-05 08:10", Coordinator),
        (OnlyTotals, Some("2026-05-05 08:10"), Partner, "2026-05-05 08:11", Partner),
        (Coordinator, Some("2026-05-05 08:10"), Coordinator, "2026-05-05 08:11", Coordinator),
    ] {
        let mut case = pulse_case();
        answered(&mut case);
        (case.answers[0].audience, case.answers[0].audience_at) = (stands, chosen_at.map(utc));
        let what = What::ChoseAudience { pulse: pulse().id, question: openness(), audience };
        let decision = on_pulse(&case, &act("Ana", when, what), utc(TUESDAY));
        let Reply::Say(Said::Saved { audience: said, .. }) = decision.reply else { panic!("nothing was saved") };
        assert_eq!(said, expected, "{stands} at {chosen_at:?}, then {audience} at {when}");
        assert_eq!(decision.changes.len(), usize::from(audience == expected), "the later word is kept, even the same");
    }
}

#[test]
fn older_words_do_not_come_back() {
    for (stands, when, withdrawn, changes) in [
        ("", "2026-05-05 08:09", true, 0),
        ("", "2026-05-05 08:10", false, 1),
        ("", "2026-05-05 08:11", false, 1),
        ("He listens.", "2026-05-05 08:09", false, 0),
        ("He listens.", "2026-05-05 08:11", false, 1),
    ] {
        let mut case = pulse_case();
        answered(&mut case);
        let (question, at) = (openness(), utc("2026-05-05 08:10"));
        case.comments = vec![Comment { question: question.clone(), words: stands.to_owned(), at }];
        let what = What::Commented { pulse: pulse().id, question, words: "He cancels.".to_owned() };
        let decision = on_pulse(&case, &act("Ana", when, what), utc(TUESDAY));
        let Reply::Say(Said::Commented { withdrawn: said, .. }) = decision.reply else { panic!("nothing was said") };
        assert_eq!((said, decision.changes.len()), (withdrawn, changes), "{stands:?} at {when}");
    }
}

#[test]
fn the_later_of_start_and_not_for_me_counts() {
    let (start, decline) =
        (What::Started { program: program_case().program.id }, What::Declined { program: program_case().program.id });
    let (yes, no) = (Standing::Started { at: utc("2026-05-05 08:00") }, Standing::Declined { at: utc(TUESDAY) });
    for (standing, what, when, out, changes) in [
        (no, &start, "2026-05-05 08:59", true, 0),
        (no, &start, "2026-05-05 09:00", false, 1),
        (no, &start, "2026-05-05 09:01", false, 1),
        (no, &decline, "2026-05-05 09:01", true, 1),
        (yes, &decline, "2026-05-05 08:59", false, 0),
        (yes, &decline, "2026-05-05 09:00", true, 1),
    ] {
        let case = ProgramCase { standing: Some(standing), said: Some(utc(TUESDAY)), ..program_case() };
        let decision = on_program(&case, &act("Ana", when, what.clone()), utc(TUESDAY));
        let is_out = matches!(decision.reply, Reply::Say(Said::Declined { .. }));
        assert_eq!((is_out, decision.changes.len()), (out, changes), "{standing:?}, then {what:?} at {when}");
    }
}

#[test]
fn a_tap_on_a_post_that_stands_after_all_is_valid() {
    let folded = |form, role| {
        let mut case = pulse_case();
        case.pulse.form = form;
        let at = utc("2026-05-05 15:00");
        case.pulse.mentor.state = AskState::Folded { at };
        if role == Role::Mentee {
            case.pulse.mentee.state = AskState::Folded { at };
        }
        case
    };
    let unfolded = |case: &PulseCase, when: &str| {
        let decision = on_pulse(case, &act("Ana", when, tapped(4)), utc(when));
        let changes = decision.changes.iter().filter(|change| matches!(change, Change::AskUnfolded { .. })).count();
        (changes, matches!(decision.reply, Reply::Say(Said::Saved { .. })))
    };
    // One post serves both; a post to one alone proves nothing about the other's.
    assert_eq!(unfolded(&folded(Form::Shared, Role::Mentee), "2026-05-06 08:00"), (2, true));
    assert_eq!(unfolded(&folded(Form::Private, Role::Mentee), "2026-05-06 08:00"), (1, true));
    assert_eq!(unfolded(&folded(Form::Private, Role::Mentor), "2026-05-06 08:00"), (0, true));
    assert_eq!(unfolded(&folded(Form::Shared, Role::Mentee), "2026-05-08 15:00"), (0, false), "it is over");
}

#[test]
fn words_have_a_limit_and_the_form_says_so() {
    let mut case = pulse_case();
    answered(&mut case);
    for (length, fits) in [(0, true), (WORDS_LIMIT - 1, true), (WORDS_LIMIT, true), (WORDS_LIMIT + 1, false)] {
        // Counted in characters, not in bytes.
        let what = What::Commented { pulse: pulse().id, question: openness(), words: "é".repeat(length) };
        let decision = on_pulse(&case, &act("Ana", TUESDAY, what), utc(TUESDAY));
        assert_eq!(decision.changes.len(), usize::from(fits), "{length}");
        assert_eq!(matches!(decision.reply, Reply::Mend { .. }), !fits, "{length}");
    }
}

#[test]
fn the_second_question_is_offered_once() {
    let offered = |case: &PulseCase| {
        let decision = on_pulse(case, &act("Ana", TUESDAY, tapped(4)), utc(TUESDAY));
        matches!(decision.reply, Reply::Say(Said::Saved { second: Some(_), .. }))
    };
    let mut case = pulse_case();
    assert!(offered(&case));
    answered(&mut case);
    case.answers[0].question = pulse().mentee.questions[1].clone();
    assert!(!offered(&case));
}

#[test]
fn tomorrow_is_the_next_working_day_and_only_for_one() {
    let until = |when: &str| {
        let mut case = pulse_case();
        case.pulse.mentee.closes = utc("2026-05-12 08:00");
        let what = What::Snoozed { pulse: pulse().id };
        let decision = on_pulse(&case, &act("Ana", when, what), utc(when));
        let [send] = &decision.messages[..] else { panic!("one reminder") };
        assert!(matches!(&send.message, Message::PrivatePulse { person: one, .. } if *one == person("Ana").id));
        send.due
    };
    assert_eq!(until("2026-05-05 09:30"), utc("2026-05-06 09:30"));
    assert_eq!(until("2026-05-05 20:00"), utc("2026-05-07 07:00"));
    assert_eq!(until("2026-05-08 09:30"), utc("2026-05-11 09:30"));
}

#[test]
fn not_this_week_counts_over_a_tomorrow_that_was_said_before() {
    let mut case = pulse_case();
    case.pulse.mentee.state = AskState::Skipped { at: utc("2026-05-05 08:30") };
    for (when, reminders) in [("2026-05-05 08:29", 0), ("2026-05-05 08:31", 1)] {
        let decision = on_pulse(&case, &act("Ana", when, What::Snoozed { pulse: pulse().id }), utc(TUESDAY));
        assert_eq!(decision.messages.len(), reminders, "{when}");
        assert_eq!(matches!(decision.reply, Reply::Say(Said::Skipped { .. })), reminders == 0, "{when}");
    }
}

#[test]
fn help_and_no_reach_coordinators_who_are_not_of_the_pair() {
    let what = asks(Some(Topic::Time), Some(Urgency::Today), "Please call me.");
    let ask = |case: &AskingCase| on_asking(case, &act("Ana", TUESDAY, What::Help(what.clone())), &what, utc(TUESDAY));
    let mut case = asking_case();
    case.about.coordinators.push(person("Ravi"));
    // To Mia, and her own receipt.
    assert_eq!(ask(&case).messages.len(), 2);
    case.about.coordinators.remove(0);
    let refused = ask(&case);
    assert!(matches!(refusal(&refused), Some(Refusal::NobodyToAsk { .. })) && refused.messages.is_empty());
    case.about.deputy = Some(person("Zoe"));
    assert_eq!(ask(&case).messages.len(), 2, "the deputy stands in");

    let no = What::Declined { program: program_case().program.id };
    let mut case = program_case();
    case.coordinators.push(person("Ravi"));
    // Her own welcome in its new form, and a note to Mia.
    assert_eq!(on_program(&case, &act("Ana", TUESDAY, no), utc(TUESDAY)).messages.len(), 2);
}

fn asks(topic: Option<Topic>, urgency: Option<Urgency>, words: &str) -> HelpAct {
    HelpAct::Ask { pair: asking_case().about.pair.id, topic, urgency, words: words.to_owned() }
}
