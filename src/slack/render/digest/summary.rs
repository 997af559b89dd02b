//! The digest's title and its first lines: how the pairs stand, and who answered.

use super::words::{counted, percent};
use crate::core::scoring::digest::{Digest, DigestPage, ProgramHealth, Rate, States};
use crate::slack::render::text::utc;

/// Weeks over which the response rate is averaged.
const RATE_WEEKS: usize = 4;

/// `Mentoring digest · Engineering · week 9 of 26 · 18–24 May`.
pub fn title(page: &DigestPage, program: &str) -> String {
    let digest = &page.digest;
    let weeks = digest.weeks.map(|weeks| format!(" of {weeks}")).unwrap_or_default();
    let (from, until) = (digest.from, digest.until);
    let dates = if from.format("%Y-%m").to_string() == until.format("%Y-%m").to_string() {
        format!("{}–{}", from.format("%-d"), until.format("%-d %B"))
    } else {
        format!("{} – {}", from.format("%-d %B"), until.format("%-d %B"))
    };
    format!("Mentoring digest · {program} · week {}{weeks} · {dates}", digest.week)
}

/// Pairs by their state, programme health, and who answered.
pub fn summary(page: &DigestPage) -> Vec<String> {
    let digest = &page.digest;
    let pairs = match &digest.states {
        Some(states) => format!("{}{}", standing(states), digest.health.as_ref().map(health).unwrap_or_default()),
        None => format!("{}.", counted(digest.pairs, "pair", "pairs")),
    };
    let own = page.is_own_copy.then(|| "Your own pair is left out here.".to_owned());
    [Some(pairs), own, Some(answered(digest))].into_iter().flatten().collect()
}

/// `48 pairs: 36 on track, 6 to watch, 3 need you, 2 paused, 1 too early to tell.`
fn standing(states: &States) -> String {
    let pairs = counted(states.pairs(), "pair", "pairs");
    let each = [
        (states.on_track, "on track", "on track"),
        (states.watch, "to watch", "to watch"),
        (states.needs_you, "needs you", "need you"),
        (states.paused, "paused", "paused"),
        (states.too_early, "too early to tell", "too early to tell"),
    ];
    let each: Vec<String> = each.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(*n, one, many)).collect();
    if each.is_empty() { format!("{pairs}.") } else { format!("{pairs}: {}.", each.join(", ")) }
}

fn health(health: &ProgramHealth) -> String {
    match *health {
        ProgramHealth { pairs: 0, .. } => " Programme health: too early to tell.".to_owned(),
        ProgramHealth { value: None, .. } => {
            " Programme health is not shown: there are fewer pairs to tell of than this programme's threshold."
                .to_owned()
        }
        ProgramHealth { value: Some(value), pairs, before } => {
            let before = before.map(|before| format!("last week {before}, ")).unwrap_or_default();
            format!(" Programme health {value} ({before}{}).", counted(pairs, "pair", "pairs"))
        }
    }
}

fn answered(digest: &Digest) -> String {
    let resting = match digest.resting {
        0 => String::new(),
        1 => "1 person was paused or away and not asked".to_owned(),
        several => format!("{several} people were paused or away and not asked"),
    };
    let Some(now) = percent(digest.answered) else {
        let resting = if resting.is_empty() { resting } else { format!(" {resting}.") };
        return format!("No pulse closed this week.{resting}");
    };
    let resting = if resting.is_empty() { resting } else { format!("; {resting}") };
    let before = digest.answered_before.and_then(percent).map(|before| format!("last week {before} %"));
    let mean = four_weeks(digest).and_then(percent).map(|mean| format!("four-week mean {mean} %"));
    let compared: Vec<String> = before.into_iter().chain(mean).collect();
    let compared = if compared.is_empty() { String::new() } else { format!("; {}", compared.join(", ")) };
    format!("{now} % answered ({} of {} asked{resting}){compared}.", digest.answered.answered, digest.answered.asked)
}

/// All that was asked in this week and the three before it; `None` before there are four.
fn four_weeks(digest: &Digest) -> Option<Rate> {
    let last = digest.series.len().checked_sub(RATE_WEEKS).map(|from| &digest.series[from..])?;
    Some(last.iter().fold(Rate::default(), |sum, week| Rate {
        answered: sum.answered + week.answered.answered,
        asked: sum.asked + week.answered.asked,
    }))
}

/// From when the numbers are, and by which rules.
pub fn data_note(page: &DigestPage) -> String {
    let digest = &page.digest;
    let health = if digest.states.is_some() {
        " Health is for offering help, never for rating anybody; eight times of ten it lies within its brackets."
    } else {
        ""
    };
    format!(
        "Counted on {}. Only closed pulses count; whoever skipped a week is neither answered nor missed.{health} Rules \
         version {}.",
        utc(digest.cutoff),
        digest.rules
    )
}
