//! Session guides: two or three questions for the next session, fitted to the stage of a pair and to its goals.
//!
//! What is offered follows from facts that both of the two know, never from an answer: the stage, whether there is a
//! goal, and how many sessions are logged. Both are offered the same guide.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::question::{BankError, Indicator, Need, Problem, Role, Stage};
use super::rotation::Situation;

/// The largest file that is read, in bytes.
const LARGEST: usize = 128 * 1024;
const MOST: usize = 200;
const LONGEST_ID: usize = 60;
const LONGEST_TITLE: usize = 60;
/// Each is read at a glance in a form.
const LONGEST_LINE: usize = 200;
const QUESTIONS: std::ops::RangeInclusive<usize> = 2..=3;

/// One guide for one session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    pub id: String,
    pub stage: Stage,
    pub indicator: Indicator,
    #[serde(default)]
    pub needs: Vec<Need>,
    pub title: String,
    /// Two or three questions for the two.
    pub ask: Vec<String>,
    mentee: String,
    mentor: String,
    /// The idea behind it, never its text.
    pub source: String,
}

impl Guide {
    /// What that side may prepare.
    pub fn prepare(&self, role: Role) -> &str {
        match role {
            Role::Mentee => &self.mentee,
            Role::Mentor => &self.mentor,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(rename = "guide")]
    guides: Vec<Spanned<Guide>>,
}

/// The guides that come with the product.
pub fn built_in() -> &'static [Guide] {
    static BUILT_IN: LazyLock<Vec<Guide>> =
        LazyLock::new(|| parse(include_str!("guides.toml")).expect("the built-in guides pass their own check"));
    &BUILT_IN
}

/// Reads a file of guides.
///
/// # Errors
/// All that is wrong with it, each with its line; where it is no TOML of this form, the first thing.
pub fn parse(text: &str) -> Result<Vec<Guide>, BankError> {
    let refuse = |line, sentence: String| BankError { problems: vec![Problem { line, sentence }] };
    if text.len() > LARGEST {
        return Err(refuse(None, format!("A file of guides has at most {} kB.", LARGEST / 1024)));
    }
    let line_of = |at: usize| Some(text.get(..at)?.matches('\n').count() + 1);
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().and_then(|span| line_of(span.start));
        refuse(line, format!("{}.", error.message().trim_end_matches('.')))
    })?;
    let mut problems = Vec::new();
    if file.version != 1 {
        let sentence = format!("This is version {}; only version 1 is known.", file.version);
        problems.push(Problem { line: None, sentence });
    }
    if file.guides.len() > MOST {
        problems.push(Problem { line: None, sentence: format!("A file has at most {MOST} guides.") });
    }
    let mut seen = HashSet::new();
    for guide in &file.guides {
        let line = line_of(guide.span().start);
        let guide = guide.get_ref();
        let mut wrong = |sentence: String| problems.push(Problem { line, sentence });
        if !seen.insert(&guide.id) {
            wrong(format!("`{}` is the name of another guide too.", guide.id));
        }
        check(guide, &mut wrong);
    }
    for stage in [Stage::Start, Stage::Mid, Stage::End] {
        let fits = |guide: &&Spanned<Guide>| {
            let guide = guide.get_ref();
            guide.needs.is_empty() && [stage, Stage::Any].contains(&guide.stage)
        };
        if !file.guides.iter().any(|guide| fits(&guide)) {
            let sentence = format!("No guide without `needs` fits stage `{stage}`: a pair could be offered none.");
            problems.push(Problem { line: None, sentence });
        }
    }
    if problems.is_empty() {
        Ok(file.guides.into_iter().map(Spanned::into_inner).collect())
    } else {
        Err(BankError { problems })
    }
}

fn check(guide: &Guide, wrong: &mut impl FnMut(String)) {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if guide.id.is_empty() || guide.id.len() > LONGEST_ID || !guide.id.chars().all(is_plain) {
        wrong(format!("`id` is 1 to {LONGEST_ID} small letters, digits and hyphens."));
    }
    if !QUESTIONS.contains(&guide.ask.len()) {
        wrong("`ask` holds two or three questions.".to_owned());
    }
    let lines = [("title", &guide.title, LONGEST_TITLE)]
        .into_iter()
        .chain(guide.ask.iter().map(|question| ("ask", question, LONGEST_LINE)))
        .chain([&guide.mentee, &guide.mentor].map(|line| ("mentee` and `mentor", line, LONGEST_LINE)))
        .chain([("source", &guide.source, LONGEST_LINE)]);
    for (key, words, longest) in lines {
        if words.trim().is_empty() || words.chars().count() > longest {
            wrong(format!("`{key}` holds 1 to {longest} characters."));
        }
    }
}

