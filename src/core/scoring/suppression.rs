//! How much of a number may be shown: the programme's threshold with its history, and whether a sum leaves doubt.

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

/// What one person adds to a sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub answers: u32,
    /// 1 to 5 for each of them.
    pub points: u32,
}

/// Whether a sum that everybody may know leaves each answer of it open, also for somebody who knows one person's share:
/// their own, or one that they were told. It does not where the others all said 1 or all said 5.
///
/// One point away from both ends is enough: whichever of two answers has it, the other has not.
pub fn leaves_doubt(shares: impl Iterator<Item = Share> + Clone) -> bool {
    let (mut people, mut answers, mut points) = (0_u32, 0, 0);
    for share in shares.clone() {
        (people, answers, points) = (people + 1, answers + share.answers, points + share.points);
    }
    let open = |share: Share| {
        let (answers, points) = (answers - share.answers, points - share.points);
        answers < points && points < 5 * answers
    };
    people >= 3 && shares.into_iter().all(open)
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

    /// `5 4, 3` is one person who said 5 and 4, and one who said 3.
    fn shares(text: &str) -> Vec<Share> {
        let share = |own: &str| {
            let points: Vec<u32> = own.split_whitespace().map(|one| one.parse().expect("points")).collect();
            Share { answers: points.len() as u32, points: points.iter().sum() }
        };
        text.split(',').map(share).collect()
    }

    #[test]
    fn doubt_is_gone_where_all_but_one_said_the_same_end() {
        for (said, open) in [
            ("4, 4, 4, 4, 4", true),
            ("5, 5, 5, 5, 5", false),
            ("1, 1, 1, 1, 1", false),
            ("5, 5, 5, 5, 1", false),
            ("5, 5, 5, 4, 4", true),
            ("5, 5, 5, 4, 1", true),
            ("1, 1, 1, 1, 2", false),
            ("1, 1, 1, 2, 2", true),
            ("1 5, 5, 5", false),
            ("1 5, 5, 4", true),
            ("5, 1", false),
        ] {
            assert_eq!(leaves_doubt(shares(said).into_iter()), open, "{said}");
        }
    }

    #[test]
    fn a_coordinators_own_pair_is_in_no_total() {
        let [ana, ravi, mia] = ["Ana", "Ravi", "Mia"].map(|name| person(name).id);
        assert!(is_counted([&ana, &ravi], std::slice::from_ref(&mia)));
        assert!(!is_counted([&ana, &ravi], &[mia, ravi.clone()]));
    }
}
