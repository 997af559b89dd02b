//! Who gets a nudge and who does not, while it is not known whether it helps: drawn once for a pair and an episode.

use chrono::NaiveDate;
use uuid::Uuid;

use super::Kind;
use super::effect::Verdict;
use crate::core::id::PairId;

/// Of a kind whose effect is not proven yet, one third is held back; of one that works, a tenth, to see whether it
/// still does.
const NEW: f64 = 1.0 / 3.0;
const PROVEN: f64 = 0.1;

/// Active pairs of a workspace from which on effects are measured: with fewer they would never be told apart from chance.
pub const PAIRS: u32 = 100;

/// Whether it is held back. The same pair and episode always draw the same, for both of the two and however often it
/// is asked.
pub fn is_held(kind: Kind, pair: &PairId, episode: NaiveDate, verdict: Option<Verdict>) -> bool {
    let share = match verdict {
        None => NEW,
        Some(Verdict::Works) => PROVEN,
        Some(Verdict::Retired) => 1.0,
    };
    kind.is_measured() && draw(kind, pair, episode) < share
}

/// Evenly from 0 to below 1, by what it is about.
fn draw(kind: Kind, pair: &PairId, episode: NaiveDate) -> f64 {
    const SPACE: Uuid = Uuid::from_u128(0x2f0b_8a46_3d0e_4b7d_8a55_90c4_12ef_7a31);
    let name = format!("{kind}:{pair}:{episode}");
    let (high, _) = Uuid::new_v5(&SPACE, name.as_bytes()).as_u64_pair();
    // Version 5 fixes four bits in the lower half of these; the upper 48 are free.
    (high >> 16) as f64 / (1_u64 << 48) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sample::date;

    #[test]
    fn a_third_is_held_back_then_a_tenth_and_the_same_ones_each_time() {
        let pairs: Vec<PairId> = (0..6_000).map(|n| PairId::from(format!("p{n}"))).collect();
        let held = |verdict, day: &str| -> Vec<bool> {
            pairs.iter().map(|pair| is_held(Kind::BookNext, pair, date(day), verdict)).collect()
        };
        let count = |held: &[bool]| held.iter().filter(|held| **held).count();
        let new = held(None, "2026-05-04");
        assert!((1_850..2_150).contains(&count(&new)), "{}", count(&new));
        assert_eq!(new, held(None, "2026-05-04"));
        assert_ne!(new, held(None, "2026-05-05"), "another episode draws anew");
        let proven = held(Some(Verdict::Works), "2026-05-04");
        assert!((500..700).contains(&count(&proven)), "{}", count(&proven));
        assert_eq!(count(&held(Some(Verdict::Retired), "2026-05-04")), pairs.len());
        assert!(pairs.iter().all(|pair| !is_held(Kind::FirstMeeting, pair, date("2026-05-04"), None)));
    }
}
