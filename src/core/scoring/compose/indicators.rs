//! The five indicators as means: computed from answers that coordinators may see, withheld below the threshold.

use std::collections::BTreeMap;

use super::View;
use crate::core::answer::Audience;
use crate::core::id::PersonId;
use crate::core::pulse::AskState;
use crate::core::question::{Bank, Indicator};
use crate::core::scoring::digest::{IndicatorLine, Shown};
use crate::core::scoring::mean;

impl View<'_> {
    pub(super) fn indicator(&self, indicator: Indicator) -> IndicatorLine {
        let bank = Bank::built_in();
        let is_about = |question: &str| bank.question(question).is_some_and(|known| known.indicator == indicator);
        let asked = self.asks.iter().filter(|ask| self.within(ask.closed, 0, 4)).any(|ask| {
            !matches!(ask.state, AskState::Folded { .. }) && ask.questions.iter().any(|one| is_about(one.as_str()))
        });
        if !asked {
            return IndicatorLine { indicator, shown: Shown::NotAsked };
        }
        // Totals-only answers are in no number of this page, so that none can be solved for.
        let points = |ago| {
            let mut of_person: BTreeMap<&PersonId, Vec<u8>> = BTreeMap::new();
            for row in self.answers.iter().filter(|row| self.within(row.closed, ago, 4)) {
                let Some(question) = bank.question(row.question.as_str()) else { continue };
                if question.indicator == indicator && row.audience != Audience::OnlyTotals {
                    let value = if question.reverse { 6 - row.value } else { row.value };
                    of_person.entry(&row.person).or_default().push(value);
                }
            }
            of_person
        };
        let threshold = usize::from(self.window.program.threshold);
        let shown = mean::shown(&points(0), &points(4), &self.window.program.coordinators, threshold);
        IndicatorLine { indicator, shown }
    }
}
