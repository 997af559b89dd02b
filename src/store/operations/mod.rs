//! The statements, one set for both engines: this folder is compiled once for each.

use super::Engine;

pub mod act;
pub mod agreements;
pub mod answers;
pub mod apply;
pub mod attention;
pub mod care;
pub mod cases;
pub mod contents;
pub mod destinations;
pub mod digests;
pub mod due;
pub mod endings;
pub mod evaluations;
pub mod export;
pub mod fit;
pub mod goals;
pub mod help;
pub mod late;
pub mod nudges;
pub mod outbox;
pub mod pairs;
pub mod participation;
pub mod pauses;
pub mod people;
pub mod pieces;
pub mod programs;
pub mod pulses;
pub mod raise;
pub mod record;
pub mod records;
pub mod releases;
pub mod rests;
pub mod retention;
pub mod rows;
pub mod sessions;
pub mod survey_times;
pub mod survey_totals;
pub mod surveys;
pub mod thanks;
pub mod throttle;
pub mod unreachable;
pub mod window;
pub mod workspaces;

/// A connection inside or outside a transaction; the caller knows.
pub type Conn = <Engine as sqlx::Database>::Connection;
