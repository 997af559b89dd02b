//! Which nudge comes to somebody now: at most one a week, the most important first, and only where the week has room.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::effect::Verdict;
use super::facts::{NudgeCase, Nudged, PairFacts};
use super::hold_out;
use super::outcome::outcome;
use super::trigger::occasion;
use super::{Kind, NudgeChange, Reaction, ahead};
use crate::core::attention::{Spent, WEEKLY, Week};
use crate::core::cadence::{civil, instant};
use crate::core::decision::{Change, Decision};
use crate::core::id::NudgeId;
use crate::core::message::Message;
use crate::core::person::Standing;
use crate::core::question::Role;

/// Days without a word after which a nudge was ignored.
const UNHEARD: u64 = 7;

/// How long a kind rests that somebody ignored twice in a row, or did not find helpful.
const REST: u64 = 56;

/// Looks at one person are spread over so many minutes from the beginning of work.
const SPREAD: u64 = 180;

/// People who are away or in no pair are looked at again after this: they may come back earlier than they said.
const LOOK_AGAIN: Duration = Duration::days(7);

/// One thing that could be said.
struct Candidate<'a> {
    kind: Kind,
    episode: NaiveDate,
    today: NaiveDate,
    pair: &'a PairFacts,
    due: DateTime<Utc>,
}

/// What comes to this person now, what came of earlier nudges, and when to look again.
pub fn plan(case: &NudgeCase, now: DateTime<Utc>) -> Decision {
    let mut decision = Decision::default();
    let change = |change| Change::Nudge(change);
    decision.changes.extend(outcomes(case, now).map(change));
    let drawn = choose(case, now).map(|candidate| draw(case, &candidate));
    let week_is_over = drawn.is_some() || has_nudge(case, &week(case, now));
    if let Some((nudge, days)) = drawn {
        let first = !case
            .past
            .iter()
            .any(|before| (before.kind, &before.pair, before.episode) == (nudge.kind, &nudge.pair, nudge.episode));
        let measured = case.measures && nudge.kind.is_measured() && first;
        let message = Message::Nudge { nudge: nudge.id.clone(), person: case.id().clone(), day: nudge.day };
        let due = nudge.due;
        let spent = (!nudge.held).then(|| Spent::on(case.id(), case.person.zone, due, message.name()));
        if !nudge.held {
            decision.messages.push(message.at(due));
        }
        let person = case.id().clone();
        decision.changes.push(change(NudgeChange::Drawn { person, nudge: Box::new(nudge), days, measured, spent }));
    }
    let looked = NudgeChange::Looked { person: case.id().clone(), next: next_look(case, week_is_over, now) };
    decision.changes.push(change(looked));
    decision
}

/// Earlier nudges of which it is known now what they came to.
fn outcomes(case: &NudgeCase, now: DateTime<Utc>) -> impl Iterator<Item = NudgeChange> {
    let is_open = |nudge: &&Nudged| nudge.outcome.is_none() && nudge.kind.is_measured();
    case.past.iter().filter(is_open).filter_map(move |nudge| {
        let pair = case.pairs.iter().find(|one| one.pair.id == nudge.pair)?;
        let good = outcome(nudge, pair, civil(pair.program.zone, now).date())?;
        Some(NudgeChange::Ended { nudge: nudge.id.clone(), good, at: now })
    })
}

/// The most important of what is due, if the person's week has room for it.
fn choose(case: &NudgeCase, now: DateTime<Utc>) -> Option<Candidate<'_>> {
    let this_week = week(case, now);
    let spent: Vec<&Spent> =
        case.spent.iter().filter(|spent| spent.person == *case.id() && spent.week == this_week).collect();
    let is_full = spent.len() >= usize::from(WEEKLY.min(case.weekly))
        || spent.iter().any(|spent| spent.is_survey() || spent.is_nudge());
    if is_full || has_nudge(case, &this_week) || case.stopped.contains(&None) {
        return None;
    }
    let behind = case.pairs.iter().filter(|pair| {
        let today = civil(pair.program.zone, now).date();
        pair.role == Role::Mentor && runs(pair, now) && pair.facts.overdue(today) > 0
    });
    let behind = u32::try_from(behind.count()).unwrap_or(u32::MAX);
    let mut found: Vec<Candidate<'_>> = Vec::new();
    for pair in case.pairs.iter().filter(|pair| runs(pair, now)) {
        let due = case.reader(&pair.program).next_open(now);
        // What cannot come today is looked at again on the day on which it can.
        if due > now + Duration::days(1) || civil(case.person.zone, due).date() != civil(case.person.zone, now).date() {
            continue;
        }
        let today = civil(pair.program.zone, now).date();
        for kind in Kind::ALL {
            if let Some(episode) = occasion(kind, pair, behind, today)
                && may_come(case, pair, kind, episode, today)
            {
                found.push(Candidate { kind, episode, today, pair, due });
            }
        }
    }
    let first = |one: &Candidate<'_>| (one.kind, one.episode, one.pair.pair.id.clone());
    let candidate = found.into_iter().min_by_key(first)?;
    let used = spent.len().saturating_add(ahead::messages(case, now)?);
    let most = WEEKLY.min(case.weekly).min(candidate.pair.program.weekly);
    (used < usize::from(most)).then_some(candidate)
}

