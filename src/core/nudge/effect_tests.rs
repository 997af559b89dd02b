use super::*;
use crate::core::id::PairId;
use crate::core::nudge::{Kind, hold_out};
use crate::core::sample::date;
use crate::core::scoring::study::chance::Chance;

fn counts(sent: (u32, u32), held: (u32, u32)) -> Counts {
    Counts { sent: Arm { good: sent.0, of: sent.1 }, held: Arm { good: held.0, of: held.1 } }
}

#[test]
fn the_interval_is_agrestis_and_caffos() {
    // p~1 = 61/102, p~0 = 21/52; effect .1942; SE sqrt(.4020*.5980/102 + .4038*.5962/52) = .0837.
    let look = look(150, counts((60, 100), (20, 50)));
    assert_eq!((look.effect, look.from, look.until), (194, 30, 358));
    assert_eq!(look.verdict, None, "0.1942 < 2.36 * 0.0837");
    let nothing = super::look(150, Counts::default());
    assert_eq!((nothing.effect, nothing.verdict), (0, None), "nothing is known of nobody");
}

#[test]
fn it_is_looked_at_the_marks_and_nowhere_else() {
    let at = |last, of| due(last, counts((0, of), (0, 0)));
    let all =
        [(0, 149), (0, 150), (0, 299), (150, 299), (150, 300), (0, 700), (600, 1_199), (600, 5_000), (1_200, 9_000)];
    let found: Vec<Option<u32>> = all.into_iter().map(|(last, of)| at(last, of)).collect();
    assert_eq!(found, [None, Some(150), Some(150), None, Some(300), Some(600), None, Some(1_200), None]);
    assert_eq!((next_mark(0), next_mark(150), next_mark(1_200)), (Some(150), Some(300), None));
}

/// Kinds with this planted effect on a base of 40 of 100: the shares that end as working and as retired, by 1,200.
fn planted(effect: f64, seed: u64) -> (f64, f64) {
    const KINDS: u64 = 2_000;
    let (mut works, mut retired) = (0_u32, 0_u32);
    for kind in 0..KINDS {
        let (mut chance, _) = Chance::of_pair(seed, kind);
        let (mut counts, mut last, mut verdict) = (Counts::default(), 0, None);
        for n in 0..1_200 {
            let pair = PairId::from(format!("{seed}:{kind}:{n}"));
            let held = hold_out::is_held(Kind::BookNext, &pair, date("2026-05-04"), None);
            let arm = if held { &mut counts.held } else { &mut counts.sent };
            arm.of += 1;
            arm.good += u32::from(chance.is(if held { 0.4 } else { 0.4 + effect }));
            if let Some(mark) = due(last, counts) {
                last = mark;
                verdict = look(mark, counts).verdict;
                if verdict.is_some() {
                    break;
                }
            }
        }
        match verdict.expect("after 1,200 it is decided") {
            Verdict::Works => works += 1,
            Verdict::Retired => retired += 1,
        }
    }
    (f64::from(works) / KINDS as f64, f64::from(retired) / KINDS as f64)
}

#[test]
fn a_planted_effect_of_nothing_retires_and_one_of_fifteen_points_stays() {
    let (works, retired) = planted(0.0, 11);
    // The rule's error: 2.36 is passed by chance in 0.91 % of the looks, and there are four. Whatever the base, 2 to 3.2 %
    // come of it.
    const ERROR: f64 = 4.0 * 0.0091;
    assert!(works <= ERROR, "{works} of the kinds without effect count as working");
    assert!(retired >= 1.0 - ERROR, "{retired}");
    let (works, retired) = planted(0.15, 12);
    assert!(works >= 0.90, "{works} of the kinds with fifteen points count as working");
    assert!(retired <= 0.10, "{retired}");
}
