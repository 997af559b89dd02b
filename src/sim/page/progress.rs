//! How far the programme is, as the page and the terminal say it.

use serde::Serialize;

/// Set by whoever plays the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// From 1; 0 before the first.
    pub week: u32,
    pub weeks: u32,
    pub asked: u64,
    pub answered: u64,
    pub digests: u64,
    /// Slack id of a coordinator who has just had the newest of them.
    pub reader: Option<String>,
    /// The programme has been played to its end.
    pub over: bool,
}
