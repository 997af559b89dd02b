//! The rows that a digest is computed from: closed pulses only, so that nothing in it can change any more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::blocks::Block;
use super::digest::{Digest, LineId};
use super::pool::Batch;
use super::record::Record;
use super::statistics::Comparison;
use super::suppression::{PastThreshold, Thresholds};
use super::surveys::Surveys;
use crate::core::id::{HelpId, PairId, PersonId, PulseId, QuestionId};
use crate::core::nudge::Kind;
use crate::core::nudge::effect::Look;
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
    /// What came as nudges, and what is known of their effect.
    pub nudges: NudgeRows,
    /// The newest digests before this one: that for everybody, and the own copies of coordinators who are in pairs.
    pub last_week: BTreeMap<Option<PersonId>, Digest>,
    /// Lines of theirs that a coordinator has dealt with.
    pub handled: BTreeSet<LineId>,
    /// What was released up to the cut-off, of these weeks.
    pub released: Released,
    /// What is known of surveys.
    pub surveys: Surveys,
    /// Thresholds that the programme had before.
    pub past_thresholds: Vec<PastThreshold>,
    /// The cut-off of the digest before this one: what closed before it has been counted.
    pub counted_until: Option<DateTime<Utc>>,
    /// Coordinators who are or were in a pair, whenever it begins or ended.
    pub taking_part: BTreeMap<PersonId, TakingPart>,
}

/// A coordinator who is in a pair, and reads a copy of the digest without it.
#[derive(Clone, Debug, PartialEq)]
pub struct TakingPart {
    /// Since when they coordinate without a break: earlier totals may hold the answers of their pair.
    pub since: DateTime<Utc>,
    /// The other sides of their pairs that have not ended by the beginning of the window.
    pub partners: BTreeSet<PersonId>,
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

/// Nudges of the week before the cut-off, and what is known of their effect in the whole workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NudgeRows {
    /// What was sent, to whom and about which pair.
    pub sent: Vec<(PairId, PersonId)>,
    /// Episodes whose outcome is known, of each kind that is measured.
    pub collected: Vec<(Kind, u32)>,
    /// The newest look at each kind.
    pub looks: Vec<KindLook>,
}

/// A look at a kind's effect.
#[derive(Clone, Debug, PartialEq)]
pub struct KindLook {
    pub kind: Kind,
    pub look: Look,
    pub at: DateTime<Utc>,
    /// A coordinator took the verdict back.
    pub revived: bool,
}

/// Totals that were released: nothing computes them again, and whatever is shown of totals comes from here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Released {
    pub blocks: Vec<Block>,
    pub batches: Vec<Batch>,
    pub comparisons: Vec<Comparison>,
}

impl Released {
    /// What was released after `since`.
    pub fn after(&self, since: DateTime<Utc>) -> Self {
        Self {
            blocks: self.blocks.iter().filter(|one| one.cutoff > since).cloned().collect(),
            batches: self.batches.iter().filter(|one| one.cutoff > since).cloned().collect(),
            comparisons: self.comparisons.iter().filter(|one| one.cutoff > since).copied().collect(),
        }
    }

    /// Adds what is newer.
    pub fn add(&mut self, newer: Self) {
        self.blocks.extend(newer.blocks);
        self.batches.extend(newer.batches);
        self.comparisons.extend(newer.comparisons);
    }
}

impl Window {
    /// How many people a total must be about.
    pub fn thresholds(&self) -> Thresholds {
        Thresholds::new(self.program.threshold, self.past_thresholds.clone())
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
