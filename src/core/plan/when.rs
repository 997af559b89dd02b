//! When and where the two of a pair are asked, within what is left of their time.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{GROUP_DM_PAIRS, day_before};
use crate::core::availability::common;
use crate::core::case::PlanCase;
use crate::core::pause::{Span, last_end};
use crate::core::pulse::Form;
use crate::core::question::Role;
use crate::core::rest::Pace;

/// How far a common hour may lie after the cadence struck: over a weekend, not into another week.
pub(super) const COMMON_WITHIN: Duration = Duration::days(4);

/// Who is away for more days than this is not waited for: what strikes meanwhile is not asked, as in a pause.
const SHORT_ABSENCE: i64 = 4;

/// Where a pulse is asked, and when. Arrays are of the mentee and the mentor.
pub(super) struct When {
    pub form: Form,
    pub due: [DateTime<Utc>; 2],
    /// This side is not asked this time.
    pub skips: [bool; 2],
}

/// In the group DM at the first hour that is open for both, or to each alone at their own.
///
/// Somebody who is asked less often leaves the other to be asked alone; so does somebody who cannot be written to for days.
pub(super) fn when(case: &PlanCase, strikes: [DateTime<Utc>; 2]) -> When {
    let sides = [case.side(Role::Mentee), case.side(Role::Mentor)];
    let own = [sides[0].next_open(strikes[0]), sides[1].next_open(strikes[1])];
    let skips = [0, 1].map(|n| !is_their_turn(case, n) || own[n] >= strikes[n] + COMMON_WITHIN);
    if case.mentors_pairs > GROUP_DM_PAIRS {
        return When { form: Form::PrivateRows, due: own, skips };
    }
    let shared = common(sides, strikes[0], strikes[0] + COMMON_WITHIN).filter(|_| skips == [false; 2]);
    match shared {
        Some(due) => When { form: Form::Shared, due: [due, due], skips },
        None => When { form: Form::Private, due: own, skips },
    }
}

/// Whether the person on this side is to be asked, by what they said of how often.
fn is_their_turn(case: &PlanCase, side: usize) -> bool {
    match case.rests[side].pace {
        Pace::Every => true,
        Pace::Never => false,
        // Asked the last time means not this time. What was folded for another reason was not asked.
        Pace::Second => case.asked_on[side].is_none() || case.asked_on[side] != case.last_occurrence,
    }
}

/// The end of the last of `open_days` of the person's working days after the day it was due, and never beyond the next
/// occurrence, which may come before it is even due. A further strike of its own day is no occurrence.
pub(super) fn closes(case: &PlanCase, role: Role, occurrence: NaiveDate, due: DateTime<Utc>) -> DateTime<Utc> {
    let end = case.side(role).closes(due, case.program.open_days);
    let zone = match role {
        Role::Mentee => case.mentee.zone,
        Role::Mentor => case.mentor.zone,
    };
    let mut strikes = case.program.cadence.strikes(zone, day_before(zone, occurrence));
    strikes.find(|strike| strike.occurrence > occurrence).map_or(end, |next| end.min(next.at))
}

/// When the newest pause or longer absence that has begun is over, or was; the beginning of time where there was none.
pub(super) fn resumed(case: &PlanCase, now: DateTime<Utc>) -> DateTime<Utc> {
    let of_pair = last_end(case.program.zone, &case.pauses, now);
    let [mentee, mentor] = &case.rests;
    let of_people = [(case.mentee.zone, mentee), (case.mentor.zone, mentor)].map(|(zone, rest)| {
        let long: Vec<Span> = rest.away.iter().copied().filter(|span| is_long(*span)).collect();
        last_end(zone, &long, now)
    });
    let ends = [of_pair].into_iter().chain(of_people).flatten();
    ends.max().unwrap_or_default()
}

fn is_long(span: Span) -> bool {
    (span.until - span.from).num_days() > SHORT_ABSENCE
}
