//! What the rows say of one pair up to a cut-off, and how the published rules look at it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::evaluation::{Evaluation, Moment};
use super::gap::Paired;
use super::health::{AskedBefore, Counted, History, Usual, points};
use super::history::side;
use crate::core::cadence::civil;
use crate::core::pause::{Span, active_days};
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::question::{Indicator, Question, Role, upright};

/// Whole active weeks after which an answer weighs nothing (docs/SCORING.md).
pub const ANSWERS_WEIGH_WEEKS: u32 = 13;

/// Pulses that each side is judged by: the last so many that it was asked.
const LAST_ASKED: usize = 4;

/// Everything that is known of one pair at a cut-off. Totals-only answers are nowhere in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Counted answers of closed pulses, oldest first: those of the last thirteen active weeks, and maybe older ones.
    pub given: Vec<Given>,
    /// What closed pulses asked, newest first: enough for the last four of each side, and for two weeks.
    pub asked: Vec<Asked>,
    /// Counted answers that closed after the last evaluation, or ever without one, and are too old to be in `given`.
    pub earlier: [Usual; 2],
    /// Answers that closed after this are in `given`.
    pub given_after: DateTime<Utc>,
    /// When the two last met, as far as they said so, and the time before that.
    pub last_met: Option<DateTime<Utc>>,
    pub met_before: Option<DateTime<Utc>>,
    /// What became of the pair's goals.
    pub goals: Moves,
    /// Days on which the pair is paused, or one of the two is away: they do not count.
    pub pauses: Vec<Span>,
    /// Public holidays of one of the two: they do not count either.
    pub holidays: Vec<Span>,
    /// Whom of the two nothing was asked in the week before the cut-off, because of a pause, because they were away, or because
    /// they want it so.
    pub resting: Vec<Role>,
    /// Every how many days the two meant to meet, by their agreement; `None`: as the programme says.
    pub rhythm: Option<u8>,
    /// The newest evaluation before the cut-off.
    pub last: Option<Weekly>,
    /// What this one is compared with: the evaluation three before `last`, so that it is the fourth back, or the first.
    pub before: Option<Weekly>,
}

/// How the goals of a pair moved, as it was known at the cut-off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// When one was set, moved or reached last; `None`: the pair has had none.
    pub last: Option<DateTime<Utc>>,
    /// In the week before the cut-off.
    pub set: u32,
    pub reached: u32,
}

/// What counting needs to know of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Names the question among those of its programme.
    pub place: u16,
    pub indicator: Indicator,
    pub reverse: bool,
}

impl Topic {
    /// The questions of a programme by their names, with places in the order of the names.
    pub fn all<'p>(program: &'p Program) -> HashMap<&'p str, Self> {
        let mut questions: Vec<&Question> = program.questions().collect();
        questions.sort_by_key(|question| &question.id);
        let topic = |(question, place): (&'p Question, u16)| {
            (question.id.as_str(), Self { place, indicator: question.indicator, reverse: question.reverse })
        };
        questions.into_iter().zip(0..).map(topic).collect()
    }
}

/// One counted answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    pub role: Role,
    pub question: Topic,
    /// 1 to 5, as it was tapped.
    pub value: u8,
    pub at: DateTime<Utc>,
    /// The same by the programme's clock.
    pub day: NaiveDate,
    /// When its pulse closed. A pair has one pulse a day at most, so that this names it.
    pub closed: DateTime<Utc>,
}

/// One side of a closed pulse that was answered or missed; skipped and folded ones are neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub role: Role,
    pub closed: DateTime<Utc>,
    pub answered: bool,
}

/// A pair's weekly evaluation as it is stored, with what the next one goes on from.
#[derive(Clone, Debug, PartialEq)]
pub struct Weekly {
    pub cutoff: DateTime<Utc>,
    /// From 1.
    pub number: u32,
    pub evaluation: Evaluation,
    /// All counted answers up to the cut-off: mentee, mentor.
    pub usual: [Usual; 2],
    /// All pulses that each side was asked up to the cut-off, and how many of them closed unanswered.
    pub asked: [AskedBefore; 2],
    /// The cut-off at which the two were last said to see some things differently.
    pub gap: Option<DateTime<Utc>>,
}

impl Given {
    /// 1 to 5, where more is better: a reversed item is turned round.
    pub fn upright(&self) -> u8 {
        upright(self.value, self.question.reverse)
    }
}

