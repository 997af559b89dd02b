//! Attacks on what is released, by somebody who misses nothing. Each finds something where the rules are loosened.

mod programme;
mod solver;
mod worlds;
mod year;
