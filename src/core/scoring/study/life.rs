//! The invented pairs of the study: what happens to them week by week, and what of that is seen (docs/SCORING.md).

use super::chance::{Chance, logistic};
use super::kind::{Course, Kind};
use crate::core::question::{Indicator, Role};

/// How the pair feels when all is as usual; where the middle of an answer's scale lies.
const USUAL: f64 = 0.8;

/// From where on a side presses 2, 3, 4 and 5.
const STEPS: [f64; 4] = [-2.2, -1.3, -0.3, 1.0];

/// One invented pair.
#[derive(Clone, Debug)]
pub struct Life {
    pub course: Course,
    /// Agreed days between meetings.
    pub rhythm: u32,
    /// The weeks that were seen, from week 1.
    pub weeks: Vec<Week>,
    /// It ended in the week after the last seen one, before its time.
    pub ended: bool,
}

/// What was seen of one week.
#[derive(Clone, Debug, Default)]
pub struct Week {
    /// Mentee and mentor.
    pub asked: [Asked; 2],
    /// A meeting was logged.
    pub met: bool,
    pub goal_moved: bool,
    pub asks_for_help: bool,
    /// Somebody was on an announced absence.
    pub paused: bool,
    /// In truth they met.
    pub met_in_truth: bool,
}

/// What became of asking one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// On an announced absence.
    #[default]
    Not,
    Missed,
    /// Two items, 1 to 5.
    Answered([(Indicator, u8); 2]),
}

/// How somebody presses buttons.
#[derive(Clone, Copy, Debug)]
struct Habit {
    bias: f64,
    always: Option<u8>,
    reply: f64,
}

/// Whether somebody is away.
#[derive(Clone, Copy, Debug, Default)]
struct Absence {
    weeks: u32,
    announced: bool,
}

impl Habit {
    fn draw(chance: &mut Chance) -> Self {
        let bias = 0.5 * chance.normal();
        let style = chance.even();
        let always = match style {
            _ if style < 0.072 => Some(5),
            _ if style < 0.12 => Some(3),
            _ => None,
        };
        let reply = 1.4 + 0.9 * chance.normal();
        let reply = if chance.is(0.12) { -1.2 } else { reply };
        Self { bias, always, reply }
    }
}

impl Absence {
    /// A new week: the one who is away comes nearer, the one who is here may go.
    fn pass(&mut self, chance: &mut Chance) {
        self.weeks = self.weeks.saturating_sub(1);
        if self.weeks == 0 && chance.is(0.03) {
            *self = Self { weeks: 2, announced: chance.is(0.6) };
        }
    }

    fn is_away(self) -> bool {
        self.weeks > 0
    }

    fn is_announced(self) -> bool {
        self.is_away() && self.announced
    }
}

impl Life {
    /// The pair with this number, for at most so many weeks. The order of the draws is part of the definition.
    pub fn draw(seed: u64, pair: u64, weeks: u32) -> Self {
        let (mut happens, mut seen) = Chance::of_pair(seed, pair);
        let chance = &mut happens;
        let rhythm = chance.even();
        let rhythm: u32 = match rhythm {
            _ if rhythm < 0.25 => 1,
            _ if rhythm < 0.80 => 2,
            _ => 4,
        };
        let habits = [Habit::draw(chance), Habit::draw(chance)];
        let base = USUAL + 0.3 * chance.normal();
        let kind = chance.even();
        let kind = match kind {
            _ if kind < 0.06 => Kind::Never,
            _ if kind < 0.12 => Kind::Slow,
            _ => Kind::Ordinary,
        };
        let mut mood = 0.3 / 0.6 * chance.normal();
        let mut course = Course { kind, begins: 1 };
        let mut absences = [Absence::default(); 2];
        let mut since_meeting = 0;
        let mut life = Self { course, rhythm: 7 * rhythm, weeks: Vec::new(), ended: false };
        for week in 1..=weeks {
            if course.kind == Kind::Ordinary && (5..=20).contains(&week) && chance.is(0.025) {
                course = Course { kind: Kind::planted(chance.even()), begins: week };
            }
            if week > 1 {
                mood = 0.8 * mood + 0.3 * chance.normal();
            }
            let feels = course.deviation(week).map(|deviation| base + deviation + mood);
            for absence in &mut absences {
                absence.pass(chance);
            }
            let end = end_likely(course, week, feels);
            if chance.is(end) {
                life.ended = true;
                break;
            }
            since_meeting += 1;
            let here = !absences.iter().any(|absence| absence.is_away());
            let met = here && chance.is(meeting_likely(course, week, feels, since_meeting >= rhythm));
            if met {
                since_meeting = 0;
            }
            let now = Now { course, week, feels, habits, absences };
            life.weeks.push(now.seen(met, &mut seen));
        }
        life.course = course;
        life
    }

