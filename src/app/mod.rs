//! The only place where core, store and slack meet: load, decide, commit, deliver, settle.
//!
//! [`handler`] takes in what people do, [`scheduler`] what time does, [`delivery`] sends what was decided. Each exposes
//! one step, so that tests and the demo run the very code that [`serve`] runs in loops.

pub mod delivery;
pub mod directory;
pub mod handler;
pub mod health;
pub mod identity;
mod lookup;
mod post;
mod replies;
pub mod scheduler;
pub mod serve;

use std::sync::Arc;

use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::slack::client::Client;
use crate::slack::parse::Installation;
use crate::store::Store;
use crate::store::vault::Vault;

use directory::Directory;
use replies::Replies;

/// The running product in one workspace. Clones are the same one.
#[derive(Clone)]
pub struct App {
    store: Store,
    /// Opens and seals the words that people write.
    vault: Arc<Vault>,
    client: Client,
    directory: Directory,
    clock: Clock,
    us: Installation,
    /// Private confirmations on their way, with the secrets that they need.
    replies: Arc<Replies>,
    /// Forms being opened: a stop waits for them.
    tasks: TaskTracker,
}

impl App {
    /// The product in the workspace `us`, over an open store.
    pub fn new(store: Store, vault: Arc<Vault>, client: Client, clock: Clock, us: Installation) -> Self {
        let directory = Directory::new(client.clone(), &clock);
        Self { store, vault, client, directory, clock, us, replies: Arc::default(), tasks: TaskTracker::new() }
    }

    /// Returns once no form is being opened any more.
    pub async fn settled(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }
}
