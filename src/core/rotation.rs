//! Which questions a pair is asked in a week: the rotation that the head of the bank describes.
//!
//! Two places a week, one for each indicator of the week, at least one of them a question for both sides that can
//! stand in the group DM. All possible weeks are laid out and the best one is taken, by the rules in their order:
//!
//! 1. no question comes again before all that fit its indicator were asked;
//! 2. questions of the current stage come before those for any time;
//! 3. the facet that was asked least recently comes first;
//! 4. paired before single-sided; then the question asked least recently; then the order of the bank.
//!
//! Rule 1 gives way only to the need for a shared question: when every question of the week that is still to come
//! is private or single-sided, a shared one comes again early.

mod candidate;
mod queue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::question::{Bank, Indicator, Need, Question, QuestionId, Role, Stage};
use candidate::Candidate;
use queue::Queue;

/// A question that a pair was asked, in a pulse or in a survey. What was folded was never asked and is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedItem {
    pub question: QuestionId,
    pub role: Role,
    /// Which week of the pair it was, counted from 1.
    pub week: u32,
}

/// What the choice depends on beside the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// The asking of the pair that this is, counted from 1. The indicators take turns by it and not by the week:
    /// otherwise half of them never had theirs in a pair that is asked every second week.
    pub turn: u32,
    /// The week of the pair that is asked about, counted from 1.
    pub week: u32,
    /// How many weeks the programme has, where an end is planned.
    pub weeks: Option<u32>,
    /// Whether a meeting of the two is known.
    pub met: bool,
    /// Whether they have a goal.
    pub goal: bool,
}

/// What a pair is asked in one pulse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questions {
    /// For both, posted in the group DM.
    pub shared: QuestionId,
    /// Asked second and privately; either side may have none.
    pub second: Second,
}

/// The second question of each side. Both have the same, or each a single-sided one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    pub mentee: Option<QuestionId>,
    pub mentor: Option<QuestionId>,
}

impl Questions {
    /// The questions of one side, in the order in which they are asked.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &QuestionId> {
        std::iter::once(&self.shared).chain(self.second.of(role))
    }
}

impl Second {
    /// The second question of one side.
    pub fn of(&self, role: Role) -> Option<&QuestionId> {
        match role {
            Role::Mentee => self.mentee.as_ref(),
            Role::Mentor => self.mentor.as_ref(),
        }
    }
}

impl Situation {
    /// The two indicators of this asking: Communication and Growth, the next time Guidance and Feedback; every eighth
    /// time Organisation takes the place of Feedback.
    pub fn indicators(&self) -> [Indicator; 2] {
        match self.turn {
            turn if turn % 8 == 0 => [Indicator::Guidance, Indicator::Organisation],
            turn if turn % 2 == 0 => [Indicator::Guidance, Indicator::Feedback],
            _ => [Indicator::Communication, Indicator::Growth],
        }
    }

    /// Whether `question` may be asked in a pulse now.
    pub fn fits(&self, bank: &Bank, question: &Question) -> bool {
        (self.met || bank.before_first_meeting(question)) && self.knows(question) && self.is_in(question.stage)
    }

    /// Whether all is known that `question` needs to make sense; of surveys, this alone is asked.
    pub fn knows(&self, question: &Question) -> bool {
        self.has(&question.needs)
    }

    /// Whether the pair has all of these.
    pub fn has(&self, needs: &[Need]) -> bool {
        needs.iter().all(|need| match need {
            Need::Met => self.met,
            Need::Goal => self.goal,
        })
    }

    /// Whether it is such a part of the programme.
    pub fn is_in(&self, stage: Stage) -> bool {
        match stage {
            Stage::Any => true,
            Stage::Start => self.week <= 4,
            Stage::Mid => self.week >= 8,
            // The last four of 26 weeks are 23 to 26.
            Stage::End => self.weeks.is_some_and(|weeks| self.week.saturating_add(4) > weeks),
        }
    }

    /// When both questions of a week could be posted, the indicators take turns in the group DM.
    fn posted_first(&self) -> Indicator {
        self.indicators()[(self.turn / 2 % 2) as usize]
    }
}

/// The questions of a pair in the week of `situation`.
///
/// Where an indicator of the week has nothing that fits, as before the first meeting, its place goes to the other
/// one. Where neither has a question for the group DM, that one comes from any indicator, so that a pair is never
/// asked nothing. `None` only where the whole bank has nothing to share, which [`Bank::parse`] refuses.
pub fn next(bank: &Bank, history: &[AskedItem], situation: &Situation) -> Option<Questions> {
    let candidates = |indicator| Queue::new(bank, history, situation, indicator).candidates();
    let week: Vec<_> = situation.indicators().into_iter().flat_map(candidates).collect();
    let mut posted: Vec<_> = week.iter().filter(|one| one.is_shared()).copied().collect();
    if posted.is_empty() {
        posted = Indicator::ALL.into_iter().flat_map(candidates).filter(Candidate::is_shared).collect();
    }
    let (posted, second) = posted
        .iter()
        .flat_map(|posted| seconds(posted, &week).into_iter().map(move |second| (posted, second)))
        .min_by_key(|(posted, second)| {
            let burden = second.map_or(posted.burden, |second| posted.burden + second.burden);
            (burden, posted.indicator != situation.posted_first())
        })?;
    let id = |question: Option<&Question>| question.map(|question| question.id.clone());
    let second = second.map_or_else(Second::default, |two| Second { mentee: id(two.mentee), mentor: id(two.mentor) });
    Some(Questions { shared: id(posted.mentee)?, second })
}

/// What can be asked beside `posted`: something of the other indicator, or of its own if the other has nothing.
fn seconds<'a>(posted: &Candidate<'a>, week: &[Candidate<'a>]) -> Vec<Option<Candidate<'a>>> {
    let all = |fits: &dyn Fn(&Candidate) -> bool| week.iter().filter(|one| fits(one)).map(|one| Some(*one)).collect();
    let other: Vec<_> = all(&|one| one.indicator != posted.indicator);
    let own = || all(&|one| !one.overlaps(posted));
    [other].into_iter().chain([own()]).find(|some| !some.is_empty()).unwrap_or_else(|| vec![None])
}
