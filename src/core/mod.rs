//! What the product decides. Pure: values in, values out; no database, no Slack, no clock, nothing to await.
//!
//! Read [`event`] and `message` first: what comes in, and what goes out.

pub mod act;
pub mod agreement;
pub mod answer;
pub mod attention;
pub mod availability;
pub mod cadence;
pub mod care;
pub mod case;
pub mod command;
pub mod content;
pub mod decision;
pub mod ending;
pub mod event;
pub mod fit;
pub mod goal;
pub mod guide;
pub mod help;
pub mod holidays;
pub mod hours;
pub mod id;
mod item;
pub mod late;
pub mod message;
pub mod nudge;
pub mod pace;
pub mod pause;
pub mod person;
pub mod plan;
pub mod program;
pub mod pulse;
pub mod question;
pub mod record;
pub mod refusal;
pub mod rest;
pub mod roster;
pub mod rotation;
#[cfg(test)]
mod sample;
pub mod scoring;
pub mod session;
pub mod silence;
pub mod slip;
pub mod survey;
pub mod thanks;
pub mod unreachable;
mod words;
