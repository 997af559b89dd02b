//! Totals in words: indicators, groups, the two sides, answers for totals only, and what of them is not shown.

use std::collections::BTreeMap;

use super::words::{Part, called};
use crate::core::question::Role;
use crate::core::scoring::blocks::Group;
use crate::core::scoring::digest::{Digest, GroupLine, IndicatorLine, MeanChange, Shown};
use crate::core::scoring::pool::Batch;
use crate::core::scoring::statistics::Outcome;
use crate::slack::render::text::{change, listed, mean, plain_name, sentence};

/// Groups that are named, and the longest that their list gets.
const NAMED: usize = 10;
const LIST: usize = 1_000;

/// The indicators of the programme and of its groups, and how the two sides compare.
pub fn indicators(digest: &Digest) -> Option<Part> {
    let mut lines: Vec<String> = digest.indicators.iter().map(indicator).collect();
    if lines.is_empty() {
        return None;
    }
    lines.extend(digest.groups.iter().take(NAMED).map(group));
    lines.extend(compared(digest));
    lines.push(
        "Means of the last four weeks, 1 to 5, against the four weeks before; without answers for totals only."
            .to_owned(),
    );
    Some(Part { heading: "INDICATORS", lines })
}

fn indicator(line: &IndicatorLine) -> String {
    let what = called(line.indicator);
    match line.shown {
        Shown::NotAsked => format!("{what}: not asked"),
        Shown::Withheld => format!("{what}: withheld"),
        Shown::Mean { hundredths, n, change: MeanChange::TooFew, .. } => {
            format!("{what} {} (n={n}, too few to compare)", mean(hundredths))
        }
        Shown::Mean { hundredths, n, change: MeanChange::By { hundredths: by, proven }, .. } => {
            let said = match (proven, by) {
                (true, 1..) => ", up",
                (true, ..=-1) => ", down",
                _ => ", not proven yet",
            };
            format!("{what} {} ({}, n={n}{said})", mean(hundredths), change(by))
        }
    }
}

/// `Design: growth 3.9 (n=12), feedback 3.1 (n=9)`.
fn group(line: &GroupLine) -> String {
    let said = line.indicators.iter().filter_map(|one| match one.shown {
        Shown::Mean { hundredths, n, .. } => Some(format!("{} {} (n={n})", called(one.indicator), mean(hundredths))),
        Shown::NotAsked | Shown::Withheld => None,
    });
    format!("{}: {}", sentence(&named(&line.group)), said.collect::<Vec<_>>().join(", "))
}

/// One sentence for each way in which the sides differ; nothing while they were not compared.
fn compared(digest: &Digest) -> Vec<String> {
    let mut higher: BTreeMap<Option<Role>, Vec<&str>> = BTreeMap::new();
    for one in &digest.comparisons {
        let role = match one.outcome {
            Outcome::Higher(role) => Some(role),
            Outcome::NotProven => None,
        };
        higher.entry(role).or_default().push(called(one.indicator));
    }
    let sentence = |(role, what): (Option<Role>, Vec<&str>)| {
        let what = what.join(", ");
        match role {
            Some(role) => format!(
                "To the same questions over eight weeks, {role}s rate {what} higher than {}s do.",
                role.partner()
            ),
            None => format!("Whether mentors and mentees differ about {what}: not proven yet."),
        }
    };
    higher.into_iter().rev().map(sentence).collect()
}

/// Sealed batches that came out with this digest.
pub fn batches(digest: &Digest) -> Option<Part> {
    let line = |batch: &Batch| {
        let (points, people) = (batch.points?, batch.people);
        let mean = mean((200 * points + people) / (2 * people).max(1));
        Some(format!("{}, {}s: {mean} from {people} people", called(batch.indicator), batch.role))
    };
    let mut lines: Vec<String> = digest.batches.iter().filter_map(line).collect();
    if lines.is_empty() {
        return None;
    }
    lines.push("Each such answer is told once, with enough others, and is in no other number.".to_owned());
    Some(Part { heading: "ANSWERS FOR TOTALS ONLY", lines })
}

/// Which totals are left out, and why.
pub fn not_shown(digest: &Digest) -> Vec<String> {
    let mut lines = Vec::new();
    let is_withheld = |line: &&IndicatorLine| line.shown == Shown::Withheld;
    let withheld: Vec<&str> = digest.indicators.iter().filter(is_withheld).map(|line| called(line.indicator)).collect();
    if !withheld.is_empty() {
        let are = if withheld.len() > 1 { "are" } else { "is" };
        lines.push(format!(
            "{} {are} withheld: in no week did enough people answer by name for this programme's threshold, or a total \
             would have told what each of them said.",
            sentence(&withheld.join(", "))
        ));
    }
    let list = |groups: &[Group]| {
        let names: Vec<String> = groups.iter().map(named).collect();
        sentence(&listed(&names, ", ", NAMED, LIST))
    };
    if !digest.withheld.small.is_empty() {
        lines.push(format!("{}: fewer people than the threshold answered this week.", list(&digest.withheld.small)));
    }
    if !digest.withheld.beside.is_empty() {
        lines.push(format!("{}: so that those cannot be worked out.", list(&digest.withheld.beside)));
    }
    lines
}

fn named(group: &Group) -> String {
    group.as_deref().map_or_else(|| "pairs without a group".to_owned(), plain_name)
}
