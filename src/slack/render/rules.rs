//! The published rules in a few lines, for the two of a pair: what moves a Health, and by how much.

use crate::core::scoring::rules::{Answering, RulesVersion};

/// What docs/SCORING.md says of a pair's Health, in short. Its numbers are those of the rules.
pub fn in_short() -> String {
    let version = RulesVersion::CURRENT;
    let rules = version.rules();
    let (start, weeks, needs_you) = (rules.start, rules.weights.len(), rules.lines.needs_you);
    let (late, late_most, goals, goals_most) =
        (rules.late_week, rules.late_at_most, rules.goal_rests, rules.goal_at_most);
    let answering = match rules.answering {
        Answering::WorseSide { points } => format!("-{points} for each pulse that the side missed which missed more"),
        Answering::BeyondUsual { points } => format!("-{points} for each pulse missed beyond one's own usual"),
    };
    format!(
        "*The rules in numbers* (version {version})\nEvery pair begins with {start}. The answers of the last {weeks} weeks move it: for \
         each indicator by how far they lie from what that person usually says, of the one for whom it goes worse. \
         Meetings: -{late} for each whole week over the agreed rhythm, at most -{late_most}. Missed pulses: {answering}. Goals: -1 for \
         each whole week over {goals} without a step, at most -{goals_most}. From {needs_you} down coordinators read that the pair needs \
         somebody, never because of one day of one person. All of it, with examples to follow with a pencil, is in docs/SCORING.md, \
         which comes with rapport; your coordinators can show it to you."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_rules_of_now() {
        // Whoever publishes other rules says them anew here.
        assert_eq!(RulesVersion::CURRENT, RulesVersion::V2);
        let said = in_short();
        assert!(said.contains("begins with 80") && said.contains("the last 5 weeks"), "{said}");
        assert!(said.contains("-4 for each whole week over the agreed rhythm, at most -24"), "{said}");
    }
}
