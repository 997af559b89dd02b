//! Facts of the programme as a whole: meetings, goals, nudges, endings.

use super::words::{Part, counted, list, pair_name, percent};
use crate::core::scoring::digest::{DigestPage, Meetings, Rate};
use crate::slack::render::text::sentence;

/// `31 of 48 pairs met (65 %), median gap 13 days; 4 goals set, 9 goals reached.`
pub fn meetings(page: &DigestPage) -> Option<Part> {
    let meetings = page.digest.meetings?;
    let goals = page.digest.goals.map(|goals| {
        let reached = counted(goals.reached, "goal reached", "goals reached");
        format!("{}, {reached}", counted(goals.set, "goal set", "goals set"))
    });
    let said: Vec<String> = met(&meetings).into_iter().chain(goals.clone()).collect();
    let heading = if goals.is_some() { "MEETINGS AND GOALS" } else { "MEETINGS" };
    (!said.is_empty()).then(|| Part { heading, lines: vec![format!("{}.", sentence(&said.join("; ")))] })
}

pub fn met(meetings: &Meetings) -> Option<String> {
    let Meetings { met, pairs, median_gap_days } = *meetings;
    let percent = percent(Rate { answered: met, asked: pairs })?;
    let of = counted(pairs, "pair", "pairs");
    let gap = median_gap_days.map(|days| format!(", median gap {}", counted(days, "day", "days")));
    Some(match met {
        0 => format!("none of {of} said that they had met{}", gap.unwrap_or_default()),
        _ => format!("{met} of {of} met ({percent} %){}", gap.unwrap_or_default()),
    })
}

pub fn nudges(page: &DigestPage) -> Option<Part> {
    let nudges = page.digest.nudges?;
    let people = counted(nudges.people, "person", "people");
    Some(Part { heading: "NUDGES", lines: vec![format!("{} sent to {people}.", nudges.sent)] })
}

pub fn ended(page: &DigestPage) -> Option<Part> {
    let ended: Vec<String> = page.digest.ended.iter().map(|pair| pair_name(page, pair)).collect();
    (!ended.is_empty()).then(|| Part { heading: "ENDED THIS WEEK", lines: vec![list(&ended)] })
}
