//! Who met, how long between meetings, and who is not known to have met.

use chrono::NaiveDate;

use super::{View, named};
use crate::core::cadence::civil;
use crate::core::scoring::digest::{Meetings, NeverMet};
use crate::core::scoring::record::begins;

/// Days after which a pair without a known meeting is named.
const NEVER_MET_DAYS: i64 = 7;

impl View<'_> {
    /// Pairs without a known meeting, as many as are named; and how many more.
    pub(super) fn never_met(&self, until: NaiveDate) -> (Vec<NeverMet>, u32) {
        let unmet = self.running().filter(|seen| seen.row.record.last_met.is_none());
        let mut lines: Vec<NeverMet> = unmet
            .map(|seen| &seen.row.pair)
            .map(|pair| (&pair.id, (until - begins(&self.window.program, pair)).num_days() + 1))
            .filter(|(_, days)| *days >= NEVER_MET_DAYS)
            .map(|(pair, days)| NeverMet { pair: pair.clone(), days: u32::try_from(days).unwrap_or(u32::MAX) })
            .collect();
        lines.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.pair.cmp(&b.pair)));
        named(lines)
    }

    pub(super) fn meetings(&self) -> Meetings {
        let met = self.running().filter(|seen| seen.row.record.last_met.is_some_and(|at| self.within(at, 0, 1)));
        let day = |at| civil(self.window.program.zone, at).date();
        let gap = |seen: &super::Seen<'_>| {
            let (last, before) = seen.row.record.last_met.zip(seen.row.record.met_before)?;
            u32::try_from((day(last) - day(before)).num_days()).ok()
        };
        Meetings {
            met: u32::try_from(met.count()).unwrap_or(u32::MAX),
            pairs: u32::try_from(self.running().count()).unwrap_or(u32::MAX),
            median_gap_days: median(self.running().filter_map(gap).collect()),
        }
    }
}

/// The middle one, or the mean of the two in the middle, rounded up.
fn median(mut days: Vec<u32>) -> Option<u32> {
    days.sort_unstable();
    let (last, middle) = (days.len().checked_sub(1)?, days.len() / 2);
    Some((days[last - middle] + days[middle]).div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_of_gaps() {
        for (days, expected) in [
            (vec![], None),
            (vec![7], Some(7)),
            (vec![14, 7], Some(11)),
            (vec![30, 1, 7], Some(7)),
            (vec![1, 2, 3, 100], Some(3)),
        ] {
            assert_eq!(median(days.clone()), expected, "{days:?}");
        }
    }
}
