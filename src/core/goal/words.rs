//! The words of a goal as a person enters them: what is required, what is too long, and which steps stay the same.

use chrono::{Days, NaiveDate};

use super::{GoalState, GoalStep, Ideas, STEPS};

/// The longest goal and the longest step, in characters.
pub const TITLE_MAX: usize = 140;

/// The longest name of a skill, in characters.
pub const SKILL_MAX: usize = 60;

/// The longest text of all steps, in characters: what fits if each is as long as it may be.
pub const STEPS_MAX: usize = STEPS * (TITLE_MAX + 1);

/// How far ahead a goal may be meant, in days.
pub const AHEAD: u64 = 366;

/// What a goal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What should be different.
    pub title: String,
    /// Which skill it builds, if the mentee named one.
    pub skill: Option<String>,
}

/// What somebody entered into the form of a goal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// An idea of the list, whose words stand in where one's own are missing.
    pub idea: Option<String>,
    pub title: String,
    pub skill: String,
    /// One on each line.
    pub steps: String,
    pub by: Option<NaiveDate>,
    /// How sure the person feels, 1 to 5, if they said.
    pub confidence: Option<u8>,
    /// The goal is given up.
    pub dropped: bool,
}

/// A field of the form of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalField {
    Title,
    Skill,
    Steps,
    By,
}

/// Why a goal cannot be noted, for the field at which it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Neither words nor an idea.
    Empty,
    /// So many characters too many, where so many fit.
    TooLong { over: usize, most: usize },
    /// More steps than one goal has.
    TooManySteps { steps: usize },
    /// The day has passed.
    Past,
    /// Further ahead than goals are meant.
    Far,
    /// The pair has an open goal of these words.
    Twice,
    /// The pair has as many open goals as it may.
    Enough,
    /// The goal was reached or dropped meanwhile.
    Over { state: GoalState },
    /// The pair ended meanwhile.
    PairEnded,
}

impl Trouble {
    /// The sentence at the field. The form stays as it is, so nothing that was typed is lost.
    pub fn sentence(self) -> String {
        match self {
            Self::Empty => "Please write what should be different, or choose an idea.".to_owned(),
            Self::TooLong { over, most } => format!("This is {over} characters too long; {most} fit."),
            Self::TooManySteps { steps } => format!("These are {steps} steps; {STEPS} fit. Fewer are easier to keep."),
            Self::Past => "That day has passed; please choose one that is still to come, or none.".to_owned(),
            Self::Far => format!("Please choose a day within the next {AHEAD} days, or none."),
            Self::Twice => "You have this goal already; it is in the Home tab.".to_owned(),
            Self::Enough => {
                format!("You have {} open goals. Reach or drop one, then save this; your words stay here.", super::OPEN)
            }
            Self::Over { state } => {
                format!(
                    "This goal was {state} meanwhile. Open it again in the Home tab, then save; your words stay here."
                )
            }
            Self::PairEnded => "This pair has ended meanwhile, so its goals stay as they are.".to_owned(),
        }
    }
}

