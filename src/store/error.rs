//! What can go wrong with rows, in sentences that an operator can act on.

/// Why something was not stored or read. No message carries a password or anything that people wrote.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `DATABASE_URL` or what it names cannot be used: the sentence says why, and what to do.
    #[error("{0}")]
    Unusable(String),
    /// Another rapport process serves from the same file.
    #[error("{0}")]
    InUse(String),
    /// The database went away and did not come back in time. Whether the last commit arrived is not known; doing it
    /// again is safe.
    #[error("The database cannot be reached: {0}")]
    Unreachable(String),
    /// The disk is full.
    #[error("The disk that holds the database is full. Free some space; what was being written is not stored.")]
    Full,
    /// The database refused a statement.
    #[error("The database refused: {0}")]
    Refused(#[from] sqlx::Error),
    /// A defect of ours, alone in its group.
    #[error("Writing failed because of a defect in rapport; nothing of it was stored.")]
    Panicked,
    /// The store was closed.
    #[error("The store is closed.")]
    Closed,
}

impl StoreError {
    /// Whether it is about one thing that was to be written, and says nothing of the next.
    pub fn is_of_one(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Panicked)
    }

    /// Sorts an error of a running store.
    pub(super) fn running(error: sqlx::Error) -> Self {
        match sqlite_code(&error) {
            Some(SQLITE_FULL) => Self::Full,
            _ => Self::Refused(error),
        }
    }
}

pub(super) const SQLITE_ERROR: i32 = 1;
pub(super) const SQLITE_BUSY: i32 = 5;
pub(super) const SQLITE_READONLY: i32 = 8;
pub(super) const SQLITE_FULL: i32 = 13;
pub(super) const SQLITE_CANTOPEN: i32 = 14;
pub(super) const SQLITE_NOTADB: i32 = 26;

/// SQLite's primary result code. PostgreSQL's codes have five characters and never read as such a number.
pub(super) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    if code.len() == 5 { None } else { Some(code.parse::<i32>().ok()? & 0xff) }
}
