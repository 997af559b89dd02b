//! The attention budget on App Home: what the week has cost, and the menu by which one gets less, or nudges again.

use crate::core::content::HomeAttention;
use crate::core::nudge::{NudgeAct, Wanted};
use crate::slack::action::Action;

use super::super::block::{Blocks, menu};
use super::super::nudge::named;
use super::super::text::and;

/// One block.
pub(super) fn attention(attention: &HomeAttention, blocks: &mut Blocks<'_>) {
    let HomeAttention { used, nudges, weekly, most, stopped } = attention;
    let nudge = match nudges {
        0 => String::new(),
        _ => ", of them 1 nudge".to_owned(),
    };
    let kinds: Vec<String> = stopped.iter().flatten().map(|kind| named(*kind).to_owned()).collect();
    let without = match (stopped.contains(&None), kinds.is_empty()) {
        (true, _) => " You get no nudges.".to_owned(),
        (false, true) => String::new(),
        (false, false) => format!(" You get no nudges about {}.", and(&kinds)),
    };
    let choose = |wanted| Action::Nudge(NudgeAct::Chose(wanted));
    let weeks = [(3, "At most 3 a week"), (2, "At most 2 a week"), (1, "At most 1 a week")];
    let mut choices: Vec<(&str, Action)> = weeks
        .into_iter()
        .filter(|(one, _)| one != weekly && one <= most)
        .map(|(one, label)| (label, choose(Wanted::Weekly(one))))
        .collect();
    if !stopped.contains(&None) {
        choices.push(("No nudges", choose(Wanted::Stop(None))));
    }
    if !stopped.is_empty() {
        choices.push(("Nudges again", choose(Wanted::Again(None))));
    }
    blocks.section_with(
        &format!(
            "*Messages that rapport started this week:* {used} of {weekly} used{nudge}. It starts no more than that, and \
             at most one nudge.{without}"
        ),
        menu(&choices),
    );
}
