//! What is PostgreSQL's own.

pub use sqlx::Postgres as Engine;

/// A select that keeps others from the rows of one table until the transaction ends.
macro_rules! locking {
    ($table:literal, $($select:tt)*) => {
        concat!($($select)*, "\nfor update of ", $table)
    };
}

#[allow(clippy::duplicate_mod, reason = "one set of statements, compiled once for each engine")]
#[path = "operations/mod.rs"]
pub mod operations;
