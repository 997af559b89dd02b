//! How the pairs stand together: states, programme health, and the weeks of the chart.

use super::View;
use crate::core::id::PairId;
use crate::core::scoring::digest::{Digest, IndicatorLine, ProgramHealth, Shown, States, WEEKS, Week};
use crate::core::scoring::rules::rdiv;
use crate::core::scoring::state::State;

impl View<'_> {
    pub(super) fn states(&self) -> States {
        let mut states = States::default();
        for seen in &self.pairs {
            let count = match (seen.is_paused(), seen.look.state) {
                (true, _) => &mut states.paused,
                (false, State::TooEarly) => &mut states.too_early,
                (false, State::OnTrack) => &mut states.on_track,
                (false, State::Watch) => &mut states.watch,
                (false, State::NeedsYou) => &mut states.needs_you,
            };
            *count += 1;
        }
        states
    }

    /// The mean over pairs of which enough is known. Pairs of coordinators are not counted towards the threshold.
    pub(super) fn health(&self, before: Option<&Digest>) -> ProgramHealth {
        let known = self.pairs.iter().filter_map(|seen| Some((seen, i64::from(seen.look.health()?))));
        let (mut sum, mut pairs, mut of_others) = (0, 0_u32, 0_u32);
        for (seen, health) in known {
            sum += health;
            pairs += 1;
            of_others += u32::from(!self.window.program.coordinators.iter().any(|one| seen.has(one)));
        }
        let shown = pairs > 0 && of_others >= u32::from(self.window.program.threshold);
        ProgramHealth {
            pairs,
            value: shown.then(|| u8::try_from(rdiv(sum, i64::from(pairs))).expect("a mean of 0 to 100")),
            before: before.filter(|digest| digest.is_of_current_rules()).and_then(|digest| digest.health?.value),
        }
    }

    /// Pairs that ended in the week before the cut-off.
    pub(super) fn ended(&self) -> Vec<PairId> {
        let ended = self.window.pairs.iter().filter(|row| !self.own.contains(&row.pair.id));
        let ended = ended.filter(|row| row.pair.ended.is_some_and(|at| self.within(at, 0, 1)));
        ended.map(|row| row.pair.id.clone()).collect()
    }
}

/// The weeks of the chart: those of last week's digest, and this one.
pub(super) fn series(digest: &Digest, before: Option<&Digest>) -> Vec<Week> {
    let mut weeks = before.map(|digest| digest.series.clone()).unwrap_or_default();
    if before.is_some_and(|before| before.rules != digest.rules) {
        // One course shows numbers of one version of the rules.
        weeks.iter_mut().for_each(|week| week.health = None);
    }
    let shown = |line: &IndicatorLine| match line.shown {
        Shown::Mean { hundredths, .. } => Some((line.indicator, hundredths)),
        Shown::NotAsked | Shown::Withheld => None,
    };
    weeks.push(Week {
        week: digest.week,
        until: digest.until,
        answered: digest.answered,
        health: digest.health.and_then(|health| health.value),
        indicators: digest.indicators.iter().filter_map(shown).collect(),
    });
    weeks.drain(..weeks.len().saturating_sub(WEEKS));
    weeks
}
