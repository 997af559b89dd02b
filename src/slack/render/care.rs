//! What coordinators do about a pair: the buttons on a line, what was done, and the words that reach the two.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::core::care::{About, Care, StepKind};
use crate::core::content::{Cared, MessageForm, PrivateQuestion, ReplyForm, StepShown, WordToBoth};
use crate::core::id::{MessageKey, PersonId};
use crate::core::scoring::digest::{ActionLine, DigestPage, What};
use crate::slack::action::{Action, LINK};
use crate::slack::form::Form as Carried;

use super::Rendered;
use super::block::{Blocks, button, menu, plain};
use super::form::{modal, section, words_block, words_input};
use super::text::{day, listed, name, plain_name, quote, safe, time};

/// The longest piece of a quotation.
const PIECE: usize = 2_900;

/// A coordinator's words to both, in their group DM.
pub fn word_to_both(word: &WordToBoth, key: &MessageKey, revision: i64) -> Rendered {
    let (coordinator, program) = (name(&word.coordinator), name(&word.program_name));
    let mut blocks = Blocks::message(key, revision);
    blocks.section(&format!("*{coordinator}*, who coordinates {program}, writes to you both:"));
    for piece in quote(&word.words, 2, PIECE) {
        blocks.section(&piece);
    }
    blocks.context(&format!(
        "rapport only carries this, and reads no answer here. {coordinator} can be written to directly."
    ));
    Rendered::post(key, format!("{coordinator}, who coordinates {program}, writes to you both."), blocks)
}

/// What a coordinator asks of one of the two alone.
pub fn question(question: &PrivateQuestion, key: &MessageKey, revision: i64) -> Rendered {
    let (coordinator, program) = (name(&question.coordinator), name(&question.program_name));
    let partner = name(&question.partner);
    let mut blocks = Blocks::message(key, revision);
    blocks.section(&format!(
        "*{coordinator}*, who coordinates {program}, asks you: how is it going with {partner}, and is there something that \
         would help?"
    ));
    blocks.context(&format!(
        "{partner} is asked the same, alone. What you answer goes to {coordinator} and to nobody else. You need not \
         answer."
    ));
    let answer = Action::OpenReply { step: question.step.clone() };
    if question.replied {
        blocks.context(&format!("You have answered; {coordinator} has your words."));
        blocks.row([button("Answer again", &answer)]);
    } else {
        blocks.row([button("Answer", &answer)]);
    }
    Rendered::post(key, format!("{coordinator}, who coordinates {program}, has a question for you."), blocks)
}

/// The form of "Message both".
pub fn message_form(form: &MessageForm) -> Value {
    let about = format!(
        "Your words go to {} in their group DM, with your name, when it is working time for both. Both read the same.",
        name(&form.pair_name)
    );
    let hint = "They can answer you directly; rapport reads no conversations.";
    let blocks = vec![section("about", &about), words_block("Your words", hint, false, words_input())];
    modal(&Carried::Message { about: form.about.clone() }, "Message both", "Send", blocks)
}

/// The form that answers a coordinator's question.
pub fn reply_form(form: &ReplyForm) -> Value {
    let (coordinator, partner) = (name(&form.coordinator), name(&form.partner));
    let about = format!("Your words go to {coordinator}, with your name, and to nobody else. {partner} is not told.");
    let mut blocks = vec![section("about", &about)];
    if let Some(safety) = form.safety.as_deref().map(safe).filter(|safety| !safety.trim().is_empty()) {
        blocks.push(section("safety", safety.trim()));
    }
    let asked = format!("How is it going with {}, and what would help?", plain_name(&form.partner));
    blocks.push(words_block(&asked, "A few words are enough.", false, words_input()));
    modal(&Carried::Reply { step: form.step.clone() }, "Your answer", "Send", blocks)
}

/// What a coordinator is told in the act.
pub fn cared(cared: &Cared) -> String {
    match cared {
        Cared::WroteToBoth { pair_name, due } => {
            format!("Your words reach {} in their group DM {}, with your name.", name(pair_name), time(*due))
        }
        Cared::AskedEach { mentee, mentor } => format!(
            "{} and {} are each asked alone, in their own working hours. What they answer comes to you only.",
            name(mentee),
            name(mentor)
        ),
        Cared::Paused { pair_name, until, open } => {
            let open = open.map_or_else(String::new, |closes| {
                format!(
                    " The pulse that is open stays until {}; left unanswered, it counts neither as answered nor as missed.",
                    time(closes)
                )
            });
            format!(
                "{} are paused: nothing is asked until {}, and then it goes on by itself.{open} Both see it in their Home tab.",
                name(pair_name),
                weekday(*until)
            )
        }
        Cared::Resumed { pair_name } => {
            format!("The pause of {} is over: the next pulse comes at its next time.", name(pair_name))
        }
        Cared::Handled => "Marked as handled. The line stays, so that all coordinators see that it is done.".to_owned(),
        Cared::Labelled { needed_help: true } => {
            "Noted that this pair needed somebody. It helps to fit the rules; the two do not see it.".to_owned()
        }
        Cared::Labelled { needed_help: false } => {
            "Noted that all was well. It helps to fit the rules; the two do not see it.".to_owned()
        }
        Cared::Before { kind, by, at } => {
            let who = by.as_ref().map_or_else(|| "You".to_owned(), |by| name(by));
            format!("{who} {} already, {}. Nothing more was done now.", did(*kind), time(*at))
        }
        Cared::PausedBefore { pair_name, until, by } => {
            let by = by.as_ref().map(|by| format!(" by {}", name(by))).unwrap_or_default();
            format!("{} are paused already{by}, until {}.", name(pair_name), weekday(*until))
        }
        Cared::Exported => "The file comes in a message of its own in a moment. If none comes, this workspace does not let rapport send files.".to_owned(),
    }
}

