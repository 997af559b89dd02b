//! Who met, and who is not known to have met.

use chrono::NaiveDate;

use super::View;
use crate::core::scoring::digest::NeverMet;

/// Days after which a pair without a known meeting is named.
const NEVER_MET_DAYS: i64 = 7;

impl View<'_> {
    pub(super) fn never_met(&self, until: NaiveDate) -> Vec<NeverMet> {
        let unmet = self.pairs.iter().filter(|row| row.last_met.is_none());
        let mut lines: Vec<NeverMet> = unmet
            .map(|row| (&row.pair.id, (until - row.pair.starts.max(self.window.program.starts)).num_days() + 1))
            .filter(|(_, days)| *days >= NEVER_MET_DAYS)
            .map(|(pair, days)| NeverMet { pair: pair.clone(), days: u32::try_from(days).unwrap_or(u32::MAX) })
            .collect();
        lines.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.pair.cmp(&b.pair)));
        lines
    }

    pub(super) fn met(&self) -> u32 {
        let met = self.pairs.iter().filter(|row| row.last_met.is_some_and(|at| self.within(at, 0, 1)));
        u32::try_from(met.count()).unwrap_or(u32::MAX)
    }
}
