//! The rows that a digest is computed from: closed pulses only, so that nothing in it can change any more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::digest::{Digest, LineId};
use super::record::Record;
use crate::core::id::{HelpId, PairId, PersonId, PulseId, QuestionId};
use crate::core::person::Pair;
use crate::core::program::Program;
use crate::core::question::Indicator;

/// Everything that the digest of one programme and week looks at.
///
/// What became known after the cut-off is not in it, so that the same digest comes of it later too.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub program: Program,
    /// Pairs that have begun and had not ended by the beginning of the window.
    pub pairs: Vec<PairRow>,
    /// Indicators that a question was asked about in pulses that closed in the four weeks before the cut-off.
    pub asked_about: BTreeSet<Indicator>,
    /// Words that were shared with coordinators in pulses that closed in the week before it, oldest first.
    pub comments: Vec<CommentRow>,
    /// People who pressed `Not for me` in the week before the cut-off, earliest first.
    pub declined: Vec<Declined>,
    /// Requests for help of that week, earliest first.
    pub help: Vec<HelpRow>,
    /// The newest digests before this one: that for everybody, and the own copies of coordinators who are in pairs.
    pub last_week: BTreeMap<Option<PersonId>, Digest>,
    /// Lines of theirs that a coordinator has dealt with.
    pub handled: BTreeSet<LineId>,
}

/// Somebody who is out by their own word.
#[derive(Clone, Debug, PartialEq)]
pub struct Declined {
    pub person: PersonId,
    pub at: DateTime<Utc>,
}

/// Somebody who asks for help.
#[derive(Clone, Debug, PartialEq)]
pub struct HelpRow {
    pub help: HelpId,
    pub person: PersonId,
    pub pair: PairId,
    pub at: DateTime<Utc>,
}

impl Window {
    /// Whether this person is in a pair of the programme.
    pub fn has_in_a_pair(&self, person: &PersonId) -> bool {
        self.pairs.iter().any(|row| row.pair.role_of(person).is_some())
    }
}

/// A pair and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow {
    pub pair: Pair,
    /// One of the two pressed `Not for me`: nothing is asked of the pair.
    pub declined: bool,
    pub record: Record,
}

impl PairRow {
    /// Whether the pair has begun, has not ended, and nobody in it pressed `Not for me`. `today` is the cut-off's day.
    pub fn runs(&self, today: NaiveDate, cutoff: DateTime<Utc>) -> bool {
        !self.declined && self.pair.starts < today && self.pair.ended.is_none_or(|at| at > cutoff)
    }
}

/// Where words are found that somebody shared with the coordinators.
#[derive(Clone, Debug, PartialEq)]
pub struct CommentRow {
    pub pulse: PulseId,
    pub person: PersonId,
    pub question: QuestionId,
    pub closed: DateTime<Utc>,
}
