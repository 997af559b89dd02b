//! What became of last week's list.

use super::words::{Part, counted, list, pair_name, person_name};
use crate::core::scoring::digest::{Became, DigestPage, Outcome, Subject};

/// `2 of 4 recovered (Zoe & Max 48 -> 66, after one of you acted). 1 paused. 1 still open: Lee & Sam.`
pub fn last_week(page: &DigestPage) -> Option<Part> {
    let outcomes = &page.digest.last_week;
    if outcomes.is_empty() {
        return None;
    }
    let of = |wanted: fn(&Became) -> bool| outcomes.iter().filter(|one| wanted(&one.became)).collect::<Vec<_>>();
    let recovered = of(|became| matches!(became, Became::Recovered { .. }));
    let mut said = Vec::new();
    if !recovered.is_empty() {
        let names: Vec<String> = recovered.iter().map(|one| recovery(page, one)).collect();
        said.push(format!("{} of {} recovered ({})", recovered.len(), outcomes.len(), list(&names)));
    }
    for (became, one) in [
        (of(|became| *became == Became::Paused), "paused"),
        (of(|became| *became == Became::Ended), "ended"),
        (of(|became| *became == Became::Left), "not taking part any more"),
        (of(|became| *became == Became::Closed), "handled"),
        (of(|became| *became == Became::Open), "still open"),
    ] {
        if !became.is_empty() {
            let names: Vec<String> = became.iter().map(|one| named(page, one)).collect();
            said.push(format!("{} {one}: {}", became.len(), list(&names)));
        }
    }
    let lines = vec![format!("{}.", said.join(". "))];
    let none = recovered.is_empty().then(|| format!("Of {} none has recovered yet.", lines_of(outcomes)));
    Some(Part { heading: "LAST WEEK'S LIST", lines: none.into_iter().chain(lines).collect() })
}

fn lines_of(outcomes: &[Outcome]) -> String {
    counted(u32::try_from(outcomes.len()).unwrap_or(u32::MAX), "line", "lines")
}

fn recovery(page: &DigestPage, outcome: &Outcome) -> String {
    let who = who(page, outcome);
    let after = if outcome.handled { ", after one of you acted" } else { "" };
    match outcome.became {
        Became::Recovered { from: Some(from), to: Some(to) } => format!("{who} {from} -> {to}{after}"),
        Became::Recovered { to: Some(to), .. } => format!("{who}, now {to}{after}"),
        _ => format!("{who}{after}"),
    }
}

/// Whom it was about, and that somebody has done something, where that alone did not close it.
fn named(page: &DigestPage, outcome: &Outcome) -> String {
    let acted = outcome.handled && outcome.became != Became::Closed;
    format!("{}{}", who(page, outcome), if acted { " (one of you acted)" } else { "" })
}

fn who(page: &DigestPage, outcome: &Outcome) -> String {
    match (outcome.line.read(), &outcome.pair) {
        (Some((_, Subject::Declined(_, person))), _) => format!("{} (not for me)", person_name(page, &person)),
        (Some((_, Subject::Help(_))), Some(pair)) => format!("help for one of {}", pair_name(page, pair)),
        (_, Some(pair)) => pair_name(page, pair),
        (_, None) => "a former member".to_owned(),
    }
}
