//! What came as nudges this week, and what is known of their effect.

use std::collections::BTreeSet;

use super::View;
use crate::core::id::PersonId;
use crate::core::nudge::Kind;
use crate::core::nudge::effect::next_mark;
use crate::core::scoring::digest::{KindLine, Nudges, Shows};

impl View<'_> {
    /// `None` where none came and nothing is measured. Numbers about fewer people than the threshold are not given: the
    /// names of a few could be guessed from them.
    pub(super) fn nudges(&self) -> Option<Nudges> {
        let all = &self.window.nudges;
        let sent: Vec<_> = all.sent.iter().filter(|(pair, _)| !self.own.contains(pair)).collect();
        let people: BTreeSet<&PersonId> = sent.iter().map(|(_, person)| person).collect();
        let kinds: Vec<KindLine> = Kind::ALL.into_iter().filter_map(|kind| self.kind(kind)).collect();
        let (people, threshold) = (people.len(), self.window.program.threshold);
        let is_few = people > 0 && people < usize::from(threshold);
        let count = |count: usize| if is_few { 0 } else { u32::try_from(count).unwrap_or(u32::MAX) };
        let nudges =
            Nudges { sent: count(sent.len()), people: count(people), fewer_than: is_few.then_some(threshold), kinds };
        (people > 0 || !nudges.kinds.is_empty()).then_some(nudges)
    }

    fn kind(&self, kind: Kind) -> Option<KindLine> {
        let all = &self.window.nudges;
        let look = all.looks.iter().find(|look| look.kind == kind);
        let known = all.collected.iter().find(|(of, _)| *of == kind).map_or(0, |(_, count)| *count);
        let shows = match look {
            Some(look) if self.within(look.at - chrono::Duration::milliseconds(1), 0, 1) => Shows::Look(look.look),
            Some(look) if look.revived => Shows::Collecting { known, of: next_mark(look.look.at) },
            Some(look) => match look.look.verdict {
                Some(verdict) => Shows::Stands(verdict),
                None => Shows::Collecting { known, of: next_mark(look.look.at) },
            },
            None if known > 0 => Shows::Collecting { known, of: next_mark(0) },
            None => return None,
        };
        Some(KindLine { kind, shows })
    }
}
