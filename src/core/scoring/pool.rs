//! Sealed batches: the only place where answers for totals only come out, and how.
//!
//! A coordinator knows all named answers, so a total that mixes one hidden answer with them gives it away. Hidden answers
//! therefore wait apart, per indicator and role, until enough people are together; then all of them leave as one batch.
//! When they leave depends on numbers of people and on time alone, never on what was said: were the answers of a batch
//! that is not shown to come back, the next total would tell what they had been (docs/PRIVACY.md).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::suppression::{Sum, Thresholds, is_counted};
use crate::core::id::{PersonId, PulseId, QuestionId};
use crate::core::question::{Indicator, Role};

/// An answer that waited this long for company leaves unseen.
const WAITS: TimeDelta = TimeDelta::weeks(12);

/// A hidden answer of a closed pulse that is in no batch yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Hidden {
    pub pulse: PulseId,
    pub person: PersonId,
    /// The other one of the pair.
    pub partner: PersonId,
    pub question: QuestionId,
    pub indicator: Indicator,
    pub role: Role,
    /// 1 to 5, already turned the right way round.
    pub points: u8,
    pub given: DateTime<Utc>,
    pub closed: DateTime<Utc>,
}

/// Hidden answers that left together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    pub indicator: Indicator,
    pub role: Role,
    pub cutoff: DateTime<Utc>,
    pub people: u32,
    /// The sum over people of their own mean, a whole number from 1 to 5 each; `None` where showing it would have told
    /// what somebody said.
    pub points: Option<u32>,
}

/// Why a hidden answer is in the pool no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// With the batch of its indicator and role.
    InBatch,
    /// It waited too long.
    Expired,
}

/// What leaves a pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving<'a> {
    pub batches: Vec<Batch>,
    pub left: Vec<(&'a Hidden, Left)>,
}

/// Takes out of a programme's pool what is ready at the cut-off. Each answer leaves once; those of pairs in which a
/// coordinator takes part only wait until they expire.
pub fn leaving<'a>(
    pool: &'a [Hidden],
    coordinators: &[PersonId],
    thresholds: &Thresholds,
    cutoff: DateTime<Utc>,
) -> Leaving<'a> {
    let mut waiting: BTreeMap<(Indicator, Role), Vec<&Hidden>> = BTreeMap::new();
    let mut leaving = Leaving::default();
    for hidden in pool.iter().filter(|hidden| hidden.closed < cutoff) {
        if is_counted([&hidden.person, &hidden.partner], coordinators) {
            waiting.entry((hidden.indicator, hidden.role)).or_default().push(hidden);
        } else if cutoff - hidden.closed >= WAITS {
            leaving.left.push((hidden, Left::Expired));
        }
    }
    for ((indicator, role), answers) in waiting {
        let Some(oldest) = answers.iter().map(|hidden| hidden.given).min() else { continue };
        let people = means(&answers);
        if people.len() >= thresholds.since(oldest) {
            leaving.left.extend(answers.iter().map(|hidden| (*hidden, Left::InBatch)));
            leaving.batches.push(batch(indicator, role, &people, cutoff));
        } else {
            let over = answers.iter().filter(|hidden| cutoff - hidden.closed >= WAITS);
            leaving.left.extend(over.map(|hidden| (*hidden, Left::Expired)));
        }
    }
    leaving
}

/// Each person's mean as a whole number, halves up. A sum of these says nothing about how many answers each gave, where a
/// sum with fractions would.
fn means(answers: &[&Hidden]) -> Vec<u32> {
    let mut people: BTreeMap<&PersonId, (u32, u32)> = BTreeMap::new();
    for hidden in answers {
        let (answers, points) = people.entry(&hidden.person).or_default();
        *answers += 1;
        *points += u32::from(hidden.points);
    }
    people.into_values().map(|(answers, points)| (2 * points + answers) / (2 * answers)).collect()
}

