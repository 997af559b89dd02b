//! What a coordinator is told of a pair: on track, to watch, needs you. It changes with hysteresis, so that it does not flicker.

use super::rules::{Rules, RulesVersion};
use crate::core::words::words;

words! {
    /// How a pair stands. Pauses and endings are outside of scoring.
    pub enum State: "a state" {
        /// Too little is known yet to say anything.
        TooEarly = "too_early",
        OnTrack = "on_track",
        Watch = "watch",
        NeedsYou = "needs_you",
    }
}

/// What one weekly evaluation saw of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub health: u8,
    /// Health without the one day of one person that lowers it most.
    pub without_worst_day: u8,
    /// Enough is known: [`super::health::is_ready`].
    pub ready: bool,
    /// No meeting is known.
    pub never_met: bool,
    /// Since the pair began.
    pub active_days: u32,
    /// Agreed days between meetings.
    pub rhythm: u32,
    /// Paused now: the state is kept, and nothing is counted.
    pub paused: bool,
}

/// Where the states begin and end; part of a version of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// A pair comes to need somebody at this Health, if without the worst day it is `watch` at most.
    pub needs_you: u8,
    /// A pair comes to be watched at this Health.
    pub watch: u8,
    /// Below this Health a pair that needed somebody still does.
    pub needs_you_ends: u8,
    /// Below this Health a pair that was watched still is.
    pub watch_ends: u8,
    /// Active days and rhythms after which a pair should have met for the first time: whichever is later.
    pub unmet_days: u32,
    pub unmet_rhythms: u32,
}

impl Seen {
    /// Whether, by the current rules, the pair should have met by now and has not. This needs no answers.
    pub fn should_have_met(&self) -> bool {
        RulesVersion::CURRENT.rules().should_have_met(self)
    }
}

/// The state after an evaluation by the current rules.
pub fn next(before: State, seen: &Seen) -> State {
    RulesVersion::CURRENT.rules().next(before, seen)
}

impl Rules {
    fn should_have_met(&self, seen: &Seen) -> bool {
        let latest = seen.rhythm.saturating_mul(self.lines.unmet_rhythms).max(self.lines.unmet_days);
        seen.never_met && seen.active_days >= latest
    }

    /// The state after an evaluation by these rules. The first line that fits decides (docs/SCORING.md).
    ///
    /// Because of `without_worst_day` no single day of one person takes a pair from above the line of Watch to `NeedsYou`.
    pub fn next(&self, before: State, seen: &Seen) -> State {
        use State::{NeedsYou, OnTrack, TooEarly, Watch};
        let (health, lines) = (seen.health, &self.lines);
        let below = |line: u8| if health <= line { Watch } else { OnTrack };
        if seen.paused {
            before
        } else if self.should_have_met(seen) {
            NeedsYou
        } else if before == TooEarly && !seen.ready {
            TooEarly
        } else if before == NeedsYou {
            if health < lines.needs_you_ends { NeedsYou } else { below(lines.watch) }
        } else if seen.ready && health <= lines.needs_you && seen.without_worst_day <= lines.watch {
            NeedsYou
        } else if before == Watch {
            if health < lines.watch_ends { Watch } else { OnTrack }
        } else {
            below(lines.watch)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::State::{NeedsYou, OnTrack, TooEarly, Watch};
    use super::*;

    const READY: Seen = Seen {
        health: 80,
        without_worst_day: 80,
        ready: true,
        never_met: false,
        active_days: 60,
        rhythm: 14,
        paused: false,
    };

    fn check(before: State, health: u8, without_worst_day: u8, expected: State) {
        let seen = Seen { health, without_worst_day, ..READY };
        assert_eq!(next(before, &seen), expected, "{before}, {health}, {without_worst_day}");
    }

    #[test]
    fn a_pair_comes_to_need_somebody_by_more_than_one_day() {
        check(OnTrack, 40, 50, NeedsYou);
        check(OnTrack, 41, 50, Watch);
        check(OnTrack, 40, 51, Watch);
        check(OnTrack, 0, 51, Watch);
        check(OnTrack, 51, 51, OnTrack);
        check(OnTrack, 50, 50, Watch);
        check(Watch, 40, 50, NeedsYou);
        check(Watch, 40, 51, Watch);
        check(TooEarly, 40, 50, NeedsYou);
        check(TooEarly, 50, 50, Watch);
        check(TooEarly, 51, 51, OnTrack);
    }

    #[test]
    fn a_pair_leaves_a_state_higher_than_it_came() {
        check(NeedsYou, 0, 0, NeedsYou);
        check(NeedsYou, 49, 49, NeedsYou);
        check(NeedsYou, 50, 50, Watch);
        check(NeedsYou, 51, 51, OnTrack);
        check(Watch, 41, 41, Watch);
        check(Watch, 59, 59, Watch);
        check(Watch, 60, 60, OnTrack);
    }

    #[test]
    fn the_worked_examples_of_the_published_rules() {
        check(OnTrack, 68, 80, OnTrack);
        check(OnTrack, 50, 62, Watch);
        check(OnTrack, 59, 59, OnTrack);
        check(OnTrack, 29, 41, NeedsYou);
    }

    #[test]
    fn little_evidence_is_too_early_except_for_a_meeting_that_never_was() {
        let early = Seen { ready: false, health: 20, without_worst_day: 20, ..READY };
        assert_eq!(next(TooEarly, &early), TooEarly);
        // Once known it stays known, but nothing new is claimed without evidence.
        assert_eq!(next(OnTrack, &early), Watch);
        let unmet = |active_days, rhythm| Seen { never_met: true, active_days, rhythm, ..early };
        for (active_days, rhythm, expected) in [
            (34, 7, TooEarly),
            (35, 7, NeedsYou),
            (41, 14, TooEarly),
            (42, 14, NeedsYou),
            (83, 28, TooEarly),
            (84, 28, NeedsYou),
        ] {
            assert_eq!(next(TooEarly, &unmet(active_days, rhythm)), expected, "{active_days}, {rhythm}");
        }
    }

    #[test]
    fn a_pause_keeps_the_state() {
        for before in State::ALL {
            assert_eq!(next(before, &Seen { paused: true, never_met: true, health: 0, ..READY }), before);
        }
    }
}
