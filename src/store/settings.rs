//! A programme's settings as they stand in a row, and back. Reading them compiles two cron lines, so it is remembered.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::core::program::Program;

/// How many programmes' settings are remembered. Beyond that all are forgotten and read again.
const REMEMBERED: usize = 64;

static READ: LazyLock<Mutex<HashMap<String, Program>>> = LazyLock::new(Mutex::default);

/// The settings that this text says.
///
/// # Errors
/// When it is not the JSON form of a [`Program`].
pub fn read(text: &str) -> serde_json::Result<Program> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(program) = read.get(text) {
        return Ok(program.clone());
    }
    let program: Program = serde_json::from_str(text)?;
    if read.len() >= REMEMBERED {
        read.clear();
    }
    read.insert(text.to_owned(), program.clone());
    Ok(program)
}

/// The text for the row.
pub fn write(program: &Program) -> String {
    serde_json::to_string(program).expect("settings are strings, numbers and lists of them")
}
