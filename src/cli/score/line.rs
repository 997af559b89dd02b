//! One history as it stands on a line of a file.

use serde::Deserialize;

use crate::core::question::{Indicator, Role};
use crate::core::scoring::health::{ANSWERS_MAX, Counted, History, Usual, points};
use crate::core::scoring::history::side;

/// The longest time that an age or a number of days may be: a hundred years.
const DAYS_MAX: u32 = 36_500;

const RHYTHMS: [u32; 3] = [7, 14, 28];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Who, indicator, age in active days, 1 to 5.
    answers: Vec<(String, String, u32, u8)>,
    days_since_meeting: u32,
    #[serde(default = "usual_rhythm")]
    rhythm: u32,
    #[serde(default)]
    last4: LastFour,
    /// Left out or `null`: nothing is known of goals.
    #[serde(default)]
    days_since_goal: Option<u32>,
}

/// 1 answered, 0 missed.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LastFour {
    mentee: Vec<u8>,
    mentor: Vec<u8>,
}

fn usual_rhythm() -> u32 {
    14
}

/// Reads a history, or says in a sentence what is wrong with it and what to do.
pub fn read(text: &[u8]) -> Result<History, String> {
    let line: Line = serde_json::from_slice(text).map_err(|error| not_a_history(&error))?;
    if line.answers.len() > ANSWERS_MAX {
        return Err(format!("There are {} answers; leave at most {ANSWERS_MAX}, the newest.", line.answers.len()));
    }
    let mut history = History {
        days_since_meeting: days("days_since_meeting", line.days_since_meeting)?,
        rhythm: line.rhythm,
        missed: [missed("mentee", &line.last4.mentee)?, missed("mentor", &line.last4.mentor)?],
        days_since_goal: line.days_since_goal.map(|since| days("days_since_goal", since)).transpose()?,
        ..History::default()
    };
    if !RHYTHMS.contains(&line.rhythm) {
        return Err(format!("`rhythm` is {}; write 7, 14 or 28 days.", line.rhythm));
    }
    for (number, answer) in (1..).zip(&line.answers) {
        let counted = counted(answer).map_err(|reason| format!("Answer {number}: {reason}"))?;
        let usual: &mut Usual = &mut history.usual[side(counted.role)];
        *usual = usual.and(counted.points);
        history.answers.push(counted);
    }
    Ok(history)
}

fn counted((who, indicator, age, value): &(String, String, u32, u8)) -> Result<Counted, String> {
    let role: Role = who.to_lowercase().parse()?;
    let indicator: Indicator = indicator.to_lowercase().parse()?;
    if !(1..=5).contains(value) {
        return Err(format!("{value} is not an answer; write 1 to 5."));
    }
    let age = days("The age", *age)?;
    // Ages stand in for dates: the same age is the same day.
    let day = -i32::try_from(age).expect("at most a hundred years of days");
    Ok(Counted { role, indicator, age, day, points: points(*value, false) })
}

fn days(what: &str, days: u32) -> Result<u32, String> {
    if days <= DAYS_MAX { Ok(days) } else { Err(format!("{what} is {days} days; write at most {DAYS_MAX}.")) }
}

fn missed(who: &str, pulses: &[u8]) -> Result<u32, String> {
    if pulses.len() > 4 {
        return Err(format!("`last4` of the {who} has {} pulses; leave the last four.", pulses.len()));
    }
    if let Some(other) = pulses.iter().find(|pulse| **pulse > 1) {
        return Err(format!("`last4` of the {who} says {other}; write 1 for answered and 0 for missed."));
    }
    Ok(pulses.iter().filter(|pulse| **pulse == 0).count() as u32)
}

