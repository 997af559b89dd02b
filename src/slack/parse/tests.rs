//! Payloads as Slack documents them, and all that can be missing from them.

mod damage;

use crate::core::help::HelpAct;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::core::event::{Act, Event, What};
use crate::core::id::{MessageKey, MessageName, PairId, ProgramId, PulseId, QuestionId};
use crate::slack::action::{Action, block_id};

use super::*;

const PULSE: &str = "pulse:5e6f:2026-05-19";

fn us() -> Installation {
    Installation { workspace: WorkspaceId::from("T1"), app: None }
}

fn received() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_779_180_000_123).expect("a time")
}

fn key() -> MessageKey {
    MessageName::from("a message").key()
}

fn read(kind: Kind, payload: &Value) -> Incoming {
    parse(kind, payload, &us(), received())
}

fn acted(kind: Kind, payload: &Value) -> Act {
    match read(kind, payload).event {
        Event::Acted(act) => act,
        other => panic!("not an act: {other:?}"),
    }
}

fn tap(action: &Value) -> Value {
    json!({
        "type": "block_actions",
        "user": {"id": "U1", "username": "ana", "team_id": "T1"},
        "api_app_id": "A1",
        "team": {"id": "T1", "domain": "example"},
        "enterprise": null,
        "container": {"type": "message", "message_ts": "1779179000.000100", "channel_id": "C9", "is_ephemeral": false},
        "channel": {"id": "C9", "name": "mpdm-x"},
        "message": {"ts": "1779179000.000100", "metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": key().as_str()}}},
        "state": {"values": {}},
        "trigger_id": "12.34.abc",
        "response_url": "https://hooks.slack.com/actions/T1/2/secret",
        "actions": [action],
    })
}

fn button(action: &Action) -> Value {
    json!({
        "type": "button",
        "action_id": action.action_id(),
        "value": action.value(),
        "block_id": block_id(&key(), 3, 1),
        "action_ts": "1779180000.999999",
    })
}

fn answer() -> Action {
    Action::Answer { pulse: PulseId::from(PULSE), question: QuestionId::from("comm-openness"), value: 4 }
}

fn form(callback_id: &str, ids: &str, input: &str, state: &Value) -> Value {
    json!({
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "56.78.def",
        "view": {
            "id": "V1", "type": "modal", "hash": "156.xyz", "callback_id": callback_id, "private_metadata": ids,
            "state": {"values": {input: {input: state}}},
        },
    })
}

fn happened(event: &Value) -> Value {
    json!({
        "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1_779_180_000,
        "event": event,
    })
}

fn echo(app: &str) -> Value {
    happened(&json!({
        "type": "message_metadata_posted", "app_id": app, "channel_id": "C9", "message_ts": "1779179000.000100",
        "metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": key().as_str()}},
    }))
}

