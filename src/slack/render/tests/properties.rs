//! Whatever people are called and whatever they write.

use proptest::prelude::*;
use serde_json::Value;

use crate::core::answer::Audience;
use crate::core::care::{About, Looked, StepKind};
use crate::core::content::*;
use crate::core::id::{PulseId, QuestionId};
use crate::core::{act::unanswered, question::Role, refusal::Refusal};
use crate::core::{scoring::digest::DigestPage, session::ProposalState};
use crate::slack::render::{digest_text, form, home, message, said};

use super::limits::{check_blocks, check_text, check_view};
use super::{confidence, samples as sample, together};

/// What nobody may read on a lock screen.
const PRIVATE: &str = "Zorblax";

/// Names and words of every kind: none, long, with markup, from all over Unicode.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "(?s).{0,80}",
        "[&<>*_`~\n]{0,3000}",
        "(<!channel>|<@U2>|<https://x.example\\|a>|\\*b\\*|\u{202e}|😀|\n> ){0,300}",
        "[a-zäß漢字 ]{2900,3000}",
        Just(String::new()),
    ]
}

fn audience() -> impl Strategy<Value = Audience> {
    prop::sample::select(Audience::ALL.to_vec())
}

fn an_item(text: &str, label: &str, audience: Audience) -> Item {
    Item { labels: [(); 5].map(|()| label.to_owned()), audience, ..sample::item(text) }
}

