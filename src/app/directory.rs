//! Who is behind an e-mail address or a Slack id: the one way to ask Slack about people, paced and repeated as it likes.
//!
//! There are two ways to find somebody: pages of everybody, a thousand a call, or one call for each. The pages are few
//! but their number is not known before the last one is read; single calls are as many as the people. Slack limits each
//! method by itself, so once both ways take longer than a moment they are walked side by side, and the search is over
//! as soon as the two together have found everybody. Neither has to guess how large the workspace is.

mod calls;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::core::roster::{Found, Key, Standing};
use crate::slack::client::Client;
use crate::slack::fate::Failure;
use crate::slack::user::User;

use calls::{Calls, Turns};
use search::Search;

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

/// How far a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// People who are looked for.
    pub wanted: usize,
    /// Those of them who are found, or known not to be there.
    pub settled: usize,
    /// Members of the workspace that were read on pages of everybody.
    pub members: usize,
    /// Slack asked to wait for so long.
    pub waits: Option<Duration>,
}

/// What a search brought.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub found: BTreeMap<Key, User>,
    /// Whom Slack does not know. Who is neither here nor found was not settled before the search ended.
    pub unknown: BTreeSet<Key>,
    /// Why somebody is not settled.
    pub failure: Option<LookupError>,
}

/// Whom to look for, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub people: &'a BTreeSet<Key>,
    /// Others who are noted if they happen to stand on a page that is read.
    pub besides: &'a BTreeSet<Key>,
    /// What is not settled by then stays open; `None`: as long as it takes.
    pub within: Option<Duration>,
}

/// The members of the workspace, as Slack tells them. Clones share one pace.
#[derive(Clone)]
pub struct Directory {
    client: Client,
    turns: Option<Arc<Turns>>,
}

impl Directory {
    /// A directory that asks at Slack's pace. By a clock that somebody moves by hand nothing is waited for, as nobody
    /// would move it meanwhile.
    pub fn new(client: Client, clock: &Clock) -> Self {
        let turns = matches!(clock, Clock::System).then(Arc::default);
        Self { client, turns }
    }

    /// All of `people` whom Slack knows, however long it takes. Whoever is missing in the result is unknown there.
    ///
    /// # Errors
    /// Slack cannot be asked, or the app may not see addresses.
    pub async fn look_up(
        &self,
        people: &BTreeSet<Key>,
        progress: &watch::Sender<Progress>,
    ) -> Result<BTreeMap<Key, User>, LookupError> {
        let outcome = self.search(Wanted { people, besides: &BTreeSet::new(), within: None }, progress).await;
        outcome.failure.map_or(Ok(outcome.found), Err)
    }

    /// Looks for people, and tells what came of it until it ended.
    pub async fn search(&self, wanted: Wanted<'_>, progress: &watch::Sender<Progress>) -> Outcome {
        let within = if self.turns.is_some() { wanted.within } else { Some(Duration::ZERO) };
        let until = within.map(|within| Instant::now() + within);
        let calls = Calls { client: &self.client, turns: self.turns.as_deref(), until, progress };
        Search::new(calls, wanted).run().await
    }
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
