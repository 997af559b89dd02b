//! Agreements on App Home: what waits for its reader, and when the two agreed.

use crate::core::content::HomeAgreement;
use crate::slack::action::Action;
use crate::slack::action::agreement::AgreementTap;

use super::super::block::{Blocks, button};
use super::super::text::{name, time};

/// Pairs whose agreement stands here, and the blocks that the rest of the page needs.
const SHOWN: usize = 6;
const REST: usize = 30;

pub(super) fn agreements(agreements: &[HomeAgreement], blocks: &mut Blocks<'_>) {
    // What waits for the reader comes first.
    let (waiting, rest): (Vec<_>, Vec<_>) = agreements.iter().partition(|one| !one.signed && !one.own);
    for one in waiting.into_iter().chain(rest).take(SHOWN) {
        if blocks.left() < REST {
            return;
        }
        let open = Action::Agreement(AgreementTap::Open { pair: one.pair.clone() });
        let partner = name(&one.partner);
        let says = match (one.signed, one.own, one.agreed) {
            (true, _, Some(at)) => format!("you both agreed, {}", time(at)),
            (_, true, _) => format!("you have agreed; it counts once {partner} agrees too"),
            _ if one.ready => {
                "it says the same for both; look at it in your conversation and press “We agree” there".to_owned()
            }
            _ => "still to be filled in by you two".to_owned(),
        };
        let words = format!("*Your agreement with {partner}*: {says}.");
        blocks.section_with(&words, button("Look and change", &open));
    }
}
