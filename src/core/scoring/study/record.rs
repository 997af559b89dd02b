//! What a coordinator's side would have on record of an invented pair, week by week.

use super::super::evaluation::Moment;
use super::super::health::{Counted, History, Usual, points};
use super::super::history::side;
use super::life::{Asked, Life, Week};
use crate::core::question::Role;

/// Weeks after which an answer is dropped from the record: it weighs nothing any more.
const KEPT_WEEKS: u32 = 13;

/// The rows of one pair so far.
#[derive(Clone, Debug)]
pub struct Record {
    rhythm: u32,
    week: i32,
    active_days: u32,
    /// Ages count from the day of the newest evaluation.
    answers: Vec<Counted>,
    usual: [Usual; 2],
    /// In active days since the start.
    last_met: Option<u32>,
    goal_moved: u32,
    /// Whether each pulse was missed, newest last, at most four.
    missed: [Vec<bool>; 2],
    /// All answers as they were tapped, newest last.
    tapped: Vec<u8>,
    /// The weeks in which a meeting was logged.
    meetings: Vec<u32>,
}

impl Record {
    pub fn new(life: &Life) -> Self {
        Self {
            rhythm: life.rhythm,
            week: 0,
            active_days: 0,
            answers: Vec::new(),
            usual: [Usual::default(); 2],
            last_met: None,
            goal_moved: 0,
            missed: [Vec::new(), Vec::new()],
            tapped: Vec::new(),
            meetings: Vec::new(),
        }
    }

    /// Sum and number of the newest answers of 1 to 5, of both sides together, at most four.
    pub fn last_four(&self) -> (i64, i64) {
        let newest = &self.tapped[self.tapped.len().saturating_sub(4)..];
        (newest.iter().map(|value| i64::from(*value)).sum(), newest.len() as i64)
    }

    /// Weeks since the start.
    pub fn weeks(&self) -> i64 {
        i64::from(self.week)
    }

    /// Whether mentee and mentor answered the last pulse that they were asked.
    pub fn answered_last(&self) -> [bool; 2] {
        [0, 1].map(|side| self.missed[side].last() != Some(&true))
    }

    /// Meetings logged in the newest so many weeks.
    pub fn meetings_in(&self, weeks: u32) -> i64 {
        self.meetings.iter().filter(|week| **week + weeks > self.week as u32).count() as i64
    }

    /// Writes one more week down, and says what the rules then look at.
    pub fn after(&mut self, week: &Week) -> (History, Moment) {
        self.week += 1;
        if !week.paused {
            self.active_days += 7;
            self.answers.iter_mut().for_each(|answer| answer.age += 7);
            self.answers.retain(|answer| answer.age < 7 * KEPT_WEEKS);
        }
        for role in Role::ALL {
            self.write(role, &week.asked[side(role)]);
        }
        if week.met {
            self.last_met = Some(self.active_days);
            self.meetings.push(self.week as u32);
        }
        if week.goal_moved {
            self.goal_moved = self.active_days;
        }
        let missed = [0, 1].map(|side| self.missed[side].iter().map(|missed| u32::from(*missed)).sum());
        let history = History {
            answers: self.answers.clone(),
            usual: self.usual,
            days_since_meeting: self.active_days - self.last_met.unwrap_or(0),
            rhythm: self.rhythm,
            missed,
            days_since_goal: Some(self.active_days - self.goal_moved),
        };
        let never_met = self.last_met.is_none();
        (history, Moment { active_days: self.active_days, never_met, paused: week.paused })
    }

    fn write(&mut self, role: Role, asked: &Asked) {
        let missed = &mut self.missed[side(role)];
        match asked {
            Asked::Not => return,
            Asked::Missed => missed.push(true),
            Asked::Answered(_) => missed.push(false),
        }
        if missed.len() > 4 {
            missed.remove(0);
        }
        if let Asked::Answered(items) = asked {
            for (indicator, value) in *items {
                self.tapped.push(value);
                let points = points(value, false);
                self.usual[side(role)] = self.usual[side(role)].and(points);
                self.answers.push(Counted { role, indicator, age: 0, day: self.week, points });
            }
        }
    }
}
