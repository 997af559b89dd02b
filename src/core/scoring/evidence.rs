//! Weighted answers of the two sides, and the parts of the five indicators that they make.

use std::collections::BTreeSet;

use super::history::{ANSWERS_MAX, Counted, History, Usual, side};
use super::rules::{Rules, UsualOf, rdiv};
use crate::core::question::{Indicator, Role};

const INDICATORS: usize = Indicator::ALL.len();

/// One person and the key of one civil date.
pub(super) type Day = (Role, i32);

/// The sums of mentee and mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    sides: [Sums; 2],
    imaginary: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    /// Weight times residual, by indicator.
    residuals: [i64; INDICATORS],
    /// Sum of the weights.
    weight: i64,
}

impl Evidence {
    /// All of it.
    pub(super) fn of(rules: &Rules, history: &History) -> Self {
        let all = history.answers.iter().take(ANSWERS_MAX);
        Self::sum(rules, usual(rules, history.usual, all.clone()), all)
    }

    /// As if this person had not answered on this day.
    pub(super) fn without(rules: &Rules, history: &History, day: Day) -> Self {
        let all = history.answers.iter().take(ANSWERS_MAX);
        let is_left = move |answer: &&Counted| (answer.role, answer.day) != day;
        let left = all.clone().filter(is_left);
        let usual = match rules.usual_of {
            UsualOf::All => history.usual,
            UsualOf::Before { .. } => {
                let gone = all.filter(move |answer| !is_left(answer));
                usual(rules, less(history.usual, gone), left.clone())
            }
        };
        Self::sum(rules, usual, left)
    }

    /// The days whose answers weigh something.
    pub(super) fn days(rules: &Rules, history: &History) -> BTreeSet<Day> {
        let all = history.answers.iter().take(ANSWERS_MAX);
        all.filter(|answer| weight(rules, answer).is_some()).map(|answer| (answer.role, answer.day)).collect()
    }

    fn sum<'a>(rules: &Rules, usual: [Usual; 2], answers: impl Iterator<Item = &'a Counted>) -> Self {
        let bases = usual.map(|usual| base(rules, usual));
        let mut sides = [Sums::default(); 2];
        for answer in answers {
            let Some(weight) = weight(rules, answer) else { continue };
            let own = side(answer.role);
            let residual = (i64::from(answer.points.clamp(0, 100)) - bases[own]).clamp(-100, rules.praise_at_most);
            sides[own].residuals[answer.indicator as usize] += weight * residual;
            sides[own].weight += weight;
        }
        Self { sides, imaginary: rules.imaginary }
    }

    /// Sum of weights of the side that has less of it, without the imaginary answers.
    pub(super) fn least_weight(&self) -> i64 {
        self.sides[0].weight.min(self.sides[1].weight)
    }

    /// D of a side: its weights, and those of the imaginary usual answers.
    pub(super) fn divisor(&self, role: Role) -> i64 {
        self.imaginary + self.sides[side(role)].weight
    }

    /// The side whose answers lie lower; the mentee when they lie equal.
    fn less_content(&self) -> Role {
        let mean_of = |role: Role| (self.sides[side(role)].residuals.iter().sum::<i64>(), self.divisor(role));
        let ((mentee, of_mentee), (mentor, of_mentor)) = (mean_of(Role::Mentee), mean_of(Role::Mentor));
        if mentee * of_mentor <= mentor * of_mentee { Role::Mentee } else { Role::Mentor }
    }
}

/// What a person's answers are held against: own usual, and a share of what content people press.
pub(super) fn base(rules: &Rules, usual: Usual) -> i64 {
    let begins = rules.usual_begins_with;
    let own = rdiv(begins * rules.norm + i64::from(usual.sum), begins + i64::from(usual.n));
    rdiv(rules.own_share * own + (100 - rules.own_share) * rules.norm, 100)
}

/// The answers that make the own usual of each side, of `all` that ever counted and the newer ones one by one.
pub(super) fn usual<'a>(rules: &Rules, all: [Usual; 2], answers: impl Iterator<Item = &'a Counted>) -> [Usual; 2] {
    let UsualOf::Before { at_least } = rules.usual_of else { return all };
    let before = less(all, answers.filter(|answer| weight(rules, answer).is_some()));
    [0, 1].map(|side| if i64::from(before[side].n) >= at_least { before[side] } else { all[side] })
}

fn less<'a>(mut usual: [Usual; 2], answers: impl Iterator<Item = &'a Counted>) -> [Usual; 2] {
    for answer in answers {
        usual[side(answer.role)] = usual[side(answer.role)].without(answer.points);
    }
    usual
}

/// `None` once an answer weighs nothing any more.
fn weight(rules: &Rules, answer: &Counted) -> Option<i64> {
    let weeks = usize::try_from(answer.age / 7).unwrap_or(usize::MAX);
    rules.weights.get(weeks).copied()
}

/// Points of the five indicators: most or all of them from the less content side.
pub(super) fn indicator_parts(rules: &Rules, evidence: &Evidence) -> [(Indicator, i64); INDICATORS] {
    let less = evidence.less_content();
    let (of_less, of_other) = (evidence.divisor(less), evidence.divisor(less.partner()));
    let (less, other) = (&evidence.sides[side(less)], &evidence.sides[side(less.partner())]);
    Indicator::ALL.map(|indicator| {
        let (low, high) = (less.residuals[indicator as usize], other.residuals[indicator as usize]);
        let sum = rules.less_content * low * of_other + rules.other * high * of_less;
        (indicator, rdiv(sum, rules.shares_of * of_less * of_other))
    })
}
