//! What a coordinator is told of a pair: on track, to watch, needs you. It changes with hysteresis, so that it does not flicker.

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

impl Seen {
    /// Whether the pair should have met by now and has not. This needs no answers.
    pub fn should_have_met(&self) -> bool {
        self.never_met && self.active_days >= self.rhythm.saturating_mul(3).max(35)
    }
}

/// The state after an evaluation. The first line that fits decides (docs/SCORING.md).
///
/// Because of `without_worst_day` no single day of one person takes a pair from above the line of Watch to `NeedsYou`.
pub fn next(before: State, seen: &Seen) -> State {
    use State::{NeedsYou, OnTrack, TooEarly, Watch};
    let health = seen.health;
    if seen.paused {
        before
    } else if seen.should_have_met() {
        NeedsYou
    } else if before == TooEarly && !seen.ready {
        TooEarly
    } else if before == NeedsYou {
        match health {
            ..50 => NeedsYou,
            50 => Watch,
            51.. => OnTrack,
        }
    } else if seen.ready && health <= 40 && seen.without_worst_day <= 50 {
        NeedsYou
    } else if before == Watch {
        if health < 60 { Watch } else { OnTrack }
    } else if health <= 50 {
        Watch
    } else {
        OnTrack
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
