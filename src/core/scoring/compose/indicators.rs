//! The five indicators as means: computed from answers that coordinators may see, withheld below the threshold.

use std::collections::BTreeMap;

use super::View;
use crate::core::id::PersonId;
use crate::core::question::Indicator;
use crate::core::scoring::digest::{IndicatorLine, Shown};
use crate::core::scoring::mean;

impl View<'_> {
    pub(super) fn indicator(&self, indicator: Indicator) -> IndicatorLine {
        if !self.window.asked_about.contains(&indicator) {
            return IndicatorLine { indicator, shown: Shown::NotAsked };
        }
        // Totals-only answers are in no number of this page, so that none can be solved for.
        let points = |ago| {
            let mut of_person: BTreeMap<&PersonId, Vec<u8>> = BTreeMap::new();
            for row in self.window.pairs.iter().filter(|row| !self.own.contains(&row.pair.id)) {
                let given = row.record.given.iter().filter(|given| given.question.indicator == indicator);
                for given in given.filter(|given| self.within(given.closed, ago, 4)) {
                    let value = if given.question.reverse { 6 - given.value } else { given.value };
                    of_person.entry(row.pair.side(given.role)).or_default().push(value);
                }
            }
            of_person
        };
        let threshold = usize::from(self.window.program.threshold);
        let shown = mean::shown(&points(0), &points(4), &self.window.program.coordinators, threshold);
        IndicatorLine { indicator, shown }
    }
}
