//! What is known of a pair's goals without their words: for planning, nudges and scoring.

use chrono::{DateTime, Utc};

use super::GoalState;
use crate::core::id::GoalId;

/// Facts that both of a pair know. No words, so that no message can hold any that its reader may not see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoalFacts {
    /// Goals that were ever set, dropped ones included.
    pub set: u32,
    /// Goals that are open, that were reached, and that were dropped.
    pub open: u32,
    pub reached: u32,
    pub dropped: u32,
    /// When a goal was set, moved or reached last.
    pub moved: Option<DateTime<Utc>>,
    /// Of the open goals, the one that has not moved for longest.
    pub quiet: Option<Quiet>,
}

/// An open goal and when it moved last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub goal: GoalId,
    pub moved: DateTime<Utc>,
}

impl GoalFacts {
    /// Adds one goal: how it stands, and when it moved last.
    pub fn add(&mut self, goal: GoalId, state: GoalState, moved: DateTime<Utc>) {
        self.set = self.set.saturating_add(1);
        self.moved = self.moved.max(Some(moved));
        let count = match state {
            GoalState::Open => &mut self.open,
            GoalState::Reached => &mut self.reached,
            GoalState::Dropped => &mut self.dropped,
        };
        *count = count.saturating_add(1);
        if state == GoalState::Open && self.quiet.as_ref().is_none_or(|quiet| moved < quiet.moved) {
            self.quiet = Some(Quiet { goal, moved });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::utc;

    #[test]
    fn the_quiet_one_is_open_and_moved_longest_ago() {
        let mut facts = GoalFacts::default();
        facts.add("done".into(), GoalState::Reached, utc("2026-05-01 09:00"));
        assert_eq!((facts.set, facts.open, facts.quiet.clone()), (1, 0, None));
        facts.add("new".into(), GoalState::Open, utc("2026-06-01 09:00"));
        facts.add("old".into(), GoalState::Open, utc("2026-05-20 09:00"));
        assert_eq!((facts.set, facts.open, facts.moved), (3, 2, Some(utc("2026-06-01 09:00"))));
        assert_eq!(facts.quiet.map(|quiet| quiet.goal), Some("old".into()));
    }
}
