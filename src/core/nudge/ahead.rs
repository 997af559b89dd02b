//! What is still to come to somebody this week and comes before a nudge: pulses, surveys, agreements that are opened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::facts::{NudgeCase, PairFacts};
use super::plan::runs;
use crate::core::agreement::Opening;
use crate::core::attention::{WEEKLY, Week};
use crate::core::cadence::{Strike, civil};
use crate::core::plan::{GROUP_DM_PAIRS, half_way, survey_on};
use crate::core::program::Program;
use crate::core::question::Role;

/// How many messages are still to come this week; `None`: a survey is among them, and takes the place of the nudge.
///
/// An agreement that waits for a slot counts in each week until it has one. So whether its turn comes never hangs on a
/// nudge, which may come from answers that the partner is not to guess.
pub(super) fn messages(case: &NudgeCase, now: DateTime<Utc>) -> Option<usize> {
    let zone = case.person.zone;
    let mut programs: BTreeMap<&str, (&Program, Vec<Strike>, usize, usize)> = BTreeMap::new();
    let mut openings = 0;
    for pair in case.pairs.iter().filter(|pair| runs(pair, now)) {
        let (_, strikes, as_mentee, as_mentor) = programs
            .entry(pair.program.id.as_str())
            .or_insert_with(|| (&pair.program, strikes(&pair.program, zone, now), 0, 0));
        if strikes.iter().any(|strike| has_survey(pair, zone, strike)) {
            return None;
        }
        match pair.role {
            Role::Mentee => *as_mentee += 1,
            Role::Mentor => *as_mentor += 1,
        }
        openings += usize::from(is_to_open(pair, now));
    }
    let pulses = programs.into_values().map(|(_, strikes, as_mentee, as_mentor)| {
        let as_mentor = if as_mentor > GROUP_DM_PAIRS as usize { 1 } else { as_mentor };
        strikes.len() * (as_mentee + as_mentor)
    });
    Some(pulses.sum::<usize>() + openings)
}

/// Those of this week that are still to come; more than the budget of them are as many as it.
fn strikes(program: &Program, zone: Tz, now: DateTime<Utc>) -> Vec<Strike> {
    let this_week = Week::of(zone, now);
    let strikes = program.cadence.strikes(zone, now).take_while(|strike| Week::of(zone, strike.at) == this_week);
    strikes.take(usize::from(WEEKLY)).collect()
}

fn has_survey(pair: &PairFacts, zone: Tz, strike: &Strike) -> bool {
    let before = (pair.facts.surveys.as_slice(), pair.facts.agreed.is_some());
    survey_on(&pair.program, &pair.pair, before, zone, strike.occurrence).is_some()
}

/// Whether the agreement is to be opened within a week and was not yet.
fn is_to_open(pair: &PairFacts, now: DateTime<Utc>) -> bool {
    let is_open = |opening| pair.facts.openings.contains(&opening);
    let in_a_week = civil(pair.program.zone, now).date() + chrono::Days::new(7);
    !is_open(Opening::Start) || !is_open(Opening::Mid) && in_a_week >= half_way(&pair.program, &pair.pair)
}