/// What the reader of JSON says, without its line number: it saw one line only.
fn not_a_history(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let shape = "Write it like {\"answers\": [[\"mentee\", \"Guidance\", 0, 4]], \"days_since_meeting\": 30}; \
                 `rapport score history --help` shows all of it.";
    format!("This is not a history: {said} (column {}). {shape}", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let said = read(text.as_bytes()).expect_err("it is wrong");
        assert!(said.starts_with(expected), "{text}\n{said}");
    }

    #[test]
    fn a_line_is_a_history() {
        let line = r#"{"answers": [["mentee", "Guidance", 0, 1], ["mentor", "growth", 100, 5]], "days_since_meeting": 30,
            "rhythm": 7, "last4": {"mentee": [1, 0, 0, 1], "mentor": [0]}, "days_since_goal": 48}"#;
        let history = read(line.as_bytes()).expect("a history");
        let counted = |role, indicator, age: u32, points| Counted { role, indicator, age, day: -(age as i32), points };
        let expected = History {
            answers: vec![
                counted(Role::Mentee, Indicator::Guidance, 0, 0),
                counted(Role::Mentor, Indicator::Growth, 100, 100),
            ],
            usual: [Usual { n: 1, sum: 0 }, Usual { n: 1, sum: 100 }],
            days_since_meeting: 30,
            rhythm: 7,
            missed: [2, 1],
            days_since_goal: Some(48),
        };
        assert_eq!(history, expected);
    }

    #[test]
    fn what_is_left_out_is_not_known() {
        let history = read(br#"{"answers": [], "days_since_meeting": 0}"#).expect("a history");
        assert_eq!((history.rhythm, history.missed, history.days_since_goal), (14, [0, 0], None));
        let same = read(br#"{"answers": [], "days_since_meeting": 0, "days_since_goal": null}"#);
        assert_eq!(same, Ok(history));
    }

    #[test]
    fn a_wrong_line_is_told_with_what_to_do() {
        let with = |rest: &str| format!(r#"{{"days_since_meeting": 1, {rest}}}"#);
        refused("", "This is not a history: EOF while parsing a value (column 0). Write it like");
        refused("[1]", "This is not a history: ");
        refused("{\"answers\": []}", "This is not a history: missing field `days_since_meeting`");
        refused(
            &with(r#""answers": [], "health": 3"#),
            "This is not a history: unknown field `health`, expected one of",
        );
        refused(&with(r#""answers": [], "answers": []"#), "This is not a history: duplicate field `answers`");
        refused(
            &with(r#""answers": [["mentee", "Guidance", 1.5, 3]]"#),
            "This is not a history: invalid type: floating",
        );
        refused(
            &with(r#""answers": [["mentee", "Guidance", -1, 3]]"#),
            "This is not a history: invalid value: integer",
        );
        refused(&with(r#""answers": [["mentee", "Guidance", 1]]"#), "This is not a history: invalid length 3");
        refused(&with(r#""answers": [["mentee", "Guidance", 0, 0]]"#), "Answer 1: 0 is not an answer; write 1 to 5.");
        refused(&with(r#""answers": [["mentee", "Guidance", 0, 6]]"#), "Answer 1: 6 is not an answer; write 1 to 5.");
        refused(
            &with(r#""answers": [["boss", "Guidance", 0, 3]]"#),
            "Answer 1: `boss` is not a role; there are mentee",
        );
        refused(&with(r#""answers": [["mentee", "Luck", 0, 3]]"#), "Answer 1: `luck` is not an indicator; there are");
        refused(&with(r#""answers": [["mentee", "Guidance", 36501, 3]]"#), "Answer 1: The age is 36501 days; write at");
        refused(&with(r#""answers": [], "rhythm": 10"#), "`rhythm` is 10; write 7, 14 or 28 days.");
        refused(&with(r#""answers": [], "days_since_goal": 36501"#), "days_since_goal is 36501 days; write at most");
        refused(
            &with(r#""answers": [], "last4": {"mentee": [1,1,1,1,1]}"#),
            "`last4` of the mentee has 5 pulses; leave",
        );
        refused(&with(r#""answers": [], "last4": {"mentor": [2]}"#), "`last4` of the mentor says 2; write 1 for");
        refused(&with(r#""answers": [], "last4": {"boss": []}"#), "This is not a history: unknown field `boss`");
        let many = vec![r#"["mentee", "Guidance", 0, 3]"#; ANSWERS_MAX + 1].join(",");
        refused(&with(&format!(r#""answers": [{many}]"#)), "There are 10001 answers; leave at most 10000, the newest.");
    }
}
