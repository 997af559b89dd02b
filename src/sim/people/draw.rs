//! Chance that follows from names: the same names give the same draw, in every run.

use sha2::{Digest, Sha256};

/// A place in the tree of choices. Going down a step never changes the draws beside it.
#[derive(Clone, Debug)]
pub(super) struct Draw([u8; 32]);

impl Draw {
    pub fn from_seed(seed: u64) -> Self {
        Self(Sha256::digest(seed.to_be_bytes()).into())
    }

    /// The draw of this name below this one.
    pub fn of(&self, name: impl AsRef<[u8]>) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(name);
        Self(hash.finalize().into())
    }

    /// From 0 up to, but not, 1.
    pub fn unit(&self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
    }

    pub fn chance(&self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub fn between(&self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// One of `things`; there is at least one.
    pub fn pick<'a, T>(&self, things: &'a [T]) -> &'a T {
        // Below the length, because `unit` is below 1.
        &things[(self.unit() * things.len() as f64) as usize]
    }

    /// All of `things` in an order of its own.
    pub fn shuffled<T: AsRef<str>>(&self, mut things: Vec<T>) -> Vec<T> {
        things.sort_by_cached_key(|thing| self.of(thing.as_ref()).0);
        things
    }
}
