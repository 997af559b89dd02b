//! What a button says is what is read.

use proptest::prelude::*;

use super::*;
use crate::core::care::About;
use crate::core::id::{DigestId, SurveyId};
use crate::core::scoring::digest::{LineId, Subject};

fn any_action() -> impl Strategy<Value = Action> {
    let id = "[!-~]{1,120}";
    let audience = prop::sample::select(Audience::ALL.to_vec());
    (0..44u8, id, id, 1..=5u8, audience, 0..20_000i32).prop_map(|(kind, a, b, value, audience, days)| {
        let (pulse, question) = (PulseId::from(a.clone()), QuestionId::from(b.clone()));
        let (program, pair) = (ProgramId::from(a.clone()), PairId::from(a));
        let day = NaiveDate::from_epoch_days(days).expect("a day of this century");
        let date = day.and_hms_opt(10, 30, 0).expect("a time").and_utc();
        let subject = Subject::Pair("p1".into());
        let line = LineId::new(date, &subject);
        let about = About { pair: "p1".into(), line: (value > 2).then(|| line.clone()) };
        let skip = days.unsigned_abs();
        match kind {
            39 => Action::Rest(rest::RestAction::OpenPause),
            40 => Action::Rest(rest::RestAction::OpenTime),
            41 => Action::Rest(rest::RestAction::Back),
            42 => Action::Rest(rest::RestAction::Resume(pair)),
            43 => Action::Rest(rest::RestAction::Choose { day, choice: crate::core::rest::Choice::Less }),
            21 => Action::Care(Care::OpenMessage(about)),
            22 => Action::Care(Care::AskEach(about)),
            23 => Action::Care(Care::Pause(about)),
            24 => Action::Care(Care::Resume(pair)),
            25 => Action::Care(Care::Handle(line)),
            26 => Action::Care(Care::Label { line, needed_help: value > 2 }),
            27 => Action::Care(Care::OpenPair(pair)),
            28 => Action::Care(Care::OpenAnswers { pair, skip }),
            29 => Action::Care(Care::OpenMore { digest: DigestId::from(b), skip }),
            30 => Action::Care(Care::Export(DigestId::from(b))),
            36 => Action::Survey(SurveyTap::Open { survey: SurveyId::from(b) }),
            37 => Action::Survey(SurveyTap::Tap { survey: SurveyId::from(b), item: question, value }),
            38 => Action::Survey(SurveyTap::Audience { survey: SurveyId::from(b), item: question, audience }),
            34 => Action::Agreement(AgreementTap::Open { pair }),
            35 => Action::Agreement(AgreementTap::Sign { pair, version: skip }),
            31 => Action::OpenReply { step: StepId::from(b) },
            14 => Action::MetToday { pair },
            15 => Action::OpenSession { pair, day: None },
            16 => Action::OpenSession { pair, day: Some(day) },
            17 => Action::Rate { pair, day, item: question, value },
            18 => Action::OpenDates { pair },
            19 => Action::Choose { pair, proposal: ProposalId::from(b), place: value, date },
            20 => Action::CallOff { pair, proposal: ProposalId::from(b) },
            0 => Action::Answer { pulse, question, value },
            1 => Action::Met { pulse, met: true },
            2 => Action::Met { pulse, met: false },
            3 => Action::Skip { pulse },
            4 => Action::Snooze { pulse },
            5 => Action::Reopen { pulse, question },
            6 => Action::OpenComment { pulse, question },
            7 => Action::OpenAudience { pulse, question },
            8 => Action::ChooseAudience { pulse, question, audience },
            9 => Action::OpenHelp { pair },
            10 => Action::How { program },
            11 => Action::Start { program },
            12 => Action::Decline { program },
            _ => Action::WhoSeesWhat { program },
        }
    })
}

proptest! {
    #[test]
    fn what_a_button_says_is_what_is_read(action in any_action()) {
        prop_assert!(action.action_id().len() <= 255);
        prop_assert!(action.value().len() <= VALUE_MAX);
        prop_assert_eq!(Action::parse(&action.action_id(), &action.value()), Some(action.clone()));
        prop_assert_eq!(Action::parse_option(&action.option_value()), Some(action));
    }

    #[test]
    fn strangers_are_survived(action_id in ".{0,40}", value in ".{0,400}") {
        let _ = Action::parse(&action_id, &value);
        let _ = Action::parse_option(&value);
        let _ = key_of(&value);
    }
}

#[test]
fn what_is_not_quite_ours_is_nothing() {
    let long = "x".repeat(256);
    for (action_id, value) in [
        ("answer.0", "p q"),
        ("answer.6", "p q"),
        ("answer.44", "p q"),
        ("answer.+4", "p q"),
        ("answer", "p q"),
        ("answer.4", "p"),
        ("answer.4", "p q r"),
        ("answer.4", " q"),
        ("answer.4", ""),
        ("met.maybe", "p"),
        ("met", "p"),
        ("skip", ""),
        ("skip", "p q"),
        ("skip", "p\u{0}"),
        ("skip", long.as_str()),
        ("skip.1", "p"),
        ("audience.Everybody", "p q"),
        ("", ""),
        ("menu", "skip p"),
    ] {
        assert_eq!(Action::parse(action_id, value), None, "{action_id:?} {value:?}");
    }
}

#[test]
fn an_option_has_room_for_a_pulse_and_a_question() {
    let pulse = PulseId::from(format!("pulse:{}:2026-05-19", "a".repeat(32)));
    let reopen = Action::Reopen { pulse, question: QuestionId::from("communication-openness-reversed") };
    assert!(reopen.option_value().len() <= OPTION_MAX);
}

#[test]
fn a_block_id_carries_the_key_of_its_message() {
    let key = crate::core::id::MessageName::from("pulse:p1:2026-05-19").key();
    let block = block_id(&key, 12, 49);
    assert!(block.len() <= 255);
    assert_eq!(key_of(&block), Some(key.clone()));
    for stranger in
        ["", "a", "b.1.2", &format!("{key}"), &format!("{key}.1"), &format!("{key}.1.2.3"), &format!("{key}.x.1")]
    {
        assert_eq!(key_of(stranger), None, "{stranger}");
    }
}
