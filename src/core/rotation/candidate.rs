//! What could stand in one of the two places of a week, and how well it would stand there.

use std::ops::Add;

use crate::core::question::{Indicator, Question, Role};

/// A question for both sides, one for each side, or one for one side alone.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub indicator: Indicator,
    pub mentee: Option<&'a Question>,
    pub mentor: Option<&'a Question>,
    pub burden: Burden,
}

/// What speaks against a candidate, the weightiest first. The fields are the rules of the rotation in their order;
/// two places are weighed together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Burden {
    /// Questions that come again before all that fit were asked.
    pub early: u64,
    /// 1 if it is not of the current stage in particular.
    pub any_time: u64,
    /// The week in which the facet was last asked; 0 for never.
    pub facet_week: u64,
    /// 0 paired, 1 a single-sided question for each side, 2 one for one side alone.
    pub single: u64,
    /// The week in which the question was last asked; 0 for never.
    pub question_week: u64,
    /// Its place in the bank.
    pub place: u64,
}

impl Candidate<'_> {
    /// Whether it can be posted in the pair's group DM.
    pub fn is_shared(&self) -> bool {
        self.mentee.is_some_and(Question::is_shared)
    }

    /// Whether a question of this one is in `other` too.
    pub fn overlaps(&self, other: &Self) -> bool {
        let own = [self.mentee, self.mentor];
        own.into_iter()
            .flatten()
            .any(|own| [other.mentee, other.mentor].into_iter().flatten().any(|one| one.id == own.id))
    }
}

impl<'a> Candidate<'a> {
    /// A question by itself: for both sides if it is paired.
    pub fn alone(question: &'a Question, burden: Burden) -> Self {
        let side = |role| question.text(role).map(|_| question);
        let single = if question.is_paired() { 0 } else { 2 };
        let burden = Burden { single, ..burden };
        Self { indicator: question.indicator, mentee: side(Role::Mentee), mentor: side(Role::Mentor), burden }
    }

    /// A single-sided question for the mentee together with one for the mentor, if that is what they are.
    pub fn together(mentee: &Self, mentor: &Self) -> Option<Self> {
        let (None, None) = (mentee.mentor, mentor.mentee) else { return None };
        let (one, two) = (mentee.burden, mentor.burden);
        let burden = Burden {
            early: one.early + two.early,
            any_time: one.any_time.min(two.any_time),
            facet_week: one.facet_week.min(two.facet_week),
            single: 1,
            question_week: one.question_week.min(two.question_week),
            place: one.place.min(two.place),
        };
        Some(Self { indicator: mentee.indicator, mentee: mentee.mentee, mentor: mentor.mentor, burden })
    }
}

impl Add for Burden {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            early: self.early + other.early,
            any_time: self.any_time + other.any_time,
            facet_week: self.facet_week + other.facet_week,
            single: self.single + other.single,
            question_week: self.question_week + other.question_week,
            place: self.place + other.place,
        }
    }
}
