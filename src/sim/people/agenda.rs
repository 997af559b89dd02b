//! What people mean to do, in the order of time, each thing once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::deed::Deed;

/// By time, then person, then what it is about: an order that no thread can change.
type Slot = (DateTime<Utc>, String, String);

#[derive(Default)]
pub(super) struct Agenda {
    deeds: BTreeMap<Slot, Deed>,
}

impl Agenda {
    pub fn plan(&mut self, at: DateTime<Utc>, person: &str, about: String, deed: Deed) {
        self.deeds.insert((at, person.to_owned(), about), deed);
    }

    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.deeds.first_key_value().map(|((at, ..), _)| *at)
    }

    /// The first thing that is due by `now`: when it was meant, by whom, about what.
    pub fn take(&mut self, now: DateTime<Utc>) -> Option<(Slot, Deed)> {
        let first = self.deeds.first_entry()?;
        (first.key().0 <= now).then(|| first.remove_entry())
    }

    /// Forgets everything that this person meant to do.
    pub fn drop_all_of(&mut self, person: &str) {
        self.deeds.retain(|(_, who, _), _| who != person);
    }

    #[cfg(test)]
    pub fn slots(&self) -> impl Iterator<Item = (&Slot, &Deed)> {
        self.deeds.iter()
    }
}
