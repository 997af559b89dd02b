//! What is SQLite's own.

pub use sqlx::Sqlite as Engine;

/// A select that keeps others from the rows of one table until the transaction ends: here the single writer does.
macro_rules! locking {
    ($table:literal, $($select:tt)*) => {
        concat!($($select)*)
    };
}

#[allow(clippy::duplicate_mod, reason = "one set of statements, compiled once for each engine")]
#[path = "operations/mod.rs"]
pub mod operations;
