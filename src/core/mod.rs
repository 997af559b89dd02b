//! What the product decides. Pure: values in, values out; no database, no Slack, no clock, nothing to await.
//!
//! Read [`event`] and `message` first: what comes in, and what goes out.

pub mod answer;
pub mod event;
pub mod id;
