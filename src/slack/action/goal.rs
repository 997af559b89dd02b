//! What the buttons carry by which a mentee moves goals, and by which both of a pair look at them.

use crate::core::goal::{GoalAct, When};

use super::{one, scale};

/// The part of an `action_id` behind `goal.`: distinct for all buttons of one row.
pub fn kind(act: &GoalAct) -> String {
    match act {
        GoalAct::OpenNew { .. } | GoalAct::OpenAny { .. } => "new".to_owned(),
        GoalAct::OpenChange { .. } | GoalAct::Filled { .. } => "change".to_owned(),
        GoalAct::OpenPage { .. } => "page".to_owned(),
        GoalAct::OpenAll { .. } => "all".to_owned(),
        GoalAct::Step { done: true, .. } => "step".to_owned(),
        GoalAct::Step { done: false, .. } => "undo".to_owned(),
        GoalAct::Moved { .. } => "moved".to_owned(),
        GoalAct::Reached { .. } => "reached".to_owned(),
        GoalAct::OpenedAgain { .. } => "again".to_owned(),
        GoalAct::Rated { when, value, .. } => format!("sure.{value}.{when}"),
    }
}

/// The ids.
pub fn value(act: &GoalAct) -> String {
    match act {
        GoalAct::OpenNew { pair } | GoalAct::OpenPage { pair } => pair.to_string(),
        GoalAct::OpenAll { skip } => skip.to_string(),
        GoalAct::OpenAny { .. } => String::new(),
        GoalAct::Step { pair, goal, n, .. } => format!("{pair} {goal} {n}"),
        GoalAct::OpenChange { pair, goal }
        | GoalAct::Filled { pair, goal, .. }
        | GoalAct::Moved { pair, goal }
        | GoalAct::Reached { pair, goal }
        | GoalAct::OpenedAgain { pair, goal }
        | GoalAct::Rated { pair, goal, .. } => format!("{pair} {goal}"),
    }
}

/// Reads [`kind`] and [`value`] back.
pub fn parse(kind: &str, value: &str) -> Option<GoalAct> {
    if let Some(said) = kind.strip_prefix("sure.") {
        let (chosen, when) = said.split_once('.')?;
        let (when, chosen): (When, u8) = (when.parse().ok()?, scale(chosen)?);
        let (pair, goal) = super::two(value)?;
        return Some(GoalAct::Rated { pair, goal, when, value: chosen });
    }
    let both = || super::two(value);
    Some(match kind {
        "new" => GoalAct::OpenNew { pair: one(value)? },
        "page" => GoalAct::OpenPage { pair: one(value)? },
        "all" => GoalAct::OpenAll { skip: number(value)? },
        "step" | "undo" => {
            let (ids, n) = value.rsplit_once(' ')?;
            let (pair, goal) = super::two(ids)?;
            GoalAct::Step { pair, goal, n: number(n)?, done: kind == "step" }
        }
        "change" => both().map(|(pair, goal)| GoalAct::OpenChange { pair, goal })?,
        "moved" => both().map(|(pair, goal)| GoalAct::Moved { pair, goal })?,
        "reached" => both().map(|(pair, goal)| GoalAct::Reached { pair, goal })?,
        "again" => both().map(|(pair, goal)| GoalAct::OpenedAgain { pair, goal })?,
        _ => return None,
    })
}

/// A number as we write it.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_button_says_is_what_is_read() {
        let (pair, goal) = (crate::core::id::PairId::from("p"), crate::core::id::GoalId::from("g"));
        let rated = |when, value| GoalAct::Rated { pair: pair.clone(), goal: goal.clone(), when, value };
        for act in [
            GoalAct::OpenNew { pair: pair.clone() },
            GoalAct::OpenPage { pair: pair.clone() },
            GoalAct::OpenAll { skip: 40 },
            GoalAct::OpenChange { pair: pair.clone(), goal: goal.clone() },
            GoalAct::Step { pair: pair.clone(), goal: goal.clone(), n: 3, done: true },
            GoalAct::Step { pair: pair.clone(), goal: goal.clone(), n: 3, done: false },
            GoalAct::Moved { pair: pair.clone(), goal: goal.clone() },
            GoalAct::Reached { pair: pair.clone(), goal: goal.clone() },
            GoalAct::OpenedAgain { pair: pair.clone(), goal: goal.clone() },
            rated(When::Start, 1),
            rated(When::Middle, 3),
            rated(When::End, 5),
        ] {
            assert_eq!(parse(&kind(&act), &value(&act)), Some(act));
        }
        for (kind, value) in [
            ("new", ""),
            ("new", "p q"),
            ("all", "-1"),
            ("all", "9999999"),
            ("step", "p g"),
            ("step", "p g x"),
            ("step", "p g 99999"),
            ("sure.0.end", "p g"),
            ("sure.3.never", "p g"),
            ("sure.3", "p g"),
            ("sure.3.end", "p"),
            ("drop", "p g"),
            ("", ""),
        ] {
            assert_eq!(parse(kind, value), None, "{kind} {value}");
        }
    }
}
