//! When the two of a pair are asked to agree: right after both have pressed `Start`, and again half-way.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::when::COMMON_WITHIN;
use super::{GROUP_DM_PAIRS, begins, civil, ready};
use crate::core::agreement::{AgreementChange, Opening, posts};
use crate::core::attention::{Spent, Week};
use crate::core::availability::common;
use crate::core::case::PlanCase;
use crate::core::decision::{Change, Decision};
use crate::core::id::PersonId;
use crate::core::message::{SURVEYS, Send};
use crate::core::person::{Pair, Person, Standing};
use crate::core::program::Program;
use crate::core::question::Role;
use crate::core::survey::SurveyChange;

/// Weeks after which a pair is half-way in a programme without an end.
const HALF_WEEKS: i64 = 13;

/// Days after which a pair can be half-way at the earliest, however short its programme is.
const EARLIEST: i64 = 14;

/// The day on which a pair is half-way: half of what the programme has for it, or week 13 where there is no end.
pub fn half_way(program: &Program, pair: &Pair) -> NaiveDate {
    let first = pair.starts.max(program.starts);
    let days = program.ends.map_or(HALF_WEEKS * 7, |ends| (ends - first).num_days() / 2);
    first + Duration::days(days.max(EARLIEST))
}

/// Adds to a decision what opens the agreement, if it is time and both weeks have room: pulses come first.
pub(super) fn with_opening(case: &PlanCase, decision: Decision, now: DateTime<Utc>) -> Decision {
    let Some(opening) = due(case, now) else { return decision };
    let (shared, dues) = when(case, now);
    let people = [&case.mentee, &case.mentor];
    let messages = posts(&case.pair.id, opening, shared, people.map(|one| &one.id));
    let sends: Vec<Send> = match (shared, messages.as_slice()) {
        (true, [both]) => vec![both.clone().at(dues[0])],
        _ => messages.into_iter().zip(dues).map(|(own, due)| own.at(due)).collect(),
    };
    let own = |n: usize| sends.get(n).or(sends.first());
    let spends: Vec<Spent> = (0..2)
        .filter_map(|n| Some(Spent::on(&people[n].id, people[n].zone, dues[n], own(n)?.message.name())))
        .collect();
    let planned = planned(&decision);
    if !people.iter().zip(&spends).all(|(person, spent)| has_room(case, person, spent, &planned, now)) {
        return decision;
    }
    let opened = AgreementChange::Opened { pair: case.pair.id.clone(), opening, shared, spends, at: now };
    let mut decision = decision;
    decision.changes.push(Change::Agreement(opened));
    // What stood before says that it was opened again.
    let before = case.agreement.posts(people.map(|one| &one.id));
    decision.messages.extend(before.into_iter().map(|post| post.at(now)));
    decision.messages.extend(sends);
    decision
}

/// The occasion that has come and was not taken yet.
fn due(case: &PlanCase, now: DateTime<Utc>) -> Option<Opening> {
    let both = [case.mentee_standing, case.mentor_standing];
    let started = both.iter().all(|one| matches!(one, Standing::Started { .. }));
    if !started || ready(case, now).is_none_or(|ready| ready > now) || now < begins(case) {
        return None;
    }
    let opened = |opening| case.agreement.openings.iter().any(|(one, _)| *one == opening);
    if !opened(Opening::Start) {
        return Some(Opening::Start);
    }
    let half = civil(case.program.zone, now) >= half_way(&case.program, &case.pair);
    (half && !opened(Opening::Mid)).then_some(Opening::Mid)
}

/// In the group DM at the first hour that is working time for both, or with each alone at their own.
fn when(case: &PlanCase, now: DateTime<Utc>) -> (bool, [DateTime<Utc>; 2]) {
    let sides = [case.side(Role::Mentee), case.side(Role::Mentor)];
    match common(sides, now, now + COMMON_WITHIN) {
        Some(due) => (true, [due, due]),
        None => (false, sides.map(|side| side.next_open(now))),
    }
}

/// The slots that the decision takes already.
fn planned(decision: &Decision) -> Vec<Spent> {
    let spends = |change: &Change| match change {
        Change::Planned { spends, .. } | Change::Survey(SurveyChange::Planned { spends, .. }) => spends.clone(),
        _ => Vec::new(),
    };
    decision.changes.iter().flat_map(spends).collect()
}

/// Whether a person's week has a slot that no pulse of this programme will need.
fn has_room(case: &PlanCase, person: &Person, spent: &Spent, planned: &[Spent], now: DateTime<Utc>) -> bool {
    let so_far: Vec<Spent> = case.spent.iter().chain(planned).cloned().collect();
    let asked = |one: &&Spent| {
        one.person == person.id
            && one.week == spent.week
            && ["pulse:", "pulses:", SURVEYS].iter().any(|kind| one.message.as_str().starts_with(kind))
    };
    let expected = pulses_a_week(case, &person.id);
    let still = expected.saturating_sub(so_far.iter().filter(asked).count());
    // What is due in the last days of a week whose pulses were left out needs none of its slots any more.
    let still = if has_struck(case, person, spent, now) { 0 } else { still };
    let room = usize::from(case.most(&person.id)).saturating_sub(still);
    spent.fits(&so_far, u8::try_from(room).unwrap_or(0))
}

