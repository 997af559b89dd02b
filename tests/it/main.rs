//! What is kept true by tests and not by good will, and the stories that people live through.

mod architecture;
mod manifest;
mod source;
