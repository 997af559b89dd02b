//! Help: the form with the programme's own safety text, what those read who are asked, and what became of it.

use serde_json::{Value, json};

use crate::core::content::{HelpForm, HelpNote, HelpReceipt, HelpSaid};
use crate::core::fit::FitAct;
use crate::core::help::{HelpAct, Topic, Urgency};
use crate::core::id::{MessageKey, PersonId, WorkspaceId};
use crate::slack::action::Action;
use crate::slack::form::{Form as Carried, TOPIC, URGENCY};

use super::Rendered;
use super::block::{Blocks, button, plain, primary};
use super::care::write_to;
use super::form::{modal, section, words_block, words_input};
use super::note::person;
use super::text::{and, coordinators, name, quote, safe, sentence, time};

/// The longest piece of a quotation.
const PIECE: usize = 2_900;

/// The modal of a form.
pub fn form(form: &HelpForm) -> Value {
    match form {
        HelpForm::Ask { pair, partner, coordinators, safety } => {
            let carried = Carried::Help { pair: pair.clone() };
            let mut blocks = ask(partner, coordinators, safety.as_deref());
            // What is always open, private, and nobody's fault.
            let other = button("This match is not right", &Action::Fit(FitAct::Open { pair: pair.clone() }));
            blocks.push(json!({"type": "actions", "block_id": "fit", "elements": [other]}));
            modal(&carried, "Ask for help", "Send", blocks)
        }
        HelpForm::Read(note) => read(note),
    }
}

fn ask(partner: &str, names: &[String], safety: Option<&str>) -> Vec<Value> {
    let (receive, answer) = if names.len() > 1 { ("receive", "answer") } else { ("receives", "answers") };
    let about = format!(
        "{} {receive} your words with your name, and {answer} within one working day. Nobody else sees them, and {} is \
         not told. You will see that they were read.",
        sentence(&coordinators(names)),
        name(partner)
    );
    let mut blocks = vec![section("about", &about)];
    blocks.extend(safety_text(safety).map(|safety| section("safety", &safety)));
    let option = |label: &str, value: &str| json!({"text": plain(label, 75), "value": value});
    let topics = Topic::ALL.map(|topic| option(&sentence(with(topic)), topic.as_str()));
    let element = json!({"type": "static_select", "action_id": TOPIC, "options": topics});
    blocks.push(input(TOPIC, "What is it about?", element));
    let urgencies = Urgency::ALL.map(|urgency| option(soon(urgency), urgency.as_str()));
    let initial = &urgencies[1];
    let element =
        json!({"type": "radio_buttons", "action_id": URGENCY, "options": urgencies, "initial_option": initial});
    blocks.push(input(URGENCY, "How soon?", element));
    blocks.push(words_block("What would help you?", "A few words are enough.", false, words_input()));
    blocks
}

fn input(field: &str, label: &str, element: Value) -> Value {
    json!({"type": "input", "block_id": field, "label": plain(label, 2_000), "optional": false, "element": element})
}

/// What the programme says for when it is urgent. Invisible characters alone are no words.
pub fn safety_text(safety: Option<&str>) -> Option<String> {
    let safety = safe(safety?);
    let safety = safety.trim();
    (!safety.is_empty()).then(|| safety.to_owned())
}

/// "help with …".
pub fn with(topic: Topic) -> &'static str {
    match topic {
        Topic::Time => "finding time together",
        Topic::Talking => "how we talk with each other",
        Topic::Direction => "what to work on",
        Topic::Work => "something at work",
        Topic::Other => "something else",
    }
}

/// The same as others say it.
pub fn with_of_them(topic: Topic) -> &'static str {
    match topic {
        Topic::Talking => "how the two talk with each other",
        other => with(other),
    }
}

fn soon(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Today => "Today, please",
        Urgency::ThisWeek => "This week",
        Urgency::NoHurry => "There is no hurry",
    }
}

/// What is said in the act.
pub fn said(said: &HelpSaid, blocks: &mut Blocks<'_>) -> String {
    match said {
        HelpSaid::Sent { coordinators: names, partner } => {
            let who = sentence(&coordinators(names));
            let have = if names.len() > 1 { "have" } else { "has" };
            let rest = "You can expect a word from them within one working day, and see in a message of this app when it was read.";
            blocks.section(&format!("{who} {have} your words. {rest} {} is not told.", name(partner)));
            "Your words have been passed on. You can expect a word within one working day.".to_owned()
        }
        HelpSaid::Handled { name: who } => {
            blocks.section(&format!(
                "Marked as handled. Everybody who got it sees that; {} does not, and hears from you.",
                name(who)
            ));
            "Marked as handled.".to_owned()
        }
    }
}

