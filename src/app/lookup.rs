//! What Slack knows of people: read lazily before a decision, and never older than a few hours.
//!
//! Events about people come for every member of a workspace, so we do not subscribe to them. Slack accepts posts to
//! deactivated people without an error, so whether somebody is there is looked up before they are written to.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tracing::warn;

use super::App;
use super::directory::{Progress, Wanted};
use crate::core::id::PersonId;
use crate::core::person::Person;
use crate::core::roster::Key;
use crate::slack::user::User;
use crate::store::StoreError;

/// Older than this is looked up again.
pub(super) const FRESH_FOR: TimeDelta = TimeDelta::hours(4);

/// Older than this is noted along the way, where pages of everybody are read: the next pairs need no pages then.
const FRESH_ENOUGH: TimeDelta = TimeDelta::hours(2);

/// Beyond so many people pages are read, and others are noted along the way.
const MANY: usize = 50;
const MOST_BESIDES: u32 = 50_000;

/// How long planning and posting wait for Slack's pace. What is known stays until then, and is some hours old at most.
const PATIENCE: Duration = Duration::from_secs(20);

impl App {
    /// These people as Slack describes them now, at most some hours old. One that cannot be looked up stays as known.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn fresh(&self, people: Vec<Person>) -> Result<Vec<Person>, StoreError> {
        let now = self.clock.now();
        let old: Vec<&Person> = people.iter().filter(|person| person.looked + FRESH_FOR < now).collect();
        if old.is_empty() {
            return Ok(people);
        }
        let mut besides = Vec::new();
        if old.len() > MANY {
            let us = self.us.workspace.clone();
            besides = self.store.workspace_looked_before(us, now - FRESH_ENOUGH, MOST_BESIDES).await?;
        }
        let key = |person: &Person| Key::Id(person.id.user().to_owned());
        let (wanted, others): (BTreeSet<Key>, BTreeSet<Key>) =
            (old.iter().map(|person| key(person)).collect(), besides.iter().map(key).collect());
        let search = Wanted { people: &wanted, besides: &others, within: Some(PATIENCE) };
        let outcome = self.directory.search(search, &watch::Sender::new(Progress::default())).await;
        if let Some(failure) = &outcome.failure {
            let open = wanted.len() - wanted.iter().filter(|key| outcome.found.contains_key(key)).count();
            warn!(people = open, %failure, "people could not be looked up; what is known stays");
        }
        let mut seen: Vec<Person> = outcome.found.values().map(|user| user.person(&self.us.workspace, now)).collect();
        seen.extend(old.iter().filter(|person| outcome.unknown.contains(&key(person))).map(|person| Person {
            deactivated: person.deactivated.or(Some(now)),
            looked: now,
            ..(*person).clone()
        }));
        self.store.see_people(seen.clone()).await?;
        let status = |user: &User| (PersonId::new(&self.us.workspace, &user.id), user.out);
        self.store.see_statuses(outcome.found.values().map(status).collect(), now).await?;
        let seen: HashMap<_, _> = seen.into_iter().map(|one| (one.id.clone(), one)).collect();
        let newest = |person: Person| seen.get(&person.id).cloned().unwrap_or(person);
        Ok(people.into_iter().map(newest).collect())
    }
}