/// Shown with a mean from 1.5 to 4.5, and where also somebody who knows one person's mean cannot tell the others'.
fn batch(indicator: Indicator, role: Role, means: &[u32], cutoff: DateTime<Utc>) -> Batch {
    let people = u32::try_from(means.len()).unwrap_or(u32::MAX);
    let points = means.iter().sum::<u32>();
    let is_between = 3 * people <= 2 * points && 2 * points <= 9 * people;
    let is_shown = is_between && Sum { answers: people, points }.leaves_doubt_beside(1);
    Batch { indicator, role, cutoff, people, points: is_shown.then_some(points) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::utc;
    use crate::core::scoring::suppression::PastThreshold;

    const CUTOFF: &str = "2026-06-01 07:00";

    /// `5 4, 3` is one person who said 5 and 4, and one who said 3; all about feedback, by mentees, a week before.
    fn said(text: &str) -> Vec<Hidden> {
        let people = text.split(',').enumerate();
        let hidden = |(n, own): (usize, &str)| {
            let one = move |points: &str| Hidden {
                pulse: "pulse:p:2026-05-26".into(),
                person: PersonId::from(format!("T1:U{n}")),
                partner: PersonId::from(format!("T1:P{n}")),
                question: "feedback-regular".into(),
                indicator: Indicator::Feedback,
                role: Role::Mentee,
                points: points.parse().expect("points"),
                given: utc("2026-05-26 08:00"),
                closed: utc("2026-05-29 15:00"),
            };
            own.split_whitespace().map(one).collect::<Vec<_>>()
        };
        people.flat_map(hidden).collect()
    }

    fn check(pool: &[Hidden], thresholds: &Thresholds, cutoff: &str, expected: &str) {
        let leaving = leaving(pool, &["T1:UMIA".into()], thresholds, utc(cutoff));
        let mut told: Vec<String> = leaving
            .batches
            .iter()
            .map(|batch| match batch.points {
                Some(points) => format!("{points} of {} {}s", batch.people, batch.role),
                None => format!("nothing of {} {}s", batch.people, batch.role),
            })
            .collect();
        let expired = leaving.left.iter().filter(|(_, left)| *left == Left::Expired).count();
        let gone = leaving.left.len() - expired;
        told.push(format!("{gone} left, {expired} expired, {} wait", pool.len() - expired - gone));
        assert_eq!(told.join("; "), expected, "{cutoff}");
    }

    fn five() -> Thresholds {
        Thresholds::new(5, Vec::new())
    }

    #[test]
    fn a_pool_leaves_whole_when_enough_people_are_in_it() {
        check(&said("4, 3, 2, 5"), &five(), CUTOFF, "0 left, 0 expired, 4 wait");
        check(&said("4 4 4 4, 3, 2, 5"), &five(), CUTOFF, "0 left, 0 expired, 7 wait");
        check(&said("4, 3, 2, 5, 3"), &five(), CUTOFF, "17 of 5 mentees; 5 left, 0 expired, 0 wait");
        // Means 3, 4 (of 3.5) and so on: each person counts once.
        check(&said("4 2, 3 4, 2, 5, 3"), &five(), CUTOFF, "17 of 5 mentees; 7 left, 0 expired, 0 wait");
        check(&[], &five(), CUTOFF, "0 left, 0 expired, 0 wait");
        check(&said("4, 3, 2, 5, 3"), &five(), "2026-05-29 15:00", "0 left, 0 expired, 5 wait");
    }

    #[test]
    fn the_ends_of_the_scale_leave_unseen() {
        for (text, expected) in [
            ("5, 5, 5, 5, 5", "nothing of 5 mentees; 5 left, 0 expired, 0 wait"),
            ("1, 1, 1, 1, 3", "nothing of 5 mentees; 5 left, 0 expired, 0 wait"),
            // Whoever said 5 would know that the others said 1, and whoever said 1 that they said 5.
            ("1, 1, 1, 2, 4", "nothing of 5 mentees; 5 left, 0 expired, 0 wait"),
            ("5, 5, 5, 4, 2", "nothing of 5 mentees; 5 left, 0 expired, 0 wait"),
            ("1, 1, 2, 2, 4", "10 of 5 mentees; 5 left, 0 expired, 0 wait"),
            ("5, 5, 4, 4, 2", "20 of 5 mentees; 5 left, 0 expired, 0 wait"),
            // From ten people on the mean decides.
            ("5, 5, 5, 5, 5, 4, 4, 4, 4, 4", "45 of 10 mentees; 10 left, 0 expired, 0 wait"),
            ("5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4", "nothing of 11 mentees; 11 left, 0 expired, 0 wait"),
        ] {
            check(&said(text), &five(), CUTOFF, expected);
        }
    }

    #[test]
    fn what_waited_twelve_weeks_leaves_unseen() {
        let few = said("4, 3");
        check(&few, &five(), "2026-08-21 14:59", "0 left, 0 expired, 2 wait");
        check(&few, &five(), "2026-08-21 15:00", "0 left, 2 expired, 0 wait");
        // In company it still counts.
        check(&said("4, 3, 3, 3, 3"), &five(), "2026-08-21 15:00", "16 of 5 mentees; 5 left, 0 expired, 0 wait");
    }

    #[test]
    fn sides_and_indicators_wait_apart() {
        let mut pool = said("4, 3, 2, 5, 3");
        pool[0].role = Role::Mentor;
        check(&pool, &five(), CUTOFF, "0 left, 0 expired, 5 wait");
        pool[0].role = Role::Mentee;
        pool[0].indicator = Indicator::Growth;
        check(&pool, &five(), CUTOFF, "0 left, 0 expired, 5 wait");
    }

    #[test]
    fn answers_of_a_coordinators_pair_never_come_out() {
        let mut pool = said("4, 3, 2, 5, 3, 3");
        pool[0].person = "T1:UMIA".into();
        check(&pool, &five(), CUTOFF, "16 of 5 mentees; 5 left, 0 expired, 1 wait");
        pool[1].partner = "T1:UMIA".into();
        check(&pool, &five(), CUTOFF, "0 left, 0 expired, 6 wait");
        check(&pool[..2], &five(), "2026-08-21 15:00", "0 left, 2 expired, 0 wait");
    }

    #[test]
    fn an_answer_waits_for_as_many_as_it_was_promised() {
        let past = |until: &str, people| vec![PastThreshold { until: utc(until), people }];
        let lowered = |until: &str| Thresholds::new(3, past(until, 6));
        check(&said("4, 3, 2, 5, 3"), &lowered("2026-05-27 08:00"), CUTOFF, "0 left, 0 expired, 5 wait");
        check(&said("4, 3, 2"), &lowered("2026-05-26 08:00"), CUTOFF, "9 of 3 mentees; 3 left, 0 expired, 0 wait");
    }
}
