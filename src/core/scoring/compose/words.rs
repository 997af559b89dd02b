//! What people said to the coordinators: comments, requests for help, and `Not for me`.

use super::View;
use crate::core::id::PersonId;
use crate::core::scoring::digest::{CommentRef, What};
use crate::core::scoring::surveys::{self, StoryRef, SurveysTold};

impl View<'_> {
    pub(super) fn comments(&self) -> Vec<CommentRef> {
        let shared = self.window.comments.iter().filter(|row| !self.own.contains(&row.pulse.pair()));
        let this_week = shared.filter(|row| self.within(row.closed, 0, 1));
        this_week
            .map(|row| CommentRef {
                pulse: row.pulse.clone(),
                person: row.person.clone(),
                question: row.question.clone(),
            })
            .collect()
    }

    /// What came of surveys; stories with a name not of the reader's own pairs.
    pub(super) fn surveys(&self) -> Option<Box<SurveysTold>> {
        let known = &self.window.surveys;
        let is_told = |story: &&StoryRef| !story.named || !self.is_in_own_pair(&story.person);
        let told = SurveysTold {
            rates: known.rates.clone(),
            lines: surveys::compared(&known.totals, self.cutoff),
            stories: known.stories.iter().filter(is_told).cloned().collect(),
        };
        (told != SurveysTold::default()).then(|| Box::new(told))
    }

    pub(super) fn declined(&self) -> Vec<PersonId> {
        let of_others = self.window.declined.iter().filter(|one| !self.is_in_own_pair(&one.person));
        of_others.map(|one| one.person.clone()).collect()
    }

    /// What people said of themselves that needs somebody, earliest first.
    pub(super) fn signals(&self) -> Vec<What> {
        let help = self.window.help.iter().filter(|help| !self.own.contains(&help.pair)).map(|help| {
            let (id, person, pair) = (help.help.clone(), help.person.clone(), help.pair.clone());
            (help.at, What::Help { help: id, person, pair, at: help.at })
        });
        let declined = self.window.declined.iter().filter(|one| !self.is_in_own_pair(&one.person));
        let declined = declined.map(|one| (one.at, What::Declined { person: one.person.clone(), at: one.at }));
        let mut signals: Vec<_> = help.chain(declined).collect();
        signals.sort_by_key(|(at, _)| *at);
        signals.into_iter().map(|(_, what)| what).collect()
    }

    /// Also of a pair that has not begun: partners are not told.
    fn is_in_own_pair(&self, person: &PersonId) -> bool {
        self.reader.is_some_and(|(reader, own)| person == reader || own.partners.contains(person))
    }
}
