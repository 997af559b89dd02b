//! What stands in a person's record: for themselves, and what a mentee shares with a mentor.

use chrono::{DateTime, NaiveDate, Utc};

use crate::core::goal::{Confidence, Goal};
use crate::core::id::PairId;

/// The record of one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordPage {
    /// Pairs in which the person is the mentee, those that run first, at most 6.
    pub pairs: Vec<RecordPair>,
    /// Pairs in which they are the mentor: with whom, and what they met; at most 20.
    pub mentoring: Vec<(String, SessionSum)>,
    /// Newest first, at most 30.
    pub thanks: Vec<ReceivedThanks>,
}

/// What a mentee has of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPair {
    pub pair: PairId,
    /// The other of the two, for whoever reads it.
    pub partner: String,
    pub program_name: String,
    pub running: bool,
    /// Open ones first, then the newest of the others.
    pub goals: Vec<Goal>,
    /// How sure the mentee felt in them.
    pub confidence: Vec<Confidence>,
    pub sessions: SessionSum,
    /// The mentor sees it.
    pub shared: bool,
}

/// Sessions of one pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionSum {
    pub count: u32,
    /// Of those whose length was said.
    pub minutes: u32,
    pub last: Option<NaiveDate>,
}

/// What the person was thanked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedThanks {
    pub from: String,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// A page about a record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordForm {
    /// One's own.
    Own(RecordPage),
    /// What a mentee shares with the reader.
    Shared(RecordPair),
}

/// The record as a message to its owner, with a picture where the workspace takes one.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPost {
    pub page: RecordPage,
    pub charts: bool,
}

/// What App Home says of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeRecord {
    /// The person has a record.
    pub own: bool,
    /// What mentees share with the person: the pair, and the mentee's name; at most 20.
    pub shared: Vec<(PairId, String)>,
}

impl RecordPage {
    /// Nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.mentoring.is_empty() && self.thanks.is_empty()
    }
}
