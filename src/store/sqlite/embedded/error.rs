//! SQLite's refusals, as sqlx reports them.

use std::borrow::Cow;
use std::error::Error as StdError;

use rusqlite::Error as Cause;
use rusqlite::ffi;
use sqlx::Error;
use sqlx::error::{DatabaseError, ErrorKind};

/// SQLite said no.
#[derive(Debug, thiserror::Error)]
#[error("(code: {code}) {message}")]
struct Refusal {
    /// The extended result code.
    code: i32,
    message: String,
}

/// `error` for whoever asked through sqlx. No statement and no value is in it.
pub fn from(error: Cause) -> Error {
    let (code, message) = match error {
        Cause::SqliteFailure(failure, message) => (failure.extended_code, message),
        Cause::SqlInputError { error, msg, .. } => (error.extended_code, Some(msg)),
        other => return Error::Protocol(other.to_string()),
    };
    let message = message.unwrap_or_else(|| ffi::code_to_str(code).to_owned());
    Error::Database(Box::new(Refusal { code, message }))
}

impl DatabaseError for Refusal {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        match self.code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => ErrorKind::UniqueViolation,
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
            ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation,
            ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}
