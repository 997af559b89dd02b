//! Whom to watch: what found no place among the five, pairs in the state Watch, and facts about meeting and answering.

use std::collections::BTreeSet;

use super::lines::{self, THIN};
use super::words::{Part, counted, list, pair_name};
use crate::core::id::PairId;
use crate::core::question::Role;
use crate::core::scoring::digest::{ActionLine, Digest, DigestPage, NeverMet, PairHealth, Silent};

/// One list, those that need somebody most first.
pub fn watch(page: &DigestPage) -> Option<Part> {
    let digest = &page.digest;
    let more = digest.more.iter().map(|line| lines::short(page, line));
    let watched = digest.watch.iter().map(|pair| watched(page, pair));
    let Facts { unmet, silent } = facts(digest);
    let never = unmet.iter().map(|never| self::unmet(page, never));
    let quiet = silent.iter().map(|one| self::silent(page, one));
    let items: Vec<String> = more.chain(watched).chain(never).chain(quiet).collect();
    if items.is_empty() {
        return None;
    }
    let mut lines = vec![list(&items)];
    lines.extend(beyond(digest));
    if !silent.is_empty() {
        lines.push(
            "Silence has many reasons, a holiday or a muted bot among them: a short word says more than a list."
                .to_owned(),
        );
    }
    Some(Part { heading: "WATCH", lines })
}

/// Facts that no line has said.
pub struct Facts<'a> {
    pub unmet: Vec<&'a NeverMet>,
    pub silent: Vec<&'a Silent>,
}

/// What no line of the digest says of its pair already: each tells whether the two have met, and the five tell who is silent.
pub fn facts(digest: &Digest) -> Facts<'_> {
    let five: BTreeSet<&PairId> = digest.actions.iter().filter_map(ActionLine::pair).collect();
    let lines: BTreeSet<&PairId> = digest.actions.iter().chain(&digest.more).filter_map(ActionLine::pair).collect();
    Facts {
        unmet: digest.never_met.iter().filter(|never| !lines.contains(&never.pair)).collect(),
        silent: digest.silent.iter().filter(|silent| !five.contains(&silent.pair)).collect(),
    }
}

/// A pair without a known meeting.
pub fn unmet(page: &DigestPage, never: &NeverMet) -> String {
    format!("{}: no first meeting yet, day {}", pair_name(page, &never.pair), never.days)
}

/// A pair that fell silent.
pub fn silent(page: &DigestPage, one: &Silent) -> String {
    format!("{}: {}", pair_name(page, &one.pair), no_answer(one))
}

/// A pair to watch.
pub fn watched(page: &DigestPage, pair: &PairHealth) -> String {
    let health = pair.health.map(|health| lines::shown(&page.digest, health)).unwrap_or_default();
    let thin = if pair.thin { format!(", {THIN}") } else { String::new() };
    format!("{} {health}{thin}", pair_name(page, &pair.pair))
}

/// A fact about asking.
pub fn no_answer(silent: &Silent) -> String {
    format!("no answer to three pulses ({})", sides(&silent.roles))
}

/// `mentee`, `mentor` or `both`.
pub fn sides(roles: &[Role]) -> &'static str {
    match roles {
        [Role::Mentee] => "mentee",
        [Role::Mentor] => "mentor",
        _ => "both",
    }
}

/// A digest names so many pairs and no more.
fn beyond(digest: &Digest) -> Option<String> {
    let watched = u32::try_from(digest.watch.len()).unwrap_or(u32::MAX);
    let beyond = digest.states.map_or(0, |states| states.watch.saturating_sub(watched));
    let more = [
        (beyond, "to watch"),
        (digest.never_met_beyond, "without a first meeting"),
        (digest.silent_beyond, "without an answer to three pulses"),
    ];
    let more: Vec<String> = more
        .into_iter()
        .filter(|(pairs, _)| *pairs > 0)
        .map(|(pairs, what)| format!("{} more {what}", counted(pairs, "pair", "pairs")))
        .collect();
    (!more.is_empty()).then(|| format!("{}, too many to name here.", more.join(", ")))
}
