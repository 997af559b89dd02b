//! What people do about their own time: some go away, some want a pause, and some who do not answer say what suits them.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::draw::Draw;

/// How likely somebody who is asked this week goes away next week, or wants a pause.
const AWAY: f64 = 0.025;
const PAUSE: f64 = 0.01;

/// What somebody types after `/rapport` who has plans, when they are asked at `at`; `with` is the partner's first name.
pub(super) fn plans(draw: &Draw, zone: Tz, at: DateTime<Utc>, with: &str) -> Option<String> {
    let chance = draw.of("plans").unit();
    if chance < AWAY {
        let first = at.with_timezone(&zone).date_naive() + TimeDelta::days(6);
        let days = [3, 6, 10, 13].map(TimeDelta::days);
        let last = first + *draw.of("how long").pick(&days);
        return Some(format!("away {} to {}", first.format("%-d %B"), last.format("%-d %B")));
    }
    if chance < AWAY + PAUSE {
        let whose = if draw.of("whose").chance(0.5) { format!(" with {with}") } else { String::new() };
        return Some(format!("pause 2 weeks{whose}"));
    }
    None
}

/// Which of the four offers somebody takes who is asked what suits them: less often, a pause, stop, as it is. `None`: they
/// do not answer that either.
pub(super) fn suits(draw: &Draw) -> Option<usize> {
    match draw.of("suits").unit() {
        chance if chance < 0.4 => Some(0),
        chance if chance < 0.65 => Some(1),
        chance if chance < 0.72 => Some(2),
        chance if chance < 0.85 => Some(3),
        _ => None,
    }
}
