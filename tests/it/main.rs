//! The product through people's eyes: one binary, one file of stories for each capability.

mod answers;
mod consent;
mod menu;
mod pair;
mod postgres;
mod store;
mod world;
