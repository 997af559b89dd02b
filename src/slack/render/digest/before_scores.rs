//! The parts of a digest that was stored before there was a score.

use super::watch::sides;
use super::words::{Part, counted, list, pair_name, percent, person_name};
use crate::core::scoring::digest::{DigestPage, Rate};

/// What a coordinator may want to act on.
pub fn parts(page: &DigestPage) -> Vec<Part> {
    let mut parts: Vec<Part> = [silent(page), never_met(page), declined(page)].into_iter().flatten().collect();
    let quiet = parts.is_empty() && page.comments.is_empty();
    if quiet && page.digest.pairs > 0 {
        let mut lines = vec!["Nothing needs you: no pair fell silent, and none has waited a week to meet.".to_owned()];
        lines.extend(met(page));
        parts.push(Part { heading: "A QUIET WEEK", lines });
    } else if let Some(met) = met(page) {
        parts.push(Part { heading: "MET THIS WEEK", lines: vec![met] });
    }
    parts
}

fn silent(page: &DigestPage) -> Option<Part> {
    let silent = page.digest.silent.iter();
    let pairs: Vec<String> =
        silent.map(|one| format!("{} ({})", pair_name(page, &one.pair), sides(&one.roles))).collect();
    let why =
        "No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short \
               word says more than this list."
            .to_owned();
    (!pairs.is_empty()).then(|| Part { heading: "FELL SILENT", lines: vec![list(&pairs), why] })
}

fn never_met(page: &DigestPage) -> Option<Part> {
    let unmet = page.digest.never_met.iter();
    let pairs: Vec<String> =
        unmet.map(|never| format!("{}, day {}", pair_name(page, &never.pair), never.days)).collect();
    let known = "As far as the two have said; they may have met without saying so.".to_owned();
    (!pairs.is_empty()).then(|| Part { heading: "NO FIRST MEETING YET", lines: vec![list(&pairs), known] })
}

fn declined(page: &DigestPage) -> Option<Part> {
    let people: Vec<String> = page.digest.declined.iter().map(|person| person_name(page, person)).collect();
    let told = "Pressed it this week, and are asked nothing. Their partners have not been told.".to_owned();
    (!people.is_empty()).then(|| Part { heading: "NOT FOR ME", lines: vec![list(&people), told] })
}

fn met(page: &DigestPage) -> Option<String> {
    let (met, pairs) = (page.digest.met, page.digest.pairs);
    let percent = percent(Rate { answered: met, asked: pairs })?;
    Some(match met {
        0 => "No pair said this week that it had met.".to_owned(),
        _ => format!("{met} of {} said that they had met ({percent} %).", counted(pairs, "pair", "pairs")),
    })
}
