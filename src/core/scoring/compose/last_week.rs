//! What became of the lines of last week's list.

use super::View;
use crate::core::id::PairId;
use crate::core::scoring::digest::{ActionLine, Became, Digest, Outcome, PairHealth, What};
use crate::core::scoring::state::State;

impl View<'_> {
    /// The lines of the digest before, in their order, without those that became the reader's own affair.
    pub(super) fn outcomes(&self, before: Option<&Digest>) -> Vec<Outcome> {
        let lines = before.map(|digest| digest.actions.as_slice()).unwrap_or_default();
        let others = lines.iter().filter(|line| line.pair().is_none_or(|pair| !self.own.contains(pair)));
        let same_rules = before.is_some_and(Digest::is_of_current_rules);
        others.map(|line| self.outcome(line, same_rules)).collect()
    }

    fn outcome(&self, line: &ActionLine, same_rules: bool) -> Outcome {
        let handled = self.window.handled.contains(&line.line);
        let rest = line.pair().and_then(|pair| self.at_rest(pair));
        let became = match (&line.what, rest) {
            (What::Pair(_) | What::Gap { .. } | What::Help { .. }, Some(rest)) => rest,
            (What::Pair(was), None) => self.now(was, same_rules),
            (What::Gap { .. } | What::Help { .. } | What::Declined { .. }, _) if handled => Became::Closed,
            (What::Gap { .. } | What::Help { .. } | What::Declined { .. }, _) => Became::Open,
        };
        Outcome { line: line.line.clone(), pair: line.pair().cloned(), handled, became }
    }

    /// A pair that nothing is asked of any more, or for some time.
    fn at_rest(&self, pair: &PairId) -> Option<Became> {
        match self.pairs.iter().find(|seen| seen.row.pair.id == *pair) {
            None => match self.window.pairs.iter().find(|row| row.pair.id == *pair) {
                Some(row) if row.declined && row.pair.ended.is_none_or(|at| at > self.cutoff) => Some(Became::Left),
                _ => Some(Became::Ended),
            },
            Some(seen) if seen.is_paused() => Some(Became::Paused),
            Some(_) => None,
        }
    }

    fn now(&self, was: &PairHealth, same_rules: bool) -> Became {
        let seen = self.running().find(|seen| seen.row.pair.id == was.pair);
        match seen {
            Some(seen) if seen.look.state != State::NeedsYou => {
                Became::Recovered { from: was.health.filter(|_| same_rules), to: seen.look.health() }
            }
            _ => Became::Open,
        }
    }
}
