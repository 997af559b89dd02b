//! Who answered, and which pairs fell silent.

use std::collections::BTreeSet;

use super::{View, named};
use crate::core::question::Role;
use crate::core::scoring::digest::{ActionLine, Rate, Silent};
use crate::core::scoring::record::Record;

/// Pulses in a row without an answer, after which a side is called silent.
const SILENT_AFTER: usize = 3;

impl<'a> View<'a> {
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

    /// Pairs that fell silent, as many as are named, first those of the lines that say so too; and how many more.
    pub(super) fn silent(&self, lines: &[ActionLine]) -> (Vec<Silent>, u32) {
        let silent = |pair: &super::Seen<'_>| {
            let record = &pair.row.record;
            let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| is_silent(record, *role)).collect();
            (!roles.is_empty()).then(|| Silent { pair: pair.row.pair.id.clone(), roles })
        };
        let mut all: Vec<Silent> = self.pairs.iter().filter_map(silent).collect();
        all.sort_by_key(|silent| lines.iter().all(|line| line.pair() != Some(&silent.pair)));
        named(all)
    }
}

/// Skipped and folded asks are neither answered nor missed.
fn is_silent(record: &Record, role: Role) -> bool {
    let mut last = record.asked.iter().filter(|asked| asked.role == role).take(SILENT_AFTER);
    let missed = last.by_ref().take_while(|asked| !asked.answered).count();
    missed == SILENT_AFTER
}
