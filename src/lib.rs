//! rapport keeps mentoring pairs healthy, inside Slack.
//!
//! The map, in reading order; `docs/ARCHITECTURE.md` tells the same as a story.
//!
//! - [`core`]: what the product decides. Values in, values out; knows nobody.
//! - [`store`]: rows, on SQLite or PostgreSQL.
//! - [`slack`]: the way to Slack and back.
//! - [`app`]: the only place where the three meet.
//! - [`sim`]: a small Slack that works, for the demo and the tests.
//! - [`cli`], [`config`], [`clock`]: the front door.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod core;
pub mod sim;
pub mod slack;
pub mod store;
