//! What to do this week, in the order of need, and whom to watch.

use super::{Seen, View};
use crate::core::scoring::digest::{ActionLine, LINES, PairHealth, What};
use crate::core::scoring::state::State;

/// Pairs and lines that a digest names beyond "do this week": more than anybody reads in one go.
pub(super) const NAMED: usize = 500;

impl View<'_> {
    /// The lines of "do this week", and those that found no place among them.
    ///
    /// Direct signals never wait for a score; then come pairs that need somebody, lowest Health first; hints come last.
    pub(super) fn lines(&self) -> (Vec<ActionLine>, Vec<ActionLine>) {
        let needs = self.by_health(State::NeedsYou).into_iter().map(What::Pair);
        let hints = self.running().filter(|seen| seen.look.gap && seen.look.state != State::NeedsYou);
        let hints = hints.map(|seen| What::Gap { pair: seen.row.pair.id.clone() });
        let all = self.signals().into_iter().chain(needs).chain(hints);
        let mut lines = all.map(|what| ActionLine::new(&self.window.program.id, self.cutoff, what));
        (lines.by_ref().take(LINES).collect(), lines.take(NAMED).collect())
    }

    /// Pairs to watch, lowest Health first.
    pub(super) fn watch(&self) -> Vec<PairHealth> {
        let mut watch = self.by_health(State::Watch);
        watch.truncate(NAMED);
        watch
    }

    fn by_health(&self, state: State) -> Vec<PairHealth> {
        let mut pairs: Vec<&Seen<'_>> = self.running().filter(|seen| seen.look.state == state).collect();
        pairs.sort_by_key(|seen| (seen.look.order(), &seen.row.pair.id));
        pairs.into_iter().map(|seen| seen.look.pair_health(&seen.row.pair, &seen.row.record)).collect()
    }
}
