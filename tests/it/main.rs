//! The product through people's eyes: one binary, one file of stories for each capability.

mod answers;
mod consent;
mod menu;
mod digest;
mod doors;
mod home;
mod pair;
mod postgres;
mod store;
mod strangers;
mod world;
mod zones;
