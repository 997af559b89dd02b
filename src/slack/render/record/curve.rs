//! How sure a mentee felt, as a picture of Slack's own and as the sentences that say the same.

use serde_json::{Value, json};

use crate::core::content::RecordPair;
use crate::core::goal::{Goal, Ideas, When};
use crate::slack::render::text::{cut, line, plain_name};

/// Times at which confidence is asked, in their order, with what the picture calls them.
const TIMES: [(When, &str); 3] = [(When::Start, "Start"), (When::Middle, "Half way"), (When::End, "End")];

/// Slack takes six lines in a chart, and 20 characters for a name.
const LINES: usize = 6;
const NAME: usize = 20;

/// The longest that a skill is shown in a sentence.
const SKILL: usize = 200;

/// One goal's course: what was said at each of the times.
struct Course<'a> {
    goal: &'a Goal,
    values: [Option<u8>; 3],
}

fn courses(part: &RecordPair) -> Vec<Course<'_>> {
    let value = |goal: &Goal, when: When| {
        let said = part.confidence.iter().rev().find(|one| one.goal == goal.id && one.when == when);
        said.map(|one| one.value)
    };
    let of = |goal| Course { goal, values: TIMES.map(|(when, _)| value(goal, when)) };
    part.goals.iter().map(of).filter(|course| course.values.iter().any(Option::is_some)).collect()
}

/// What the picture shows, in words; `None` where nothing was said yet.
pub fn said(part: &RecordPair, who: &str) -> Option<String> {
    let labels = &Ideas::built_in().confidence;
    let label = |value: u8| usize::from(value).checked_sub(1).and_then(|at| labels.get(at));
    let each = |course: &Course<'_>| {
        let times = TIMES.iter().zip(course.values);
        let told: Vec<String> = times
            .filter_map(|((_, time), value)| {
                let value = value?;
                Some(format!("{} *{}* ({value})", time.to_lowercase(), label(value)?))
            })
            .collect();
        format!("{}: {}", line(course.goal.skill(), SKILL), told.join(", "))
    };
    let lines: Vec<String> = courses(part).iter().take(LINES).map(each).collect();
    (!lines.is_empty()).then(|| format!("*How sure {who} felt, 1 to 5*\n{}", lines.join("\n")))
}

/// The picture: lines of those goals that share the most times. `None` where no line has two of them.
pub fn chart(part: &RecordPair) -> Option<Value> {
    let all = courses(part);
    let has = |course: &&Course<'_>, times: &[usize]| times.iter().all(|at| course.values[*at].is_some());
    let (times, _) = [&[0_usize, 1, 2][..], &[0, 2], &[0, 1], &[1, 2]]
        .into_iter()
        .map(|times| (times, times.len() * all.iter().filter(|course| has(course, times)).count().min(LINES)))
        .rev()
        .filter(|(_, points)| *points > 0)
        .max_by_key(|(_, points)| *points)?;
    let categories: Vec<&str> = times.iter().map(|at| TIMES[*at].1).collect();
    let mut names: Vec<String> = Vec::new();
    let series: Vec<Value> = all
        .iter()
        .filter(|course| has(course, times))
        .take(LINES)
        .map(|course| {
            let points =
                times.iter().filter_map(|at| Some(json!({"label": TIMES[*at].1, "value": course.values[*at]?})));
            let name = series_name(course.goal, &names);
            let line = json!({"name": &name, "data": points.collect::<Vec<_>>()});
            names.push(name);
            line
        })
        .collect();
    Some(json!({
        "type": "data_visualization",
        "title": cut(&format!("How sure you felt, with {}", plain_name(&part.partner)), 50),
        "chart": {"type": "line", "series": series, "axis_config": {"categories": categories}},
    }))
}

/// A short name that no other line has.
fn series_name(goal: &Goal, taken: &[String]) -> String {
    let name = cut(&plain_name(goal.skill()), NAME);
    if name.is_empty() || taken.contains(&name) { format!("Goal {}", taken.len() + 1) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::goal::Confidence;
    use crate::slack::render::tests::together;

    /// A record in which goal `n` was said to feel so at the start, half way and at the end; 0 where nothing was said.
    fn part(said: &[[u8; 3]]) -> RecordPair {
        let mut part = together::record_pair("Ravi", "Speaking");
        part.goals.truncate(said.len());
        let at = part.goals[0].set;
        let one = |(goal, values): (&Goal, &[u8; 3])| -> Vec<Confidence> {
            let times = TIMES.iter().zip(values).filter(|(_, value)| **value > 0);
            times
                .map(|((when, _), value)| Confidence { goal: goal.id.clone(), when: *when, value: *value, at })
                .collect()
        };
        part.confidence = part.goals.iter().zip(said).flat_map(one).collect();
        part
    }

    #[test]
    fn the_picture_shows_the_goals_that_share_the_most_times() {
        for (said, expected) in [
            (&[[2, 0, 0]][..], None),
            (&[[2, 0, 4]], Some((1, "Start,End"))),
            (&[[2, 3, 4], [1, 0, 0]], Some((1, "Start,Half way,End"))),
            (&[[2, 3, 4], [1, 2, 0], [1, 3, 0]], Some((3, "Start,Half way"))),
            (&[[2, 3, 4], [1, 2, 5]], Some((2, "Start,Half way,End"))),
        ] {
            let shown = chart(&part(said)).map(|block| {
                let chart = &block["chart"];
                let categories: Vec<String> = chart["axis_config"]["categories"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|one| one.as_str().map(str::to_owned))
                    .collect();
                (chart["series"].as_array().map_or(0, Vec::len), categories.join(","))
            });
            assert_eq!(shown, expected.map(|(lines, times)| (lines, times.to_owned())), "{said:?}");
        }
    }

    #[test]
    fn the_sentence_says_all_that_was_said() {
        assert_eq!(super::said(&part(&[[0, 0, 0]]), "you"), None);
        let said = super::said(&part(&[[2, 0, 5]]), "you").expect("something was said");
        assert!(said.starts_with("*How sure you felt, 1 to 5*\nSpeaking: start *"), "{said}");
        assert!(said.contains("(2), end *") && said.ends_with("(5)"), "{said}");
    }
}