/// One of every kind of content. `name` and `text` may be shown anywhere; `secret` must not be in `text`.
fn contents(name: &str, text: &str, secret: &str, audience: Audience, flag: bool, count: usize) -> Vec<Content> {
    let (name, secret) = (name.to_owned(), secret.to_owned());
    let (pulse, question) = (sample::pulse(1), QuestionId::from("comm-openness"));
    let frame = PulseFrame { program_name: flag.then(|| name.clone()), closed: flag, ..sample::frame(1) };
    let item = an_item(text, &secret, audience);
    let private = PrivatePulse { frame: frame.clone(), partner: name.clone(), item: item.clone(), again: flag };
    let names = vec![name.clone(); count % 30];
    let mut all = vec![
        Content::Welcome(Welcome {
            program_name: name.clone(),
            pairs: vec![(Role::Mentor, name.clone()); count],
            coordinators: names.clone(),
            coordinates: !flag,
            said: flag.then_some(Started::No),
            ..sample::welcome()
        }),
        Content::Pulse(SharedPulse {
            frame: frame.clone(),
            mentee_name: name.clone(),
            mentor_name: name.clone(),
            mentee: item.clone(),
            mentor: an_item(&name, &secret, audience),
        }),
        Content::PrivatePulse(private.clone()),
        Content::MentorPulses(MentorPulses { program_name: name.clone(), rows: vec![private; count], more: count }),
        Content::Note(Note::Declined {
            program_name: "P".to_owned(),
            name: secret.clone(),
            user: secret.clone(),
            role: Role::Mentee,
            partners: vec![secret.clone(); count],
        }),
        Content::Note(Note::Unreachable {
            program_name: "P".to_owned(),
            pair_name: secret.clone(),
            why: format!("{text}{secret}"),
        }),
        Content::Note(Note::Reply {
            program_name: "P".to_owned(),
            name: secret.clone(),
            user: "U1".to_owned(),
            partner: secret.clone(),
            words: format!("{text}{secret}"),
        }),
        Content::Surveys(SurveysPost {
            program_name: name.clone(),
            rows: vec![together::survey_row(&secret, flag); count.min(20)],
        }),
        Content::Agreement(Box::new(together::agreement_post(&name, &format!("{text}{secret}"), flag))),
        Content::WordToBoth(WordToBoth {
            program_name: name.clone(),
            coordinator: name.clone(),
            words: format!("{text}{secret}"),
        }),
        Content::PrivateQuestion(PrivateQuestion {
            step: "step".into(),
            program_name: name.clone(),
            coordinator: name.clone(),
            partner: secret.clone(),
            replied: flag,
        }),
        Content::Digest(Box::new(page(text, &secret, count))),
    ];
    all.extend(confidence::contents(&name, text, &secret, flag, count));
    let states = [ProposalState::Open, ProposalState::Set { date: sample::at(26, 8) }, ProposalState::Over];
    all.extend(states.map(|state| {
        Content::Dates(Dates {
            pair: sample::pair(1),
            program_name: flag.then(|| name.clone()),
            by: name.clone(),
            partner: name.clone(),
            proposal: sample::proposal(state),
        })
    }));
    let ask: Vec<SessionItem> = unanswered(|_| false).collect();
    all.extend(confidence::said(&name, &secret, count).into_iter().map(Content::Said));
    let said = [
        Said::Saved {
            pulse: pulse.clone(),
            question,
            label: secret.clone(),
            audience,
            partner: name.clone(),
            follow_up: flag.then(|| secret.clone()),
            commented: flag,
            second: flag.then(|| item.clone()),
        },
        Said::Again { pulse, item },
        Said::Met { met: flag, partner: name.clone() },
        Said::Skipped { closes: sample::at(22, 17) },
        Said::Snoozed { until: sample::at(20, 10) },
        Said::Commented { withdrawn: flag, audience, partner: name.clone() },
        Said::Cared(Cared::WroteToBoth { pair_name: secret.clone(), due: sample::at(20, 10) }),
        Said::Cared(Cared::AskedEach { mentee: secret.clone(), mentor: secret.clone() }),
        Said::Cared(Cared::Paused { pair_name: secret.clone(), until: sample::date(29), open: None }),
        Said::Cared(Cared::PausedBefore {
            pair_name: secret.clone(),
            until: sample::date(29),
            by: flag.then(|| secret.clone()),
        }),
        Said::Replied { coordinator: name.clone(), partner: secret.clone() },
        Said::How(How { program_name: name.clone(), coordinators: names.clone(), coordinates: flag, threshold: 5 }),
        Said::SessionLogged {
            pair: sample::pair(1),
            partner: name.clone(),
            day: sample::date(12),
            minutes: Some(45),
            joined: flag,
            ask: ask.clone(),
        },
        Said::SessionRated { pair: sample::pair(1), day: sample::date(12), label: secret.clone(), ask },
        Said::DateSet { partner: name.clone(), date: sample::at(26, 8) },
        Said::Refused(Refusal::WhichPair { names: names.clone() }),
        Said::Refused(Refusal::NotUnderstood { word: name.clone() }),
        Said::Started { program_name: name.clone() },
        Said::Declined { program_name: name, coordinators: names },
        Said::Refused(Refusal::ClosesBefore { at: sample::at(22, 17) }),
    ];
    all.extend(said.map(Content::Said));
    all
}

fn page(text: &str, secret: &str, count: usize) -> DigestPage {
    let mut page = sample::digest(count);
    page.pairs.values_mut().for_each(|names| *names = (format!("{secret}{text}"), secret.to_owned()));
    page.people.values_mut().for_each(|name| *name = secret.to_owned());
    for comment in &mut page.comments {
        (comment.name, comment.label) = (secret.to_owned(), secret.to_owned());
        (comment.question, comment.words) = (text.to_owned(), format!("{secret}{text}"));
    }
    page
}