/// The guide for the session after so many: those of the stage take turns, one indicator after the other; nothing that
/// needs a goal is offered without one. `None` only where there are no guides.
pub fn next<'a>(guides: &'a [Guide], situation: &Situation, sessions: u32) -> Option<&'a Guide> {
    let stage = if situation.is_in(Stage::End) {
        Stage::End
    } else if situation.is_in(Stage::Start) {
        Stage::Start
    } else {
        Stage::Mid
    };
    let fits = |guide: &&Guide| [stage, Stage::Any].contains(&guide.stage) && situation.has(&guide.needs);
    // One of each indicator before a second of any, in the order of the file.
    let mut turns = [0_u32; Indicator::ALL.len()];
    let mut turn = |guide: &Guide| {
        let own = &mut turns[guide.indicator as usize];
        *own += 1;
        *own
    };
    let mut in_turn: Vec<(u32, &Guide)> = guides.iter().filter(fits).map(|guide| (turn(guide), guide)).collect();
    in_turn.sort_by_key(|(turn, _)| *turn);
    let place = usize::try_from(sessions).ok()?.checked_rem(in_turn.len())?;
    in_turn.get(place).map(|(_, guide)| *guide)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn situation(week: u32, goal: bool) -> Situation {
        Situation { turn: week, week, weeks: Some(26), met: true, goal }
    }

    fn offered(week: u32, goal: bool, sessions: u32) -> &'static str {
        next(built_in(), &situation(week, goal), sessions).map_or("none", |guide| &guide.id)
    }

    #[test]
    fn guides_fit_the_stage_and_take_turns() {
        let start: Vec<&str> = (0..5).map(|sessions| offered(2, false, sessions)).collect();
        assert_eq!(start, ["first-hello", "first-goal", "know-the-place", "what-help-helps", "two-way-feedback"]);
        assert_eq!(offered(12, true, 1), "goal-review");
        assert_ne!(offered(12, false, 1), "goal-review");
        assert_eq!(offered(25, true, 0), "belonging");
        assert_eq!(offered(25, true, 1), "look-back");
    }

    #[test]
    fn every_guide_of_a_stage_has_its_turn_before_one_comes_again() {
        for (week, goal) in [(2, false), (12, true), (12, false), (25, true)] {
            let ids: HashSet<&str> = (0..60).map(|sessions| offered(week, goal, sessions)).collect();
            let first: HashSet<&str> = (0..ids.len() as u32).map(|sessions| offered(week, goal, sessions)).collect();
            assert_eq!(ids, first, "week {week}");
        }
    }

    #[test]
    fn there_are_guides_for_each_indicator_and_each_names_its_source() {
        assert_eq!(built_in().len(), 24);
        for indicator in Indicator::ALL {
            assert!(built_in().iter().filter(|guide| guide.indicator == indicator).count() >= 3, "{indicator}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_line() {
        let said = |text: &str| parse(text).expect_err("it is wrong").to_string();
        assert_eq!(said("version = 1\nguide = 3"), "line 2: invalid type: integer `3`, expected a sequence.");
        let one = "[[guide]]\nid = \"a\"\nstage = \"any\"\nindicator = \"growth\"\ntitle = \"A\"\n\
                   mentee = \"x\"\nmentor = \"y\"\nsource = \"z\"\nask = [\"one?\"]\n";
        assert_eq!(said(&format!("version = 1\n{one}")), "line 2: `ask` holds two or three questions.");
        let two = one.replace("[\"one?\"]", "[\"one?\", \"two?\"]");
        let twice = format!("version = 1\n{two}{two}");
        assert_eq!(said(&twice), "line 11: `a` is the name of another guide too.");
        assert_eq!(
            said(&format!("version = 2\n{}", two.replace("any", "start"))),
            "This is version 2; only version 1 is known.\n\
             No guide without `needs` fits stage `mid`: a pair could be offered none.\n\
             No guide without `needs` fits stage `end`: a pair could be offered none."
        );
    }
}
