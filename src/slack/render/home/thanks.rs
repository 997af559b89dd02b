//! Thanks on App Home: what waits, for whoever said it.

use crate::core::content::WaitingThanks;

use super::super::block::Blocks;
use super::super::thanks;

/// Thanks that stand here, and the blocks that the rest of the page needs.
const SHOWN: usize = 2;
const REST: usize = 26;

pub(super) fn waiting(waiting: &[WaitingThanks], blocks: &mut Blocks<'_>) {
    for one in waiting.iter().take(SHOWN) {
        if blocks.left() > REST {
            thanks::on_home(one, blocks);
        }
    }
    if waiting.len() > SHOWN {
        blocks.context("For the others that wait: */rapport thanks with* and a name.");
    }
}
