//! What the digest says, in its order, before it is dressed for Slack or for a terminal: nothing here is escaped.
//!
//! Health, trend and "do this week" will be parts of their own, in front of the others.

use std::cmp::Reverse;

use crate::core::id::PairId;
use crate::core::question::{Indicator, Role};
use crate::core::scoring::digest::{DigestPage, IndicatorLine, MeanChange, Rate, Shown};
use crate::slack::render::text::{and, change, listed, mean, plain_name, sentence, utc};

/// Pairs that are named in one list, and the longest that a list gets, so that a section has room for a sentence beside it.
const NAMED: usize = 20;
const LIST: usize = 2_500;

/// One paragraph with its heading.
pub struct Part {
    pub heading: &'static str,
    pub lines: Vec<String>,
}

/// `Mentoring digest · Engineering · week 9 of 26 · 18–24 May`.
pub fn title(page: &DigestPage, program: &str) -> String {
    let digest = &page.digest;
    let weeks = digest.weeks.map(|weeks| format!(" of {weeks}")).unwrap_or_default();
    let (from, until) = (digest.from, digest.until);
    let dates = if from.format("%Y-%m").to_string() == until.format("%Y-%m").to_string() {
        format!("{}–{}", from.format("%-d"), until.format("%-d %B"))
    } else {
        format!("{} – {}", from.format("%-d %B"), until.format("%-d %B"))
    };
    format!("Mentoring digest · {program} · week {}{weeks} · {dates}", digest.week)
}

/// Pairs, and who answered.
pub fn summary(page: &DigestPage) -> String {
    let digest = &page.digest;
    let pairs = match (page.is_own_copy, digest.pairs) {
        (true, 0) => "Your own pair is left out here, and no other is running".to_owned(),
        (true, n) => format!("{} beside your own, which is left out here", counted(n, "pair", "pairs")),
        (false, n) => counted(n, "pair", "pairs"),
    };
    let answered = match percent(digest.answered) {
        Some(percent) => {
            format!("{percent} % answered ({} of {} asked).", digest.answered.answered, digest.answered.asked)
        }
        None => "No pulse closed this week.".to_owned(),
    };
    let before = digest.answered_before.and_then(percent);
    let before = before.map(|percent| format!(" Last week {percent} %.")).unwrap_or_default();
    format!("{pairs}. {answered}{before}")
}

/// What a coordinator may want to act on, then what the programme looks like.
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
    parts.extend(indicators(page));
    parts
}

fn silent(page: &DigestPage) -> Option<Part> {
    // Where both fell silent comes first, then by name.
    let mut silent: Vec<_> = page.digest.silent.iter().map(|one| (pair_name(page, &one.pair), one)).collect();
    silent.sort_by_key(|(name, one)| (Reverse(one.roles.len()), name.clone()));
    let pairs: Vec<String> = silent
        .into_iter()
        .map(|(name, silent)| {
            let who = match silent.roles.as_slice() {
                [Role::Mentee] => "mentee",
                [Role::Mentor] => "mentor",
                _ => "both",
            };
            format!("{name} ({who})")
        })
        .collect();
    let why =
        "No answer to the last three pulses. Silence has many reasons, a holiday or a muted bot among them: a short \
               word says more than this list."
            .to_owned();
    (!pairs.is_empty()).then(|| Part { heading: "FELL SILENT", lines: vec![list(&pairs), why] })
}

fn never_met(page: &DigestPage) -> Option<Part> {
    let mut unmet: Vec<_> =
        page.digest.never_met.iter().map(|never| (Reverse(never.days), pair_name(page, &never.pair))).collect();
    unmet.sort();
    let pairs: Vec<String> = unmet.into_iter().map(|(Reverse(days), name)| format!("{name}, day {days}")).collect();
    let known = "As far as the two have said; they may have met without saying so.".to_owned();
    (!pairs.is_empty()).then(|| Part { heading: "NO FIRST MEETING YET", lines: vec![list(&pairs), known] })
}

fn declined(page: &DigestPage) -> Option<Part> {
    let mut people: Vec<String> = page
        .digest
        .declined
        .iter()
        .map(|person| page.people.get(person).map_or_else(|| "a former member".to_owned(), |name| plain_name(name)))
        .collect();
    people.sort();
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

fn indicators(page: &DigestPage) -> Option<Part> {
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
    let is_withheld = |line: &&IndicatorLine| line.shown == Shown::Withheld;
    let withheld = page.digest.indicators.iter().filter(is_withheld).map(|line| called(line.indicator).to_owned());
    let withheld: Vec<String> = withheld.collect();
    if !withheld.is_empty() {
        let are = if withheld.len() > 1 { "are" } else { "is" };
        lines.push(format!(
            "{} {are} withheld: fewer people answered than this programme's threshold.",
            sentence(&and(&withheld))
        ));
    }
    lines
}

/// From when the numbers are, and by which rules.
pub fn data_note(page: &DigestPage) -> String {
    format!(
        "Counted on {}. Only closed pulses count; whoever skipped a week is neither answered nor missed. Rules version {}.",
        utc(page.digest.cutoff),
        page.digest.rules
    )
}

/// `Ana & Ravi`, the mentee first, as in their pulse.
fn pair_name(page: &DigestPage, pair: &PairId) -> String {
    match page.pairs.get(pair) {
        Some((mentor, mentee)) => format!("{} & {}", plain_name(mentee), plain_name(mentor)),
        None => "a former pair".to_owned(),
    }
}

fn list(items: &[String]) -> String {
    listed(items, " · ", NAMED, LIST)
}

fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Rounded half up; `None` of nothing.
fn percent(rate: Rate) -> Option<u64> {
    let (part, whole) = (u64::from(rate.answered), u64::from(rate.asked));
    (whole > 0).then(|| (200 * part + whole) / (2 * whole))
}

fn called(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Growth => "growth",
        Indicator::Communication => "communication",
        Indicator::Guidance => "guidance",
        Indicator::Feedback => "feedback",
        Indicator::Organisation => "organisation",
    }
}
