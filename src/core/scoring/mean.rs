//! Means of answers: how many stand behind them, and whether a change is more than chance.

use std::collections::BTreeMap;

use super::digest::{MeanChange, Shown};
use crate::core::id::PersonId;

/// Fewer people than this in either window: no comparison (docs/SCORING.md).
const COMPARE_FROM: usize = 8;

/// Points of each person, 1 to 5, already turned the right way round.
type Points<'a> = BTreeMap<&'a PersonId, Vec<u8>>;

/// What may be said of an indicator: `now` and `before` are the answers of two windows that follow each other.
///
/// Coordinators who take part are not counted towards the threshold: what they know would give the others away.
pub fn shown(now: &Points, before: &Points, coordinators: &[PersonId], threshold: usize) -> Shown {
    let people = |points: &Points| points.keys().filter(|person| !coordinators.contains(person)).count();
    let counted = people(now);
    if counted < threshold {
        return Shown::Withheld;
    }
    let enough = COMPARE_FROM.max(threshold);
    let change = if counted < enough || people(before) < enough {
        MeanChange::TooFew
    } else {
        let by = mean(now) - mean(before);
        let margin = 2.0 * (error(now) + error(before)).sqrt();
        MeanChange::By { hundredths: (by * 100.0).round() as i32, proven: by.abs() > margin }
    };
    let n = u32::try_from(now.values().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX);
    let people = u32::try_from(now.len()).unwrap_or(u32::MAX);
    Shown::Mean { hundredths: (mean(now) * 100.0).round() as u32, n, people, change }
}

/// The mean over all answers.
fn mean(points: &Points) -> f64 {
    average(points.values().flatten().map(|value| f64::from(*value)))
}

/// The squared standard error of the mean: the sample variance of the per-person means over their number.
fn error(points: &Points) -> f64 {
    let means: Vec<f64> = points.values().map(|own| average(own.iter().map(|value| f64::from(*value)))).collect();
    let middle = average(means.iter().copied());
    let people = means.len() as f64;
    means.iter().map(|mean| (mean - middle).powi(2)).sum::<f64>() / (people - 1.0) / people
}

fn average(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `5 4, 3` is one person who said 5 and 4, and one who said 3.
    fn check(now: &str, before: &str, expected: &str) {
        let ids: Vec<PersonId> = (0..40).map(|n| PersonId::from(format!("T1.U{n:02}"))).collect();
        let points = |text: &str| -> Vec<Vec<u8>> {
            let people = text.split(',').map(|own| own.split_whitespace().filter_map(|one| one.parse().ok()).collect());
            people.filter(|own: &Vec<u8>| !own.is_empty()).collect()
        };
        let (now, before) = (ids.iter().zip(points(now)).collect(), ids.iter().zip(points(before)).collect());
        let said = match shown(&now, &before, &ids[30..], 5) {
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
        assert_eq!(said, expected);
    }

    #[test]
    fn a_mean_is_shown_of_enough_people() {
        check("", "", "withheld");
        check("5, 4, 3, 2", "", "withheld");
        check("5 5 5 5 5, 1", "", "withheld");
        check("5, 4, 3, 2, 1", "", "300 of 5 people, 5 answers, too few");
        check("5 4, 3, 3, 3, 3", "", "350 of 5 people, 6 answers, too few");
    }

    #[test]
    fn a_change_is_told_of_eight_people_on_both_sides() {
        let (seven, eight) = ("4, 4, 4, 4, 4, 4, 4", "4, 4, 4, 4, 4, 4, 4, 4");
        check(seven, eight, "400 of 7 people, 7 answers, too few");
        check(eight, seven, "400 of 8 people, 8 answers, too few");
        check(eight, eight, "400 of 8 people, 8 answers, +0");
        check("5, 5, 5, 5, 5, 5, 5, 4", "3, 3, 3, 3, 3, 3, 3, 4", "488 of 8 people, 8 answers, +175 proven");
        check("1, 5, 1, 5, 1, 5, 1, 5", "5, 1, 5, 1, 5, 1, 5, 4", "300 of 8 people, 8 answers, -38");
    }

    #[test]
    fn coordinators_do_not_help_to_reach_the_threshold() {
        let ids: Vec<PersonId> = (0..5).map(|n| PersonId::from(format!("T1.U{n}"))).collect();
        let now: BTreeMap<_, _> = ids.iter().map(|id| (id, vec![4])).collect();
        assert_eq!(shown(&now, &BTreeMap::new(), &ids[..1], 5), Shown::Withheld);
        assert!(matches!(shown(&now, &BTreeMap::new(), &ids[..1], 4), Shown::Mean { people: 5, .. }));
    }
}
