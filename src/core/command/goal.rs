//! `/rapport goal`, `goal with Ravi`, `goal Give a talk`: writes a goal, whose first words may stand there.

use crate::core::goal::GoalAct;

/// Reads what stands behind `goal`. A goal that is about somebody may have a `with` in it, so only a leading one
/// names the mentor.
pub fn understand(rest: &[&str]) -> GoalAct {
    match rest.split_first() {
        Some((first, name)) if first.eq_ignore_ascii_case("with") && !name.is_empty() => {
            let name = name.join(" ").trim_start_matches('@').to_lowercase();
            GoalAct::OpenAny { with: Some(name), title: String::new() }
        }
        _ => GoalAct::OpenAny { with: None, title: rest.join(" ") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mentor_may_be_named_and_the_goal_begun() {
        for (text, with, title) in [
            ("", None, ""),
            ("with", None, "with"),
            ("with @Ravi Rao", Some("ravi rao"), ""),
            ("Work well with Ravi", None, "Work well with Ravi"),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            let expected = GoalAct::OpenAny { with: with.map(str::to_owned), title: title.to_owned() };
            assert_eq!(understand(&words), expected, "{text:?}");
        }
    }
}
