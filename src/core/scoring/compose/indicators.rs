//! Totals of a digest: indicators, groups, the two sides, sealed batches. All from what was released, nothing from answers.

use std::collections::BTreeSet;

use super::View;
use crate::core::question::Indicator;
use crate::core::scoring::blocks::{Cell, Group};
use crate::core::scoring::digest::{GroupLine, IndicatorLine, Shown, WithheldGroups};
use crate::core::scoring::pool::Batch;
use crate::core::scoring::statistics::{self, Comparison};

impl View<'_> {
    pub(super) fn indicator(&self, indicator: Indicator) -> IndicatorLine {
        if !self.window.asked_about.contains(&indicator) {
            return IndicatorLine { indicator, shown: Shown::NotAsked };
        }
        IndicatorLine { indicator, shown: self.mean(indicator, &Cell::Programme) }
    }

    pub(super) fn groups(&self) -> Vec<GroupLine> {
        let rows = self.released.blocks.iter().flat_map(|block| &block.rows);
        let groups: BTreeSet<&Group> = rows
            .filter_map(|row| match &row.of {
                Cell::Group(group) => Some(group),
                Cell::Programme | Cell::Side(_) => None,
            })
            .collect();
        let line = |group: &Group| {
            let cell = Cell::Group(group.clone());
            let lines = Indicator::ALL.map(|indicator| IndicatorLine { indicator, shown: self.mean(indicator, &cell) });
            let indicators: Vec<_> =
                lines.into_iter().filter(|line| matches!(line.shown, Shown::Mean { .. })).collect();
            (!indicators.is_empty()).then(|| GroupLine { group: group.clone(), indicators })
        };
        groups.into_iter().filter_map(line).collect()
    }

    pub(super) fn comparisons(&self) -> Vec<Comparison> {
        let done = || self.released.comparisons.iter().filter(|one| one.cutoff <= self.cutoff);
        let newest = done().map(|one| one.cutoff).max();
        done().filter(|one| Some(one.cutoff) == newest).copied().collect()
    }

    pub(super) fn batches(&self) -> Vec<Batch> {
        let new = self.released.batches.iter().filter(|batch| batch.cutoff == self.cutoff);
        new.filter(|batch| batch.points.is_some()).cloned().collect()
    }

    pub(super) fn withheld(&self) -> WithheldGroups {
        let this_week = self.released.blocks.iter().filter(|block| block.cutoff == self.cutoff);
        let (mut small, mut beside) = (BTreeSet::new(), BTreeSet::new());
        for block in this_week {
            // Everybody without a group is no group that somebody would miss.
            small.extend(block.small.iter().filter(|group| group.is_some()).cloned());
            beside.extend(block.beside.iter().filter(|group| group.is_some()).cloned());
        }
        let beside = beside.difference(&small).cloned().collect();
        WithheldGroups { small: small.into_iter().collect(), beside }
    }

    fn mean(&self, indicator: Indicator, cell: &Cell) -> Shown {
        statistics::shown(&self.released.blocks, indicator, cell, self.cutoff)
    }
}