/// Every text in which Slack looks for formatting, mentions and links.
fn marked(blocks: &Value) -> impl Iterator<Item = &str> {
    let texts = blocks.as_array().into_iter().flatten().flat_map(|block| {
        let elements = block["elements"].as_array().into_iter().flatten();
        elements.chain([&block["text"]])
    });
    texts.filter(|text| text["type"] == "mrkdwn").filter_map(|text| text["text"].as_str())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn every_message_keeps_the_limits_and_its_secrets(
        name in words(), text in words(), audience in audience(), flag: bool, count in 0usize..21,
    ) {
        for content in contents(&name, &text, PRIVATE, audience, flag, count) {
            let rendered = message(&content, &sample::key(), 7);
            let kept = check_blocks(&rendered.blocks, 50).and_then(|()| check_text(&rendered.text));
            prop_assert_eq!(kept, Ok(()), "{:?}", content);
            prop_assert!(!rendered.text.contains(PRIVATE), "{}", rendered.text);
            for marked in marked(&rendered.blocks).chain([rendered.text.as_str()]) {
                prop_assert!(!["<!channel", "<http", "<@U2"].iter().any(|calls| marked.contains(calls)), "{}", marked);
            }
            let ephemeral = matches!(content, Content::Said(_));
            prop_assert_eq!(rendered.metadata_key.is_none(), ephemeral);
            if let Content::Said(words) = &content {
                let body = said(words, &sample::key(), 7, flag);
                prop_assert_eq!(&body["blocks"], &rendered.blocks);
                prop_assert_eq!(&body["response_type"], "ephemeral");
                prop_assert_eq!(&body["replace_original"], flag);
            }
        }
    }

    #[test]
    fn every_view_keeps_the_limits(
        name in words(), text in words(), secret in words(), audience in audience(), flag: bool, count in 0usize..40,
    ) {
        let (pulse, question) = (sample::pulse(1), QuestionId::from("comm-openness"));
        let pair = sample::pair(1);
        let forms = [
            Form::Comment {
                pulse: pulse.clone(), question: question.clone(), text: text.clone(), words: secret.clone(), audience,
                partner: name.clone(),
            },
            Form::Audience { pulse, question, text: text.clone(), audience, partner: name.clone(), threshold: 5 },
            Form::Session {
                pairs: (0..1 + count * 5).map(|n| (sample::pair(n), name.clone())).collect(), was: flag.then(|| sample::date(12)),
                day: sample::date(12), minutes: flag.then_some(45),
            },
            Form::Dates { pair: pair.clone(), partner: name.clone(), first: sample::at(26, 8) },
        ];
        let about = About { pair: sample::pair(1), line: None };
        let side = Side {
            name: name.clone(), user: "U1".to_owned(), role: Role::Mentee, said: flag.then_some(Started::No), missed: (1, 4),
            named: 7,
        };
        let step = StepShown {
            kind: StepKind::Paused, line: None, by: name.clone(), at: sample::at(19, 9), replied: 0,
            until: Some(sample::date(29)),
        };
        let pair_page = PairPage {
            pair: sample::pair(1),
            pair_name: name.clone(),
            program_name: name.clone(),
            sides: [side.clone(), side],
            starts: sample::date(4),
            ended: None,
            unreachable: flag,
            paused: flag.then(|| PauseShown { until: sample::date(29), by: Some(name.clone()) }),
            pulses: 9,
            weeks: Vec::new(),
            meetings: 2,
            last_met: Some(sample::at(19, 9)),
            agreed: Some(sample::at(19, 9)),
            steps: vec![step; 10],
            done: flag.then(|| Cared::AskedEach { mentee: name.clone(), mentor: name.clone() }),
        };
        let answer = NamedAnswer {
            name: name.clone(), question: text.clone(), label: name.clone(), words: Some(text.clone()), audience,
            closed: sample::at(19, 9),
        };
        let answers = AnswersPage {
            pair: sample::pair(1), pair_name: name.clone(), answers: vec![answer; 30], skip: 0, more: true,
        };
        let more = MorePage { page: page(&text, &name, 1 + count), skip: 0 };
        let careful = [
            Form::Message(MessageForm { about, pair_name: name.clone(), program_name: name.clone() }),
            Form::Reply(ReplyForm {
                step: "step".into(), coordinator: name.clone(), partner: name.clone(), safety: flag.then(|| text.clone()),
            }),
            Form::Pair(Box::new(pair_page)),
            Form::Answers(Box::new(answers)),
            Form::More(Box::new(more)),
        ];
        let confided = confidence::forms(&name, &text, flag, count);
        let between = together::between(&name, &text, audience);
        for one in forms.iter().chain(&careful).chain(&confided).chain(&between) {
            prop_assert_eq!(check_view(&form(one)), Ok(()));
        }
        let answer = HomeAnswer { value: 4, audience, comment: flag.then(|| secret.clone()) };
        let item = HomeItem { item: an_item(&text, &name, audience), answer: Some(answer) };
        let pulse = HomePulse { partner: name.clone(), items: vec![item; 1 + count % 3], ..sample::home_pulse(1) };
        let pairs = HomePair { partner: name.clone(), program_name: name.clone(), ..sample::home_pair(1) };
        let page = Home {
            open: vec![pulse.clone(); count],
            past: vec![pulse; 10],
            shared: vec![HomeShared { partner: name.clone(), text: text.clone(), comment: Some(secret), ..sample::home_shared() }; 12],
            shared_besides: 3,
            pairs: vec![pairs; count],
            help: vec![confidence::help_receipt(); count],
            former: confidence::former(&name, count),
            goals: vec![],
            surveys: vec![together::survey_row(&name, flag); count.min(20)],
            thanks: vec![together::waiting(&name, &text); count],
            record: HomeRecord { own: flag, shared: vec![("p1".into(), name.clone()); count] },
            agreements: vec![together::home_agreement(&name, flag); count],
            coordinates: vec![name.clone(); count],
            attention: Some(HomeAttention { used: 2, nudges: 1, weekly: 3, most: 3, stopped: vec![] }),
            rest: Some(sample::home_rest(count)),
            looks: vec![LookShown { partner: name.clone(), coordinator: name, what: Looked::Answers, at: sample::at(19, 9) }; 10],
        };
        prop_assert_eq!(check_view(&home(&page, &sample::key(), 7)), Ok(()));
    }
}