/// What was entered, checked: its words and the words of its steps.
///
/// # Errors
/// What is missing or does not fit, with its field.
pub fn checked(entry: &Entry, ideas: &Ideas, today: NaiveDate) -> Result<(Words, Vec<String>), (GoalField, Trouble)> {
    let idea = entry.idea.as_deref().and_then(|id| ideas.idea(id));
    let own = |words: &str| Some(one_line(words)).filter(|words| !words.is_empty());
    let title = own(&entry.title).or_else(|| idea.map(|idea| idea.title.clone()));
    let title = title.ok_or((GoalField::Title, Trouble::Empty))?;
    fits(&title, TITLE_MAX).map_err(|trouble| (GoalField::Title, trouble))?;
    let skill = own(&entry.skill).or_else(|| idea.map(|idea| idea.skill.clone()));
    if let Some(skill) = &skill {
        fits(skill, SKILL_MAX).map_err(|trouble| (GoalField::Skill, trouble))?;
    }
    let mut steps: Vec<String> = Vec::new();
    for step in entry.steps.lines().filter_map(own) {
        // The same words twice are one step.
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    if steps.is_empty() {
        steps = idea.map(|idea| idea.steps.clone()).unwrap_or_default();
    }
    if steps.len() > STEPS {
        return Err((GoalField::Steps, Trouble::TooManySteps { steps: steps.len() }));
    }
    for step in &steps {
        fits(step, TITLE_MAX).map_err(|trouble| (GoalField::Steps, trouble))?;
    }
    match entry.by {
        Some(by) if by < today => Err((GoalField::By, Trouble::Past)),
        Some(by) if by > today + Days::new(AHEAD) => Err((GoalField::By, Trouble::Far)),
        _ => Ok((Words { title, skill }, steps)),
    }
}

/// The steps as they are now: those whose words stood there before keep their number and that they are done.
pub fn kept(before: &[GoalStep], now: Vec<String>) -> Vec<GoalStep> {
    let mut last = before.iter().map(|step| step.n).max().unwrap_or(0);
    let mut next = || {
        last = last.saturating_add(1);
        last
    };
    let step = |words: String| match before.iter().find(|step| step.words == words) {
        Some(same) => same.clone(),
        None => GoalStep { n: next(), words, done: None },
    };
    now.into_iter().map(step).collect()
}

/// Whether two goals say the same, whatever their capitals.
pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn fits(words: &str, most: usize) -> Result<(), Trouble> {
    match words.chars().count().checked_sub(most) {
        Some(over) if over > 0 => Err(Trouble::TooLong { over, most }),
        _ => Ok(()),
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::core::sample::date;

    fn entry(title: &str, steps: &str) -> Entry {
        Entry { title: title.to_owned(), steps: steps.to_owned(), ..Entry::default() }
    }

    #[test]
    fn each_mistake_is_told_at_its_field() {
        let today = date("2026-05-12");
        let by = |day: &str| Entry { by: Some(date(day)), ..entry("Give a talk", "") };
        let skill = Entry { skill: "s".repeat(61), ..entry("Give a talk", "") };
        for (entry, field, trouble) in [
            (entry("", ""), GoalField::Title, Trouble::Empty),
            (entry(" \n ", "Outline"), GoalField::Title, Trouble::Empty),
            (Entry { idea: Some("nobody-knows".to_owned()), ..entry("", "") }, GoalField::Title, Trouble::Empty),
            (entry(&"ä".repeat(141), ""), GoalField::Title, Trouble::TooLong { over: 1, most: 140 }),
            (skill, GoalField::Skill, Trouble::TooLong { over: 1, most: 60 }),
            (entry("t", &"s".repeat(150)), GoalField::Steps, Trouble::TooLong { over: 10, most: 140 }),
            (entry("t", "1\n2\n3\n4\n5\n6\n7"), GoalField::Steps, Trouble::TooManySteps { steps: 7 }),
            (by("2026-05-11"), GoalField::By, Trouble::Past),
            (by("2027-05-14"), GoalField::By, Trouble::Far),
        ] {
            assert_eq!(checked(&entry, Ideas::built_in(), today), Err((field, trouble)), "{entry:?}");
        }
        for day in ["2026-05-12", "2027-05-13"] {
            assert!(checked(&by(day), Ideas::built_in(), today).is_ok(), "{day}");
        }
        assert!(checked(&entry(&"ä".repeat(140), "1\n2\n\n3\n4\n5\n6\n6"), Ideas::built_in(), today).is_ok());
    }

    #[test]
    fn an_idea_stands_in_where_words_are_missing() {
        let today = date("2026-05-12");
        let idea = &Ideas::built_in().ideas[0];
        let chosen = Entry { idea: Some(idea.id.clone()), ..Entry::default() };
        let (words, steps) = checked(&chosen, Ideas::built_in(), today).expect("an idea is enough");
        assert_eq!((&words.title, words.skill.as_ref(), &steps), (&idea.title, Some(&idea.skill), &idea.steps));
        let own = Entry { title: "My own".to_owned(), steps: "One".to_owned(), ..chosen };
        let (words, steps) = checked(&own, Ideas::built_in(), today).expect("fine");
        assert_eq!((words.title.as_str(), steps), ("My own", vec!["One".to_owned()]));
    }

    #[test]
    fn a_step_whose_words_stay_keeps_what_was_done() {
        let done = Some(chrono::DateTime::UNIX_EPOCH);
        let step = |n, words: &str, done| GoalStep { n, words: words.to_owned(), done };
        let before = [step(1, "Outline", done), step(3, "Slides", None)];
        let now = kept(&before, ["Slides", "Rehearse", "Outline"].map(str::to_owned).to_vec());
        assert_eq!(now, [step(3, "Slides", None), step(4, "Rehearse", None), step(1, "Outline", done)]);
    }

    proptest! {
        #[test]
        fn any_words_are_survived_and_no_number_comes_twice(title in ".{0,200}", one in "(.{0,20}\n){0,9}", two in "(.{0,20}\n){0,9}") {
            let today = date("2026-05-12");
            let read = |steps: &str| checked(&entry(&title, steps), Ideas::built_in(), today).map(|(_, steps)| steps);
            if let (Ok(one), Ok(two)) = (read(&one), read(&two)) {
                let steps = kept(&kept(&[], one), two.clone());
                let mut numbers: Vec<u16> = steps.iter().map(|step| step.n).collect();
                numbers.sort_unstable();
                numbers.dedup();
                prop_assert_eq!(numbers.len(), two.len());
                prop_assert_eq!(steps.into_iter().map(|step| step.words).collect::<Vec<_>>(), two);
            }
        }
    }
}