/// The words, for one who was asked.
fn read(note: &HelpNote) -> Value {
    let who = person(&note.name, &note.user);
    let (program, partner) = (name(&note.program_name), name(&note.partner));
    let mut blocks = vec![section("about", &format!("{who} asks for help in {program}. {}", what(note)))];
    for (n, piece) in quote(note.words.as_deref().unwrap_or_default(), 2, PIECE).iter().enumerate() {
        blocks.push(section(&format!("words.{n}"), piece));
    }
    blocks.extend(safety_text(note.safety.as_deref()).map(|safety| section("safety", &safety)));
    let rest = format!("{} now sees that you have read this. {partner} is not told.", name(&note.name));
    blocks.push(section("rest", &rest));
    json!({
        "type": "modal",
        "callback_id": "help_read",
        "title": plain("Asks for help", 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    })
}

/// "With finding time together · this week."
fn what(note: &HelpNote) -> String {
    format!("It is about {}. How soon: {}.", with_of_them(note.topic), soon(note.urgency).to_lowercase())
}

/// To one who is asked: the words once this reader has opened them, so that "read" is true.
pub fn note(note: &HelpNote, blocks: &mut Blocks<'_>) -> String {
    let (program, partner) = (name(&note.program_name), name(&note.partner));
    let who = person(&note.name, &note.user);
    blocks.section(&format!("{who} asks for help with {partner} in {program}. {}", what(note)));
    if note.as_deputy {
        blocks.section("None of the coordinators has opened it within one working day, so it comes to you.");
    }
    for piece in quote(note.words.as_deref().unwrap_or_default(), 2, PIECE) {
        blocks.section(&piece);
    }
    blocks.context(&done(note));
    let asker = PersonId::new(&WorkspaceId::from(note.team.as_str()), &note.user);
    let handle = button("Handled", &Action::Help(HelpAct::Handle { help: note.help.clone() }));
    let read = Action::Help(HelpAct::Read { help: note.help.clone() });
    let read = if note.words.is_none() { primary("Read", &read) } else { None };
    let write = Some(write_to(&asker, &note.name));
    blocks.row([read, write, if note.handled.is_empty() { handle } else { None }]);
    blocks.context(&format!(
        "They were told that they hear from a person within one working day, that they see when this was read, and that \
         {partner} is not told."
    ));
    format!("Somebody in {program} asks for help.")
}

fn done(note: &HelpNote) -> String {
    let each = |done: &[(String, chrono::DateTime<chrono::Utc>)], what: &str| {
        let lines = done.iter().take(5).map(|(who, at)| format!("{} {what} {}", name(who), time(*at)));
        lines.collect::<Vec<_>>()
    };
    let mut lines = each(&note.opened, "read it");
    lines.extend(each(&note.handled, "marked it as handled"));
    lines.join(" · ")
}

/// To the person who asks: to whom it went, and since when it is read.
pub fn receipt(receipt: &HelpReceipt, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    blocks.section(&format!("You asked for help with {}. {}", with(receipt.topic), standing(receipt)));
    blocks.context(&format!("Only you see this. {} is not told.", name(&receipt.partner)));
    Rendered::post(key, "What you asked for is on its way to a person.".to_owned(), blocks)
}

/// "Mia read it, today 10:05."
pub fn standing(receipt: &HelpReceipt) -> String {
    if !receipt.opened.is_empty() {
        let read: Vec<String> =
            receipt.opened.iter().take(5).map(|(who, at)| format!("{} {}", name(who), time(*at))).collect();
        return format!("Read by {}.", and(&read));
    }
    let names: Vec<String> = receipt.receivers.iter().map(|who| name(who)).collect();
    let sent = format!("It went to {}, {}, and is not opened yet.", and(&names), time(receipt.at));
    match &receipt.passed_on {
        Some((at, Some(deputy))) => format!("{sent} {} has it too, since {}.", name(deputy), time(*at)),
        _ => sent,
    }
}

/// To the same: nobody has opened it in time.
pub fn late(receipt: &HelpReceipt, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    let names: Vec<String> = receipt.receivers.iter().map(|who| name(who)).collect();
    let sorry = format!("{} did not open your request for help within one working day.", and(&names));
    let now = match &receipt.passed_on {
        Some((_, Some(deputy))) => format!("It has gone to {} now, who stands in.", name(deputy)),
        _ => "It still waits there; you can also write to them directly.".to_owned(),
    };
    blocks.section(&format!("{sorry} {now}"));
    blocks.section(&safety_text(receipt.safety.as_deref()).unwrap_or_default());
    blocks.context(&format!("Only you see this. {} is not told.", name(&receipt.partner)));
    Rendered::post(key, "About what you asked for: it has been passed on.".to_owned(), blocks)
}

/// What App Home says of one's own requests.
pub fn on_home(receipts: &[HelpReceipt], blocks: &mut Blocks<'_>) {
    if receipts.is_empty() {
        return;
    }
    let line = |receipt: &HelpReceipt| format!("Help with {}: {}", with(receipt.topic), standing(receipt));
    let lines: Vec<String> = receipts.iter().take(3).map(line).collect();
    blocks.section(&format!("*What you asked for*\n{}", lines.join("\n")));
}
