//! How a store is opened.

use chrono::TimeDelta;

use crate::core::pace::Limits;

/// How a store is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What the process will do with it.
    pub role: Role,
    /// How fast Slack's methods may be called.
    pub paces: Paces,
    /// By which clock claims run out.
    pub claims: ClaimClock,
    /// For how long a message is ours once it is claimed. A sign of a post whose reply was lost is waited for a
    /// little longer than that.
    pub patience: TimeDelta,
}

/// What a process does with the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Serves: plans, answers, delivers. On SQLite there is one such process.
    Serving,
    /// Visits: reads and writes a little, perhaps beside a serving process. It delivers nothing.
    Visiting,
}

/// By which clock claims run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimClock {
    /// The database server's on PostgreSQL, so that the replicas' clocks need not agree; on SQLite, where there is
    /// one process, `now`.
    Database,
    /// `now`, everywhere: for whoever steps a clock by hand.
    Now,
}

/// How fast Slack's methods may be called, each in one workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paces {
    pub post: Limits,
    pub update: Limits,
    pub delete: Limits,
    pub publish: Limits,
}

/// Several times what one call may take: a claimed message may wait for its turn.
const PATIENCE: TimeDelta = TimeDelta::seconds(60);

impl Options {
    /// For a process that serves.
    pub fn serving() -> Self {
        Self { role: Role::Serving, paces: Paces::default(), claims: ClaimClock::Database, patience: PATIENCE }
    }

    /// For a command that works beside it.
    pub fn visiting() -> Self {
        Self { role: Role::Visiting, ..Self::serving() }
    }

    /// How long to wait for a sign of a post whose reply was lost, before it is posted again. Slack repeats an event
    /// that nobody took after about a minute, so that this is longer.
    pub fn sign_within(&self) -> TimeDelta {
        self.patience * 5 / 4
    }
}

impl Default for Paces {
    /// Posts: a minute's worth of Slack's "several hundred" that leaves room for surprises. The others: the method's
    /// tier less a tenth.
    fn default() -> Self {
        Self {
            post: Limits { start: 60, top: 200, burst: 20 },
            update: Limits::steady(45, 10),
            delete: Limits::steady(45, 10),
            publish: Limits::steady(90, 20),
        }
    }
}

impl Paces {
    /// With this many posts a minute at the most, in the proportions of the usual pace: it begins at three tenths, and
    /// a tenth of a minute's posts may go at once.
    pub fn up_to(posts_per_minute: u32) -> Self {
        let usual = Self::default();
        let start = (posts_per_minute / 10 * 3).max(usual.post.start).min(posts_per_minute);
        let burst = (posts_per_minute / 10).max(1);
        Self { post: Limits { start, top: posts_per_minute, burst }, ..usual }
    }

    /// Without a limit of our own: for measurements against a Slack that has none.
    pub fn unlimited() -> Self {
        let limits = Limits::steady(60_000_000, 1_000_000);
        Self { post: limits, update: limits, delete: limits, publish: limits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_keeps_its_proportions() {
        for (top, start, burst) in [(1, 1, 1), (45, 45, 4), (200, 60, 20), (600, 180, 60), (60_000, 18_000, 6_000)] {
            assert_eq!(Paces::up_to(top).post, Limits { start, top, burst }, "{top}");
        }
        assert_eq!(Paces::up_to(200), Paces::default());
    }
}
