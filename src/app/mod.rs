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
    /// See [`App::step_by_step`].
    step_by_step: bool,
}

impl App {
    /// The product in the workspace `us`, over an open store.
    pub fn new(store: Store, vault: Arc<Vault>, client: Client, clock: Clock, us: Installation) -> Self {
        let directory = Directory::new(client.clone(), &clock);
        let (replies, tasks) = (Arc::default(), TaskTracker::new());
        Self { store, vault, client, directory, clock, us, replies, tasks, step_by_step: false }
    }

    /// From now on one message goes after the other, and nothing is given up because it took long: a play by a clock that
    /// somebody moves by hand is then the same on every machine, however busy it is.
    pub fn step_by_step(self) -> Self {
        Self { step_by_step: true, ..self }
    }

    /// Returns once no form is being opened any more.
    pub async fn settled(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }
}
