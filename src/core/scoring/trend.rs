//! How a pair's Health moved in four weeks, and by which parts.

use super::health::Health;
use super::part::Part;
use crate::core::words::words;

/// Points within four weeks, from which a Health is called falling or rising.
const MOVED: i32 = 18;

words! {
    /// Where a Health goes. Of healthy pairs about 6 % show falling in any week, and 5 % rising.
    pub enum Trend: "a trend" {
        Falling = "falling",
        Steady = "steady",
        Rising = "rising",
    }
}

/// The trend from a Health four weeks ago to the one of now. Ask only when the pair was ready at both.
pub fn of(now: u8, before: u8) -> Trend {
    let by = i32::from(now) - i32::from(before);
    match by {
        _ if by <= -MOVED => Trend::Falling,
        _ if by >= MOVED => Trend::Rising,
        _ => Trend::Steady,
    }
}

/// The parts that changed, by how much, the largest loss first. They add up to the change of Health exactly.
pub fn change(now: &Health, before: &Health) -> Vec<(Part, i32)> {
    let by = Part::ALL.into_iter().map(|part| (part, now.parts.of(part) - before.parts.of(part)));
    let mut changed: Vec<(Part, i32)> = by.filter(|(_, by)| *by != 0).collect();
    changed.sort_by_key(|(_, by)| *by);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighteen_points_are_a_trend() {
        for (now, before, expected) in [
            (62, 80, Trend::Falling),
            (63, 80, Trend::Steady),
            (80, 80, Trend::Steady),
            (80, 63, Trend::Steady),
            (80, 62, Trend::Rising),
            (0, 100, Trend::Falling),
        ] {
            assert_eq!(of(now, before), expected, "{before} -> {now}");
        }
    }
}