/// The same for a lock screen: without a name.
pub fn in_short(cared: &Cared) -> &'static str {
    match cared {
        Cared::WroteToBoth { .. } => "Your words are on their way.",
        Cared::AskedEach { .. } => "Both are asked alone.",
        Cared::Paused { .. } => "The pair is paused.",
        Cared::Resumed { .. } => "The pause is over.",
        Cared::Handled => "Marked as handled.",
        Cared::Labelled { .. } => "Noted.",
        Cared::Before { .. } | Cared::PausedBefore { .. } => "That was done already.",
        Cared::Exported => "The file is on its way.",
    }
}

/// The buttons below a line of the digest, and what was done about it. At most two blocks.
pub fn beneath(line: &ActionLine, page: &DigestPage, blocks: &mut Blocks<'_>) {
    let care = &page.care;
    let steps: Vec<&StepShown> = care.steps.iter().filter(|step| step.line.as_ref() == Some(&line.line)).collect();
    let done = |kind: StepKind| steps.iter().any(|step| step.kind == kind);
    let handled = done(StepKind::Handled);
    let tap = |label: &str, shown: bool, care: Care| if shown { button(label, &Action::Care(care)) } else { None };
    let handle = tap("Handled", !handled, Care::Handle(line.line.clone()));
    let write = |person: &PersonId, name: &str| (!handled).then(|| write_to(person, name));
    match &line.what {
        What::Pair(health) => {
            let about = About { pair: health.pair.clone(), line: Some(line.line.clone()) };
            let paused = done(StepKind::Paused);
            let both = !handled && !done(StepKind::WroteToBoth);
            let each = !handled && !done(StepKind::AskedEach);
            blocks.row([
                tap("Message both", both, Care::OpenMessage(about.clone())),
                tap("Ask each privately", each, Care::AskEach(about.clone())).map(asking),
                tap("Pause 2 weeks", !handled && !paused, Care::Pause(about.clone())),
                handle,
                tap("Show", true, Care::OpenPair(about.pair)),
                labels(line),
            ]);
        }
        What::Gap { pair } => {
            let show = tap("Show", true, Care::OpenPair(pair.clone()));
            match care.members.get(pair) {
                Some([(mentee, mentee_name), (mentor, mentor_name)]) => {
                    blocks.row([write(mentee, mentee_name), write(mentor, mentor_name), handle, show]);
                }
                None => blocks.row([handle, show]),
            }
        }
        What::Help { person, .. } | What::Declined { person, .. } => {
            let called = page.people.get(person);
            blocks.row([called.and_then(|name| write(person, name)), handle]);
        }
    }
    let done: Vec<String> = steps.iter().map(|step| done_by(step)).collect();
    blocks.context(&listed(&done, " · ", 6, 1_500));
}

/// "Mia wrote to both, Tuesday at nine".
pub fn done_by(step: &StepShown) -> String {
    let (who, at) = (name(&step.by), time(step.at));
    let more = match (step.kind, step.until, step.replied) {
        (StepKind::Paused, Some(until), _) => format!(", until {}", weekday(until)),
        (StepKind::AskedEach, _, 1) => ", 1 of 2 answered".to_owned(),
        (StepKind::AskedEach, _, replied) if replied > 1 => ", both answered".to_owned(),
        _ => String::new(),
    };
    format!("{who} {} {at}{more}", did(step.kind))
}

fn did(kind: StepKind) -> &'static str {
    match kind {
        StepKind::WroteToBoth => "wrote to both",
        StepKind::AskedEach => "had each asked alone",
        StepKind::Paused => "paused the pair",
        StepKind::Exported => "had the numbers sent as a file",
        StepKind::Handled => "marked it as handled",
        StepKind::NeededHelp => "noted that it needed help",
        StepKind::AllWell => "noted that all was well",
    }
}

/// Nobody is asked by a slip of the finger.
pub fn asking(mut button: Value) -> Value {
    button["confirm"] = json!({
        "title": plain("Ask each alone", 100),
        "text": plain("Both get a short private question in your name. What they answer comes to you only.", 300),
        "confirm": plain("Ask them", 30),
        "deny": plain("Not now", 30),
    });
    button
}

/// How the rules did on this line, for the day on which they are fitted again.
fn labels(line: &ActionLine) -> Option<Value> {
    let label = |needed_help| Action::Care(Care::Label { line: line.line.clone(), needed_help });
    menu(&[("It needed help", label(true)), ("All was well", label(false))])
}

/// Opens the conversation with somebody: what is written there is between the two, and rapport does not see it.
pub fn write_to(person: &PersonId, name: &str) -> Value {
    let url = format!("https://slack.com/app_redirect?team={}&channel={}", person.workspace(), person.user());
    let label = format!("Write to {}", plain_name(name));
    // Distinct within its block, as Slack asks.
    let action_id = format!("{LINK}.{}", person.user());
    json!({"type": "button", "text": plain(&label, 75), "action_id": action_id, "url": url})
}

/// `Monday 8 June`.
pub fn weekday(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    };
    format!("{weekday} {}", day(date))
}

/// The buttons about the whole digest: what found no place in it, and its numbers as a file.
pub fn foot(page: &DigestPage, blocks: &mut Blocks<'_>) {
    let Some(digest) = &page.care.digest else { return };
    let all = page.digest.more.len() + page.digest.watch.len() + page.digest.never_met.len() + page.digest.silent.len();
    let more = Care::OpenMore { digest: digest.clone(), skip: 0 };
    blocks.row([
        if all > 0 { button("Show", &Action::Care(more)) } else { None },
        button("Export CSV", &Action::Care(Care::Export(digest.clone()))),
    ]);
}
