//! The end of a pair: the form, the kind words to both, and the word to its coordinators.

use serde_json::{Value, json};

use crate::core::content::{Closing, EndForm, EndSaid, EndedNote, HomeFormer};
use crate::core::ending::EndReason;
use crate::core::id::MessageKey;
use crate::core::question::Role;
use crate::slack::form::{Form as Carried, REASON};

use super::Rendered;
use super::block::{Blocks, plain};
use super::form::{modal, section};
use super::note::person;
use super::text::{and, coordinators, listed, name, sentence, time};

/// The form. One of the two may stop without giving a reason.
pub fn form(form: &EndForm) -> Value {
    let names = sentence(&coordinators(&form.coordinators));
    let sees = if form.coordinators.len() > 1 { "see" } else { "sees" };
    let who = match &form.partner {
        Some(partner) if form.coordinators.is_empty() => {
            format!("{} does not see who ended it, nor why, and nobody else does.", name(partner))
        }
        Some(partner) => format!(
            "{names} {sees} that you ended it, and the reason; {} sees neither. You need not give one.",
            name(partner)
        ),
        None => "The two see neither that you ended it, nor the reason.".to_owned(),
    };
    let about = format!(
        "This ends the mentoring of {}. What is open closes, and no more pulses come. Both get the same kind message in their \
         conversation, when it is working time for both, and a few last questions, each alone.\n{who}",
        name(&form.pair_name)
    );
    let option = |reason: EndReason| {
        let label = reason.label().unwrap_or_default();
        json!({"text": plain(label, 75), "value": reason.as_str()})
    };
    let mut element = json!({
        "type": "radio_buttons",
        "action_id": REASON,
        "options": EndReason::CHOICES.map(option),
    });
    if form.partner.is_some() {
        element["initial_option"] = option(EndReason::RatherNotSay);
    }
    let input = json!({
        "type": "input",
        "block_id": REASON,
        "label": plain("What was the main reason?", 2_000),
        "optional": false,
        "element": element,
    });
    modal(&Carried::End { pair: form.pair.clone() }, "End this pair", "End it", vec![section("about", &about), input])
}

/// What is said in the act.
pub fn said(said: &EndSaid, blocks: &mut Blocks<'_>) -> String {
    let EndSaid::Ended { pair_name } = said;
    blocks.section(&format!(
        "The mentoring of {} has ended. Both read the same words about it in their conversation.",
        name(pair_name)
    ));
    "This pair has ended.".to_owned()
}

/// To both, in their own conversation. It says nothing of who, nor of why.
pub fn closing(closing: &Closing, key: &MessageKey, revision: i64) -> Rendered {
    let (program, mentee, mentor) = (name(&closing.program_name), name(&closing.mentee), name(&closing.mentor));
    let mut blocks = Blocks::message(key, revision);
    let said = format!("{mentee} and {mentor}, your mentoring in {program} has come to its end.");
    blocks.section(&said);
    blocks.section(
        "Thank you both for the time that you gave it. What you have learned from each other stays with you, and you can \
         write to each other as before. Some pairs use a last quarter of an hour to say what was good.",
    );
    let names: Vec<String> = closing.coordinators.iter().map(|one| name(one)).collect();
    if !names.is_empty() {
        let answers = if names.len() > 1 { "answer" } else { "answers" };
        blocks.context(&format!("No more pulses come. {} {answers} what is still open.", and(&names)));
    } else {
        blocks.context("No more pulses come.");
    }
    Rendered::post(key, said, blocks)
}

/// To a coordinator.
pub fn note(note: &EndedNote, blocks: &mut Blocks<'_>) -> String {
    let (program, partner) = (name(&note.program_name), name(&note.partner));
    let reason = match note.reason {
        EndReason::RatherNotSay | EndReason::Planned => "No reason was given, and none is needed.".to_owned(),
        reason => format!("Reason: {}.", reason.label().unwrap_or_default().to_lowercase()),
    };
    blocks.section(&format!(
        "{} has ended the pair with {partner} in {program}. {reason}",
        person(&note.name, &note.user)
    ));
    blocks.context(&format!(
        "Both read the same kind words. {partner} is not told who ended it, nor why; please keep it so. What fits next, a \
         new match or a rest, is best asked of each alone."
    ));
    format!("A pair in {program} has ended.")
}

/// Former pairs on App Home.
pub fn on_home(former: &[HomeFormer], blocks: &mut Blocks<'_>) {
    let line = |one: &HomeFormer| {
        let kind = match one.role {
            Role::Mentee => "your mentor",
            Role::Mentor => "your mentee",
        };
        format!("{}, {kind} in {}, until {}", name(&one.partner), name(&one.program_name), time(one.ended))
    };
    let lines: Vec<String> = former.iter().map(line).collect();
    if !lines.is_empty() {
        blocks.section(&format!("*Former pairs*\n{}", listed(&lines, "\n", 5, 2_000)));
    }
}
