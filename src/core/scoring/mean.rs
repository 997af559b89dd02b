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
