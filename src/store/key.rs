//! The order in which the members of a group lock their parent rows.

/// What a job locks first, as a number: groups are sorted by it, so that two writers never wait for each other in a
/// circle. All processes must agree on it, therefore it is not the standard library's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// For jobs that lock no parent row.
    pub const NONE: Self = Self(0);
    /// For the outbox's own bookkeeping, which goes last: it touches messages, which others touch after their parents.
    pub const OUTBOX: Self = Self(u64::MAX);

    /// The key of a row by its name (FNV-1a).
    pub fn of(name: &str) -> Self {
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(hash)
    }
}
