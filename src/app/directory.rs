//! Who is behind an e-mail address or a Slack id: looked up for an import, in as few calls as Slack likes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until};

use crate::clock::jitter;
use crate::core::roster::{Found, Key, Standing};
use crate::slack::client::Client;
use crate::slack::fate::{Failure, Fate};
use crate::slack::user::User;

/// From so many people on, pages of everybody cost less than asking for each.
const ONE_BY_ONE: usize = 20;
/// People on a page of `users.list`; Slack limits unpaged calls harder.
const PAGE: usize = 200;
/// Pages that are read at most: 200,000 members.
const PAGES: usize = 1_000;
/// Calls that may be made at once; after them one in [`GAP`].
const BURST: u32 = 15;
/// 20 calls a minute, the tier of `users.list`. The others are allowed more, and are few.
const GAP: Duration = Duration::from_secs(3);
/// How often a call that failed is made again, and how often a limit is waited out.
const ATTEMPTS: u32 = 4;
const WAITS: u32 = 20;
/// The longest that Slack may ask us to wait at once.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Why people could not be looked up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LookupError {
    /// The roster has e-mail addresses, and the app may not see any.
    #[error(
        "The list names people by e-mail, and the app may not see addresses. Add the scope users:read.email under OAuth \
         & Permissions and install the app again, or write Slack ids (U024BE7LH) in place of addresses."
    )]
    NoEmails,
    #[error(transparent)]
    Slack(#[from] Failure),
}

/// Those of `wanted` whom Slack knows. Whoever is missing in the result is unknown there.
///
/// # Errors
/// Slack cannot be asked, or the app may not see addresses.
pub async fn look_up(client: &Client, wanted: &BTreeSet<Key>) -> Result<BTreeMap<Key, User>, LookupError> {
    let mut calls = Calls { client, free: Instant::now(), left: BURST };
    let mut found = BTreeMap::new();
    if wanted.len() > ONE_BY_ONE {
        calls.page_through(wanted, &mut found).await?;
    }
    for key in wanted {
        // What everybody's pages did not show by its address is unknown; an id may be of another organisation.
        let ask = wanted.len() <= ONE_BY_ONE || matches!(key, Key::Id(_));
        if ask
            && !found.contains_key(key)
            && let Some(user) = calls.one(key).await?
        {
            found.insert(key.clone(), user);
        }
    }
    Ok(found)
}

/// What an import needs to know of somebody.
pub fn found(user: &User) -> Found {
    let standing = match user {
        User { bot: true, .. } => Standing::Bot,
        User { deactivated: true, .. } => Standing::Deactivated,
        User { stranger: true, .. } => Standing::Stranger,
        User { guest: true, .. } => Standing::Guest,
        _ => Standing::Member,
    };
    Found { user: user.id.clone(), standing }
}

/// Calls at Slack's pace.
struct Calls<'a> {
    client: &'a Client,
    /// When the next call is free once the burst is used up.
    free: Instant,
    left: u32,
}

impl Calls<'_> {
    async fn page_through(
        &mut self,
        wanted: &BTreeSet<Key>,
        found: &mut BTreeMap<Key, User>,
    ) -> Result<(), LookupError> {
        let (mut cursor, mut people, mut addresses) = (String::new(), 0_usize, 0_usize);
        for _ in 0..PAGES {
            let reply = self.call("users.list", json!({ "limit": PAGE, "cursor": cursor })).await?;
            let members = reply.get("members").and_then(Value::as_array);
            for user in members.into_iter().flatten().filter_map(User::parse) {
                people += usize::from(!user.bot);
                addresses += usize::from(user.email.is_some());
                let keys = [Some(Key::Id(user.id.clone())), user.email.clone().map(Key::Email)];
                for key in keys.into_iter().flatten().filter(|key| wanted.contains(key)) {
                    found.insert(key, user.clone());
                }
            }
            let next = reply.pointer("/response_metadata/next_cursor").and_then(Value::as_str);
            match next {
                Some(next) if !next.is_empty() && found.len() < wanted.len() => cursor = next.to_owned(),
                _ => break,
            }
        }
        let by_email = wanted.iter().any(|key| matches!(key, Key::Email(_)));
        if by_email && people > 0 && addresses == 0 { Err(LookupError::NoEmails) } else { Ok(()) }
    }

    async fn one(&mut self, key: &Key) -> Result<Option<User>, LookupError> {
        let (method, args) = match key {
            Key::Email(email) => ("users.lookupByEmail", json!({ "email": email })),
            Key::Id(id) => ("users.info", json!({ "user": id })),
        };
        match self.call(method, args).await {
            Ok(reply) => Ok(reply.get("user").and_then(User::parse)),
            Err(failure) => match failure.code.as_str() {
                "users_not_found" | "user_not_found" | "user_not_visible" => Ok(None),
                "missing_scope" if method == "users.lookupByEmail" => Err(LookupError::NoEmails),
                _ => Err(failure.into()),
            },
        }
    }

    /// One call. All of these methods only read, so that whatever failed on the way may be made again.
    async fn call(&mut self, method: &str, args: Value) -> Result<Value, Failure> {
        let (mut attempts, mut waits) = (0, 0);
        loop {
            self.turn().await;
            let failure = match self.client.call(method, args.clone()).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            match failure.fate {
                Fate::Wait { after } if waits < WAITS && after <= LONGEST_WAIT => {
                    waits += 1;
                    self.left = 0;
                    sleep(after).await;
                }
                Fate::Retry | Fate::Unsure if attempts + 1 < ATTEMPTS => {
                    attempts += 1;
                    sleep(jitter(Duration::from_millis(500) * 2_u32.pow(attempts))).await;
                }
                _ => return Err(failure),
            }
        }
    }

    async fn turn(&mut self) {
        if self.left > 0 {
            self.left -= 1;
            return;
        }
        sleep_until(self.free).await;
        self.free = Instant::now() + GAP;
    }
}
