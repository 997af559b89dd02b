//! The agreement: the post with what each of the two wants, the form, and the words after a tap.

use serde_json::{Value, json};

use crate::core::agreement::{Agreement, AgreementTrouble, LONGEST, Opening, Said, Wishes, items};
use crate::core::content::{AgreementForm, AgreementPost, AgreementSaid};
use crate::core::id::MessageKey;
use crate::core::question::{Bank, Form as ItemForm, Item};
use crate::slack::action::Action;
use crate::slack::action::agreement::AgreementTap;
use crate::slack::form::{Form as Carried, ITEMS};

use super::Rendered;
use super::block::{Blocks, button, plain, primary};
use super::form::{modal, section};
use super::text::{and, line, name, quote, time};

/// The longest that an item of the bank, and one of its labels, is shown.
const ASKED: usize = 300;
const LABEL: usize = 75;

/// The longest that somebody's words are shown, so that those of both fit into one section.
const QUOTED: usize = 1_200;

/// The post for both. It says the same to both, whoever looks.
pub fn post(post: &AgreementPost, key: &MessageKey, revision: i64) -> Rendered {
    let agreement = &post.agreement;
    let names = [name(&post.names[0]), name(&post.names[1])];
    let program = post.program_name.as_ref().map(|program| format!(" ({})", name(program))).unwrap_or_default();
    let title = &Bank::built_in().agreement.title;
    let head = format!("{}: {} and {}{program}", line(title, ASKED), names[0], names[1]);
    let mut blocks = Blocks::message(key, revision);
    blocks.section(&format!("*{head}*"));
    let newest = agreement.openings.last().map(|(opening, _)| *opening);
    if newest.is_some_and(|newest| newest != post.opening) {
        let moved = "Half of the time has passed, and this was opened again further down.";
        blocks.section(moved);
        return Rendered::post(key, format!("{head}. {moved}"), blocks);
    }
    let intro = match post.opening {
        Opening::Start => {
            "Before the first session: each of you fills in what suits you, and both see it here. Where you differ, talk. \
             Once it says the same for both, each presses “We agree”."
        }
        Opening::Mid => {
            "Half of the time has passed. Does this still suit you both? Change what does not, then each presses “We agree” \
             once more."
        }
    };
    if !agreement.is_signed() {
        blocks.section(intro);
    }
    // A block for each: words of two people can be long.
    items().iter().for_each(|item| blocks.section(&row(item, agreement, &names)));
    let stands = standing(agreement, &names);
    blocks.section(&stands);
    if post.ended {
        return Rendered::post(key, format!("{head}."), blocks);
    }
    blocks.row(buttons(agreement));
    blocks.context(
        "Only you two see this. Coordinators see whether you have agreed, and how often you mean to meet, because the score \
         counts by it.",
    );
    let text = if agreement.is_signed() { stands } else { format!("{intro} {stands}") };
    Rendered::post(key, format!("{head}. {text}"), blocks)
}

fn buttons(agreement: &Agreement) -> [Option<Value>; 2] {
    let empty = agreement.wishes.iter().all(|wishes| *wishes == Wishes::default());
    let open = Action::Agreement(AgreementTap::Open { pair: agreement.pair.clone() });
    let sign = Action::Agreement(AgreementTap::Sign { pair: agreement.pair.clone(), version: agreement.version });
    let label = &Bank::built_in().agreement.sign;
    match (empty, agreement.check().is_ok()) {
        (true, _) => [primary("Fill in", &open), None],
        (false, true) if !agreement.is_signed() => [primary(label, &sign), button("Change", &open)],
        _ => [button("Change", &open), None],
    }
}

/// An item with what each of the two wants.
fn row(item: &Item, agreement: &Agreement, names: &[String; 2]) -> String {
    let asked = line(&item.text, ASKED);
    if matches!(item.form, ItemForm::Text { .. }) {
        let words = agreement.wishes.each_ref().map(|one| one.words.get(&item.id).filter(|words| !words.is_empty()));
        let each = names
            .iter()
            .zip(words)
            .filter_map(|(name, words)| Some(format!("{name}:\n{}", quote(words?, 1, QUOTED).concat())));
        let each: Vec<String> = each.collect();
        let each = if each.is_empty() { "…".to_owned() } else { each.join("\n") };
        return format!("*{asked}*\n{each}");
    }
    let label = |place: u8| label(item, place);
    let says = match agreement.said(item) {
        Said::Nothing => "…".to_owned(),
        Said::One(place) => label(place),
        Said::Two([one, other]) => {
            format!("{}: {} · {}: {}  _(you differ)_", names[0], label(one), names[1], label(other))
        }
    };
    format!("*{asked}*\n{says}")
}

