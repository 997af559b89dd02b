//! One search for people: pages of everybody and single calls side by side, until everybody is settled.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::Notify;

use super::calls::{Calls, Method};
use super::{LookupError, Outcome, Progress, Wanted};
use crate::core::roster::Key;
use crate::slack::fate::{Failure, Fate};
use crate::slack::user::User;

/// Members on a page: the most that Slack gives, and what it advises.
const LARGE_PAGE: usize = 1_000;
const SMALL_PAGE: usize = 200;
/// Pages that are read at most: a million members.
const PAGES: usize = 1_000;
/// How often a call that failed is made again. A large page that fails twice is asked for in small ones.
const ATTEMPTS: u32 = 4;
const LARGE_ATTEMPTS: u32 = 2;
/// Single calls that would take longer than this many minutes wait until pages have left fewer.
const MINUTES: u32 = 10;

/// A search under way.
pub(super) struct Search<'a> {
    calls: Calls<'a>,
    wanted: Wanted<'a>,
    state: Mutex<State>,
    /// Nobody is left to look for.
    over: Notify,
}

struct State {
    open: BTreeSet<Key>,
    outcome: Outcome,
    members: usize,
    /// Whether the pages were read to their end, or could not be.
    pages_over: bool,
}

impl<'a> Search<'a> {
    pub fn new(calls: Calls<'a>, wanted: Wanted<'a>) -> Self {
        let state = State { open: wanted.people.clone(), outcome: Outcome::default(), members: 0, pages_over: false };
        Self { calls, wanted, state: Mutex::new(state), over: Notify::new() }
    }

    pub async fn run(self) -> Outcome {
        self.tell();
        // A call that only reads may be given up at any point.
        tokio::select! {
            biased;
            () = self.over.notified() => {}
            result = self.walk() => {
                if let Err(error) = result {
                    self.state().outcome.failure.get_or_insert(error);
                }
            }
        }
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let failure = state.outcome.failure.filter(|error| *error == LookupError::NoEmails || !state.open.is_empty());
        Outcome { failure, ..state.outcome }
    }

    async fn walk(&self) -> Result<(), LookupError> {
        let is_short = |method: Method| self.left(method) <= method.limits().burst as usize;
        if is_short(Method::ByEmail) && is_short(Method::Info) {
            let (emails, ids) = tokio::join!(self.one_by_one(Method::ByEmail), self.one_by_one(Method::Info));
            return emails.and(ids);
        }
        let pages = async {
            let read = self.pages().await;
            self.state().pages_over = true;
            self.tell();
            read
        };
        let (pages, emails, ids) = tokio::join!(pages, self.soon(Method::ByEmail), self.soon(Method::Info));
        // Somebody of another organisation stands on no page.
        if pages.is_ok() { self.one_by_one(Method::Info).await } else { pages.and(emails).and(ids) }
    }

    /// Single calls, from when they lead anywhere in good time. A search that ends anyway takes what it can get.
    async fn soon(&self, method: Method) -> Result<(), LookupError> {
        let limits = method.limits();
        let few = (limits.burst + limits.start * MINUTES) as usize;
        let mut changes = self.calls.progress.subscribe();
        while self.wanted.within.is_none() && self.left(method) > few {
            // Pages that failed leave more than single calls could settle.
            if self.state().pages_over || changes.changed().await.is_err() {
                return Ok(());
            }
        }
        self.one_by_one(method).await
    }

    async fn one_by_one(&self, method: Method) -> Result<(), LookupError> {
        while let Some(key) = self.next(method) {
            let args = match &key {
                Key::Email(email) => json!({ "email": email }),
                Key::Id(id) => json!({ "user": id }),
            };
            let user = match self.calls.call(method, args, ATTEMPTS).await {
                Ok(reply) => reply.get("user").and_then(User::parse),
                Err(failure) => match failure.code.as_str() {
                    "users_not_found" | "user_not_found" | "user_not_visible" => None,
                    "missing_scope" if method == Method::ByEmail => return self.give_up(LookupError::NoEmails),
                    _ => return Err(failure.into()),
                },
            };
            let mut state = self.state();
            if !state.open.remove(&key) {
                continue;
            }
            match user {
                Some(user) => _ = state.outcome.found.insert(key, user),
                None => _ = state.outcome.unknown.insert(key),
            }
            drop(state);
            self.tell();
        }
        Ok(())
    }

