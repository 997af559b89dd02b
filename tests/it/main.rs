//! The product through people's eyes, one file of stories for each capability; and what is kept true by tests and not
//! by good will: the architecture and the manifest.

mod agreement;
mod answers;
mod architecture;
mod browser;
mod care;
mod cli;
mod consent;
mod digest;
mod doors;
mod goals;
mod help;
mod home;
mod lines;
mod manifest;
mod menu;
mod nudges;
mod own_questions;
mod pair;
mod postgres;
mod privacy;
mod record;
mod recovery;
mod rest;
mod rough;
mod rows;
mod sessions;
mod source;
mod store;
mod strangers;
mod survey;
mod world;
mod zones;