/// One of each, as they come.
fn gallery() -> Vec<(Kind, Value)> {
    let words = json!({"type": "plain_text_input", "value": "It helps."});
    let choice = json!({"type": "radio_buttons", "selected_option": {"value": "Partner"}});
    let menu = json!({
        "type": "overflow", "action_id": "menu", "action_ts": "1779180000.1",
        "selected_option": {"value": Action::Skip { pulse: PulseId::from(PULSE) }.option_value()},
    });
    vec![
        (Kind::Interactive, tap(&button(&answer()))),
        (Kind::Interactive, tap(&menu)),
        (Kind::Interactive, form("comment", &format!("{PULSE} comm-openness"), "words", &words)),
        (Kind::Interactive, form("help", "5e6f", "words", &words)),
        (Kind::Interactive, form("audience", &format!("{PULSE} comm-openness"), "audience", &choice)),
        (
            Kind::Event,
            happened(&json!({"type": "app_home_opened", "user": "U1", "tab": "home", "event_ts": "1779180000.5"})),
        ),
        (Kind::Event, echo("A1")),
        (Kind::Event, happened(&json!({"type": "tokens_revoked", "tokens": {"bot": ["U9"]}}))),
        (Kind::Event, happened(&json!({"type": "app_uninstalled"}))),
        (Kind::Event, json!({"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_518_467_820})),
        (
            Kind::Command,
            json!({
                "command": "/rapport", "text": " help ", "user_id": "U1", "team_id": "T1", "trigger_id": "9.9.z",
                "response_url": "https://hooks.slack.com/commands/T1/2/secret",
            }),
        ),
    ]
}

#[test]
fn a_tap_is_an_answer_with_its_proof_and_what_an_answer_needs() {
    let incoming = read(Kind::Interactive, &tap(&button(&answer())));
    let Event::Acted(act) = &incoming.event else { panic!("{incoming:?}") };
    let (pulse, question) = (PulseId::from(PULSE), QuestionId::from("comm-openness"));
    assert_eq!(act.what, What::Answered { pulse, question, value: 4 });
    assert_eq!(act.by.as_str(), "T1:U1");
    assert_eq!(act.at.timestamp_millis(), 1_779_180_000_999);
    assert_eq!(act.id.as_str(), "tap.U1.1779180000.999999.answer.4.1779179000.000100");
    let receipt = Receipt { channel: "C9".to_owned(), ts: "1779179000.000100".to_owned() };
    assert_eq!(act.proof, Some(Proof { key: key(), receipt }));
    assert_eq!(incoming.trigger_id.as_deref(), Some("12.34.abc"));
    assert_eq!(incoming.team.as_deref(), Some("T1"));
    let url = incoming.response_url.expect("a response_url");
    assert_eq!(url.expose_secret(), "https://hooks.slack.com/actions/T1/2/secret");
    assert!(!format!("{url:?}").contains("hooks"));
}

#[test]
fn every_button_means_something() {
    let (pulse, question) = (PulseId::from(PULSE), QuestionId::from("q"));
    let (program, pair) = (ProgramId::from("T1:spring"), PairId::from("5e6f"));
    let audience = crate::core::answer::Audience::OnlyTotals;
    for (action, what) in [
        (Action::Met { pulse: pulse.clone(), met: true }, What::Met { pulse: pulse.clone(), met: true }),
        (Action::Skip { pulse: pulse.clone() }, What::Skipped { pulse: pulse.clone() }),
        (Action::Snooze { pulse: pulse.clone() }, What::Snoozed { pulse: pulse.clone() }),
        (
            Action::Reopen { pulse: pulse.clone(), question: question.clone() },
            What::Reopened { pulse: pulse.clone(), question: question.clone() },
        ),
        (
            Action::OpenComment { pulse: pulse.clone(), question: question.clone() },
            What::OpenedComment { pulse: pulse.clone(), question: question.clone() },
        ),
        (
            Action::OpenAudience { pulse: pulse.clone(), question: question.clone() },
            What::OpenedAudience { pulse: pulse.clone(), question: question.clone() },
        ),
        (
            Action::ChooseAudience { pulse: pulse.clone(), question: question.clone(), audience },
            What::ChoseAudience { pulse, question, audience },
        ),
        (Action::Help(HelpAct::Open { pair: pair.clone() }), What::Help(HelpAct::Open { pair })),
        (Action::Help(HelpAct::Read { help: "h".into() }), What::Help(HelpAct::Read { help: "h".into() })),
        (Action::Help(HelpAct::Handle { help: "h".into() }), What::Help(HelpAct::Handle { help: "h".into() })),
        (Action::How { program: program.clone() }, What::AskedHow { program: program.clone() }),
        (Action::WhoSeesWhat { program: program.clone() }, What::AskedHow { program: program.clone() }),
        (Action::Start { program: program.clone() }, What::Started { program: program.clone() }),
        (Action::Decline { program: program.clone() }, What::Declined { program }),
    ] {
        assert_eq!(acted(Kind::Interactive, &tap(&button(&action))).what, what);
        let option = json!({"action_id": "menu", "selected_option": {"value": action.option_value()}});
        assert_eq!(acted(Kind::Interactive, &tap(&option)).what, what);
    }
}

#[test]
fn forms_carry_words_and_choices() {
    let (pulse, question) = (PulseId::from(PULSE), QuestionId::from("q"));
    let comment = |value: Value| {
        let payload =
            form("comment", &format!("{PULSE} q"), "words", &json!({"type": "plain_text_input", "value": value}));
        acted(Kind::Interactive, &payload).what
    };
    let said =
        |words: &str| What::Commented { pulse: pulse.clone(), question: question.clone(), words: words.to_owned() };
    assert_eq!(comment(json!(" It helps. ")), said("It helps."));
    assert_eq!(comment(Value::Null), said(""));
    assert_eq!(comment(json!("a\u{0}b\nc")), said("ab\nc"));
    assert_eq!(comment(json!("x".repeat(9_000))), said(&"x".repeat(3_000)));
    // A form that cannot be read must not withdraw a comment.
    assert_eq!(comment(json!(7)), What::Unknown { kind: "comment".to_owned() });
    let elsewhere = form("comment", &format!("{PULSE} q"), "note", &json!({"value": "x"}));
    assert_eq!(acted(Kind::Interactive, &elsewhere).what, What::Unknown { kind: "comment".to_owned() });
    let stranger = form("goal", "g1", "words", &json!({"value": "x"}));
    assert_eq!(acted(Kind::Interactive, &stranger).what, What::Unknown { kind: "goal".to_owned() });
    let help = acted(Kind::Interactive, &form("help", "5e6f", "words", &json!({"value": "Please."})));
    let (pair, words) = (PairId::from("5e6f"), "Please.".to_owned());
    assert_eq!(help.what, What::Help(HelpAct::Ask { pair, topic: None, urgency: None, words }));
    assert_eq!(help.at, received());
    assert_eq!(help.id.as_str(), "form.V1.56.78.def");
    let context = read(Kind::Interactive, &elsewhere).view.expect("a form");
    assert_eq!((context.id.as_str(), context.hash.as_deref(), context.kind.as_str()), ("V1", Some("156.xyz"), "modal"));
}

#[test]
fn what_is_not_ours_is_named() {
    let unknown = tap(&json!({"action_id": "vote.9", "value": "x", "action_ts": "1.2"}));
    assert_eq!(acted(Kind::Interactive, &unknown).what, What::Unknown { kind: "vote.9".to_owned() });
    for (kind, payload, name) in [
        (Kind::Interactive, tap(&json!({"action_id": "link", "url": "https://example.org"})), "block_actions"),
        (Kind::Interactive, json!({"type": "view_closed", "user": {"id": "U1"}}), "view_closed"),
        (Kind::Interactive, json!({"type": "block_actions", "user": {"id": "U1"}, "actions": []}), "block_actions"),
        (Kind::Interactive, json!(null), "untyped"),
        (Kind::Event, happened(&json!({"type": "message", "text": "hello"})), "message"),
        (
            Kind::Event,
            happened(&json!({"type": "app_home_opened", "user": "U1", "tab": "messages"})),
            "app_home_opened",
        ),
        (
            Kind::Event,
            happened(&json!({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})),
            "tokens_revoked",
        ),
        (Kind::Event, happened(&json!({"type": "two words"})), "unreadable"),
        (Kind::Event, echo("A2"), "message_metadata_posted"),
        (Kind::Event, json!({}), "untyped"),
        (Kind::Command, json!({"command": "/rapport", "user_id": ""}), "command"),
    ] {
        assert_eq!(read(kind, &payload).event, Event::Ignored(name.to_owned()), "{payload}");
    }
    let mut radio = form("audience", &format!("{PULSE} q"), "audience", &json!({}));
    radio["type"] = json!("block_actions");
    radio["actions"] = json!([{"action_id": "audience", "selected_option": {"value": "Partner"}}]);
    assert_eq!(read(Kind::Interactive, &radio).event, Event::Ignored("block_actions".to_owned()));
}

#[test]
fn slack_tells_of_the_app_itself() {
    let event = |payload: &Value| read(Kind::Event, payload).event;
    let receipt = Receipt { channel: "C9".to_owned(), ts: "1779179000.000100".to_owned() };
    assert_eq!(event(&echo("A1")), Event::Echoed(Proof { key: key(), receipt }));
    assert_eq!(event(&happened(&json!({"type": "tokens_revoked"}))), Event::Uninstalled);
    assert_eq!(event(&happened(&json!({"type": "app_uninstalled"}))), Event::Uninstalled);
    assert_eq!(event(&json!({"type": "app_rate_limited"})), Event::EventsLimited);
    let home = acted(Kind::Event, &gallery()[5].1);
    assert_eq!((home.what, home.id.as_str()), (What::OpenedHome, "Ev1"));
    let other = Installation { workspace: WorkspaceId::from("T1"), app: Some("A7".to_owned()) };
    let ignored = Event::Ignored("message_metadata_posted".to_owned());
    assert_eq!(parse(Kind::Event, &echo("A1"), &other, received()).event, ignored);
}

#[test]
fn a_command_brings_its_text() {
    let command = acted(Kind::Command, &gallery()[10].1);
    assert_eq!(command.what, What::Commanded { text: "help".to_owned() });
    assert_eq!(command.id.as_str(), "command.9.9.z");
}

#[test]
fn proof_comes_only_from_messages_that_everybody_sees() {
    let with = |change: fn(&mut Value)| {
        let mut payload = tap(&button(&answer()));
        change(&mut payload);
        acted(Kind::Interactive, &payload).proof.map(|proof| proof.key)
    };
    assert_eq!(with(|_| {}), Some(key()));
    assert_eq!(with(|payload| payload["message"] = Value::Null), Some(key()));
    assert_eq!(with(|payload| payload["actions"][0]["block_id"] = json!("other")), Some(key()));
    assert_eq!(with(|payload| payload["container"]["is_ephemeral"] = json!(true)), None);
    assert_eq!(with(|payload| payload["container"]["type"] = json!("view")), None);
    assert_eq!(with(|payload| payload["container"]["message_ts"] = json!("")), None);
    let without_any = |payload: &mut Value| {
        payload["actions"][0]["block_id"] = json!("other");
        payload["message"]["metadata"]["event_type"] = json!("theirs");
    };
    assert_eq!(with(without_any), None);
}

#[test]
fn garbage_for_a_time_is_the_time_of_arrival() {
    let at = |stamp: Value| {
        let mut payload = tap(&button(&answer()));
        payload["actions"][0]["action_ts"] = stamp;
        acted(Kind::Interactive, &payload).at
    };
    for garbage in ["", ".", "1.", "-5.0", "soon", "99999999999999999999.0", "1779180000.12x", "NaN"] {
        assert_eq!(at(json!(garbage)), received(), "{garbage}");
    }
    assert_eq!(at(json!(1_779_180_000)), received());
    assert_eq!(at(json!("1779180000")).timestamp_millis(), 1_779_180_000_000);
    assert_eq!(at(json!("1779180000.5")).timestamp_millis(), 1_779_180_000_500);
    let ahead = |by: TimeDelta| json!(format!("{}.0", (received() + by).timestamp()));
    assert!(at(ahead(TimeDelta::minutes(4))) > received());
    assert_eq!(at(ahead(TimeDelta::minutes(6))), received());
}
