//! What people said to the coordinators: comments, and `Not for me`.

use super::View;
use crate::core::id::PersonId;
use crate::core::scoring::digest::CommentRef;

impl View<'_> {
    pub(super) fn comments(&self) -> Vec<CommentRef> {
        let shared =
            self.answers.iter().filter(|row| row.commented && row.audience.is_named() && self.within(row.closed, 0, 1));
        shared
            .map(|row| CommentRef {
                pulse: row.pulse.clone(),
                person: row.person.clone(),
                question: row.question.clone(),
            })
            .collect()
    }

    pub(super) fn declined(&self) -> Vec<PersonId> {
        let of_own = |person: &PersonId| {
            let mut own = self.window.pairs.iter().filter(|row| self.own.contains(&row.pair.id));
            own.any(|row| row.pair.role_of(person).is_some())
        };
        self.window.declined.iter().filter(|person| !of_own(person)).cloned().collect()
    }
}
