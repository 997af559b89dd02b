//! What is said of a longer time: indicator means and their change, from released blocks alone, and how mentors and
//! mentees answer the same questions.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::blocks::{Block, Cell};
use super::digest::{MeanChange, Shown};
use super::suppression::Thresholds;
use crate::core::id::{PairId, PersonId};
use crate::core::question::{Indicator, Role};

/// Fewer people, or pairs, than this in either window: no comparison.
pub const COMPARE_FROM: u32 = 8;

/// Weeks in one window of an indicator's mean.
const WINDOW: i64 = 4;

/// Weeks in one window in which mentors and mentees are compared; windows follow each other and share no week.
pub const COMPARED_WEEKS: u32 = 8;

/// The released rows of one cell in some weeks.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// At least so many different people: the most in any of the weeks.
    people: u32,
    answers: u32,
    points: u32,
    /// People counted once for each week, with the sums of their means and of the squares of those, in hundredths.
    parts: u64,
    means: u64,
    squares: u64,
}

impl Sum {
    fn of<'a>(blocks: impl Iterator<Item = &'a Block>, cell: &Cell) -> Self {
        let mut sum = Self::default();
        for row in blocks.flat_map(|block| &block.rows).filter(|row| row.of == *cell) {
            sum.people = sum.people.max(row.people);
            sum.answers += row.answers;
            sum.points += row.points;
            sum.parts += u64::from(row.people);
            sum.means += row.spread.means;
            sum.squares += row.spread.squares;
        }
        sum
    }

    fn mean(&self) -> f64 {
        f64::from(self.points) / f64::from(self.answers)
    }

    /// The squared standard error of the mean. Who stands behind two weeks is not known, so that the same people are
    /// counted once: this errs on the side of "not proven yet".
    fn error(&self) -> f64 {
        let (parts, means) = (self.parts as f64, self.means as f64);
        let variance = (self.squares as f64 - means * means / parts) / (parts - 1.0) / 10_000.0;
        variance / f64::from(self.people)
    }
}

/// What may be said of an indicator at the cut-off: the last four weeks, against the four before.
pub fn shown(blocks: &[Block], indicator: Indicator, cell: &Cell, cutoff: DateTime<Utc>) -> Shown {
    let of_weeks = |from: i64| {
        let is_in = move |block: &&Block| {
            let age = weeks_before(block.cutoff, cutoff);
            block.indicator == indicator && block.cutoff <= cutoff && age >= from && age < from + WINDOW
        };
        Sum::of(blocks.iter().filter(is_in), cell)
    };
    let (now, before) = (of_weeks(0), of_weeks(WINDOW));
    if now.answers == 0 {
        return Shown::Withheld;
    }
    let change = if now.people.min(before.people) < COMPARE_FROM {
        MeanChange::TooFew
    } else {
        let by = now.mean() - before.mean();
        let margin = 2.0 * (now.error() + before.error()).sqrt();
        MeanChange::By { hundredths: (by * 100.0).round() as i32, proven: by.abs() > margin }
    };
    let hundredths = (200 * now.points + now.answers) / (2 * now.answers);
    Shown::Mean { hundredths, n: now.answers, people: now.people, change }
}

/// Whole weeks between two cut-offs, to the nearest: a clock change moves them by an hour.
fn weeks_before(earlier: DateTime<Utc>, later: DateTime<Utc>) -> i64 {
    (later - earlier + TimeDelta::hours(84)).num_weeks()
}

/// A question that both sides of a pair answered in the same pulse, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Paired {
    pub pair: PairId,
    pub mentee: PersonId,
    pub mentor: PersonId,
    /// 1 to 5, already turned the right way round.
    pub mentee_points: u8,
    pub mentor_points: u8,
    /// When the earlier of the two was given.
    pub given: DateTime<Utc>,
}

/// How mentees and mentors see the same over eight weeks. Only which of them is higher is ever told: by how much, a
/// single answer could be solved for beside the blocks of the same weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub indicator: Indicator,
    /// The end of its window.
    pub cutoff: DateTime<Utc>,
    pub pairs: u32,
    pub outcome: Outcome,
}

