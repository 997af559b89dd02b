//! Which weeks and indicators a chart shows.

use super::*;
use crate::core::scoring::digest::Rate;

const LETTERS: [(char, Indicator); 5] = [
    ('g', Indicator::Growth),
    ('c', Indicator::Communication),
    ('u', Indicator::Guidance),
    ('f', Indicator::Feedback),
    ('o', Indicator::Organisation),
];

/// `gc gcu .` are three weeks: two indicators shown, then three, then none.
fn check(weeks: &str, expected: Option<&str>) {
    let mut page = crate::slack::render::tests::digest_page(0);
    page.digest.series = weeks
        .split_whitespace()
        .zip(1..)
        .map(|(shown, week)| Week {
            week,
            until: page.digest.until,
            answered: Rate::default(),
            health: None,
            indicators: LETTERS.iter().filter(|(c, _)| shown.contains(*c)).map(|(_, one)| (*one, 300 + week)).collect(),
        })
        .collect();
    let drawn = indicators(&page).map(|chart| {
        let weeks: Vec<String> = chart.weeks.iter().map(|week| week.week.to_string()).collect();
        let names: Vec<&str> = chart.courses.iter().map(|course| course.name.as_str()).collect();
        format!("{}: {}", weeks.join(" "), names.join(" "))
    });
    assert_eq!(drawn.as_deref(), expected, "{weeks}");
}

#[test]
fn a_withheld_week_is_left_out_and_an_indicator_that_is_new_waits() {
    check("", None);
    check("g", None);
    check(". .", None);
    check("g g", Some("1 2: growth"));
    check("g . g", Some("1 3: growth"));
    check("gc gc gc gco", Some("1 2 3 4: growth communication"));
    check("gc gc gco gco gco", Some("3 4 5: growth communication organisation"));
    check("gcufo gcufo", Some("1 2: growth communication guidance feedback organisation"));
    check("gc gc g", Some("1 2 3: growth"));
}

#[test]
fn a_course_is_told_by_its_ends_and_what_lies_beyond_them() {
    let told = |values: &[u32]| {
        span(&Course { name: String::new(), values: values.into() }, |value| value.to_string()).unwrap_or_default()
    };
    assert_eq!(told(&[71, 74]), "from 71 to 74");
    assert_eq!(told(&[71, 60, 74]), "from 71 to 74, lowest 60");
    assert_eq!(told(&[71, 60, 80, 74]), "from 71 to 74, lowest 60, highest 80");
}