/// Messages that this person's pulses take in a week: one for each pair, and one for all of a mentor's many.
fn pulses_a_week(case: &PlanCase, person: &PersonId) -> usize {
    let pairs = match *person == case.pair.mentor {
        true if case.mentors_pairs > GROUP_DM_PAIRS => case.pairs[1].saturating_sub(case.mentors_pairs) + 1,
        true => case.pairs[1],
        false => case.pairs[0],
    };
    pairs as usize
}

/// Whether the cadence has struck in the week of this slot, and not today: today's pulses are being planned.
fn has_struck(case: &PlanCase, person: &Person, spent: &Spent, now: DateTime<Utc>) -> bool {
    let next = case.program.cadence.next(person.zone, now - Duration::days(1));
    next.is_none_or(|next| Week::of(person.zone, next.at).to_string() > spent.week)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::core::agreement::Agreement;
    use crate::core::plan::plan;
    use crate::core::sample::{date, plan_case, short, utc};

    /// A case before its agreement was opened.
    fn check(name: &str, change: fn(&mut PlanCase), now: &str, expected: &str) {
        let mut case = plan_case();
        case.agreement = Agreement::new(case.pair.id.clone());
        change(&mut case);
        let decision = plan(&case, utc(now));
        let opened = decision.changes.iter().find_map(|change| match change {
            Change::Agreement(AgreementChange::Opened { opening, spends, .. }) => Some((*opening, spends.len())),
            _ => None,
        });
        let posts = decision.messages.iter().filter(|send| send.message.name().as_str().starts_with("agreement:"));
        let dues: Vec<String> = posts.map(|send| short(send.due)).collect();
        let said = opened.map(|(opening, slots)| format!("{opening}, {slots} slots, {}", dues.join(" and ")));
        assert_eq!(said.as_deref().unwrap_or("-"), expected, "{name}");
    }

    fn spent(case: &mut PlanCase, messages: &[&str]) {
        for name in messages {
            let due = utc("2026-05-04 07:00");
            case.spent.push(Spent::on(&case.mentor.id, case.mentor.zone, due, (*name).into()));
        }
    }

    #[test]
    fn it_is_opened_when_both_have_started_in_hours_of_both() {
        check("in the morning", |_| {}, "2026-05-04 07:30", "start, 2 slots, Mon 4 May 07:30");
        check("at night", |_| {}, "2026-05-04 20:00", "start, 2 slots, Tue 5 May 07:00");
        let waits = |case: &mut PlanCase| case.mentor_standing = Standing::Welcomed { at: utc("2026-04-20 07:00") };
        check("one has said nothing", waits, "2026-05-04 07:30", "-");
        check("it begins later", |case| case.pair.starts = date("2026-05-06"), "2026-05-04 07:30", "-");
        let far = |case: &mut PlanCase| case.mentor.zone = Tz::Pacific__Auckland;
        check("no common hour", far, "2026-05-04 07:30", "start, 2 slots, Mon 4 May 07:30 and Mon 4 May 21:00");
    }

    #[test]
    fn pulses_come_first() {
        let two_pairs = |case: &mut PlanCase| {
            (case.mentors_pairs, case.pairs) = (2, [1, 2]);
            spent(case, &["welcome:p:m"]);
        };
        check("a welcome, and two pulses to come", two_pairs, "2026-05-04 07:30", "-");
        let asked = |case: &mut PlanCase| {
            (case.mentors_pairs, case.pairs) = (2, [1, 2]);
            spent(case, &["pulse:a:2026-05-05", "pulse:b:2026-05-05"]);
            case.last_occurrence = Some(date("2026-05-05"));
        };
        check("two pulses, none to come", asked, "2026-05-05 08:30", "start, 2 slots, Tue 5 May 08:30");
        let one_asked = |case: &mut PlanCase| {
            (case.mentors_pairs, case.pairs) = (2, [1, 2]);
            spent(case, &["welcome:p:m", "pulse:a:2026-05-05"]);
            case.last_occurrence = Some(date("2026-05-05"));
        };
        check("one of two pulses is still to be planned", one_asked, "2026-05-05 08:00", "-");
        check("it was left out", one_asked, "2026-05-07 08:00", "start, 2 slots, Thu 7 May 08:00");
        let full = |case: &mut PlanCase| spent(case, &["pulse:a:2026-05-05", "welcome:p:m", "welcome:q:m"]);
        check("a full week", full, "2026-05-06 08:30", "-");
        check("on the pulse's own day", |_| {}, "2026-05-05 08:00", "start, 2 slots, Tue 5 May 08:00");
    }

    #[test]
    fn it_is_opened_again_half_way() {
        let opened = |case: &mut PlanCase| {
            case.agreement.openings = vec![(Opening::Start, true)];
            case.last_occurrence = Some(date("2026-07-28"));
        };
        check("before", opened, "2026-08-01 08:00", "-");
        // What stood before is drawn anew, and says so.
        check("half-way", opened, "2026-08-03 08:00", "mid, 2 slots, Mon 3 Aug 08:00 and Mon 3 Aug 08:00");
        let both = |case: &mut PlanCase| case.agreement.openings = vec![(Opening::Start, true), (Opening::Mid, true)];
        check("once", both, "2026-08-03 08:00", "-");
        let half = |change: fn(&mut PlanCase)| {
            let mut case = plan_case();
            change(&mut case);
            half_way(&case.program, &case.pair).to_string()
        };
        assert_eq!(half(|_| {}), "2026-08-02");
        assert_eq!(half(|case| case.program.ends = None), "2026-08-03");
        assert_eq!(half(|case| case.pair.starts = date("2026-08-03")), "2026-09-17");
    }
}
