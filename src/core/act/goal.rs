//! The mentee writes goals, moves them, reaches or drops them, and says how sure they feel; the mentor reads.

use chrono::{DateTime, NaiveDate, Utc};

use super::{mend, open, refuse, say};
use crate::core::case::GoalCase;
use crate::core::command::{Choice, chosen};
use crate::core::content::{Form, GoalForm, GoalSaid, PairGoals, Said, WriteGoal};
use crate::core::decision::{Change, Decision, Field, Reply};
use crate::core::event::Act;
use crate::core::goal::words::{checked, kept, same};
use crate::core::goal::{
    self, Confidence, Entry, Goal, GoalAct, GoalChange, GoalField, GoalRefusal, GoalState, Ideas, Trouble, When,
};
use crate::core::id::{GoalId, PairId, PersonId};
use crate::core::message::Message;
use crate::core::question::Role;
use crate::core::refusal::Refusal;

/// The pair for which somebody wants to write a goal who named none, of those in which they are the mentee.
///
/// # Errors
/// There is none, or it is not clear which is meant.
pub fn goal_pair(pairs: &[Choice], with: Option<&str>) -> Result<PairId, Refusal> {
    if pairs.is_empty() {
        return Err(Refusal::Goal(GoalRefusal::NotAMentee));
    }
    chosen(pairs, with)
}

/// The list of all mentees of this person with their open goals.
pub fn on_all_goals(pairs: Vec<PairGoals>, skip: u32, more: bool) -> Decision {
    let form = Form::Goal(GoalForm::All { pairs, skip, more });
    // The first page opens on a tap in App Home, the others take its place.
    if skip == 0 { open(form) } else { redraw(form) }
}

/// An act about the goals of a pair.
pub fn on_goal(case: &GoalCase, act: &Act, what: &GoalAct, now: DateTime<Utc>) -> Decision {
    let Some(role) = case.pair.role_of(&act.by) else { return refuse(Refusal::NotYourPair) };
    let writer = Writer { case, act, now };
    let reads = matches!(what, GoalAct::OpenPage { .. });
    if role == Role::Mentor && !reads {
        return refuse(Refusal::Goal(GoalRefusal::OnlyTheMentee));
    }
    let mut decision = match what {
        GoalAct::OpenPage { .. } => return open(Form::Goal(GoalForm::Page(page(case, &act.by, now)))),
        GoalAct::Filled { goal, entry, .. } => {
            writer.fill(goal, entry).unwrap_or_else(|(field, trouble)| mend(Field::Goal(field), trouble.sentence()))
        }
        // How sure somebody feels is asked at the pair's end too.
        GoalAct::Rated { goal, when, value, .. } => writer.rate(goal, *when, *value),
        _ if case.pair.ended.is_some() => refuse(Refusal::Ended),
        GoalAct::OpenNew { .. } => writer.new_form(""),
        GoalAct::OpenAny { title, .. } => writer.new_form(title),
        GoalAct::OpenChange { goal, .. } => writer.change_form(goal),
        GoalAct::Step { goal, n, done, .. } => writer.step(goal, *n, *done),
        GoalAct::Moved { goal, .. } => writer.moved(goal),
        GoalAct::Reached { goal, .. } => writer.stands(goal, GoalState::Reached),
        GoalAct::OpenedAgain { goal, .. } => writer.stands(goal, GoalState::Open),
        GoalAct::OpenAll { .. } => refuse(Refusal::Unknown),
    };
    if !decision.changes.is_empty() {
        decision.messages.extend(case.homes.iter().map(|person| Message::Home { person: person.clone() }.at(now)));
    }
    decision
}

/// All goals of the pair, as `reader` may see them.
fn page(case: &GoalCase, reader: &PersonId, now: DateTime<Utc>) -> PairGoals {
    let own = case.pair.mentee == *reader;
    let middle = goal::middle(&case.program, &case.pair);
    let ask = |goal: &Goal| {
        let known: Vec<When> = case.rated.iter().filter(|one| one.goal == goal.id).map(|one| one.when).collect();
        Some((goal.id.clone(), goal.skill().to_owned(), goal.asks(&known, middle, case.pair.ended, now)?))
    };
    let (open, mut over): (Vec<Goal>, Vec<Goal>) = case.goals.iter().cloned().partition(Goal::is_open);
    over.sort_by(|a, b| b.state_at.cmp(&a.state_at).then_with(|| a.id.cmp(&b.id)));
    PairGoals {
        pair: case.pair.id.clone(),
        partner: if own { case.mentor.name.clone() } else { case.mentee.name.clone() },
        own,
        ended: case.pair.ended,
        over: !over.is_empty(),
        // Whether and what the mentee is asked is the mentee's alone.
        asks: if own { case.goals.iter().filter_map(ask).collect() } else { Vec::new() },
        goals: open.into_iter().chain(over).collect(),
    }
}

fn redraw(form: Form) -> Decision {
    Decision { reply: Reply::Redraw(form), ..Decision::default() }
}

/// The mentee.
struct Writer<'a> {
    case: &'a GoalCase,
    act: &'a Act,
    now: DateTime<Utc>,
}

