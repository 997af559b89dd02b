//! The way to Slack and back.

pub mod action;
pub mod form;
pub mod render;
