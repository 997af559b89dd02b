//! Surveys in words: how many answered, how the start, the middle and the end compare, and stories that may be shared.

use super::words::{Part, percent};
use crate::core::question::Role;
use crate::core::scoring::digest::{Digest, DigestPage, MeanChange};
use crate::core::scoring::surveys::SurveyLine;
use crate::core::survey::{self, Point};
use crate::slack::render::text::{change, line, listed, mean, plain_name};

/// Lines and stories that are shown, and the longest that a question and a story get.
const LINES: usize = 22;
const STORIES: usize = 6;
const ASKED: usize = 80;
const STORY: usize = 300;

/// The longest that the stories get together, so that they fit into one paragraph with its heading.
const ALL_STORIES: usize = 2_400;

/// What came of surveys; `None` in a week without any.
pub fn surveys(digest: &Digest) -> Option<Part> {
    let told = digest.surveys.as_ref()?;
    let mut lines: Vec<String> = Vec::new();
    let rates = told.rates.iter().filter(|(_, rate)| rate.asked > 0).map(|(point, rate)| {
        let share = percent(*rate).map(|share| format!(" ({share} %)")).unwrap_or_default();
        format!("{}: {} of {} answered{share}", called(*point), rate.answered, rate.asked)
    });
    lines.extend(rates);
    // One time alone compares nothing; what is asked only at the end is told all the same.
    let is_told = |one: &&SurveyLine| one.means.len() > 1 || one.item.as_str().starts_with("end-");
    lines.extend(told.lines.iter().filter(is_told).take(LINES).map(compared));
    if lines.is_empty() {
        return None;
    }
    if told.lines.iter().any(|one| is_told(&one)) {
        lines.push(
            "Means of 1 to 5 with the numbers of people, the last time against the first; every answer is in one total only. \
             Nothing of it enters a pair's health."
                .to_owned(),
        );
    }
    Some(Part { heading: "SURVEYS", lines })
}

/// `“I feel sure …” mentees: start 3.4 (n=22), end 3.9 (n=20): +0.5, up`.
fn compared(one: &SurveyLine) -> String {
    let asked = survey::text(&one.item, one.role).unwrap_or_else(|| one.item.to_string());
    let side = match one.role {
        Role::Mentee => "mentees",
        Role::Mentor => "mentors",
    };
    let each = one.means.iter().map(|(point, hundredths, n)| format!("{} {} (n={n})", word(*point), mean(*hundredths)));
    let said = match one.change {
        None => String::new(),
        Some(MeanChange::TooFew) => ": too few to compare".to_owned(),
        Some(MeanChange::By { hundredths, proven }) => {
            let proven = match (proven, hundredths) {
                (true, 1..) => "up",
                (true, ..=-1) => "down",
                _ => "not proven yet",
            };
            format!(": {}, {proven}", change(hundredths))
        }
    };
    format!("“{}” {side}: {}{said}", line(&asked, ASKED), each.collect::<Vec<_>>().join(", "))
}

/// Stories that came out this week.
pub fn stories(page: &DigestPage) -> Option<Part> {
    let told = page.stories.iter().map(|(name, words)| {
        let by = name.as_ref().map_or_else(|| "somebody of your programme".to_owned(), |name| plain_name(name));
        format!("“{}” ({by})", line(words, STORY))
    });
    let told: Vec<String> = told.collect();
    let shown = listed(&told, "\n", STORIES, ALL_STORIES);
    (!told.is_empty()).then(|| Part { heading: "WHAT IS DIFFERENT NOW", lines: vec![shown] })
}

fn called(point: Point) -> &'static str {
    match point {
        Point::Start => "At the start",
        Point::Mid => "Half-way",
        Point::End => "At the end",
    }
}

fn word(point: Point) -> &'static str {
    match point {
        Point::Start => "start",
        Point::Mid => "middle",
        Point::End => "end",
    }
}
