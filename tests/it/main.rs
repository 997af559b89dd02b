//! The stories: one binary, so that what is dear is started once.

mod postgres;
mod store;
