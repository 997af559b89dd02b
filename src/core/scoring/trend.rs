//! How a pair's Health moved in four weeks, and by which parts.

use super::health::Health;
use super::part::Part;
use super::rules::RulesVersion;
use crate::core::words::words;

words! {
    /// Where a Health goes. Of healthy pairs about 6 % show falling in any week, and as many rising.
    pub enum Trend: "a trend" {
        Falling = "falling",
        Steady = "steady",
        Rising = "rising",
    }
}

/// The trend from a Health four weeks ago to the one of now, both by these rules. Ask only when the pair was ready at both.
pub fn of(rules: RulesVersion, now: u8, before: u8) -> Trend {
    let (by, moved) = (i32::from(now) - i32::from(before), i32::from(rules.rules().trend));
    match by {
        _ if by <= -moved => Trend::Falling,
        _ if by >= moved => Trend::Rising,
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
    fn a_trend_is_a_move_that_healthy_pairs_seldom_make() {
        for (rules, moved) in [(RulesVersion::V1, 18), (RulesVersion::V2, 24)] {
            for (now, before, expected) in [
                (80 - moved, 80, Trend::Falling),
                (81 - moved, 80, Trend::Steady),
                (80, 80, Trend::Steady),
                (80, 81 - moved, Trend::Steady),
                (80, 80 - moved, Trend::Rising),
                (0, 100, Trend::Falling),
            ] {
                assert_eq!(of(rules, now, before), expected, "{rules}: {before} -> {now}");
            }
        }
    }
}
