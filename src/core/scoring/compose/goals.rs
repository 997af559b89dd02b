//! How many goals were set and reached, where enough pairs have any.

use super::View;
use crate::core::scoring::digest::Goals;

impl View<'_> {
    /// Of pairs that run and have ever had a goal. `None` where these are fewer than the threshold: a count of few would
    /// say whose goal it was. Pairs of coordinators are not counted towards it.
    pub(super) fn goals(&self) -> Option<Goals> {
        let (mut goals, mut of_others) = (Goals { set: 0, reached: 0 }, 0_u32);
        for seen in self.pairs.iter().filter(|seen| seen.row.record.goals.last.is_some()) {
            let moves = seen.row.record.goals;
            goals.set = goals.set.saturating_add(moves.set);
            goals.reached = goals.reached.saturating_add(moves.reached);
            of_others += u32::from(!self.window.program.coordinators.iter().any(|one| seen.has(one)));
        }
        (of_others >= u32::from(self.window.program.threshold)).then_some(goals)
    }
}