impl Writer<'_> {
    fn goal(&self, id: &GoalId) -> Option<&Goal> {
        self.case.goals.iter().find(|goal| goal.id == *id)
    }

    fn open_goals(&self) -> usize {
        self.case.goals.iter().filter(|goal| goal.is_open()).count()
    }

    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.case.mentee.zone).date_naive()
    }

    fn new_form(&self, title: &str) -> Decision {
        if self.open_goals() >= goal::OPEN {
            return refuse(Refusal::Goal(GoalRefusal::Enough));
        }
        self.form(GoalId::new(&self.act.id), None, title)
    }

    fn change_form(&self, id: &GoalId) -> Decision {
        match self.goal(id) {
            None => refuse(Refusal::Gone),
            Some(goal) if !goal.is_open() => refuse(Refusal::Goal(GoalRefusal::Over)),
            Some(goal) => self.form(id.clone(), Some(goal.clone()), ""),
        }
    }

    fn form(&self, goal: GoalId, stands: Option<Goal>, title: &str) -> Decision {
        let (pair, partner) = (self.case.pair.id.clone(), self.case.mentor.name.clone());
        open(Form::Goal(GoalForm::Write(WriteGoal { pair, partner, goal, stands, title: title.to_owned() })))
    }

    /// A form that is sent twice, or after something changed, keeps what was typed and says what is in its way.
    fn fill(&self, id: &GoalId, entry: &Entry) -> Result<Decision, (GoalField, Trouble)> {
        let at_title = |trouble| Err((GoalField::Title, trouble));
        if self.case.pair.ended.is_some() {
            return at_title(Trouble::PairEnded);
        }
        let stands = self.goal(id);
        if let Some(goal) = stands.filter(|goal| !goal.is_open()) {
            return at_title(Trouble::Over { state: goal.state });
        }
        if entry.dropped {
            let Some(goal) = stands else { return Ok(refuse(Refusal::Gone)) };
            let dropped = Change::Goal(self.standing(&goal.id, GoalState::Dropped));
            return Ok(Decision { changes: vec![dropped], ..told(GoalSaid::Dropped) });
        }
        let (words, steps) = checked(entry, Ideas::built_in(), self.today())?;
        if stands.is_none() && self.open_goals() >= goal::OPEN {
            return at_title(Trouble::Enough);
        }
        let others = self.case.goals.iter().filter(|goal| goal.id != *id && goal.is_open());
        if others.into_iter().any(|other| same(&other.words.title, &words.title)) {
            return at_title(Trouble::Twice);
        }
        let (at, count) = (self.act.at, steps.len());
        let goal = Goal {
            id: id.clone(),
            pair: self.case.pair.id.clone(),
            words,
            steps: kept(stands.map_or(&[][..], |goal| &goal.steps), steps),
            by: entry.by,
            state: GoalState::Open,
            set: stands.map_or(at, |goal| goal.set),
            moved: stands.map_or(at, |goal| goal.moved),
            state_at: stands.map_or(at, |goal| goal.state_at),
            written: at,
        };
        let mut changes = vec![Change::Goal(GoalChange::Written { goal: Box::new(goal) })];
        changes.extend(entry.confidence.map(|value| Change::Goal(self.rated(id, When::Start, value))));
        let partner = self.case.mentor.name.clone();
        Ok(Decision { changes, ..told(GoalSaid::Saved { partner, new: stands.is_none(), steps: count }) })
    }

    fn step(&self, id: &GoalId, n: u16, done: bool) -> Decision {
        let (pair, goal, at) = (self.case.pair.id.clone(), id.clone(), self.act.at);
        match self.goal(id) {
            Some(stands) if !stands.is_open() => refuse(Refusal::Goal(GoalRefusal::Over)),
            Some(stands) if stands.steps.iter().any(|step| step.n == n) => {
                self.done(GoalChange::Stepped { pair, goal, n, done, at })
            }
            _ => refuse(Refusal::Gone),
        }
    }

    fn moved(&self, id: &GoalId) -> Decision {
        match self.goal(id) {
            None => refuse(Refusal::Gone),
            Some(goal) if !goal.is_open() => refuse(Refusal::Goal(GoalRefusal::Over)),
            Some(_) => {
                let (pair, goal, at) = (self.case.pair.id.clone(), id.clone(), self.act.at);
                self.done(GoalChange::Moved { pair, goal, at })
            }
        }
    }

    fn stands(&self, id: &GoalId, state: GoalState) -> Decision {
        let Some(goal) = self.goal(id) else { return refuse(Refusal::Gone) };
        match state {
            GoalState::Open if !goal.is_open() && self.open_goals() >= goal::OPEN => {
                return refuse(Refusal::Goal(GoalRefusal::Enough));
            }
            GoalState::Reached if goal.state == GoalState::Dropped => {
                return refuse(Refusal::Goal(GoalRefusal::Over));
            }
            _ => {}
        }
        self.done(self.standing(id, state))
    }

    fn standing(&self, id: &GoalId, state: GoalState) -> GoalChange {
        let (pair, goal, at) = (self.case.pair.id.clone(), id.clone(), self.act.at);
        GoalChange::Stands { pair, goal, state, at }
    }

    fn rate(&self, id: &GoalId, when: When, value: u8) -> Decision {
        match self.goal(id) {
            None => refuse(Refusal::Gone),
            Some(_) if !(1..=5).contains(&value) => refuse(Refusal::Unknown),
            Some(_) => self.done(self.rated(id, when, value)),
        }
    }

    fn rated(&self, id: &GoalId, when: When, value: u8) -> GoalChange {
        let confidence = Confidence { goal: id.clone(), when, value: value.clamp(1, 5), at: self.act.at };
        GoalChange::Rated { confidence }
    }

    /// One tap. App Home is drawn anew by itself, a page on which the tap was by the answer.
    fn done(&self, change: GoalChange) -> Decision {
        let mut after = self.case.clone();
        after.take(&change);
        let shown = page(&after, &self.act.by, self.now);
        Decision { changes: vec![Change::Goal(change)], ..redraw(Form::Goal(GoalForm::Page(shown))) }
    }
}

fn told(what: GoalSaid) -> Decision {
    say(Said::Goal(what))
}
