//! Who answered, and which pairs fell silent.

use std::collections::BTreeMap;

use super::View;
use crate::core::id::PairId;
use crate::core::pulse::AskState;
use crate::core::question::Role;
use crate::core::scoring::digest::{Rate, Silent};
use crate::core::scoring::window::PairRow;

/// Pulses in a row without an answer, after which a side is called silent.
const SILENT_AFTER: usize = 3;

impl View<'_> {
    /// Answered of asked in the week that ended so many weeks before the cut-off.
    pub(super) fn rate(&self, weeks_ago: i64) -> Rate {
        let mut rate = Rate::default();
        for ask in self.asks.iter().filter(|ask| self.within(ask.closed, weeks_ago, 1)) {
            match ask.state {
                AskState::Answered { .. } => {
                    rate.answered += 1;
                    rate.asked += 1;
                }
                AskState::Closed { .. } | AskState::Open => rate.asked += 1,
                AskState::Skipped { .. } | AskState::Folded { .. } => {}
            }
        }
        rate
    }

    pub(super) fn silent(&self) -> Vec<Silent> {
        // The newest asks of each side first; skipped and folded ones are neither answered nor missed.
        let mut newest: BTreeMap<(&PairId, Role), Vec<AskState>> = BTreeMap::new();
        for ask in self.asks.iter().rev() {
            if matches!(ask.state, AskState::Answered { .. } | AskState::Closed { .. }) {
                newest.entry((&ask.pair, ask.role)).or_default().push(ask.state);
            }
        }
        let is_silent = |pair: &PairId, role: Role| {
            let states = newest.get(&(pair, role)).map(Vec::as_slice).unwrap_or_default();
            let last = states.get(..SILENT_AFTER);
            last.is_some_and(|last| last.iter().all(|state| matches!(state, AskState::Closed { .. })))
        };
        let silent = |row: &&PairRow| {
            let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| is_silent(&row.pair.id, *role)).collect();
            (!roles.is_empty()).then(|| Silent { pair: row.pair.id.clone(), roles })
        };
        self.pairs.iter().filter_map(silent).collect()
    }
}
