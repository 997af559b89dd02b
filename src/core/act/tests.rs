//! Acts by tables: who does what when, and what follows.

use super::*;
use crate::core::answer::{Answer, Audience};
use crate::core::case::PulseCase;
use crate::core::id::QuestionId;
use crate::core::person::Standing;
use crate::core::pulse::AskState;
use crate::core::sample::{act, pair_case, person, program_case, pulse, pulse_case, utc};

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
    let answer = Answer { pulse, person, question: openness(), value: 2, audience: Audience::Partner, at };
    case.answers.push(answer);
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
    let cases: [Refused; 10] = [
        ("Mia", TUESDAY, tapped(3), as_is, Refusal::NotYourPair),
        ("Ana", TUESDAY, tapped(0), as_is, Refusal::Unknown),
        ("Ana", TUESDAY, tapped(6), as_is, Refusal::Unknown),
        ("Ana", TUESDAY, other, as_is, Refusal::NotAsked),
        ("Ana", TUESDAY, comment, as_is, Refusal::AnswerFirst),
        ("Ana", "2026-05-08 15:00", tapped(3), as_is, Refusal::PulseClosed { at }),
        ("Ana", TUESDAY, tapped(3), |case| case.pair.ended = Some(utc(TUESDAY)), Refusal::Ended),
        ("Ana", TUESDAY, What::Skipped { pulse: pulse_id.clone() }, answered, Refusal::AnsweredAlready),
        ("Ana", "2026-05-08 09:00", What::Snoozed { pulse: pulse_id }, as_is, Refusal::ClosesBefore { at }),
        (
            "Ana",
            TUESDAY,
            tapped(3),
            |case| case.pulse.mentee.state = AskState::Folded { at: utc(TUESDAY) },
            Refusal::Gone,
        ),
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
fn help_and_no_reach_coordinators_who_are_not_of_the_pair() {
    let words = What::AskedForHelp { pair: pair_case().pair.id, words: "Please call me.".to_owned() };
    let mut case = pair_case();
    case.coordinators.push(person("Ravi"));
    let told = on_pair(&case, &act("Ana", TUESDAY, words.clone()), utc(TUESDAY));
    assert_eq!(told.messages.len(), 1);
    case.coordinators.remove(0);
    let refused = on_pair(&case, &act("Ana", TUESDAY, words), utc(TUESDAY));
    assert_eq!(refusal(&refused), Some(&Refusal::NobodyToAsk));

    let no = What::Declined { program: program_case().program.id };
    let mut case = program_case();
    case.coordinators.push(person("Ravi"));
    // Her own welcome in its new form, and a note to Mia.
    assert_eq!(on_program(&case, &act("Ana", TUESDAY, no.clone()), utc(TUESDAY)).messages.len(), 2);
    case.standing = Some(Standing::Declined { at: utc(TUESDAY) });
    assert_eq!(on_program(&case, &act("Ana", TUESDAY, no), utc(TUESDAY)).messages.len(), 0);
}
