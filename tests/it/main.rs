//! The product through people's eyes, one file of stories for each capability; and what is kept true by tests and not
//! by good will: the architecture and the manifest.

mod architecture;
mod cli;
mod manifest;
mod pair;
mod postgres;
mod source;
mod store;
mod world;
