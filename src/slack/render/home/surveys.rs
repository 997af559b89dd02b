//! Surveys that wait, on App Home.

use crate::core::content::SurveyRow;

use super::super::block::Blocks;
use super::super::survey;

/// Surveys that stand here; the rest is in its message.
const SHOWN: usize = 6;

pub(super) fn surveys(rows: &[SurveyRow], blocks: &mut Blocks<'_>) {
    for row in rows.iter().take(SHOWN) {
        survey::on_home(row, blocks);
    }
    if rows.len() > SHOWN {
        blocks.context("For the other surveys: “Answer” in their message.");
    }
}