    /// Reads pages of everybody up to the last one; an address that stands on none is unknown.
    async fn pages(&self) -> Result<(), LookupError> {
        let (mut cursor, mut size, mut has_addresses) = (String::new(), LARGE_PAGE, false);
        let by_email = self.wanted.people.iter().any(|key| matches!(key, Key::Email(_)));
        for _ in 0..PAGES {
            let attempts = if size == LARGE_PAGE { LARGE_ATTEMPTS } else { ATTEMPTS };
            let args = json!({ "limit": size, "cursor": cursor });
            let reply = match self.calls.call(Method::List, args, attempts).await {
                Ok(reply) => reply,
                Err(failure) if size == LARGE_PAGE && is_too_much(&failure) => {
                    size = SMALL_PAGE;
                    continue;
                }
                Err(failure) => return Err(failure.into()),
            };
            let users: Vec<User> = match reply.get("members").and_then(Value::as_array) {
                Some(members) => members.iter().filter_map(User::parse).collect(),
                None => Vec::new(),
            };
            has_addresses |= users.iter().any(|user| user.email.is_some());
            let people = users.iter().any(|user| !user.bot);
            self.note(users);
            let next = reply.pointer("/response_metadata/next_cursor").and_then(Value::as_str).unwrap_or_default();
            if by_email && people && !has_addresses {
                return self.give_up(LookupError::NoEmails);
            }
            if next.is_empty() {
                let mut state = self.state();
                let (addresses, ids) =
                    std::mem::take(&mut state.open).into_iter().partition(|key| matches!(key, Key::Email(_)));
                state.open = ids;
                state.outcome.unknown.extend::<BTreeSet<Key>>(addresses);
                drop(state);
                self.tell();
                return Ok(());
            }
            cursor = next.to_owned();
        }
        self.one_by_one(Method::ByEmail).await
    }

    fn note(&self, users: Vec<User>) {
        let mut state = self.state();
        state.members += users.len();
        for user in users {
            let keys = [Some(Key::Id(user.id.clone())), user.email.clone().map(Key::Email)];
            for key in keys.into_iter().flatten() {
                if state.open.remove(&key) || self.wanted.besides.contains(&key) {
                    state.outcome.found.insert(key, user.clone());
                }
            }
        }
        drop(state);
        self.tell();
    }

    /// Nothing that could still be asked would help.
    fn give_up(&self, error: LookupError) -> Result<(), LookupError> {
        self.state().outcome.failure.get_or_insert(error.clone());
        self.over.notify_one();
        Err(error)
    }

    fn tell(&self) {
        let state = self.state();
        let (wanted, members) = (self.wanted.people.len(), state.members);
        let settled = wanted - state.open.len();
        self.calls.progress.send_modify(|progress| *progress = Progress { wanted, settled, members, ..*progress });
        if state.open.is_empty() {
            self.over.notify_one();
        }
    }

    /// Somebody whom this method can find and who is not settled.
    fn next(&self, method: Method) -> Option<Key> {
        self.state().open.iter().find(|key| finds(method, key)).cloned()
    }

    /// How many are open whom this method can find.
    fn left(&self, method: Method) -> usize {
        self.state().open.iter().filter(|key| finds(method, key)).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the state, and a half-noted page would only be asked for again.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A large page may be more than Slack can put together in time.
fn is_too_much(failure: &Failure) -> bool {
    matches!(failure.fate, Fate::Retry | Fate::Unsure | Fate::Unknown)
}

fn finds(method: Method, key: &Key) -> bool {
    matches!((method, key), (Method::ByEmail, Key::Email(_)) | (Method::Info, Key::Id(_)))
}
