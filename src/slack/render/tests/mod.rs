//! What people read, as they read it, and Slack's limits for whatever words come.

mod confidence;
mod digests;
mod goals;
mod limits;
mod messages;
mod outline;
mod properties;
mod samples;
mod spoken;
pub mod together;
mod views;

pub(in crate::slack::render) use samples::{digest as digest_page, pair_health};
