//! Taps and forms.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::core::agreement::{AgreementAct, Wishes, items as agreement_items};
use crate::core::ending::EndAct;
use crate::core::event::{Act, Event, Proof, Receipt, What};
use crate::core::fit::{Fit, FitAct};
use crate::core::goal::GoalAct;
use crate::core::help::HelpAct;
use crate::core::id::{EventId, MessageKey, PersonId};
use crate::core::survey::{SurveyAct, Typed, written};
use crate::core::thanks::ThanksAct;
use crate::slack::action::{Action, LINK, MENU, key_of, message_key, one};
use crate::slack::action::{agreement, rest, survey};
use crate::slack::form::{
    self, AUDIENCE, CONSENT, DATES, DAY, FITS, Form, ITEMS, MAY_KNOW, MINUTES, PAIR, REASON, TOOK_PLACE, TOPIC,
    URGENCY, WORDS,
};

use super::fields::{id, instant, name, secret, text, words_of};
use super::{FormContext, Incoming, Installation, METADATA_TYPE};

/// The `callback_id` of the global shortcut "Log a session".
pub const LOG_SESSION: &str = "log_session";

/// Reads a tap, a form or a shortcut.
pub fn parse(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Incoming {
    let kind = text(payload, "/type").unwrap_or("untyped");
    let act = match kind {
        "block_actions" => tap(payload, us, received),
        "view_submission" => submitted(payload, us, received),
        "shortcut" => shortcut(payload, us, received),
        _ => None,
    };
    Incoming {
        response_url: secret(payload, "/response_url"),
        trigger_id: id(payload, "/trigger_id").map(str::to_owned),
        team: id(payload, "/team/id").map(str::to_owned),
        in_ephemeral: is_ephemeral(payload),
        view: view(payload),
        ..act.map_or_else(|| Incoming::ignored(kind), |act| Incoming::bare(Event::Acted(act)))
    }
}

/// The one global shortcut of ours.
fn shortcut(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Option<Act> {
    let user = id(payload, "/user/id")?;
    let callback = text(payload, "/callback_id")?;
    let unique = id(payload, "/trigger_id").or_else(|| id(payload, "/action_ts"))?;
    let what = match callback {
        LOG_SESSION => What::OpenedSession { pair: None, day: None },
        other => What::Unknown { kind: name(other) },
    };
    Some(Act {
        id: EventId::from(format!("shortcut.{user}.{unique}")),
        by: PersonId::new(&us.workspace, user),
        at: instant(id(payload, "/action_ts"), received),
        proof: None,
        what,
    })
}

fn view(payload: &Value) -> Option<FormContext> {
    Some(FormContext {
        id: id(payload, "/view/id")?.to_owned(),
        hash: id(payload, "/view/hash").map(str::to_owned),
        kind: name(text(payload, "/view/type").unwrap_or("untyped")),
        submitted: text(payload, "/type") == Some("view_submission"),
    })
}

fn is_ephemeral(payload: &Value) -> bool {
    payload.pointer("/container/is_ephemeral").and_then(Value::as_bool).unwrap_or(false)
}

fn tap(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Option<Act> {
    let user = id(payload, "/user/id")?;
    let tapped = payload.pointer("/actions")?.as_array()?;
    // Slack sends one. Should it ever send more, the first one that is ours is what the person did.
    let (action, known) = tapped
        .iter()
        .find_map(|action| Some((action, action_of(action)?)))
        .map_or_else(|| tapped.first().map(|action| (action, None)), |(action, known)| Some((action, Some(known))))?;
    let action_id = text(action, "/action_id").unwrap_or("untyped");
    let what = match known {
        Some(known) => said(known, payload),
        // Links, and inputs of our own forms while they are being filled in, are acknowledged and mean nothing yet.
        None if is_link(action_id) || in_our_form(payload) => return None,
        None => What::Unknown { kind: name(action_id) },
    };
    let at = instant(id(action, "/action_ts"), received);
    let unique = id(action, "/action_ts").or_else(|| id(payload, "/trigger_id"));
    let place = id(payload, "/container/message_ts").or_else(|| id(payload, "/view/id")).unwrap_or("-");
    let kind = name(action_id);
    Some(Act {
        id: EventId::from(match unique {
            Some(unique) => format!("tap.{user}.{unique}.{kind}.{place}"),
            None => format!("tap.{user}.{}.{kind}.{place}", at.timestamp_millis()),
        }),
        by: PersonId::new(&us.workspace, user),
        at,
        proof: proof(payload, action),
        what,
    })
}

/// What was tapped, if it is ours: by kind and value, or by the value of the chosen option.
fn action_of(action: &Value) -> Option<Action> {
    let action_id = text(action, "/action_id")?;
    match text(action, "/selected_option/value") {
        Some(option) if action_id == MENU => Action::parse_option(option),
        Some(option) => Action::parse(action_id, option),
        None => Action::parse(action_id, text(action, "/value")?),
    }
}

fn said(action: Action, payload: &Value) -> What {
    match action {
        Action::Answer { pulse, question, value } => What::Answered { pulse, question, value },
        Action::Met { pulse, met } => What::Met { pulse, met },
        Action::Skip { pulse } => What::Skipped { pulse },
        Action::Snooze { pulse } => What::Snoozed { pulse },
        Action::Reopen { pulse, question } => What::Reopened { pulse, question },
        Action::OpenComment { pulse, question } => What::OpenedComment { pulse, question },
        Action::OpenAudience { pulse, question } => What::OpenedAudience { pulse, question },
        Action::ChooseAudience { pulse, question, audience } => What::ChoseAudience { pulse, question, audience },
        Action::Help(what) => What::Help(what),
        Action::Fit(what) => What::Fit(what),
        Action::End(what) => What::End(what),
        Action::MetToday { pair } => What::LoggedSession { pair, day: None, minutes: None },
        Action::OpenSession { pair, day } => What::OpenedSession { pair: Some(pair), day },
        Action::Rate { pair, day, item, value } => What::RatedSession { pair, day, item, value },
        Action::OpenDates { pair } => What::OpenedDates { pair },
        Action::Choose { pair, proposal, date, .. } => What::ChoseDate { pair, proposal, date },
        Action::CallOff { pair, proposal } => What::CalledOff { pair, proposal },
        Action::Rest(action) => What::Rested(rest::said(action)),
        Action::Agreement(tap) => What::Agreement(agreement::said(tap)),
        Action::Survey(tap) => What::Survey(survey::said(tap, typed(payload))),
        Action::Care(care) => What::Cared(care),
        Action::Nudge(act) => What::Nudge(act),
        Action::Goal(act) => What::Goal(act),
        Action::Thanks(act) => What::Thanks(act),
        Action::Record(act) => What::Record(act),
        Action::OpenAgenda { pair } => What::OpenedAgenda { pair },
        Action::OpenReply { step } => What::OpenedReply { step },
        Action::How { program } | Action::WhoSeesWhat { program } => What::AskedHow { program },
        Action::Start { program } => What::Started { program },
        Action::Decline { program } => What::Declined { program },
    }
}

/// Several links of one block have a word of their own behind the dot.
fn is_link(action_id: &str) -> bool {
    action_id.split('.').next() == Some(LINK)
}

fn in_our_form(payload: &Value) -> bool {
    text(payload, "/view/type") == Some("modal") && form_of(payload).is_some()
}

/// The message of ours that was tapped, where it is one that all in the conversation see.
fn proof(payload: &Value, action: &Value) -> Option<Proof> {
    if is_ephemeral(payload) || text(payload, "/container/type") != Some("message") {
        return None;
    }
    let channel = id(payload, "/container/channel_id").or_else(|| id(payload, "/channel/id"))?.to_owned();
    let ts = id(payload, "/container/message_ts")?.to_owned();
    let key = key_of(text(action, "/block_id").unwrap_or_default()).or_else(|| metadata_key(payload))?;
    Some(Proof { key, receipt: Receipt { channel, ts } })
}

fn metadata_key(payload: &Value) -> Option<MessageKey> {
    if text(payload, "/message/metadata/event_type") != Some(METADATA_TYPE) {
        return None;
    }
    message_key(text(payload, "/message/metadata/event_payload/key")?)
}

fn form_of(payload: &Value) -> Option<Form> {
    // A form about nobody in particular carries nothing.
    Form::parse(text(payload, "/view/callback_id")?, text(payload, "/view/private_metadata").unwrap_or_default())
}

fn submitted(payload: &Value, us: &Installation, received: DateTime<Utc>) -> Option<Act> {
    let user = id(payload, "/user/id")?;
    let view = id(payload, "/view/id").unwrap_or("-");
    let what = entered(payload)
        .unwrap_or_else(|| What::Unknown { kind: name(text(payload, "/view/callback_id").unwrap_or("untyped")) });
    Some(Act {
        id: EventId::from(match id(payload, "/trigger_id").or_else(|| id(payload, "/view/hash")) {
            Some(unique) => format!("form.{view}.{unique}"),
            None => format!("form.{view}.{user}.{}", received.timestamp_millis()),
        }),
        by: PersonId::new(&us.workspace, user),
        at: sent(payload, received),
        proof: None,
        what,
    })
}

/// When a form was sent. Slack does not say: a `view_submission` has no time of its own. Its arrival here is the nearest
/// that there is (Slack waits three seconds for our answer and never sends a form again), taken before anything waits
/// for the database. The view's `hash` begins with the second in which Slack drew the form, which by itself orders
/// nothing: of two forms, the one opened first may be sent last. But nobody sends a form before it is drawn, so it bounds what
/// a clock of ours that is slow can do: no form is dated before the second of the tap that opened it.
fn sent(payload: &Value, received: DateTime<Utc>) -> DateTime<Utc> {
    let arrived = instant(None, received);
    let drawn = id(payload, "/view/hash").and_then(|hash| hash.split('.').next());
    instant(drawn, received).max(arrived)
}

fn entered(payload: &Value) -> Option<What> {
    let input = |name: &str| payload.pointer(&format!("/view/state/values/{name}/{name}"));
    Some(match form_of(payload)? {
        Form::Comment { pulse, question } => What::Commented { pulse, question, words: words(input(WORDS)?)? },
        Form::Fit { pair } => match input(MAY_KNOW).and_then(|input| text(input, "/selected_option/value")) {
            Some(FITS) => What::Fit(FitAct::Answer { pair, fit: Fit::Good }),
            chosen => What::Fit(FitAct::Know { pair, may_know: chosen.and_then(|word| word.parse().ok()) }),
        },
        Form::End { pair } => {
            let reason = input(REASON).and_then(|input| text(input, "/selected_option/value"));
            What::End(EndAct::End { pair, reason: reason.and_then(|reason| reason.parse().ok()) })
        }
        Form::Help { pair } => {
            let chosen = |name| input(name).and_then(|input| text(input, "/selected_option/value"));
            let topic = chosen(TOPIC).and_then(|topic| topic.parse().ok());
            let urgency = chosen(URGENCY).and_then(|urgency| urgency.parse().ok());
            What::Help(HelpAct::Ask { pair, topic, urgency, words: words(input(WORDS)?)? })
        }
        Form::Audience { pulse, question } => {
            let audience = text(input(AUDIENCE)?, "/selected_option/value")?.parse().ok()?;
            What::ChoseAudience { pulse, question, audience }
        }
        Form::Session { pair, was } => {
            let pair = match pair {
                Some(pair) => pair,
                None => one(text(input(PAIR)?, "/selected_option/value")?)?,
            };
            let took_place = input(TOOK_PLACE).and_then(|input| text(input, "/selected_option/value")) != Some("no");
            let day = match took_place {
                true => Some(text(input(DAY)?, "/selected_date")?.parse().ok()?),
                false => None,
            };
            // What is no number of minutes is one that cannot be: the field says so.
            let minutes = input(MINUTES).and_then(|input| text(input, "/value"));
            let minutes = minutes.map(|minutes| minutes.parse().unwrap_or(0));
            What::FilledSession { pair, was, day, minutes }
        }
        Form::Pause => What::Rested(form::rest::pause(input)?),
        Form::Time => What::Rested(form::rest::time(input)?),
        Form::Survey { survey } => What::Survey(SurveyAct::Sent { survey, typed: typed(payload) }),
        Form::Agreement { pair } => What::Agreement(AgreementAct::Filled { pair, wishes: wishes(&input)? }),
        Form::Message { about } => What::WroteToBoth { about, words: words(input(WORDS)?)? },
        Form::Goal { pair, goal } => {
            let entry = Box::new(super::goal::entry(input)?);
            What::Goal(GoalAct::Filled { pair, goal, entry })
        }
        Form::Thanks { pair, thanks } => What::Thanks(ThanksAct::Filled { pair, thanks, words: words(input(WORDS)?)? }),
        Form::Reply { step } => What::Replied { step, words: words(input(WORDS)?)? },
        Form::Dates { pair } => {
            let date = |name: &&str| input(name)?.get("selected_date_time")?.as_i64();
            let dates = DATES.iter().map(|name| DateTime::from_timestamp(date(name)?, 0)).collect();
            What::SuggestedDates { pair, dates }
        }
    })
}

/// What stands in the text inputs of a survey's form: it comes along with every tap in it.
fn typed(payload: &Value) -> Typed {
    let mut typed = Typed::default();
    let Some(Form::Survey { survey }) = form_of(payload) else { return typed };
    let Some(point) = survey.point() else { return typed };
    let input = |name: &str| payload.pointer(&format!("/view/state/values/{name}/{name}"));
    for (item, field) in written(point).zip(ITEMS) {
        if let Some(words) = input(field).and_then(words) {
            typed.words.insert(item.to_owned(), words);
        }
    }
    typed.consent = input(CONSENT).and_then(|input| text(input, "/selected_option/value")?.parse().ok());
    typed
}

/// What somebody wants to agree on. A field that is not there, or in which nothing was chosen, is left out: the core asks
/// for it.
fn wishes<'a>(input: &impl Fn(&str) -> Option<&'a Value>) -> Option<Wishes> {
    let mut wishes = Wishes::default();
    for (item, field) in agreement_items().iter().zip(ITEMS) {
        let Some(input) = input(field) else { continue };
        if let Some(place) = text(input, "/selected_option/value").and_then(|place| place.parse().ok()) {
            wishes.choices.insert(item.id.clone(), place);
        } else if text(input, "/type") == Some("plain_text_input") {
            wishes.words.insert(item.id.clone(), words(input)?);
        }
    }
    Some(wishes)
}

/// What stands in a text input; Slack says null for an empty one. `None` if this is not a text input: an empty comment
/// withdraws the comment, so nothing but an empty input may be read as one.
pub(super) fn words(input: &Value) -> Option<String> {
    match input.as_object()?.get("value") {
        None | Some(Value::Null) => Some(String::new()),
        Some(Value::String(words)) => Some(words_of(words)),
        Some(_) => None,
    }
}
