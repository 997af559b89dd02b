//! Rows, on SQLite or PostgreSQL.

pub mod postgres;
pub mod settings;
pub mod sqlite;
pub mod vault;
