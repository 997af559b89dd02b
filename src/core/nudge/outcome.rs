//! What came of a nudge, as its kind fixes it: the same for those who got it and those from whom it was held back.

use chrono::{Days, NaiveDate};

use super::Kind;
use super::facts::{Nudged, PairFacts};
use super::trigger::next_rhythm;
use crate::core::question::{Bank, Indicator};

/// Whether it came to what it is for; `None`: too early to tell, or it is not measured.
pub fn outcome(nudge: &Nudged, pair: &PairFacts, today: NaiveDate) -> Option<bool> {
    let facts = &pair.facts;
    let rhythm = facts.rhythm;
    let within = |days: u32, happened: &dyn Fn(NaiveDate, NaiveDate) -> bool| {
        let until = nudge.day + Days::new(u64::from(days));
        match happened(nudge.day, until) {
            true => Some(true),
            false => (today > until).then_some(false),
        }
    };
    // A meeting of the day itself was before the nudge as likely as after it.
    let met = |from: NaiveDate, until: NaiveDate| facts.met.iter().any(|day| *day > from && *day <= until);
    let moved = |from, until| {
        facts.goals.and_then(|goals| goals.moved).is_some_and(|moved: NaiveDate| moved > from && moved <= until)
    };
    match nudge.kind {
        Kind::BookNext => within(rhythm + 3, &met),
        Kind::OverdueMentor | Kind::OverdueMentee => within(10, &met),
        Kind::RhythmCheck => within(next_rhythm(rhythm).unwrap_or(rhythm), &met),
        Kind::AfterSession => within(rhythm + 7, &met),
        Kind::NoGoal | Kind::GoalStalled => within(14, &moved),
        Kind::MentorLoad => within(7, &|from, until| pair.helped.is_some_and(|day| day >= from && day <= until)),
        Kind::OwnCommunication => next_answer(nudge, pair, |question, indicator| {
            let _ = question;
            indicator == Indicator::Communication
        })
        .map(|(before, after)| after >= before),
        Kind::AskFeedback => {
            next_answer(nudge, pair, |question, _| question == "fb-regular").map(|(before, after)| after > before)
        }
        // Of the whole programme, so that no pair can be told from another.
        Kind::FeedbackCard => None,
        Kind::FirstMeeting | Kind::WelcomeBack | Kind::EndNear | Kind::Anniversary => None,
    }
}

/// The reader's last answer up to the nudge and the first after it, as contentment from 1 to 5.
fn next_answer(nudge: &Nudged, pair: &PairFacts, is_meant: impl Fn(&str, Indicator) -> bool) -> Option<(u8, u8)> {
    let meant = |id: &str| Bank::built_in().question(id).filter(|one| is_meant(one.id.as_str(), one.indicator));
    let content = |value: u8, reverse: bool| if reverse { 6_u8.saturating_sub(value) } else { value };
    let mut values: Vec<(NaiveDate, u8)> = pair
        .answers
        .iter()
        .filter_map(|answer| Some((answer.day, content(answer.value, meant(answer.question.as_str())?.reverse))))
        .collect();
    values.sort_unstable();
    let before = values.iter().rev().find(|(day, _)| *day <= nudge.day)?;
    let after = values.iter().find(|(day, _)| *day > nudge.day)?;
    Some((before.1, after.1))
}