/// Which side rates higher, if that is more than chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Higher(Role),
    NotProven,
}

/// Compares the two sides over a window; `None` with fewer than eight pairs, or too few people on a side.
///
/// Per pair d = mentee's mean less mentor's; proven where the mean of d lies further from 0 than two standard errors.
pub fn compared(
    indicator: Indicator,
    paired: &[Paired],
    thresholds: &Thresholds,
    cutoff: DateTime<Utc>,
) -> Option<Comparison> {
    let k = thresholds.since(paired.iter().map(|one| one.given).min()?);
    let mut of_pair: BTreeMap<&PairId, (i128, i128)> = BTreeMap::new();
    for one in paired {
        let (difference, items) = of_pair.entry(&one.pair).or_default();
        *difference += i128::from(one.mentee_points) - i128::from(one.mentor_points);
        *items += 1;
    }
    let people = |side: fn(&Paired) -> &PersonId| {
        let mut people: Vec<&PersonId> = paired.iter().map(side).collect();
        people.sort();
        people.dedup();
        people.len()
    };
    let pairs = u32::try_from(of_pair.len()).ok().filter(|pairs| *pairs >= COMPARE_FROM)?;
    if people(|one| &one.mentee).min(people(|one| &one.mentor)) < k {
        return None;
    }
    // In thousandths, to stay with whole numbers.
    let d = of_pair.values().map(|(difference, items)| 1000 * difference / items);
    let (sum, squares) = d.fold((0, 0), |(sum, squares), d| (sum + d, squares + d * d));
    let n = i128::from(pairs);
    // |sum / n| > 2 * sqrt(s^2 / n), with s^2 = (squares - sum^2 / n) / (n - 1).
    let is_proven = sum * sum * (n - 1) > 4 * (n * squares - sum * sum);
    let outcome = match sum {
        1.. if is_proven => Outcome::Higher(Role::Mentee),
        ..=-1 if is_proven => Outcome::Higher(Role::Mentor),
        _ => Outcome::NotProven,
    };
    Some(Comparison { indicator, cutoff, pairs, outcome })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::utc;
    use crate::core::scoring::blocks::{block, tests::said};

    /// Blocks of these weeks, the newest first; an empty text is a week without answers.
    fn check(weeks: &[&str], expected: &str) {
        let (newest, thresholds) = (utc("2026-06-29 07:00"), Thresholds::new(5, Vec::new()));
        let of_week = |(ago, text): (usize, &&str)| {
            let cutoff = newest - TimeDelta::weeks(ago as i64);
            block(Indicator::Growth, &said(text), &thresholds, cutoff)
        };
        let blocks: Vec<Block> = weeks.iter().enumerate().filter_map(of_week).collect();
        let said = match shown(&blocks, Indicator::Growth, &Cell::Programme, newest) {
            Shown::NotAsked => "not asked".to_owned(),
            Shown::Withheld => "withheld".to_owned(),
            Shown::Mean { hundredths, n, people, change } => {
                let change = match change {
                    MeanChange::TooFew => "too few".to_owned(),
                    MeanChange::By { hundredths, proven } => {
                        format!("{hundredths:+}{}", if proven { " proven" } else { "" })
                    }
                };
                format!("{hundredths} of {people} people, {n} answers, {change}")
            }
        };
        assert_eq!(said, expected, "{weeks:?}");
    }

    const EIGHT: &str = "4, 4, 4, 4, 4, 4, 4, 4";

    #[test]
    fn a_mean_is_of_released_weeks_alone() {
        check(&[], "withheld");
        check(&["5, 4, 3, 2"], "withheld");
        check(&["5, 4, 3, 2, 1"], "300 of 5 people, 5 answers, too few");
        check(&["5 4, 3, 3, 3, 3"], "350 of 5 people, 6 answers, too few");
        // A week below the threshold is not there, and one without doubt neither.
        check(&["5, 4, 3, 2, 1", "1, 1", "5, 5, 5, 5, 5"], "300 of 5 people, 5 answers, too few");
        check(&["5, 4, 3, 2, 1", "", "4, 4, 4, 4, 4, 4"], "355 of 6 people, 11 answers, too few");
        check(&["", "", "", "", "5, 4, 3, 2, 1"], "withheld");
    }

    #[test]
    fn a_change_is_told_of_eight_people_on_both_sides() {
        let seven = "4, 4, 4, 4, 4, 4, 4";
        let (high, low) = ("5, 5, 5, 5, 5, 5, 4, 4", "3, 3, 3, 3, 3, 3, 3, 4");
        check(&[seven, "", "", "", EIGHT], "400 of 7 people, 7 answers, too few");
        check(&[EIGHT, "", "", "", seven], "400 of 8 people, 8 answers, too few");
        check(&[EIGHT, "", "", "", EIGHT], "400 of 8 people, 8 answers, +0");
        check(&[high, "", "", "", low], "475 of 8 people, 8 answers, +163 proven");
        check(&[high, high, "", "", low, low], "475 of 8 people, 16 answers, +163 proven");
        check(&["1, 5, 1, 5, 1, 5, 1, 5", "", "", "", "5, 1, 5, 1, 5, 1, 5, 4"], "300 of 8 people, 8 answers, -38");
        check(&[high, "", "", "", "", "", "", "", low], "475 of 8 people, 8 answers, too few");
    }

    #[test]
    fn a_clock_change_moves_no_week() {
        let later = utc("2026-11-02 08:00");
        for (earlier, weeks) in [("2026-11-02 08:00", 0), ("2026-10-19 07:00", 2), ("2026-10-05 07:00", 4)] {
            assert_eq!(weeks_before(utc(earlier), later), weeks, "{earlier}");
        }
    }

    /// `5>3 4>4` is a pair whose mentee said 5 and 4 where its mentor said 3 and 4.
    fn sides(pairs: &[&str], mentors: usize) -> Option<Outcome> {
        let of_pair = |(n, text): (usize, &&str)| {
            let one = move |item: &str| {
                let (mentee, mentor) = item.split_once('>').expect("two sides");
                Paired {
                    pair: PairId::from(format!("p{n}")),
                    mentee: PersonId::from(format!("T1:E{n}")),
                    mentor: PersonId::from(format!("T1:M{}", n % mentors)),
                    mentee_points: mentee.parse().expect("points"),
                    mentor_points: mentor.parse().expect("points"),
                    given: utc("2026-05-26 08:00"),
                }
            };
            text.split_whitespace().map(one).collect::<Vec<_>>()
        };
        let paired: Vec<Paired> = pairs.iter().enumerate().flat_map(of_pair).collect();
        let thresholds = Thresholds::new(5, Vec::new());
        let found = compared(Indicator::Feedback, &paired, &thresholds, utc("2026-06-29 07:00"))?;
        assert_eq!(found.pairs as usize, pairs.len());
        Some(found.outcome)
    }

    #[test]
    fn sides_are_compared_over_eight_pairs_and_enough_people() {
        assert_eq!(sides(&[], 1), None);
        assert_eq!(sides(&["3>4"; 7], 7), None);
        assert_eq!(sides(&["3>4"; 8], 4), None, "four mentors");
        assert_eq!(sides(&["3>4"; 8], 5), Some(Outcome::Higher(Role::Mentor)));
        assert_eq!(sides(&["5>4 3>3"; 8], 8), Some(Outcome::Higher(Role::Mentee)));
        assert_eq!(sides(&["4>4"; 8], 8), Some(Outcome::NotProven));
        let mixed = ["5>3", "3>5", "4>3", "3>4", "5>4", "4>4", "4>4", "4>3"];
        assert_eq!(sides(&mixed, 8), Some(Outcome::NotProven));
    }

    #[test]
    fn a_pair_counts_once_however_much_it_says() {
        let one_loud = ["1>5 1>5 1>5 1>5 1>5 1>5 1>5", "5>4", "5>4", "5>4", "5>4", "5>4", "5>4", "5>4"];
        assert_eq!(sides(&one_loud, 8), Some(Outcome::NotProven));
    }
}
