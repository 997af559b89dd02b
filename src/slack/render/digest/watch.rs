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
    let named: BTreeSet<&PairId> = digest.actions.iter().chain(&digest.more).filter_map(ActionLine::pair).collect();
    let rest = |pair: &PairId| !named.contains(pair);
    let more = digest.more.iter().map(|line| lines::short(page, line));
    let watched = digest.watch.iter().map(|pair| watched(page, pair));
    let unmet = digest.never_met.iter().filter(|never| rest(&never.pair));
    let unmet = unmet.map(|never| self::unmet(page, never));
    let silent: Vec<&Silent> = digest.silent.iter().filter(|one| !is_in_a_line(page, &one.pair)).collect();
    let quiet = silent.iter().map(|one| self::silent(page, one));
    let items: Vec<String> = more.chain(watched).chain(unmet).chain(quiet).collect();
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
    let health = pair.health.map(lines::shown).unwrap_or_default();
    let thin = if pair.thin { format!(", {THIN}") } else { String::new() };
    format!("{} {health}{thin}", pair_name(page, &pair.pair))
}

/// Whether one of the five lines is about this pair.
fn is_in_a_line(page: &DigestPage, pair: &PairId) -> bool {
    page.digest.actions.iter().any(|line| line.pair() == Some(pair))
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
    (beyond > 0).then(|| format!("{} more to watch, too many to name here.", counted(beyond, "pair", "pairs")))
}
