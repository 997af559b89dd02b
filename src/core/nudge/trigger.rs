//! The occasion of each kind: from when on it is due, by what the bank says in words for people.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::Kind;
use super::facts::{Facts, OwnAnswer, PairFacts};
use crate::core::question::{Bank, Indicator, Role};

/// Active days past the rhythm after which the mentor is nudged; the mentee is after the wait of that kind.
const OVERDUE_MENTOR: u32 = 7;

/// Days after which what happened is no occasion any more.
const STALE: u32 = 21;

/// Weeks of days in which two lapses are two, and in which own low answers are looked at.
const LAPSES: u64 = 56;
const LOW: u32 = 28;

/// A pause shorter than this is nothing to come back from.
const AWAY: i64 = 7;

/// Own pairs behind their rhythm that are a load.
const BEHIND: u32 = 3;

/// The day of what occasions a nudge of this kind today; `None`: nothing does.
pub fn occasion(kind: Kind, pair: &PairFacts, behind: u32, today: NaiveDate) -> Option<NaiveDate> {
    let facts = &pair.facts;
    if !kind.is_for(pair.role) || facts.is_paused(today) || today < facts.begins {
        return None;
    }
    let waited = u32::from(kind.words().wait_days);
    let after = |since: NaiveDate, days: u32| facts.days(since, today) >= days;
    let lately = |since: &NaiveDate| *since <= today && facts.days(*since, today) <= STALE;
    match kind {
        Kind::FirstMeeting => {
            (facts.met.is_empty() && !facts.date_ahead && after(facts.begins, waited)).then_some(facts.begins)
        }
        Kind::BookNext => {
            let (logged, _) = facts.logged?;
            let newest = facts.last_met().is_none_or(|met| met <= logged);
            (newest && !facts.date_ahead && after(logged, waited)).then_some(logged).filter(lately)
        }
        Kind::OverdueMentor => {
            (!facts.date_ahead && facts.overdue(today) >= OVERDUE_MENTOR).then(|| facts.last_met()).flatten()
        }
        // After the mentor by days alone. Whether and when the mentor was nudged hangs on what else came to the mentor, and
        // that may come from the mentor's own answers.
        Kind::OverdueMentee => {
            (!facts.date_ahead && facts.overdue(today) >= OVERDUE_MENTOR + waited).then(|| facts.last_met()).flatten()
        }
        Kind::RhythmCheck => rhythm_check(facts, today),
        Kind::NoGoal => {
            let first = *facts.met.first()?;
            (facts.goals?.moved.is_none() && after(first, 14)).then_some(first)
        }
        Kind::GoalStalled => {
            let goals = facts.goals?;
            goals.moved.filter(|moved| goals.open && after(*moved, 28))
        }
        Kind::OwnCommunication => {
            let low = |answer: &&OwnAnswer| is_low(answer, |_, indicator| indicator == Indicator::Communication);
            let days: BTreeSet<NaiveDate> = recent(pair, today).filter(low).map(|answer| answer.day).collect();
            let newest = days.last().filter(|day| days.len() >= 2 && after(**day, waited))?;
            pair.helped.is_none().then_some(*newest)
        }
        Kind::AskFeedback => newest_low(pair, today, "fb-regular").filter(|day| after(*day, waited)).filter(lately),
        Kind::MentorLoad => {
            let said = newest_low(pair, today, "guide-load").filter(|day| after(*day, waited));
            said.or((behind >= BEHIND && facts.overdue(today) > 0).then_some(today))
        }
        Kind::FeedbackCard => facts.feedback_gap.filter(lately),
        Kind::AfterSession => {
            let (logged, by) = facts.logged?;
            (by == Role::Mentor && facts.days(logged, today) <= 3).then_some(logged)
        }
        Kind::EndNear => {
            let ends = facts.ends?;
            (today < ends && (ends - today).num_days() <= 28).then_some(ends)
        }
        Kind::Anniversary => {
            let first = *facts.met.first()?;
            let days = (today - first).num_days();
            (90..97).contains(&days).then_some(first)
        }
        Kind::WelcomeBack => {
            let back = facts.pauses.iter().filter(|span| (span.until - span.from).num_days() >= AWAY);
            back.map(|span| span.until).find(|until| (0..4).contains(&(today - *until).num_days()))
        }
    }
}

/// The rhythm that may suit better; `None` where there is no longer one.
pub fn next_rhythm(rhythm: u32) -> Option<u32> {
    match rhythm {
        7 => Some(14),
        14 => Some(28),
        _ => None,
    }
}

/// Past the rhythm twice in eight weeks. The occasion is the meeting after which the newer lapse began.
fn rhythm_check(facts: &Facts, today: NaiveDate) -> Option<NaiveDate> {
    next_rhythm(facts.rhythm)?;
    let first = today - Days::new(LAPSES);
    if facts.agreed.is_some_and(|agreed| agreed >= first) {
        return None;
    }
    let met: Vec<NaiveDate> = facts.met.iter().copied().chain([today]).collect();
    let lapses = met.windows(2).filter(|gap| gap[0] >= first && facts.days(gap[0], gap[1]) > facts.rhythm);
    let lapses: Vec<NaiveDate> = lapses.map(|gap| gap[0]).collect();
    lapses.last().copied().filter(|_| lapses.len() >= 2)
}

/// The reader's own answers that are still looked at.
fn recent(pair: &PairFacts, today: NaiveDate) -> impl Iterator<Item = &OwnAnswer> {
    pair.answers.iter().filter(move |answer| answer.day <= today && pair.facts.days(answer.day, today) <= LOW)
}

/// Whether the reader answered low to a question that `is_meant`.
fn is_low(answer: &OwnAnswer, is_meant: impl Fn(&str, Indicator) -> bool) -> bool {
    let question = Bank::built_in().question(answer.question.as_str());
    question.is_some_and(|one| is_meant(one.id.as_str(), one.indicator) && one.is_low(answer.value))
}

/// The day of the reader's newest answer to this question, if it was a low one.
fn newest_low(pair: &PairFacts, today: NaiveDate, question: &str) -> Option<NaiveDate> {
    let of_it = recent(pair, today).filter(|answer| answer.question.as_str() == question);
    let newest = of_it.max_by_key(|answer| answer.day)?;
    is_low(newest, |_, _| true).then_some(newest.day)
}

#[cfg(test)]
#[path = "trigger_tests.rs"]
mod tests;