impl Record {
    /// What the rules look at.
    pub fn history(&self, program: &Program, pair: &Pair, cutoff: DateTime<Utc>) -> History {
        let today = civil(program.zone, cutoff).date();
        let off = self.off();
        let age = |day| active_days(day, today, &off);
        let counted = |given: &Given| Counted {
            role: given.role,
            indicator: given.question.indicator,
            age: age(given.day),
            day: chrono::Datelike::num_days_from_ce(&given.day),
            points: points(given.value, given.question.reverse),
        };
        let met = self.last_met.map_or_else(|| begins(program, pair), |at| civil(program.zone, at).date());
        History {
            answers: self.given.iter().map(counted).filter(|answer| answer.age < ANSWERS_WEIGH_WEEKS * 7).collect(),
            usual: self.usual(),
            days_since_meeting: age(met),
            rhythm: u32::from(self.rhythm.unwrap_or(program.rhythm)),
            missed: Role::ALL.map(|role| self.missed(role)),
            before: Role::ALL.map(|role| self.before_the_last_four(role)),
            days_since_goal: self.goals.last.map(|at| age(civil(program.zone, at).date())),
        }
    }

    /// What else the rules ask of the cut-off.
    pub fn moment(&self, program: &Program, pair: &Pair, cutoff: DateTime<Utc>) -> Moment {
        let today = civil(program.zone, cutoff).date();
        Moment {
            active_days: active_days(begins(program, pair), today, &self.off()),
            never_met: self.last_met.is_none(),
            paused: self.is_paused(today),
        }
    }

    /// All days that do not count.
    fn off(&self) -> Vec<Span> {
        self.pauses.iter().chain(&self.holidays).copied().collect()
    }

    /// Whether nothing is asked of the pair on this day.
    pub fn is_paused(&self, day: NaiveDate) -> bool {
        self.pauses.iter().any(|span| span.touches(day, day))
    }

    /// All counted answers so far: mentee, mentor.
    pub fn usual(&self) -> [Usual; 2] {
        let last = self.last.as_ref();
        let since = last.map_or(self.given_after, |last| last.cutoff.max(self.given_after));
        let mut usual = last.map_or_else(Default::default, |last| last.usual);
        for (all, earlier) in usual.iter_mut().zip(self.earlier) {
            *all = Usual { n: all.n.saturating_add(earlier.n), sum: all.sum.saturating_add(earlier.sum) };
        }
        for given in self.given.iter().filter(|given| given.closed > since) {
            let all = &mut usual[side(given.role)];
            *all = all.and(points(given.value, given.question.reverse));
        }
        usual
    }

    /// Questions that both sides answered in the same pulse, with counted answers.
    pub fn paired(&self, cutoff: DateTime<Utc>) -> Vec<Paired> {
        let mut items = Vec::new();
        for mentee in self.given.iter().rev().filter(|given| given.role == Role::Mentee) {
            let same = |other: &&Given| {
                other.role == Role::Mentor && other.closed == mentee.closed && other.question == mentee.question
            };
            if let Some(mentor) = self.given.iter().find(same) {
                let age = u32::try_from((cutoff - mentee.closed).num_days()).unwrap_or(0);
                items.push(Paired { age, mentee: mentee.upright(), mentor: mentor.upright() });
            }
        }
        items
    }

    /// All pulses that each side was asked so far: mentee, mentor.
    pub fn asked_so_far(&self) -> [AskedBefore; 2] {
        let last = self.last.as_ref();
        Role::ALL.map(|role| {
            let so_far = last.map_or_else(AskedBefore::default, |last| last.asked[side(role)]);
            let since = |asked: &&Asked| asked.role == role && last.is_none_or(|last| asked.closed > last.cutoff);
            self.asked.iter().filter(since).fold(so_far, |all, asked| AskedBefore {
                asked: all.asked.saturating_add(1),
                missed: all.missed.saturating_add(u32::from(!asked.answered)),
            })
        })
    }

    /// Whether `asked` must reach back beyond `given_after`: a side was not asked four times since, or no evaluation has
    /// counted what was asked before.
    pub fn asked_seldom(&self) -> bool {
        let times = |role| self.asked.iter().filter(|asked| asked.role == role).take(LAST_ASKED).count();
        self.last.as_ref().is_none_or(|last| last.cutoff < self.given_after)
            || Role::ALL.into_iter().any(|role| times(role) < LAST_ASKED)
    }

    /// The pulses that this side was asked before the last four.
    fn before_the_last_four(&self, role: Role) -> AskedBefore {
        let all = self.asked_so_far()[side(role)];
        let last = self.asked.iter().filter(|asked| asked.role == role).take(LAST_ASKED).count();
        AskedBefore {
            asked: all.asked.saturating_sub(u32::try_from(last).unwrap_or(u32::MAX)),
            missed: all.missed.saturating_sub(self.missed(role)),
        }
    }

    /// Of the last four pulses that this side was asked, those that closed unanswered.
    fn missed(&self, role: Role) -> u32 {
        let last = self.asked.iter().filter(|asked| asked.role == role).take(LAST_ASKED);
        last.map(|asked| u32::from(!asked.answered)).sum()
    }
}

/// The first day of the pair.
pub fn begins(program: &Program, pair: &Pair) -> NaiveDate {
    pair.starts.max(program.starts)
}
