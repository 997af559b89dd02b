//! The list of ideas for goals that comes with the product, and the labels of confidence.

use std::sync::LazyLock;

use serde::Deserialize;

/// Ideas to begin with, in the product's own words. The list that is built in has passed its checks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ideas {
    /// How sure somebody feels, for the values 1 to 5, left to right.
    pub confidence: [String; 5],
    #[serde(rename = "idea")]
    pub ideas: Vec<Idea>,
}

/// One idea: words that stand in where a mentee has none of their own yet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Idea {
    pub id: String,
    /// What should be different.
    pub title: String,
    /// The skill it builds.
    pub skill: String,
    /// Small enough for two weeks each.
    pub steps: Vec<String>,
}

impl Ideas {
    /// The list that comes with the product.
    pub fn built_in() -> &'static Self {
        static IDEAS: LazyLock<Ideas> =
            LazyLock::new(|| toml::from_str(include_str!("ideas.toml")).expect("a test reads this very file"));
        &IDEAS
    }

    /// The idea of this name.
    pub fn idea(&self, id: &str) -> Option<&Idea> {
        self.ideas.iter().find(|idea| idea.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::core::goal::{STEPS, words};

    #[test]
    fn every_idea_is_a_goal_that_may_be_saved() {
        let ideas = Ideas::built_in();
        // A select has room for 100.
        assert!((8..=100).contains(&ideas.ideas.len()));
        let names: BTreeSet<&str> = ideas.ideas.iter().map(|idea| idea.id.as_str()).collect();
        assert_eq!(names.len(), ideas.ideas.len());
        for idea in &ideas.ideas {
            // An option of a select shows 75 characters.
            assert!(idea.title.chars().count() <= 75, "{}", idea.id);
            assert!(idea.skill.chars().count() <= words::SKILL_MAX, "{}", idea.id);
            assert!((2..=STEPS).contains(&idea.steps.len()), "{}", idea.id);
            assert!(idea.steps.iter().all(|step| step.chars().count() <= words::TITLE_MAX), "{}", idea.id);
            assert!(idea.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", idea.id);
        }
    }
}