/// The label of this place, from 1.
fn label(item: &Item, place: u8) -> String {
    let labels = Bank::built_in().labels_of(item).unwrap_or_default();
    let label = usize::from(place).checked_sub(1).and_then(|at| labels.get(at).cloned());
    line(&label.unwrap_or_default(), LABEL)
}

/// Who has said yes.
fn standing(agreement: &Agreement, names: &[String; 2]) -> String {
    let [mentee, mentor] = names;
    match (agreement.signed, agreement.agreed) {
        ([Some(_), Some(_)], Some((at, _))) => {
            format!("Both of you agreed, {}. You can change it at any time; then both are asked again.", time(at))
        }
        ([Some(_), None], _) => format!("{mentee} has agreed. {mentor}, what about you?"),
        ([None, Some(_)], _) => format!("{mentor} has agreed. {mentee}, what about you?"),
        (_, Some((at, _))) => {
            format!(
                "This was changed or opened again after you both had agreed ({}): it waits for both of you.",
                time(at)
            )
        }
        _ => "Neither of you has agreed yet.".to_owned(),
    }
}

/// The form for one of the two.
pub fn form(form: &AgreementForm) -> Value {
    let partner = name(&form.partner);
    let about = format!(
        "{partner} sees what you choose and write here, beside their own. What {partner} has chosen stands here until you \
         say otherwise."
    );
    let mut blocks = vec![section("about", &about)];
    for (item, field) in items().iter().zip(ITEMS) {
        blocks.push(input(item, field, form));
    }
    modal(&Carried::Agreement { pair: form.pair.clone() }, "Your agreement", "Save", blocks)
}

fn input(item: &Item, field: &str, form: &AgreementForm) -> Value {
    let mut block = json!({
        "type": "input",
        "block_id": field,
        "label": plain(&item.text, 2_000),
        "optional": matches!(item.form, ItemForm::Text { .. }),
    });
    let Some(labels) = Bank::built_in().labels_of(item) else {
        let mut element =
            json!({"type": "plain_text_input", "action_id": field, "multiline": true, "max_length": LONGEST});
        if let Some(words) = form.offered.words.get(&item.id).filter(|words| !words.is_empty()) {
            element["initial_value"] = words.chars().take(LONGEST).collect::<String>().into();
        }
        block["element"] = element;
        return block;
    };
    let options: Vec<Value> = (1..).zip(&labels).map(|(place, label)| option(place, label)).collect();
    let mut element = json!({"type": "radio_buttons", "action_id": field});
    let place = form.offered.choices.get(&item.id).copied().filter(|place| usize::from(*place) <= labels.len());
    if let Some(chosen) = place.and_then(|place| options.get(usize::from(place).checked_sub(1)?)) {
        element["initial_option"] = chosen.clone();
    }
    element["options"] = options.into();
    block["element"] = element;
    let theirs = form.theirs.choices.get(&item.id).copied().filter(|theirs| Some(*theirs) != place);
    if let Some(theirs) = theirs {
        block["hint"] = plain(&format!("{}: {}", super::text::plain_name(&form.partner), label(item, theirs)), 2_000);
    }
    block
}

fn option(place: u8, label: &str) -> Value {
    json!({"text": plain(label, LABEL), "value": place.to_string()})
}

/// The words after an act.
pub fn said(said: &AgreementSaid) -> String {
    match said {
        AgreementSaid::Saved { partner, ready: true } => format!(
            "Saved. Nothing is missing and you do not differ: press “We agree” in your conversation, and {} does too.",
            name(partner)
        ),
        AgreementSaid::Saved { partner, ready: false } => format!(
            "Saved. {} sees it beside their own; where you differ, talk, and one of you changes it.",
            name(partner)
        ),
        AgreementSaid::Signed { partner, both: true } => {
            format!("You and {} have agreed. It is opened again half-way.", name(partner))
        }
        AgreementSaid::Signed { partner, both: false } => {
            format!("Noted: you agree. It counts once {} agrees too.", name(partner))
        }
    }
}

/// Why something was not done.
pub fn trouble(trouble: &AgreementTrouble) -> String {
    let listed = |items: &[String]| {
        let each: Vec<String> = items.iter().map(|item| format!("“{}”", line(item, ASKED))).collect();
        and(&each)
    };
    match trouble {
        AgreementTrouble::NotOpen => {
            "Your agreement is opened once both of you have pressed Start, so nothing was saved.".to_owned()
        }
        AgreementTrouble::Missing { items } => {
            format!("This is still to be filled in: {}. Then both of you can agree.", listed(items))
        }
        AgreementTrouble::Differ { items } => {
            format!("The two of you do not say the same yet to {}. Talk, and one of you changes it.", listed(items))
        }
        AgreementTrouble::Changed => {
            "It was changed after you had looked, so your yes was not noted; please look once more.".to_owned()
        }
    }
}
