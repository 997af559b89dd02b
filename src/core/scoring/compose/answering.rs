//! Who answered, and which pairs fell silent.

use std::collections::BTreeSet;

use super::View;
use crate::core::question::Role;
use crate::core::scoring::digest::{Rate, Silent};
use crate::core::scoring::record::Record;

/// Pulses in a row without an answer, after which a side is called silent.
const SILENT_AFTER: usize = 3;

impl View<'_> {
    /// Answered of asked in the week that ended so many weeks before the cut-off.
    pub(super) fn rate(&self, weeks_ago: i64) -> Rate {
        let mut rate = Rate::default();
        for asked in self.pairs.iter().flat_map(|seen| &seen.row.record.asked) {
            if self.within(asked.closed, weeks_ago, 1) {
                rate.asked += 1;
                rate.answered += u32::from(asked.answered);
            }
        }
        rate
    }

    /// People who were asked nothing this week because they rest: each once, in however many pairs.
    pub(super) fn resting(&self) -> u32 {
        let resting = self.pairs.iter().flat_map(|seen| {
            let pair = &seen.row.pair;
            seen.row.record.resting.iter().map(|role| pair.side(*role))
        });
        u32::try_from(resting.collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX)
    }

    pub(super) fn silent(&self) -> Vec<Silent> {
        let silent = |pair: &super::Seen<'_>| {
            let record = &pair.row.record;
            let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| is_silent(record, *role)).collect();
            (!roles.is_empty()).then(|| Silent { pair: pair.row.pair.id.clone(), roles })
        };
        self.pairs.iter().filter_map(silent).collect()
    }
}

/// Skipped and folded asks are neither answered nor missed.
fn is_silent(record: &Record, role: Role) -> bool {
    let mut last = record.asked.iter().filter(|asked| asked.role == role).take(SILENT_AFTER);
    let missed = last.by_ref().take_while(|asked| !asked.answered).count();
    missed == SILENT_AFTER
}
