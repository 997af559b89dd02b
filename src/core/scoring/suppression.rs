//! How much of a number may be shown: the programme's threshold with its history, and whether a sum leaves doubt about what is in it.

use chrono::{DateTime, Utc};

use crate::core::id::PersonId;

/// A threshold that a programme had once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastThreshold {
    /// Until then it was in force.
    pub until: DateTime<Utc>,
    /// 3 to 10 people.
    pub people: u8,
}

/// The programme's threshold, as each answer was promised it: raising it counts at once, lowering it only for answers
/// given after the change (docs/PRIVACY.md).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds {
    now: u8,
    past: Vec<PastThreshold>,
}

impl Thresholds {
    pub fn new(now: u8, past: Vec<PastThreshold>) -> Self {
        Self { now, past }
    }

    /// How many people a number must be about whose oldest answer was given then: the highest threshold that was in
    /// force at any time since.
    pub fn since(&self, oldest: DateTime<Utc>) -> usize {
        let past = self.past.iter().filter(|past| past.until > oldest).map(|past| past.people);
        usize::from(past.fold(self.now, u8::max))
    }
}

/// A sum of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub answers: u32,
    /// 1 to 5 for each of them.
    pub points: u32,
}

impl Sum {
    /// Whether each answer of a published sum can be another one: it can, unless all said 1 or all said 5.
    ///
    /// This looks at nothing but the sum itself. Were it to look at single answers, a sum that is shown would tell that
    /// they were not those for which it would have been withheld.
    pub fn leaves_doubt(self) -> bool {
        self.leaves_doubt_beside(0)
    }

    /// The same for a reader who knows so many of the answers: their own, or those that somebody told them. Whatever
    /// these are, the others did not all say 1 or all say 5.
    pub fn leaves_doubt_beside(self, known: u32) -> bool {
        let (answers, points, known) = (u64::from(self.answers), u64::from(self.points), u64::from(known));
        answers + 4 * known < points && points + 4 * known < 5 * answers
    }
}

/// Whether answers of a pair of these two enter totals. Not where a coordinator takes part: coordinators read totals, know
/// their own answers, and must learn nothing of their partner's by taking them out. So a total is the same for all who
/// read it, and every threshold is counted without coordinators.
pub fn is_counted(pair: [&PersonId; 2], coordinators: &[PersonId]) -> bool {
    !pair.into_iter().any(|one| coordinators.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::{person, utc};

    #[test]
    fn raising_counts_at_once_and_lowering_for_later_answers() {
        let past = |until: &str, people| PastThreshold { until: utc(until), people };
        let lowered = Thresholds::new(3, vec![past("2026-05-10 12:00", 6), past("2026-05-20 12:00", 5)]);
        for (given, people) in [
            ("2026-05-01 08:00", 6),
            ("2026-05-10 11:59", 6),
            ("2026-05-10 12:00", 5),
            ("2026-05-20 11:59", 5),
            ("2026-05-20 12:00", 3),
        ] {
            assert_eq!(lowered.since(utc(given)), people, "{given}");
        }
        let raised = Thresholds::new(8, vec![past("2026-05-10 12:00", 3)]);
        assert_eq!(raised.since(utc("2026-05-01 08:00")), 8);
        assert_eq!(Thresholds::new(5, Vec::new()).since(utc("2026-05-01 08:00")), 5);
    }

    #[test]
    fn doubt_is_gone_at_the_ends() {
        for (answers, points, alone, beside_one) in [
            (5, 5, false, false),
            (5, 6, true, false),
            (5, 9, true, false),
            (5, 10, true, true),
            (5, 20, true, true),
            (5, 21, true, false),
            (5, 24, true, false),
            (5, 25, false, false),
            (3, 7, true, false),
            (3, 8, true, true),
            (2, 6, true, false),
            (0, 0, false, false),
        ] {
            let sum = Sum { answers, points };
            assert_eq!((sum.leaves_doubt(), sum.leaves_doubt_beside(1)), (alone, beside_one), "{sum:?}");
        }
    }

    #[test]
    fn a_coordinators_own_pair_is_in_no_total() {
        let [ana, ravi, mia] = ["Ana", "Ravi", "Mia"].map(|name| person(name).id);
        assert!(is_counted([&ana, &ravi], std::slice::from_ref(&mia)));
        assert!(!is_counted([&ana, &ravi], &[mia, ravi.clone()]));
    }
}
