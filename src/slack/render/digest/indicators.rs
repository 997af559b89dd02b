//! The five indicators in words: means, how many answers stand behind them, and whether a change is more than chance.

use super::words::{Part, called};
use crate::core::scoring::digest::{DigestPage, IndicatorLine, MeanChange, Shown};
use crate::slack::render::text::{change, mean, sentence};

pub fn indicators(page: &DigestPage) -> Option<Part> {
    let mut lines: Vec<String> = page.digest.indicators.iter().map(indicator).collect();
    if lines.is_empty() {
        return None;
    }
    lines.push("Means of the last four weeks, 1 to 5, against the four weeks before.".to_owned());
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
            let proven = if proven { "" } else { ", not proven yet" };
            format!("{what} {} ({}, n={n}{proven})", mean(hundredths), change(by))
        }
    }
}

/// What is left out, and why.
pub fn not_shown(page: &DigestPage) -> Vec<String> {
    let mut lines = vec![
        "Single answers without a comment, because one says little; comments that were not shared with coordinators."
            .to_owned(),
    ];
    let withheld: Vec<&str> = page
        .digest
        .indicators
        .iter()
        .filter(|line| line.shown == Shown::Withheld)
        .map(|line| called(line.indicator))
        .collect();
    if !withheld.is_empty() {
        let are = if withheld.len() > 1 { "are" } else { "is" };
        lines.push(format!(
            "{} {are} withheld: fewer people answered than this programme's threshold.",
            sentence(&withheld.join(", "))
        ));
    }
    lines
}
