//! The statements, one set for both engines: this folder is compiled once for each.

use super::Engine;

pub mod outbox;
pub mod retention;
pub mod throttle;
pub mod workspaces;

/// A connection inside or outside a transaction; the caller knows.
pub type Conn = <Engine as sqlx::Database>::Connection;