    /// How many weeks of it were seen.
    pub fn seen_weeks(&self) -> u32 {
        u32::try_from(self.weeks.len()).unwrap_or(u32::MAX)
    }

    /// The first seen week in trouble; Slow pairs recover by themselves and are never in it.
    pub fn trouble(&self) -> Option<u32> {
        (1..=self.seen_weeks()).find(|week| self.course.kind != Kind::Slow && self.course.is_in_trouble(*week))
    }
}

fn end_likely(course: Course, week: u32, feels: [f64; 2]) -> f64 {
    if week < 5 {
        return 0.0;
    }
    let is_lost = course.kind == Kind::Never || course.is_burnt_out(week);
    logistic(-5.2 - 1.5 * feels[0].min(feels[1]) + if is_lost { 1.5 } else { 0.0 })
}

fn meeting_likely(course: Course, week: u32, feels: [f64; 2], is_time: bool) -> f64 {
    if course.kind == Kind::Never {
        0.01
    } else if is_time {
        logistic(1.3 + 0.9 * (mean(feels) - USUAL) + if course.is_burnt_out(week) { -2.5 } else { 0.0 })
    } else {
        0.05
    }
}

fn mean(feels: [f64; 2]) -> f64 {
    (feels[0] + feels[1]) / 2.0
}

/// One week as it is in truth.
struct Now {
    course: Course,
    week: u32,
    feels: [f64; 2],
    habits: [Habit; 2],
    absences: [Absence; 2],
}

impl Now {
    /// What is seen of it, drawn from the second stream.
    fn seen(&self, met: bool, chance: &mut Chance) -> Week {
        let asked = Role::ALL.map(|role| self.asked(role, chance));
        let anyone = asked.iter().any(|asked| matches!(asked, Asked::Answered(_)));
        Week {
            asked,
            met: met && chance.is(if anyone { 0.95 } else { 0.4 }),
            goal_moved: chance.is(logistic(-0.8 + 0.8 * (mean(self.feels) - USUAL))),
            asks_for_help: chance.is(logistic(-5.0 - self.feels[0])),
            paused: self.absences.iter().any(|absence| absence.is_announced()),
            met_in_truth: met,
        }
    }

    fn asked(&self, role: Role, chance: &mut Chance) -> Asked {
        let side = super::super::history::side(role);
        let (absence, habit, feels) = (self.absences[side], self.habits[side], self.feels[side]);
        if absence.is_announced() {
            return Asked::Not;
        }
        let less = match role {
            _ if self.course.kind == Kind::Never => -0.3,
            Role::Mentor if self.course.is_burnt_out(self.week) => -1.6,
            Role::Mentee if self.course.is_burnt_out(self.week) => -0.5,
            _ => 0.0,
        };
        let would = chance.is(logistic(habit.reply + 0.5 * (feels - USUAL) + less));
        if !would || absence.is_away() {
            return Asked::Missed;
        }
        // Drawn and not used: the audience, and in two weeks the question whether the two fit.
        chance.even();
        let items = items(self.week).map(|indicator| (indicator, habit.press(indicator, feels, chance)));
        if matches!(self.week, 3 | 6) {
            chance.even();
        }
        Asked::Answered(items)
    }
}

impl Habit {
    /// 1 to 5.
    fn press(self, indicator: Indicator, feels: f64, chance: &mut Chance) -> u8 {
        let easy = match indicator {
            Indicator::Growth => 0.0,
            Indicator::Communication => 0.15,
            Indicator::Guidance => 0.25,
            Indicator::Feedback => -0.35,
            Indicator::Organisation => -0.1,
        };
        let draw = chance.even();
        let reached = STEPS.iter().filter(|step| draw < logistic(1.7 * (feels + self.bias + easy - **step))).count();
        match self.always {
            Some(always) if chance.is(0.85) => always,
            _ => 1 + reached as u8,
        }
    }
}

/// The two items of a week.
fn items(week: u32) -> [Indicator; 2] {
    match week {
        _ if week.is_multiple_of(8) => [Indicator::Guidance, Indicator::Organisation],
        _ if week.is_multiple_of(2) => [Indicator::Guidance, Indicator::Feedback],
        _ => [Indicator::Communication, Indicator::Growth],
    }
}
