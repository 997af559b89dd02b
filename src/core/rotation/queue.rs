//! The questions of one indicator that wait for their turn with a pair.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::candidate::{Burden, Candidate};
use super::{AskedItem, Situation};
use crate::core::question::{Bank, Facet, Indicator, Question, Stage};

/// What fits an indicator now, and what of it was asked when.
pub(super) struct Queue<'a> {
    fitting: Vec<&'a Question>,
    /// Asked in this round; a round ends when all that fit were asked.
    asked: HashSet<&'a str>,
    question_week: HashMap<&'a str, u32>,
    facet_week: HashMap<Facet, u32>,
}

impl<'a> Queue<'a> {
    pub fn new(bank: &'a Bank, history: &[AskedItem], situation: &Situation, indicator: Indicator) -> Self {
        let own: HashMap<&str, &Question> =
            bank.questions.iter().filter(|one| one.indicator == indicator).map(|one| (one.id.as_str(), one)).collect();
        let fitting: Vec<_> = bank
            .questions
            .iter()
            .filter(|question| question.indicator == indicator && situation.fits(bank, question))
            .collect();
        let fits: HashSet<&str> = fitting.iter().map(|question| question.id.as_str()).collect();
        let mut queue =
            Self { fitting, asked: HashSet::new(), question_week: HashMap::new(), facet_week: HashMap::new() };
        // The rotation is the pair's: a question that one side was asked was asked.
        let weeks: BTreeSet<(u32, &str)> = history.iter().map(|item| (item.week, item.question.as_str())).collect();
        for (week, question) in weeks.into_iter().filter_map(|(week, id)| Some((week, *own.get(id)?))) {
            let id = question.id.as_str();
            queue.question_week.insert(id, week);
            queue.facet_week.insert(question.facet, week);
            if fits.contains(id) {
                queue.asked.insert(id);
            }
            if queue.asked.len() == fits.len() {
                queue.asked.clear();
            }
        }
        queue
    }

    /// All that could be asked now.
    pub fn candidates(&self) -> Vec<Candidate<'a>> {
        let alone =
            |(place, question): (usize, &&'a Question)| Candidate::alone(question, self.burden(place, question));
        let mut all: Vec<_> = self.fitting.iter().enumerate().map(alone).collect();
        let pairs = all.iter().flat_map(|mentee| all.iter().filter_map(|mentor| Candidate::together(mentee, mentor)));
        let pairs: Vec<_> = pairs.collect();
        all.extend(pairs);
        all
    }

    fn burden(&self, place: usize, question: &Question) -> Burden {
        let id = question.id.as_str();
        let week = |week: Option<&u32>| week.copied().map_or(0, u64::from);
        Burden {
            early: u64::from(self.asked.contains(id)),
            // Its stage lets a question come before the others once, not again and again where one is wanted early.
            any_time: u64::from(question.stage == Stage::Any || self.asked.contains(id)),
            facet_week: week(self.facet_week.get(&question.facet)),
            single: 0,
            question_week: week(self.question_week.get(id)),
            place: place as u64,
        }
    }
}
