//! What Slack knows of people: read lazily before a decision, and never older than a few hours.
//!
//! Events about people come for every member of a workspace, so we do not subscribe to them. Slack accepts posts to
//! deactivated people without an error, so whether somebody is there is looked up before they are written to.

use chrono::TimeDelta;
use serde_json::json;
use tracing::warn;

use super::App;
use crate::core::id::PersonId;
use crate::core::person::Person;
use crate::slack::user::User;
use crate::store::StoreError;

/// Older than this is looked up again.
pub(super) const FRESH_FOR: TimeDelta = TimeDelta::hours(4);

/// From so many people on, a page of everybody costs less than asking for each.
const ONE_BY_ONE: usize = 20;

/// People on a page of `users.list`.
const PAGE: u32 = 200;

/// Pages read in one go: 20,000 people. What lies beyond is asked for one by one.
const PAGES: usize = 100;

impl App {
    /// These people as Slack describes them now, at most some hours old. One that cannot be looked up stays as known.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn fresh(&self, people: Vec<Person>) -> Result<Vec<Person>, StoreError> {
        let now = self.clock.now();
        let is_old = |person: &&Person| person.looked + FRESH_FOR < now;
        let old: Vec<Person> = people.iter().filter(is_old).cloned().collect();
        if old.is_empty() {
            return Ok(people);
        }
        let mut seen = Vec::new();
        if old.len() > ONE_BY_ONE {
            seen = self.page_through(&old).await;
        }
        for person in &old {
            if !seen.iter().any(|one: &Person| one.id == person.id) {
                seen.extend(self.ask_for(person).await);
            }
        }
        self.store.see_people(seen.clone()).await?;
        let newest = |person: Person| seen.iter().find(|one| one.id == person.id).cloned().unwrap_or(person);
        Ok(people.into_iter().map(newest).collect())
    }

    async fn ask_for(&self, person: &Person) -> Option<Person> {
        let now = self.clock.now();
        match self.client.call("users.info", json!({ "user": person.id.user() })).await {
            Ok(reply) => {
                let user = User::parse(reply.get("user")?)?;
                Some(user.person(&self.us.workspace, now))
            }
            Err(failure) if matches!(failure.code.as_str(), "user_not_found" | "user_not_visible") => {
                Some(Person { deactivated: person.deactivated.or(Some(now)), looked: now, ..person.clone() })
            }
            Err(failure) => {
                warn!(person = %person.id, %failure, "a person could not be looked up; what is known stays");
                None
            }
        }
    }

    async fn page_through(&self, wanted: &[Person]) -> Vec<Person> {
        let now = self.clock.now();
        let mut seen = Vec::with_capacity(wanted.len());
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let reply = match self.client.call("users.list", json!({ "limit": PAGE, "cursor": cursor })).await {
                Ok(reply) => reply,
                Err(failure) => {
                    warn!(%failure, "the members could not be listed; they are asked for one by one");
                    return seen;
                }
            };
            let members = reply.get("members").and_then(|members| members.as_array());
            for user in members.into_iter().flatten().filter_map(User::parse) {
                let id = PersonId::new(&self.us.workspace, &user.id);
                if wanted.iter().any(|person| person.id == id) {
                    seen.push(user.person(&self.us.workspace, now));
                }
            }
            let next = reply.pointer("/response_metadata/next_cursor").and_then(|next| next.as_str());
            match next {
                Some(next) if !next.is_empty() && seen.len() < wanted.len() => cursor = next.to_owned(),
                _ => break,
            }
        }
        seen
    }
}
