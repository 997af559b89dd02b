mod examples;
mod properties;

use super::super::rules::RulesVersion::{V1, V2};
use super::super::state::{Seen, State};
use super::*;
use crate::core::question::{Indicator, Role};

const ALL_USUAL: [u8; 8] = [4; 8];

/// Eight weeks of two items a week to both sides, newest first; a pair that meets, answers and moves its goals.
fn eight_weeks(mentee: [u8; 8], mentor: [u8; 8]) -> History {
    let answers = (0..8).flat_map(|week| {
        let items = match week % 2 {
            0 => [Indicator::Guidance, Indicator::Feedback],
            _ => [Indicator::Communication, Indicator::Growth],
        };
        items.into_iter().flat_map(move |indicator| {
            [(Role::Mentee, mentee[week]), (Role::Mentor, mentor[week])]
                .map(|(role, value)| (role, indicator, week, value))
        })
    });
    counted(answers.map(|(role, indicator, week, value)| Counted {
        role,
        indicator,
        age: 7 * week as u32,
        day: -(week as i32),
        points: points(value, false),
    }))
}

/// These answers, which are all that there ever were, of a pair that meets, answers and moves its goals.
fn counted(answers: impl Iterator<Item = Counted>) -> History {
    let answers: Vec<Counted> = answers.collect();
    let usual = usual_of(&answers);
    // Eight pulses in all.
    let before = [AskedBefore { asked: 4, missed: 0 }; 2];
    History { answers, usual, days_since_meeting: 5, rhythm: 14, missed: [0, 0], before, days_since_goal: Some(3) }
}

fn usual_of(answers: &[Counted]) -> [Usual; 2] {
    Role::ALL.map(|role| {
        let own = answers.iter().filter(|answer| answer.role == role);
        own.fold(Usual::default(), |usual, answer| usual.and(answer.points))
    })
}

/// As `history`, but the mentee gave this value in the two items of a week, or in the first of them alone.
fn with(mut history: History, week: u32, items: usize, value: u8) -> History {
    let is_it = |one: &&mut Counted| (one.role, one.age) == (Role::Mentee, 7 * week);
    history.answers.iter_mut().filter(is_it).take(items).for_each(|one| one.points = points(value, false));
    history.usual = usual_of(&history.answers);
    history
}

/// The cases A to N of docs/SCORING.md.
fn case(name: char) -> History {
    let low = [2, 2, 2, 4, 4, 4, 4, 4];
    let slow = |history| History { days_since_meeting: 34, missed: [2, 0], days_since_goal: Some(35), ..history };
    match name {
        'A' => counted(std::iter::empty()),
        'B' => eight_weeks(ALL_USUAL, ALL_USUAL),
        'C' => eight_weeks([5; 8], [5; 8]),
        'D' => eight_weeks([3; 8], [3; 8]),
        'E' => with(case('B'), 0, 1, 1),
        'F' => eight_weeks(low, ALL_USUAL),
        'G' => slow(case('B')),
        'H' => slow(case('F')),
        'I' => {
            let all = eight_weeks([1; 8], [1; 8]);
            History { days_since_meeting: 60, missed: [4, 4], days_since_goal: Some(70), ..all }
        }
        'J' => eight_weeks([3, 3, 5, 5, 5, 5, 5, 5], [5; 8]),
        'K' => {
            let seldom = [AskedBefore { asked: 12, missed: 6 }, AskedBefore { asked: 12, missed: 0 }];
            History { missed: [2, 0], before: seldom, ..case('B') }
        }
        'L' => {
            let always = [AskedBefore { asked: 8, missed: 0 }; 2];
            History { days_since_meeting: 42, missed: [4, 4], before: always, ..slow(case('B')) }
        }
        'M' => History { days_since_meeting: 41, ..with(case('G'), 0, 2, 1) },
        'N' => with(case('M'), 1, 2, 3),
        _ => unreachable!("there is no case {name}"),
    }
}

/// What the rules say to a pair that was on track and of which enough is known.
fn state_of(version: RulesVersion, history: &History) -> State {
    let rules = version.rules();
    let (health, without_worst_day) = (rules.health(history).value, rules.without_worst_day(history));
    let rhythm = history.rhythm;
    let known =
        Seen { health, without_worst_day, ready: true, never_met: false, active_days: 60, rhythm, paused: false };
    rules.next(State::OnTrack, &known)
}