#[test]
fn two_hundred_pairs_and_comments_of_three_thousand_characters_fit() {
    for text in ["".to_owned(), "long word ".repeat(300), "&".repeat(3_000)] {
        let page = page(&text, "Ana", 200);
        let rendered = message(&Content::Digest(Box::new(page.clone())), &sample::key(), 7);
        assert_eq!(check_blocks(&rendered.blocks, 50), Ok(()));
        assert!(rendered.blocks.to_string().contains(" more"));
        assert!(rendered.blocks.to_string().contains("NOT SHOWN"));
        assert!(rendered.blocks.to_string().contains("Rules version 1"));
        assert!(digest_text(&page).contains(" more"));
    }
}

#[test]
fn ten_thousand_pairs_fit_and_what_is_left_out_is_counted() {
    for pairs in [1, 20, 200, 10_000] {
        for text in ["", "&<name> ", "long name of somebody "] {
            let page = page(&text.repeat(10), "Ana", pairs);
            let rendered = message(&Content::Digest(Box::new(page.clone())), &sample::key(), 7);
            let kept = check_blocks(&rendered.blocks, 50).and_then(|()| check_text(&rendered.text));
            assert_eq!(kept, Ok(()), "{pairs}");
            let shown = rendered.blocks.to_string();
            for part in ["DO THIS WEEK", "LAST WEEK'S LIST", "data_visualization", "NOT SHOWN", "Rules version 1"] {
                assert!(shown.contains(part), "{part} with {pairs} pairs");
            }
            assert!(pairs < 100 || shown.contains(" more"), "{pairs}");
        }
    }
}

#[test]
fn a_comment_of_three_thousand_characters_is_read_whole() {
    let words: String = (0..500).map(|n| format!("{n:05} ")).collect();
    let mut page = page("", "Ana", 1);
    page.comments[0].words = words.clone();
    let shown = message(&Content::Digest(Box::new(page)), &sample::key(), 7).blocks.to_string();
    assert!(words.split_whitespace().all(|word| shown.contains(word)));
}

#[test]
fn ids_too_long_for_a_button_leave_it_out() {
    let long = PulseId::from("x".repeat(2_001));
    let pulse = SharedPulse { frame: PulseFrame { pulse: long, ..sample::frame(1) }, ..sample::shared() };
    let rendered = message(&Content::Pulse(pulse), &sample::key(), 7);
    assert_eq!(check_blocks(&rendered.blocks, 50), Ok(()));
}
