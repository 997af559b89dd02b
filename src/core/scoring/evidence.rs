//! Weighted answers of the two sides, and the parts of the five indicators that they make.

use super::history::{ANSWERS_MAX, Counted, History, Usual, side};
use super::rules::{Rules, rdiv};
use crate::core::question::{Indicator, Role};

const INDICATORS: usize = Indicator::ALL.len();

/// Sums of one side, or what one day gives to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// Weight times residual, by indicator.
    residuals: [i64; INDICATORS],
    /// Sum of the weights, in thousandths.
    weight: i64,
}

/// The sums of mentee and mentor, and which day gave what.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    sides: [Sums; 2],
    days: Vec<(usize, i32, Sums)>,
    imaginary: i64,
}

/// What a person's answers are held against: own usual, and a share of what content people press.
pub(super) fn base(rules: &Rules, usual: Usual) -> i64 {
    let begins = rules.usual_begins_with;
    let own = rdiv(begins * rules.norm + i64::from(usual.sum), begins + i64::from(usual.n));
    rdiv(rules.own_share * own + (100 - rules.own_share) * rules.norm, 100)
}

impl Sums {
    fn add(&mut self, indicator: Indicator, weight: i64, residual: i64) {
        self.residuals[indicator as usize] += weight * residual;
        self.weight += weight;
    }

    fn without(&self, day: &Self) -> Self {
        let mut less = Self { residuals: self.residuals, weight: self.weight - day.weight };
        for (own, gone) in less.residuals.iter_mut().zip(day.residuals) {
            *own -= gone;
        }
        less
    }

    fn total(&self) -> i64 {
        self.residuals.iter().sum()
    }
}

impl Evidence {
    pub(super) fn of(rules: &Rules, history: &History) -> Self {
        let bases = history.usual.map(|usual| base(rules, usual));
        let mut evidence = Self { imaginary: rules.imaginary, ..Self::default() };
        for answer in history.answers.iter().take(ANSWERS_MAX) {
            let Some(weight) = weight(rules, answer) else { continue };
            let side = side(answer.role);
            let residual = (i64::from(answer.points.clamp(0, 100)) - bases[side]).clamp(-100, rules.praise_at_most);
            evidence.sides[side].add(answer.indicator, weight, residual);
            evidence.day(side, answer.day).add(answer.indicator, weight, residual);
        }
        evidence
    }

    /// What this day gave so far. Few days are kept, and answers of one day come together: looking from the end is short.
    fn day(&mut self, side: usize, day: i32) -> &mut Sums {
        let known = self.days.iter().rposition(|(of, on, _)| (*of, *on) == (side, day));
        let at = known.unwrap_or_else(|| {
            self.days.push((side, day, Sums::default()));
            self.days.len() - 1
        });
        &mut self.days[at].2
    }

    /// The same evidence without one day of one person, for each day.
    pub(super) fn each_without_a_day(&self) -> impl Iterator<Item = Self> + '_ {
        self.days.iter().map(|(side, _, day)| {
            let mut sides = self.sides;
            sides[*side] = sides[*side].without(day);
            Self { sides, days: Vec::new(), imaginary: self.imaginary }
        })
    }

    /// Sum of weights of the side that has less of it, in thousandths, without the imaginary answers.
    pub(super) fn least_weight(&self) -> i64 {
        self.sides[0].weight.min(self.sides[1].weight)
    }

    /// D of a side: its weights, and those of the imaginary usual answers.
    pub(super) fn divisor(&self, role: Role) -> i64 {
        self.imaginary + self.sides[side(role)].weight
    }

    /// The side whose answers lie lower; the mentee when they lie equal.
    pub(super) fn less_content(&self) -> Role {
        let mean_of = |role: Role| (self.sides[side(role)].total(), self.divisor(role));
        let ((mentee, of_mentee), (mentor, of_mentor)) = (mean_of(Role::Mentee), mean_of(Role::Mentor));
        if mentee * of_mentor <= mentor * of_mentee { Role::Mentee } else { Role::Mentor }
    }
}

/// In thousandths; `None` once an answer weighs nothing any more.
fn weight(rules: &Rules, answer: &Counted) -> Option<i64> {
    let weeks = usize::try_from(answer.age / 7).unwrap_or(usize::MAX);
    rules.weights.get(weeks).copied()
}

/// Points of the five indicators: two times the less content side, and some of the other.
pub(super) fn indicator_parts(rules: &Rules, evidence: &Evidence) -> [(Indicator, i64); INDICATORS] {
    let less = evidence.less_content();
    let (of_less, of_other) = (evidence.divisor(less), evidence.divisor(less.partner()));
    let (less, other) = (&evidence.sides[side(less)], &evidence.sides[side(less.partner())]);
    Indicator::ALL.map(|indicator| {
        let (low, high) = (less.residuals[indicator as usize], other.residuals[indicator as usize]);
        (indicator, rdiv(rules.less_content * low * of_other + rules.other * high * of_less, 5 * of_less * of_other))
    })
}
