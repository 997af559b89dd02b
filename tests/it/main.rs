//! The product through people's eyes: one binary, one file of stories for each capability.

mod cli;
mod pair;
mod world;
