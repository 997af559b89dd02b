//! Facts of the programme as a whole: meetings, goals, nudges, endings.

use super::words::{Part, counted, list, pair_name, percent};
use crate::core::nudge::effect::{Counts, Look, Verdict};
use crate::core::scoring::digest::{DigestPage, KindLine, Meetings, Rate, Shows};
use crate::slack::render::nudge::named;
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

/// `27 sent to 24 people.`, and a line for each kind of which the effect is measured.
pub fn nudges(page: &DigestPage) -> Option<Part> {
    let nudges = page.digest.nudges.as_ref()?;
    let sent = match nudges.fewer_than {
        Some(threshold) => format!("Sent to fewer than {threshold} people."),
        None => format!("{} sent to {}.", nudges.sent, counted(nudges.people, "person", "people")),
    };
    let lines = std::iter::once(sent).chain(nudges.kinds.iter().map(kind)).collect();
    Some(Part { heading: "NUDGES", lines })
}

fn kind(line: &KindLine) -> String {
    let about = sentence(named(line.kind));
    let points = |tenths: i32| format!("{:+.1}", f64::from(tenths) / 10.0);
    let says = match line.shows {
        Shows::Collecting { known, of: Some(of) } => format!("too early to say, {known} of {of} collected"),
        Shows::Collecting { of: None, .. } => "sent on your word; it is not measured any more".to_owned(),
        Shows::Stands(Verdict::Works) => "works, as measured before".to_owned(),
        Shows::Stands(Verdict::Retired) => format!("retired; `/rapport revive {}` sends it again", line.kind),
        Shows::Look(Look { counts: Counts { sent, held }, effect, from, until, verdict, .. }) => {
            let judged = match verdict {
                Some(Verdict::Works) => "it works".to_owned(),
                Some(Verdict::Retired) => {
                    format!("it does not help enough and is retired; `/rapport revive {}` sends it again", line.kind)
                }
                None => "not proven yet".to_owned(),
            };
            format!(
                "{} of {} with it and {} of {} without it did what it is for: {} points ({} to {}), {judged}",
                sent.good,
                sent.of,
                held.good,
                held.of,
                points(effect),
                points(from),
                points(until)
            )
        }
    };
    format!("{about}: {says}.")
}

pub fn ended(page: &DigestPage) -> Option<Part> {
    let ended: Vec<String> = page.digest.ended.iter().map(|pair| pair_name(page, pair)).collect();
    (!ended.is_empty()).then(|| Part { heading: "ENDED THIS WEEK", lines: vec![list(&ended)] })
}
