//! Which open pages hold time back, because somebody is in the middle of something.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most pages that are listened to at once.
const PAGES_MAX: usize = 64;

/// One entry for each open page; it goes when its stream of events ends.
#[derive(Clone, Default)]
pub(super) struct Attention {
    pages: Arc<Mutex<BTreeMap<String, bool>>>,
}

/// A page that is open.
pub(super) struct Open {
    attention: Attention,
    page: String,
}

impl Attention {
    /// A page opened its stream. `None` if there are too many, or its name is none.
    pub fn open(&self, page: &str) -> Option<Open> {
        let mut pages = self.pages();
        let good = (1..=64).contains(&page.len()) && pages.len() < PAGES_MAX;
        good.then(|| {
            pages.insert(page.to_owned(), false);
            Open { attention: self.clone(), page: page.to_owned() }
        })
    }

    /// A page says whether somebody is in the middle of something there.
    pub fn hold(&self, page: &str, held: bool) {
        if let Some(open) = self.pages().get_mut(page) {
            *open = held;
        }
    }

    pub fn is_held(&self) -> bool {
        self.pages().values().any(|held| *held)
    }

    fn pages(&self) -> MutexGuard<'_, BTreeMap<String, bool>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.attention.pages().remove(&self.page);
    }
}
