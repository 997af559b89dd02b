//! The weeks as charts in Slack's own chart block, and the sentence that says the same.

use serde_json::{Value, json};

use super::words::called;
use crate::core::question::Indicator;
use crate::core::scoring::digest::{DigestPage, Week};
use crate::slack::render::text::{mean, sentence};

/// A chart of fewer weeks shows no course.
const FEWEST: usize = 2;

/// One line of a chart: its name, and a value for each of the chart's weeks.
#[derive(Debug, PartialEq)]
struct Course {
    name: String,
    values: Vec<u32>,
}

/// Weeks that all courses have a value for: a withheld week is left out, never drawn as nought.
#[derive(Debug, PartialEq)]
struct Chart<'a> {
    weeks: Vec<&'a Week>,
    courses: Vec<Course>,
}

/// The blocks: programme health, and the indicators. Slack takes two charts in a message.
pub fn charts(page: &DigestPage) -> Vec<Value> {
    let health = health(page).map(|chart| block("Programme health, 0 to 100", &chart, f64::from));
    let hundredths = |value| f64::from(value) / 100.0;
    let indicators = indicators(page).map(|chart| block("Indicators, 1 to 5", &chart, hundredths));
    health.into_iter().chain(indicators).collect()
}

/// What the charts show, in words; `None` where there is none.
pub fn said(page: &DigestPage) -> Option<String> {
    let health = health(page).and_then(|chart| {
        let course = span(chart.courses.first()?, |value| value.to_string())?;
        Some(format!("Programme health, {}: {course}.", weeks(&chart.weeks)?))
    });
    let indicators = indicators(page).and_then(|chart| {
        let courses = chart.courses.iter();
        let courses: Vec<String> =
            courses.filter_map(|course| Some(format!("{} {}", course.name, span(course, mean)?))).collect();
        Some(format!("Indicators, {}: {}.", weeks(&chart.weeks)?, courses.join("; ")))
    });
    let said: Vec<String> = health.into_iter().chain(indicators).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// `weeks 1 to 9`.
fn weeks(weeks: &[&Week]) -> Option<String> {
    Some(format!("weeks {} to {}", weeks.first()?.week, weeks.last()?.week))
}

/// `from 71 to 74, lowest 68`.
fn span(course: &Course, show: impl Fn(u32) -> String) -> Option<String> {
    let (first, last) = (*course.values.first()?, *course.values.last()?);
    let (low, high) = (*course.values.iter().min()?, *course.values.iter().max()?);
    let mut said = format!("from {} to {}", show(first), show(last));
    // What reads the same once it is rounded is not told twice.
    if show(low) != show(first.min(last)) {
        said.push_str(&format!(", lowest {}", show(low)));
    }
    if show(high) != show(first.max(last)) {
        said.push_str(&format!(", highest {}", show(high)));
    }
    Some(said)
}

fn health(page: &DigestPage) -> Option<Chart<'_>> {
    let known = page.digest.series.iter().filter_map(|week| Some((week, u32::from(week.health?))));
    let (weeks, values): (Vec<&Week>, Vec<u32>) = known.unzip();
    (weeks.len() >= FEWEST).then(|| Chart { weeks, courses: vec![Course { name: "Health".to_owned(), values }] })
}

/// The indicators of this week, over the weeks in which all of them were shown. Those shown for the shortest time are left
/// out, as long as the others alone make a chart of twice as many weeks.
fn indicators(page: &DigestPage) -> Option<Chart<'_>> {
    let series = &page.digest.series;
    let value =
        |week: &Week, of: Indicator| week.indicators.iter().find(|(one, _)| *one == of).map(|(_, value)| *value);
    let mut shown: Vec<Indicator> = series.last()?.indicators.iter().map(|(indicator, _)| *indicator).collect();
    let weeks_of = |of: &Indicator| series.iter().filter(|week| value(week, *of).is_some()).count();
    let in_all = |shown: &[Indicator]| -> Vec<&Week> {
        series.iter().filter(|week| shown.iter().all(|one| value(week, *one).is_some())).collect()
    };
    while let Some(rarest) = shown.iter().copied().min_by_key(weeks_of) {
        let without: Vec<Indicator> = shown.iter().copied().filter(|one| *one != rarest).collect();
        let now = in_all(&shown).len();
        if without.is_empty() || (now >= FEWEST && in_all(&without).len() < 2 * now) {
            break;
        }
        shown = without;
    }
    let weeks = in_all(&shown);
    let course = |of: &Indicator| Course {
        name: called(*of).to_owned(),
        values: weeks.iter().filter_map(|week| value(week, *of)).collect(),
    };
    let courses: Vec<Course> = shown.iter().map(course).collect();
    (weeks.len() >= FEWEST && !courses.is_empty()).then_some(Chart { weeks, courses })
}

fn block(title: &str, chart: &Chart<'_>, value: impl Fn(u32) -> f64) -> Value {
    let labels: Vec<String> = chart.weeks.iter().map(|week| format!("Week {}", week.week)).collect();
    let series: Vec<Value> = chart
        .courses
        .iter()
        .map(|course| {
            let points = labels.iter().zip(&course.values);
            let data: Vec<Value> = points.map(|(label, of)| json!({"label": label, "value": value(*of)})).collect();
            json!({"name": sentence(&course.name), "data": data})
        })
        .collect();
    json!({
        "type": "data_visualization",
        "title": title,
        "chart": {"type": "line", "series": series, "axis_config": {"categories": labels}},
    })
}

#[cfg(test)]
mod tests;