/// Whether the kind's own rest, and what the person said to it, allow it.
fn may_come(case: &NudgeCase, pair: &PairFacts, kind: Kind, episode: NaiveDate, today: NaiveDate) -> bool {
    let is_retired = case.measures && case.verdicts.contains(&(kind, Verdict::Retired));
    if is_retired || case.stopped.contains(&Some(kind)) || is_resting(case, kind, today) {
        return false;
    }
    let words = kind.words();
    let of_kind = || case.past.iter().filter(|nudge| nudge.kind == kind);
    let of_pair = || of_kind().filter(|nudge| nudge.pair == pair.pair.id);
    let rests = |nudge: &Nudged| {
        // For its own pair in active days; for another pair of the same person those of the calendar are fewer.
        pair.facts.days(nudge.day, today) < u32::from(words.cooldown_days)
    };
    let cools = match kind.is_of_person() {
        true => of_kind().any(rests),
        false => of_pair().any(rests),
    };
    let is_again = of_pair().any(|nudge| nudge.episode == episode);
    !cools && (!is_again || kind.repeats()) && of_pair().count() < usize::from(words.max_per_pair)
}

/// Ignored twice in a row, or said not to be helpful: not for eight weeks.
fn is_resting(case: &NudgeCase, kind: Kind, today: NaiveDate) -> bool {
    let mut newest = case.past.iter().rev().filter(|nudge| nudge.kind == kind && !nudge.held);
    let Some(last) = newest.next() else { return false };
    let rests = today < last.day + Days::new(REST);
    let is_ignored = |nudge: &Nudged| {
        nudge.reaction.is_none() && nudge.outcome != Some(true) && nudge.day + Days::new(UNHEARD) <= today
    };
    let twice = is_ignored(last) && newest.next().is_some_and(is_ignored);
    rests && (twice || last.reaction == Some(Reaction::NotHelpful))
}

fn draw(case: &NudgeCase, candidate: &Candidate<'_>) -> (Nudged, u32) {
    let Candidate { kind, episode, today, pair, due } = *candidate;
    let verdict = case.verdicts.iter().find(|(of, _)| *of == kind).map(|(_, verdict)| *verdict);
    let of_episode = |nudge: &&Nudged| nudge.kind == kind && nudge.pair == pair.pair.id && nudge.episode == episode;
    let before = case.past.iter().find(of_episode);
    // Within an episode nothing is drawn anew, whatever became of the hold-out meanwhile.
    let held = before.map_or_else(
        || case.measures && hold_out::is_held(kind, &pair.pair.id, episode, verdict),
        |before| before.held,
    );
    let number = case.past.iter().filter(of_episode).count();
    let nudge = Nudged {
        id: NudgeId::new(case.id(), &pair.pair.id, kind, episode, number),
        pair: pair.pair.id.clone(),
        kind,
        episode,
        day: today,
        week: Week::of(case.person.zone, due).to_string(),
        due,
        held,
        reaction: None,
        again: None,
        outcome: None,
    };
    (nudge, pair.facts.days(episode, today))
}

/// Both take part, and the pair has begun and not ended.
pub(super) fn runs(pair: &PairFacts, now: DateTime<Utc>) -> bool {
    let today = civil(pair.program.zone, now).date();
    let takes_part = |standing: &Standing| matches!(standing, Standing::Started { .. });
    pair.standings.iter().all(takes_part)
        && pair.pair.ended.is_none()
        && pair.pair.unreachable.is_none()
        && pair.facts.ends.is_none_or(|ends| today <= ends)
}

fn week(case: &NudgeCase, now: DateTime<Utc>) -> String {
    Week::of(case.person.zone, now).to_string()
}

/// Whether this week's one nudge was decided: one of its own, or one of the week before that comes once more.
fn has_nudge(case: &NudgeCase, week: &str) -> bool {
    let is_again = |nudge: &Nudged| nudge.again.is_some_and(|day| Week::on(day).to_string() == week);
    case.past.iter().rev().any(|nudge| nudge.week == week || is_again(nudge))
}

/// The beginning of work on the next working day, and some minutes by which people differ; the next week's when this
/// week's nudge is decided.
fn next_look(case: &NudgeCase, week_is_over: bool, now: DateTime<Utc>) -> DateTime<Utc> {
    use chrono::Datelike;
    let zone = case.person.zone;
    let today = civil(zone, now).date();
    let ahead = match week_is_over {
        true => u64::from(7 - today.weekday().num_days_from_monday()),
        false => 1,
    };
    let morning = instant(zone, (today + Days::new(ahead)).into());
    let opens = case.pairs.iter().map(|pair| case.reader(&pair.program).next_open(morning)).min();
    let within = opens.filter(|opens| *opens < morning + LOOK_AGAIN);
    within.unwrap_or(morning + LOOK_AGAIN) + Duration::minutes(minutes(case))
}

/// The person's own minutes after the beginning of work.
fn minutes(case: &NudgeCase) -> i64 {
    let (high, _) = Uuid::new_v5(&Uuid::NAMESPACE_OID, case.id().as_str().as_bytes()).as_u64_pair();
    // Below the spread, so that it fits.
    (high % SPREAD) as i64
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
