//! The product through people's eyes: one binary, one file of stories for each capability.

mod pair;
mod postgres;
mod rough;
mod store;
mod world;
