//! Thanks: the form, the words after it, what the other reads, and what waits on App Home.

use serde_json::Value;

use crate::core::content::{ThanksForm, ThanksPost, ThanksSaid, WaitingThanks};
use crate::core::id::MessageKey;
use crate::core::thanks::{LONGEST, MOST_LATELY, ThanksAct, ThanksRefusal};
use crate::slack::action::Action;
use crate::slack::form::Form as Carried;

use super::Rendered;
use super::block::{Blocks, button};
use super::form::{modal, section, words_block, words_input};
use super::text::{line, name, quote, time};

/// The longest piece of a quotation.
const PIECE: usize = 2_900;

/// Who reads it: the promise that stands on the form.
pub fn promise(partner: &str) -> String {
    format!(
        "Only {} reads this, in a message of this app and in their own record. For ten minutes you can take it back. \
         Coordinators see at most how often thanks is said.",
        name(partner)
    )
}

/// The modal.
pub fn form(form: &ThanksForm) -> Value {
    let mut input = words_input();
    input["max_length"] = LONGEST.into();
    let stands = !form.words.is_empty();
    if stands {
        input["initial_value"] = form.words.chars().take(LONGEST).collect::<String>().into();
    }
    let hint = if stands { "An empty field takes it back; nothing of it stays." } else { "What helped, and how?" };
    let carried = Carried::Thanks { pair: form.pair.clone(), thanks: form.thanks.clone() };
    let blocks = vec![section("about", &promise(&form.partner)), words_block("Your thanks", hint, stands, input)];
    modal(&carried, "Say thanks", "Send", blocks)
}

/// The words after the form.
pub fn said(said: &ThanksSaid) -> String {
    match said {
        ThanksSaid::Waits { partner, due } => {
            format!(
                "It waits until {}; until then you can take it back, in the Home tab. After that {} gets it, in their own \
                 working time.",
                time(*due),
                name(partner)
            )
        }
        ThanksSaid::TakenBack { partner } => {
            format!("Taken back. Nothing of it is left, and {} does not learn of it.", name(partner))
        }
    }
}

/// What the other reads.
pub fn post(post: &ThanksPost, key: &MessageKey, revision: i64) -> Rendered {
    let mut blocks = Blocks::message(key, revision);
    let program = post.program_name.as_ref().map(|program| format!(" ({})", name(program))).unwrap_or_default();
    let text = format!("{} says thanks to you{program}.", name(&post.from));
    blocks.section(&text);
    for piece in quote(&post.words, 2, PIECE) {
        blocks.section(&piece);
    }
    if post.running {
        blocks.row([button("Say thanks", &Action::Thanks(ThanksAct::Open { pair: post.pair.clone() }))]);
    }
    blocks.context("Only you two read this. It stays in your record.");
    Rendered::post(key, text, blocks)
}

/// What waits, for whoever said it: two blocks.
pub fn on_home(waits: &WaitingThanks, blocks: &mut Blocks<'_>) {
    let (pair, thanks) = (waits.pair.clone(), waits.thanks.clone());
    blocks.section(&format!(
        "*Your thanks to {}* waits until {}; until then you can take it back.\n> {}",
        name(&waits.partner),
        time(waits.due),
        line(&waits.words, LONGEST)
    ));
    blocks.row([
        button("Take it back", &Action::Thanks(ThanksAct::TakeBack { pair: pair.clone(), thanks })),
        button("Change the words", &Action::Thanks(ThanksAct::Open { pair })),
    ]);
}

/// The sentence of a refusal.
pub fn refused(refusal: ThanksRefusal) -> String {
    match refusal {
        ThanksRefusal::OnItsWay => "This thanks is sent, or was taken back before; nothing was changed.".to_owned(),
        ThanksRefusal::Enough => {
            format!("You said thanks {MOST_LATELY} times today, which is plenty for one day; tomorrow is fine too.")
        }
    }
}
