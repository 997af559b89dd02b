//! Whether the pairing is right: the question to one alone, the form that is always open, and the word to those who may
//! know.

use serde_json::{Value, json};

use crate::core::content::{FitNote, FitQuestion, FitSaid};
use crate::core::ending::EndAct;
use crate::core::fit::{Fit, FitAct, FitState, MayKnow, who_may_know};
use crate::core::id::{MessageKey, PairId, PersonId, WorkspaceId};
use crate::core::question::Bank;
use crate::slack::action::Action;
use crate::slack::form::{FITS, Form as Carried, MAY_KNOW};

use super::Rendered;
use super::block::{Blocks, button, plain};
use super::care::write_to;
use super::form::{modal, section};
use super::help::safety_text;
use super::note::person;
use super::pulse::bold;
use super::text::{coordinators, line, name, sentence};

/// The question, to one of the two alone.
pub fn question(question: &FitQuestion, key: &MessageKey, revision: i64) -> Rendered {
    let (program, partner) = (name(&question.program_name), name(&question.partner));
    let mut blocks = Blocks::message(key, revision);
    let asked = line(&Bank::built_in().fit.text, 300);
    blocks.section(&format!("{} You and {partner}, in {program}.", bold(&asked)));
    if let Some(fit) = question.state.answer {
        blocks.section(&format!("You said: *{}*. You can say otherwise at any time.", line(fit.label(), 75)));
    }
    blocks.row(Fit::ALL.map(|fit| {
        let pair = question.pair.clone();
        button(fit.label(), &Action::Fit(FitAct::Answer { pair, fit }))
    }));
    match (question.state.answer, question.state.may_know) {
        (Some(Fit::NotGood), None) => may_know(&question.pair, &question.coordinators, &mut blocks),
        (Some(Fit::NotGood), Some(MayKnow::Coordinator)) => {
            blocks.section(&format!("{} may know.", sentence(&coordinators(&question.coordinators))));
        }
        (Some(Fit::NotGood), Some(MayKnow::Nobody)) => blocks.section("Nobody else knows."),
        _ => {}
    }
    blocks.context(&format!("Only you see this. {} No score uses it.", who_may_know().promise));
    Rendered::post(key, "A short question, only for you.".to_owned(), blocks)
}

fn may_know(pair: &PairId, names: &[String], blocks: &mut Blocks<'_>) {
    blocks.section(who_may_know().question);
    let choices = MayKnow::ALL.into_iter().filter(|one| *one == MayKnow::Nobody || !names.is_empty());
    blocks.row(choices.map(|may_know| {
        let what = FitAct::Know { pair: pair.clone(), may_know: Some(may_know) };
        button(may_know.label(), &Action::Fit(what))
    }));
}

/// What is said in the act.
pub fn said(said: &FitSaid, blocks: &mut Blocks<'_>) -> String {
    match said {
        FitSaid::Saved { fit, partner } => {
            blocks.section(&format!("Noted: *{}*. {} is told nothing of it.", line(fit.label(), 75), name(partner)));
        }
        FitSaid::WhoMayKnow { pair, coordinators } => {
            may_know(pair, coordinators, blocks);
            blocks.context(who_may_know().promise);
        }
        FitSaid::Known { coordinators: names, partner } => {
            let partner = name(partner);
            let known = match names.len() {
                0 => "Nobody knows yet. You can let a coordinator know whenever you like.".to_owned(),
                1 => format!("{} knows, and speaks with you first.", sentence(&coordinators(names))),
                _ => format!("{} know, and speak with you first.", sentence(&coordinators(names))),
            };
            blocks.section(&format!("Noted. {known} {partner} is told nothing of it, and it is nobody's fault."));
        }
    }
    "Noted.".to_owned()
}

/// "This match is not right": open at any time, to both sides.
pub fn form(question: &FitQuestion) -> Value {
    let (names, partner) = (&question.coordinators, name(&question.partner));
    let about = format!(
        "Some pairings do not fit, and that is nobody's fault. You need give no reason. {partner} is not told that you opened \
         this or what you say, and nothing ends by it."
    );
    let who = match names.len() {
        0 => "Nobody else than you two could read it here, so nobody is told.".to_owned(),
        1 => format!("If you let them know, {} speaks with you first, alone.", coordinators(names)),
        _ => format!("If you let them know, {} speak with you first, alone.", coordinators(names)),
    };
    let option = |label: &str, value: &str| json!({"text": plain(label, 75), "value": value});
    let mut options: Vec<Value> = MayKnow::ALL
        .into_iter()
        .filter(|one| *one == MayKnow::Nobody || !names.is_empty())
        .map(|one| option(one.label(), one.as_str()))
        .collect();
    let is_said = question.state.answer == Some(Fit::NotGood);
    if is_said {
        options.push(option("It fits after all", FITS));
    }
    let mut element = json!({"type": "radio_buttons", "action_id": MAY_KNOW, "options": options});
    if let Some(stands) = question.state.may_know.filter(|_| is_said) {
        let initial = options_of(&options, stands);
        if let Some(initial) = initial {
            element["initial_option"] = initial;
        }
    }
    let input = json!({
        "type": "input",
        "block_id": MAY_KNOW,
        "label": plain("Who may know?", 2_000),
        "optional": false,
        "element": element,
    });
    let end = button("End this pair", &Action::End(EndAct::Open { pair: question.pair.clone() }));
    let ends = json!({"type": "actions", "block_id": "end", "elements": [end]});
    let last = section("or", "You may also stop, without giving a reason:");
    let mut blocks = vec![section("about", &about), section("who", &who)];
    blocks.extend(safety_text(question.safety.as_deref()).map(|safety| section("safety", &safety)));
    blocks.extend([input, last, ends]);
    modal(&Carried::Fit { pair: question.pair.clone() }, "Not the right match", "Save", blocks)
}

fn options_of(options: &[Value], stands: MayKnow) -> Option<Value> {
    options.iter().find(|one| one["value"] == stands.as_str()).cloned()
}

/// To one whom the person lets know.
pub fn note(note: &FitNote, blocks: &mut Blocks<'_>) -> String {
    let (program, partner) = (name(&note.program_name), name(&note.partner));
    let who = person(&note.name, &note.user);
    if note.otherwise {
        blocks.section(&format!("{who} has said otherwise since about the pair with {partner} in {program}."));
        return format!("Somebody in {program} has said otherwise since.");
    }
    blocks.section(&format!("{who} says that the match with {partner} in {program} is not right for them."));
    let asker = PersonId::new(&WorkspaceId::from(note.team.as_str()), &note.user);
    blocks.row([Some(write_to(&asker, &note.name))]);
    blocks.context(&format!(
        "They chose that coordinators may know. {partner} is told nothing of it; please speak with {} first, alone. It is \
         nobody's fault, and counts in no score.",
        name(&note.name)
    ));
    format!("Somebody in {program} has a word for you about their match.")
}

/// What App Home says of it, to the one who said it.
pub fn standing(state: &FitState) -> Option<&'static str> {
    match (state.answer?, state.may_know) {
        (Fit::NotGood, Some(MayKnow::Coordinator)) => {
            Some("You said that this match is not right; coordinators may know.")
        }
        (Fit::NotGood, _) => Some("You said that this match is not right; nobody else knows."),
        _ => None,
    }
}
